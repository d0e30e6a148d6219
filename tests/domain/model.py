"""A slow, plain model of the fold, to hold the schedule against: a calendar with one line a day, rewritten by
each event.

It shares no code with taper_app.domain.timeline or schedule; it knows only the types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from taper_app.domain.events import Activated, Closed, Event, Held, Ledger, Resumed, Revised, StepStarted
from taper_app.domain.plan import Dose, Step

# (status, revision, step number or None, what is due as (at, amount) in any order)
Line = tuple[str, int, int | None, frozenset[tuple[str | None, Any]]]


@dataclass
class Book:
    """Everything the model knows while it replays a ledger."""

    first: date
    last: date
    revision: int = 1
    steps: list[Step] = field(default_factory=list)
    starts: list[date | None] = field(default_factory=list)
    last_day: date | None = None
    closed: date | None = None
    calendar: dict[date, Line] = field(default_factory=dict)
    hold: date | None = None
    last_resumption: date | None = None
    last_revision: date | None = None

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def due(self, k: int, day: date) -> frozenset[tuple[str | None, Any]]:
        """Walk from the step's own start to the day, one day at a time."""
        step, start = self.steps[k], self.starts[k]
        assert start is not None
        rota: list[tuple[Dose, ...]] = list(step.cycle) or [step.doses] + [()] * (step.every_days - 1)
        here, at = 0, start
        while at < day:
            here, at = (here + 1) % len(rota), at + timedelta(days=1)
        return frozenset((d.at, d.amount) for d in rota[here])

    def step_on(self, day: date) -> int | None:
        found = None
        for k, start in enumerate(self.starts):
            if start is not None and start <= day:
                found = k
        return found

    def line(self, day: date) -> Line:
        if self.closed is not None and day >= self.closed:
            return ("ended", self.revision, None, frozenset())
        if self.last_day is not None and day > self.last_day:
            return ("ended", self.revision, None, frozenset())
        k = self.step_on(day)
        if k is None:
            return ("before", self.revision, None, frozenset())
        return ("active", self.revision, k + 1, self.due(k, day))

    def write_from(self, start: date) -> None:
        for day in self.days():
            if day >= start:
                self.calendar[day] = self.line(day)

    def take(self, steps: tuple[Step, ...], ends: str | None, last_day: date | None) -> None:
        self.steps, self.starts = list(steps), [s.starts_on for s in steps]
        self.last_day, self.closed = (last_day if ends == "stop" else None), None


def replay(ledger: Ledger, first: date, last: date) -> Book:
    """Replay a ledger over a calendar that must cover every date in it."""
    book = Book(first, last)
    book.take(ledger.plan.steps, ledger.plan.ends, ledger.plan.last_day)
    book.write_from(first)
    for event in ledger.events:
        tell(book, event)
    return book


def tell(book: Book, event: Event) -> None:
    """Write one event into the calendar."""
    match event:
        case Activated():
            pass
        case Held():
            _, revision, number, _ = book.calendar[event.from_]
            assert number is not None
            for day in book.days():
                if day >= event.from_:
                    book.calendar[day] = ("held", revision, number, book.due(number - 1, day))
            book.hold = event.from_
        case Resumed():
            assert book.hold is not None
            if event.shift_later_dates:
                length = event.on - book.hold
                book.starts = [s + length if s and s > book.hold else s for s in book.starts]
                book.last_day = book.last_day + length if book.last_day else None
            book.hold, book.last_resumption = None, event.on
            book.write_from(event.on)
        case Revised():
            book.revision += 1
            book.take(event.steps, event.ends, event.last_day)
            book.hold, book.last_revision = None, event.effective_on
            book.write_from(event.effective_on)
        case StepStarted():
            book.starts[book.starts.index(None)] = event.on
            book.write_from(event.on)
        case Closed():
            book.closed, book.hold = event.on, None
            book.write_from(event.on)


def refusal(book: Book, event: Event) -> str | None:  # noqa: C901  # the rules of API.md one after the other, on purpose
    """The code a well-formed event is refused with after what the book holds, or None."""
    match event:
        case Held():
            if book.hold:
                return "hold_open"
            if any(floor and event.from_ < floor for floor in (book.last_resumption, book.last_revision)):
                return "out_of_order"
            return None if book.calendar[event.from_][0] == "active" else "not_active"
        case Resumed():
            if not book.hold:
                return "no_open_hold"
            return "resume_before_hold" if event.on < book.hold else None
        case Closed():
            return "not_active" if book.calendar[event.on][0] == "ended" else None
        case StepStarted():
            if None not in book.starts:
                return "no_undated_step"
            if book.hold:
                return "hold_open"
            k = book.starts.index(None)
            before = book.starts[k - 1] if k else None
            if before and event.on <= before:
                return "not_after_step"
            if any(floor and event.on < floor for floor in (book.last_resumption, book.last_revision)):
                return "out_of_order"
            return "not_active" if book.calendar[event.on][0] == "ended" else None
        case _:
            return None

"""Days read from a ledger: a pure function of what was recorded and a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from taper_app.domain.errors import Invalid, WindowTooLong
from taper_app.domain.events import Ledger, plan_of
from taper_app.domain.plan import AsNeeded, Dose, Part, time_order
from taper_app.domain.timeline import DayStatus, Segment, Timeline, fold

MAX_DAYS = 800


@dataclass(frozen=True, slots=True)
class Due:
    """One dose that is due: exactly what a revision says, with the plan's unit."""

    at: str | None
    amount: Decimal | None
    unit: str | None
    parts: tuple[Part, ...] = ()
    volume: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One wall date.

    `step` counts from 1 in `revision`; None before and after the plan. Doses by time of day.
    """

    date: date
    status: DayStatus
    step: int | None
    revision: int
    doses: tuple[Due, ...] = ()
    as_needed: tuple[AsNeeded, ...] = ()


def timeline(ledger: Ledger) -> Timeline:
    """The fold of a ledger; a draft reads as if active."""
    return fold(ledger.plan, ledger.events)


def segments(ledger: Ledger) -> list[Segment]:
    """The line of a ledger, oldest first, from date.min and without end. Build it once for many windows."""
    return list(timeline(ledger).segments)


def doses_on(segment: Segment, day: date) -> tuple[Dose, ...]:
    """The doses a segment has on a day, in order of time; empty where nothing falls on it."""
    step, origin = segment.step, segment.origin
    if step is None or origin is None:
        return ()
    number = (day - origin).days
    if step.cycle:
        doses = step.cycle[number % len(step.cycle)]
    elif number % step.every_days == 0:
        doses = step.doses
    else:
        return ()
    return tuple(sorted(doses, key=lambda dose: time_order(dose.at)))


def read_days(line: Sequence[Segment], unit: str | None, first: date, last: date) -> list[Day]:
    """Every day from `first` to `last`, both counted, at most 800. Raises Invalid, WindowTooLong."""
    length = (last - first).days + 1
    if length < 1:
        raise Invalid("window_backwards", "to", "The last day is before the first.")
    if length > MAX_DAYS:
        raise WindowTooLong(field="to")
    days: list[Day] = []
    i = 0
    for n in range(length):
        day = first + timedelta(days=n)
        while i + 1 < len(line) and line[i + 1].first <= day:
            i += 1
        segment = line[i]
        due = tuple(Due(d.at, d.amount, unit, d.parts, d.volume) for d in doses_on(segment, day))
        as_needed = segment.step.as_needed if segment.step else ()
        days.append(Day(day, segment.status, segment.step_no, segment.revision, due, as_needed))
    return days


def schedule(ledger: Ledger, first: date, last: date) -> list[Day]:
    """Every day from `first` to `last`, both counted, at most 800. Raises Invalid, WindowTooLong."""
    return read_days(segments(ledger), plan_of(ledger).medication.unit, first, last)

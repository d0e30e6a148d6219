"""One clause read: its doses and what else it says, or the one reason why it is not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.clauses import Clause
from taper_app.domain.plan_text.doses import DayRead, NotRead, day_of
from taper_app.domain.plan_text.items import Day, End, Item, Medicine, Nothing, Often, Prescriber, Quantity, Text, Unknown, When
from taper_app.domain.plan_text.neighbours import are_apart
from taper_app.domain.plan_text.scanning import refusal_of, scan
from taper_app.domain.plan_text.words import at

T = TypeVar("T", bound=Item)


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """A clause and its items. With a `code` nothing of it is used; `words` are the piece that is meant.

    `is_step`: whether it speaks of a dose, so that a step has to stand in its place even when it is not read.
    """

    clause: Clause
    items: tuple[Item, ...]
    day: DayRead = field(default_factory=DayRead)
    code: str = ""
    words: str = ""
    is_step: bool = False

    def all(self, kind: type[T]) -> list[T]:
        """The items of a kind, in order."""
        return [item for item in self.items if isinstance(item, kind)]

    @property
    def has_doses(self) -> bool:
        """Whether it says what is taken."""
        return bool(self.day.doses or self.day.needed)

    @property
    def is_dated(self) -> bool:
        """Whether it says when its step starts, or how long it lasts."""
        return any(isinstance(item, Text) or (isinstance(item, Day) and item.role in ("start", "until")) for item in self.items)

    @property
    def says_its_start(self) -> bool:
        """Whether it says when its step starts."""
        return any(isinstance(item, Day | Text) and item.role in ("start", "later") for item in self.items)

    @property
    def begins_with_its_start(self) -> bool:
        """ "From Dec 15, 2026 15 mg bid", "After 2 weeks, 15 mg bid": a step of its own."""
        first = next((item for item in self.items if not isinstance(item, Nothing)), None)
        return isinstance(first, Day | Text) and first.role in ("start", "later")

    @property
    def is_heading(self) -> bool:
        """Whether what follows belongs under it: "Week 1:", "Dec 1, 2026:"."""
        return self.clause.starts or at(self.clause.tokens, len(self.clause.tokens) - 1) in (":", "-")


def read_clause(clause: Clause) -> ClauseRead:
    """Read one clause."""
    items = tuple(_with_ends(_times_once(scan(clause))))
    code, words = refusal_of(clause.tokens), clause.words
    unknown = next((item for item in items if isinstance(item, Unknown)), None)
    doctor = next((item for item in items if isinstance(item, Prescriber)), None)
    if unknown is None and doctor is not None and any(isinstance(item, Quantity) for item in items):
        # A name may be any word: "Dr. Osei stopped 30 mg bid".
        unknown = Unknown(code="words_not_known", words=doctor.words)
    if not code and unknown is not None:
        code, words = unknown.code, unknown.words
    if not code and (_stops_a_dose(items) or are_apart(items)):
        code = "two_readings"
    day = DayRead()
    if not code:
        try:
            day = day_of(items)
        except NotRead as refused:
            code, words = refused.code, refused.words or clause.words
    return ClauseRead(clause, items, day, code, words, _is_step(clause, items, code))


def _is_step(clause: Clause, items: tuple[Item, ...], code: str) -> bool:
    if code in ("", "now_or_before", "not_read"):
        return False
    if code in ("needs_arithmetic", "takes_turns") or any(isinstance(item, Quantity) for item in items):
        return True
    often = any(isinstance(item, Often | When) for item in items)
    measured = any(token.text in v.COUNTED_IN for token in clause.tokens)
    # "30-15-30 mg": figures and a unit, whatever they mean.
    figures = any(token.kind in ("number", "mixed") and token.text[-1].isdigit() for token in clause.tokens)
    in_unit = code != "limit_unclear" and figures and any(token.text in v.UNITS for token in clause.tokens)
    # "30mgbid"
    in_unit = in_unit or any(token.kind == "mixed" and token.text[0].isdigit() and "mg" in token.text for token in clause.tokens)
    return (often and (clause.starts or measured or code == "misread")) or in_unit or bool(clause.label)


def _with_ends(items: list[Item]) -> list[Item]:
    """A date beside "review" is the review's; beside "stop" it is the day of stopping, which may be a day with doses or not."""
    ends = [item for item in items if isinstance(item, End) and item.ends != "stay"]
    if len(ends) != 1:
        return items
    # With a dose in the clause, only what follows the word belongs to it.
    first = items.index(ends[0]) if any(isinstance(item, Quantity) for item in items) else -1
    return [new for n, item in enumerate(items) for new in ([item] if n <= first else _of_the_end(item, ends[0]))]


def _of_the_end(item: Item, end: End) -> list[Item]:
    if isinstance(item, Day) and item.role in ("start", "none"):
        if end.ends == "review":
            return [replace(item, role="review")]
        return [replace(item, role="last", day=None, code="last_day_unclear")]
    # "Review in 4 weeks": no date, and nothing of a step.
    return [] if isinstance(item, Text) and end.ends == "review" else [item]


def _times_once(items: Iterable[Item]) -> list[Item]:
    """ "At bedtime (10 pm)" is one time said twice: which of the two counts is asked. Between two times stands "and" or a comma."""
    found: list[Item] = []
    last: int | None = None
    for item in items:
        if isinstance(item, When) and last is not None:
            found[last] = replace(found[last], at=None)  # type: ignore[call-arg]  # it is a When
            continue
        found.append(item)
        if isinstance(item, When):
            last = len(found) - 1
        elif not isinstance(item, Nothing) or item.words.lower() in v.JOINS:
            last = None
    return found


def _stops_a_dose(items: tuple[Item, ...]) -> bool:
    """ "Stop the 15 mg at bedtime": not a dose to take. Only after a time that was said ("for 2 weeks and stop") is it the end."""
    long = False
    for n, item in enumerate(items):
        long = long or (isinstance(item, Text | Day) and item.role in ("span", "until"))
        if isinstance(item, End) and item.ends == "stop" and any(isinstance(one, Quantity | When | Often) for one in items):
            return not long or any(isinstance(one, Quantity | When | Often) for one in items[n:])
    return False


def names_of(reads: list[ClauseRead]) -> set[str]:
    """The medicines that are named anywhere in the text; long-acting and short-acting ones are two, whatever they are made of."""
    named = {v.MEDICINES[token.text] for read in reads for token in read.clause.tokens if token.text in v.MEDICINES}
    dosed = [read.all(Medicine) for read in reads if any(isinstance(item, Quantity) for item in read.items)]
    said = {frozenset(_called(one) for one in names): names[0].words for names in dosed if names}
    return named if len(said) < 2 else named | set(said.values())


def _called(medicine: Medicine) -> tuple[str | None, str]:
    return next((word for word in medicine.words.lower().split() if word in v.MEDICINES), None), medicine.release


def name_item(reads: list[ClauseRead]) -> tuple[int, Medicine] | None:
    """The first place where the medicine is named, by the number of its clause."""
    return next(((n, item) for n, read in enumerate(reads) for item in read.all(Medicine)), None)

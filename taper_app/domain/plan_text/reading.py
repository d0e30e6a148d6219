"""One clause read: its doses and what else it says, or the one reason why it is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.clauses import Clause
from taper_app.domain.plan_text.doses import DayRead, NotRead, day_of
from taper_app.domain.plan_text.items import Day, End, Item, Medicine, Nothing, Often, Quantity, Text, Unknown, When
from taper_app.domain.plan_text.scanning import refusal_of, scan
from taper_app.domain.plan_text.words import at

T = TypeVar("T", bound=Item)
_LASTS = ("span", "until", "start", "later")


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
    def is_heading(self) -> bool:
        """Whether what follows belongs under it: "Week 1:", "Dec 1, 2026:"."""
        return self.clause.starts or at(self.clause.tokens, len(self.clause.tokens) - 1) in (":", "-")


def read_clause(clause: Clause) -> ClauseRead:
    """Read one clause."""
    items = tuple(_with_ends(list(scan(clause))))
    code, words = refusal_of(clause.tokens), clause.words
    unknown = next((item for item in items if isinstance(item, Unknown)), None)
    if not code and unknown is not None:
        code, words = unknown.code, unknown.words
    if not code and (_stops_a_dose(items) or _goes_on_after(items)):
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
    return (often and (clause.starts or measured or code == "misread")) or bool(clause.label)


def _with_ends(items: list[Item]) -> list[Item]:
    """A date right after "review" is the review's; after "stop" it is the day of stopping, which may be a day with doses or not."""
    found: list[Item] = []
    last: Item | None = None
    for item in items:
        if isinstance(last, End) and isinstance(item, Day) and item.role in ("start", "none"):
            role, code = ("review", item.code) if last.ends == "review" else ("last", "last_day_unclear")
            item = Day(role=role, day=item.day if role == "review" else None, code=code, words=item.words)  # type: ignore[arg-type]  # noqa: PLW2901  # two of the roles; the item under its right role
        elif isinstance(last, End) and last.ends == "review" and isinstance(item, Text):
            continue
        if not isinstance(item, Nothing):
            last = item
        found.append(item)
    return found


def _stops_a_dose(items: tuple[Item, ...]) -> bool:
    """ "Stop the 15 mg at bedtime": not a dose to take. Only after a time that was said ("for 2 weeks and stop") is it the end."""
    long = False
    for n, item in enumerate(items):
        long = long or (isinstance(item, Text | Day) and item.role in ("span", "until"))
        if isinstance(item, End) and item.ends == "stop" and any(isinstance(one, Quantity | When | Often) for one in items):
            return not long or any(isinstance(one, Quantity | When | Often) for one in items[n:])
    return False


def _goes_on_after(items: tuple[Item, ...]) -> bool:
    """A dose, how long, and another dose in one breath: two doses of one day, or two steps?"""
    kinds = "".join(
        "d" if isinstance(item, Quantity) and not item.per_day else "l" if isinstance(item, Text | Day) and item.role in _LASTS else ""
        for item in items
    )
    return re.search("dl+d", kinds) is not None


def names_of(reads: list[ClauseRead]) -> set[str]:
    """The medicines that are named anywhere in the text."""
    return {v.MEDICINES[token.text] for read in reads for token in read.clause.tokens if token.text in v.MEDICINES}


def name_item(reads: list[ClauseRead]) -> tuple[int, Medicine] | None:
    """The first place where the medicine is named, by the number of its clause."""
    return next(((n, item) for n, read in enumerate(reads) for item in read.all(Medicine)), None)

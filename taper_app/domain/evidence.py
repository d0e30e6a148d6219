"""Pain beside the plan: counts, medians and ranges of what was logged. Never a score, a trend or a cause.

A day's pain is the median of that day's check-ins; flares are counted apart from it. A day without a check-in has no
pain: it is left empty and never joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from taper_app.domain.facts import TENTH, Facts
from taper_app.domain.stairs import Stair

BEFORE, AFTER = 7, 14
# With fewer changes than this each is drawn as its own line.
LINES = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Summary:
    """Some numbers: how many, the lowest, the middle (to a tenth) and the highest."""

    count: int
    low: Decimal
    middle: Decimal
    high: Decimal


def middle(values: Iterable[int | Decimal]) -> Decimal:
    """The median, to a tenth. Raises IndexError for none."""
    ranked = sorted(Decimal(one) for one in values)
    half = len(ranked) // 2
    found = ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
    return found.quantize(TENTH, ROUND_HALF_UP)


def summarise(values: Iterable[int | Decimal]) -> Summary | None:
    """The summary of some numbers; None for none."""
    given = [Decimal(one) for one in values]
    return Summary(len(given), min(given), middle(given), max(given)) if given else None


def pain_by_day(facts: Facts) -> dict[date, Decimal]:
    """Each day with a number for pain in a check-in: the median of that day."""
    found: dict[date, list[int]] = {}
    for one in facts.check_ins:
        if one.pain is not None:
            found.setdefault(one.day, []).append(one.pain)
    return {day: middle(values) for day, values in sorted(found.items())}


def clip(laid: Sequence[Stair], first: date, last: date) -> list[Stair]:
    """The stairs as far as they lie between two days, both counted."""
    out: list[Stair] = []
    for one in laid:
        begins, ends = max(one.first, first), min(one.last or last, last)
        if begins <= ends:
            out.append(Stair(begins, ends, one.level, one.status, one.step, one.revision))
    return out


@dataclass(frozen=True, slots=True)
class StepPain:
    """What was logged on one stair. `days` are those of the stair in the window, `logged` those with a check-in."""

    stair: Stair
    days: int
    logged: int
    pain: Summary | None
    flares: int
    worst: Summary | None
    allodynia: Mapping[str, int] = field(hash=False)
    wider: int = 0
    new_place: int = 0


def by_step(laid: Sequence[Stair], facts: Facts, first: date, last: date) -> list[StepPain]:
    """Every stair between two days with its pain, oldest first; a hold is a stair of its own."""
    pain = pain_by_day(facts)
    return [_on_stair(one, pain, facts) for one in clip(laid, first, last)]


def _on_stair(stair: Stair, pain: Mapping[date, Decimal], facts: Facts) -> StepPain:
    assert stair.last is not None  # clip gives every stair an end
    days = [value for day, value in pain.items() if stair.first <= day <= stair.last]
    flares = [one for one in facts.flares if stair.first <= one.day <= stair.last]
    return StepPain(
        stair,
        (stair.last - stair.first).days + 1,
        len(days),
        summarise(days),
        len(flares),
        summarise(one.severity for one in flares if one.severity is not None),
        Counter(kind for one in flares for kind in one.allodynia),
        sum(one.spread == "wider" for one in flares),
        sum(one.spread == "new_place" for one in flares),
    )


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A day on which the daily amount changed, by the plan."""

    on: date
    before: Decimal
    after: Decimal

    @property
    def direction(self) -> Literal["down", "up"]:
        """Which way."""
        return "down" if self.after < self.before else "up"


def level_changes(laid: Sequence[Stair], last: date) -> list[LevelChange]:
    """Every change of the level up to a day, oldest first. The first stair changes nothing: what was before is not known."""
    found: list[LevelChange] = []
    for one, two in pairwise(laid):
        if two.first <= last and one.level is not None and two.level is not None and one.level != two.level:
            found.append(LevelChange(two.first, one.level, two.level))
    return found


@dataclass(frozen=True, slots=True)
class AlignedDay:
    """One day before (negative) or after a change, over all changes that have a number on it."""

    offset: int
    pain: Summary


@dataclass(frozen=True, slots=True)
class Aligned:
    """The days around several changes, laid over each other.

    `lines` has one line a change, of (offset, pain), in the order of `changes`; a day that was not logged is left out.
    `days` is the middle and range over the lines; it stands for the lines once `together`. `silent` changes had nothing
    logged around them and are in neither.
    """

    changes: tuple[LevelChange, ...]
    lines: tuple[tuple[tuple[int, Decimal], ...], ...]
    days: tuple[AlignedDay, ...]
    silent: int

    @property
    def together(self) -> bool:
        """Whether there are enough changes for a middle and a range."""
        return len(self.changes) >= LINES

    @property
    def logged(self) -> int:
        """How many logged days this rests on."""
        return sum(len(line) for line in self.lines)


def align(
    changes: Sequence[LevelChange], around: Sequence[LevelChange], pain: Mapping[date, Decimal], before: int = BEFORE, after: int = AFTER
) -> Aligned:
    """Lay the days around `changes` over each other.

    A line begins at the change before and ends on the day before the next one of `around` (all changes of the plan): no day
    stands in it that belongs to another step than those on its two sides.
    """
    all_days = sorted({one.on for one in around})
    kept: list[LevelChange] = []
    lines: list[tuple[tuple[int, Decimal], ...]] = []
    for one in changes:
        earliest = max([one.on - before * _DAY, *(day for day in all_days if day < one.on)])
        latest = min([one.on + after * _DAY, *(day - _DAY for day in all_days if day > one.on)])
        days = (earliest + n * _DAY for n in range((latest - earliest).days + 1))
        line = tuple(((day - one.on).days, pain[day]) for day in days if day in pain)
        if line:
            kept.append(one)
            lines.append(line)
    by_offset: dict[int, list[Decimal]] = {}
    for line in lines:
        for offset, value in line:
            by_offset.setdefault(offset, []).append(value)
    days_ = [AlignedDay(offset, found) for offset, values in sorted(by_offset.items()) if (found := summarise(values)) is not None]
    return Aligned(tuple(kept), tuple(lines), tuple(days_), len(changes) - len(kept))


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of days and the pain logged in it."""

    first: date
    last: date
    logged: int
    pain: Summary | None


def bins(first: date, last: date, most: int = 60) -> list[tuple[date, date]]:
    """Weeks from `first` on, or calendar months where the weeks would be more than `most`; years where those would be."""
    days = (last - first).days + 1
    if days <= 7 * most:
        return [(day, min(day + 6 * _DAY, last)) for n in range(-(-days // 7)) for day in (first + 7 * n * _DAY,)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    size = 1 if months <= most else 12
    out: list[tuple[date, date]] = []
    begins = first
    while begins <= last:
        month = begins.year * 12 + begins.month - 1
        ahead = month + size - (month % size)
        follows = date(ahead // 12, ahead % 12 + 1, 1)
        out.append((begins, min(follows - _DAY, last)))
        begins = follows
    return out


def pain_in_bins(pain: Mapping[date, Decimal], cut: Sequence[tuple[date, date]]) -> list[Bin]:
    """The days' pain in each stretch."""
    out: list[Bin] = []
    for first, last in cut:
        days = [value for day, value in pain.items() if first <= day <= last]
        out.append(Bin(first, last, len(days), summarise(days)))
    return out

"""Pain beside the plan: counts, medians and ranges of what was logged. Never a score, a trend or a cause.

A day's pain is the median of that day's check-ins; flares are counted apart from it. A day without a check-in has no
pain: it is left empty and never joined.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from taper_app.domain.facts import TENTH, Facts, Flare
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
    return {day: middle(values) if len(values) > 1 else _alone(values[0]) for day, values in sorted(found.items())}


@lru_cache(maxsize=16)
def _alone(value: int) -> Decimal:
    """The middle of one number: most days have one, and ten years have thousands of days."""
    return middle([value])


def between(days: Sequence[date], first: date, last: date) -> slice:
    """Where the days from `first` to `last`, both counted, stand among rising days."""
    return slice(bisect_left(days, first), bisect_right(days, last))


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
    days, values = list(pain), list(pain.values())
    flares = sorted(facts.flares, key=lambda one: one.day)
    began = [one.day for one in flares]
    return [
        _on_stair(one, values[between(days, one.first, one.last or last)], flares[between(began, one.first, one.last or last)])
        for one in clip(laid, first, last)
    ]


def _on_stair(stair: Stair, days: Sequence[Decimal], flares: Sequence[Flare]) -> StepPain:
    assert stair.last is not None  # clip gives every stair an end
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
    """A day on which the daily amount changed, by the plan: `before` stood from `since`, `after` stands to `until` (None: no end)."""

    on: date
    before: Decimal
    after: Decimal
    since: date
    until: date | None

    @property
    def direction(self) -> Literal["down", "up"]:
        """Which way."""
        return "down" if self.after < self.before else "up"


def level_changes(laid: Sequence[Stair], last: date) -> list[LevelChange]:
    """Every change of the level up to a day, oldest first. The first stair changes nothing: what was before is not known."""
    return [
        LevelChange(two_first, one, two, one_first, two_last)
        for (one_first, one_last, one), (two_first, two_last, two) in pairwise(_levels(laid))
        if two_first <= last and one is not None and two is not None and one_last is not None and one_last + _DAY == two_first
    ]


def _levels(laid: Sequence[Stair]) -> list[tuple[date, date | None, Decimal | None]]:
    """Stretches of one level: a pause goes on with the level it began on."""
    found: list[tuple[date, date | None, Decimal | None]] = []
    for one in laid:
        if found and found[-1][2] == one.level and found[-1][1] == one.first - _DAY:
            found[-1] = (found[-1][0], one.last, one.level)
        else:
            found.append((one.first, one.last, one.level))
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


def align(changes: Sequence[LevelChange], pain: Mapping[date, Decimal], before: int = BEFORE, after: int = AFTER) -> Aligned:
    """Lay the days around `changes` over each other.

    No day stands in a line that had another level than the two of its change, nor one before the plan began.
    """
    kept: list[LevelChange] = []
    lines: list[tuple[tuple[int, Decimal], ...]] = []
    for one in changes:
        earliest = max(one.on - before * _DAY, one.since)
        latest = min(one.on + after * _DAY, one.until or date.max)
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


def bins(first: date, last: date, most: int = 84) -> list[tuple[date, date]]:
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
    days = sorted(pain)
    values = [pain[day] for day in days]
    found = ((first, last, values[between(days, first, last)]) for first, last in cut)
    return [Bin(first, last, len(inside), summarise(inside)) for first, last, inside in found]

"""One stretch of days for a picture of pain beside the plan, and the stretches that a reader can turn to.

A picture gets a point a day while there are few enough, else stretches with their middle and range; it says which.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from taper_app.domain.evidence import Bin, Summary, bins, clip, pain_by_day, pain_in_bins, summarise
from taper_app.domain.facts import Facts
from taper_app.domain.stairs import Stair

# As many points as a phone draws at ease.
MOST_POINTS = 400
# With more days than that a stretch is a week, a month or a year: ten years are 120 months.
MOST_BINS = 130
Zoom = Literal["all", "month", "week", "step"]
_DAY = timedelta(days=1)
_LENGTH = {"week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers from 0 to 10 over some days: one point a day, or stretches where those would be too many. One of the two is empty."""

    first: date
    last: date
    points: tuple[tuple[date, Decimal], ...] = ()
    bins: tuple[Bin, ...] = ()


def series(values: Mapping[date, Decimal], first: date, last: date, most: int = MOST_POINTS) -> Series:
    """The values between two days, both counted."""
    inside = {day: value for day, value in sorted(values.items()) if first <= day <= last}
    if len(inside) <= most:
        return Series(first, last, tuple(inside.items()))
    return Series(first, last, bins=tuple(pain_in_bins(inside, bins(first, last, MOST_BINS))))


@dataclass(frozen=True, slots=True)
class Overview:
    """Pain beside the plan. `logged` days of `days` have pain logged, by a check-in or a flare.

    `flares` are the days of flares with how many; of a stretch where `pain` has stretches or there are too many days, its first day.
    """

    pain: Series
    stairs: tuple[Stair, ...]
    flares: tuple[tuple[date, int], ...]
    days: int
    logged: int
    level: Summary | None
    flare_count: int
    worst: Summary | None


def overview(laid: Sequence[Stair], facts: Facts, first: date, last: date, most: int = MOST_POINTS) -> Overview:
    """What was logged between two days, both counted, beside the stairs of a plan (none: pain alone)."""
    inside = facts.within(first, last)
    by_day = pain_by_day(inside)
    pain = series(by_day, first, last, most)
    starts = {one.day: one.day for one in inside.flares}
    if pain.bins or len(starts) > most:
        cut = bins(first, last, MOST_BINS)
        begins = [one for one, _ in cut]
        starts = {day: begins[bisect_right(begins, day) - 1] for day in starts}
    counted: dict[date, int] = {}
    for one in inside.flares:
        counted[starts[one.day]] = counted.get(starts[one.day], 0) + 1
    return Overview(
        pain,
        tuple(clip(laid, first, last)),
        tuple(sorted(counted.items())),
        (last - first).days + 1,
        len(inside.days()),
        summarise(by_day.values()),
        len(inside.flares),
        summarise(one.severity for one in inside.flares if one.severity is not None),
    )


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are shown, and a day in the stretch before and after them where there is one."""

    zoom: Zoom
    first: date
    last: date
    earlier: date | None = None
    later: date | None = None


def window(zoom: Zoom, at: date, laid: Sequence[Stair], first: date, last: date) -> Window:
    """The stretch of a zoom that `at` lies in, within all days from `first` to `last`.

    A week and a month are the 7 and 30 days up to `at`, so that today's are full. A step without a plan is all there is.
    """
    at = min(max(at, first), last)
    if zoom == "step" and (steps := clip(laid, first, last)):
        found = next((one for one in reversed(steps) if one.first <= at), steps[0])
        begins, ends = found.first, found.last or last
    elif zoom in _LENGTH:
        length = _LENGTH[zoom]
        ends = min(max(at, first + (length - 1) * _DAY), last)
        begins = max(ends - (length - 1) * _DAY, first)
        return Window(
            zoom, begins, ends, begins - _DAY if begins > first else None, min(ends + length * _DAY, last) if ends < last else None
        )
    else:
        return Window("all", first, last)
    return Window(zoom, begins, ends, begins - _DAY if begins > steps[0].first else None, ends + _DAY if ends < last else None)

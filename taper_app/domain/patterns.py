"""The article's four patterns of change, each as the entries that belong beside it. Never whether a pattern is there.

(1) `spread`: more places, while the cause is the same or better. (2) `severity`: stronger pain, while the cause is the same
or better. (3) `after_rise`: pain around a rise of the dose. (4) `fewer`: pain on each step. (1) and (2) stand beside what
the clinician said of the underlying condition, as the patient wrote it; what that means is for the clinician.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from taper_app.domain.evidence import Aligned, Bin, StepPain, align, between, bins, by_step, level_changes, pain_by_day, pain_in_bins
from taper_app.domain.facts import Facts, Flare, Said
from taper_app.domain.stairs import Stair


@dataclass(frozen=True, slots=True)
class PlacesBin:
    """Where it hurt in one stretch of days. `most` is the largest number of places in one flare."""

    first: date
    last: date
    flares: int
    places: Mapping[str, int] = field(hash=False)
    most: int = 0
    wider: int = 0
    new_place: int = 0


@dataclass(frozen=True, slots=True)
class Patterns:
    """What stands in each of the four panels, for one plan and one stretch of days.

    `spread` are the flares with an answer to "same place, wider, new place?"; `days` how many days have pain logged.
    """

    first: date
    last: date
    days: int
    flares: int
    spread: tuple[Flare, ...]
    places: tuple[PlacesBin, ...]
    severity: tuple[Bin, ...]
    falls: Aligned
    rises: Aligned
    steps: tuple[StepPain, ...]
    said: tuple[Said, ...]


def patterns(laid: Sequence[Stair], facts: Facts, first: date, last: date) -> Patterns:
    """The panels from `first` to `last`, both counted. What was said of the cause counts up to `last`, however old."""
    inside = facts.within(first, last)
    pain = pain_by_day(inside)
    cut = bins(first, last)
    turned = [one for one in level_changes(laid, last) if one.on >= first]
    return Patterns(
        first,
        last,
        len(inside.days()),
        len(inside.flares),
        tuple(one for one in inside.flares if one.spread),
        tuple(places_in_bins(inside, cut)),
        tuple(pain_in_bins(pain, cut)),
        align([one for one in turned if one.direction == "down"], pain),
        align([one for one in turned if one.direction == "up"], pain),
        tuple(by_step(laid, inside, first, last)),
        tuple(one for one in facts.said if one.day <= last),
    )


def places_in_bins(facts: Facts, cut: Sequence[tuple[date, date]]) -> list[PlacesBin]:
    """Places per stretch of days, as the flares have them."""
    out: list[PlacesBin] = []
    flares = sorted(facts.flares, key=lambda one: one.day)
    began = [one.day for one in flares]
    for first, last in cut:
        found = flares[between(began, first, last)]
        out.append(
            PlacesBin(
                first,
                last,
                len(found),
                Counter(place for one in found for place in set(one.places)),
                max((len(set(one.places)) for one in found), default=0),
                sum(one.spread == "wider" for one in found),
                sum(one.spread == "new_place" for one in found),
            )
        )
    return out

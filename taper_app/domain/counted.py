"""What is counted for the clinician's page alone: flares, body signs, and the days on both sides of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from taper_app.domain.evidence import Aligned, Summary, summarise
from taper_app.domain.facts import Facts

# Words with how often each was named, the most often first.
Named = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FlareCounts:
    """Flares of some days. `open` have no end logged; `minutes` is over those that have one."""

    count: int
    open: int
    minutes: Summary | None
    worst: Summary | None
    places: Named
    triggers: Named
    helped: Named
    allodynia: Named


def count_flares(facts: Facts) -> FlareCounts:
    """All flares of the facts, counted; a word that a flare names twice counts once."""
    lengths = [one.minutes for one in facts.flares if one.minutes is not None]
    return FlareCounts(
        len(facts.flares),
        sum(one.ended_at is None for one in facts.flares),
        summarise(lengths),
        summarise(one.severity for one in facts.flares if one.severity is not None),
        named(one.places for one in facts.flares),
        named(one.triggers for one in facts.flares),
        named(one.helped for one in facts.flares),
        named(one.allodynia for one in facts.flares),
    )


def body_signs(facts: Facts) -> Named:
    """In how many check-ins each sign of the body was named. Never added up to a score."""
    return named(one.body for one in facts.check_ins)


def named(lists: Iterable[Iterable[str]]) -> Named:
    """In how many of the lists each word stands; equal counts by the word."""
    counts = Counter(word for words in lists for word in set(words))
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def sides(aligned: Aligned) -> tuple[Summary | None, Summary | None]:
    """The logged days before, and those from the change on, over all the changes that were laid over each other."""
    days = [day for line in aligned.lines for day in line]
    return summarise(pain for offset, pain in days if offset < 0), summarise(pain for offset, pain in days if offset >= 0)

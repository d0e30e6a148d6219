"""What the patient tried beside the medicine, and the pain before and after. Never which is best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from taper_app.domain.evidence import Summary, summarise
from taper_app.domain.facts import Facts, Tried

Order = Literal["most", "effort", "latest", "name"]


@dataclass(frozen=True, slots=True)
class OptionEvidence:
    """One option: every time it was tried, newest first. `pairs` are the times with pain before and after both given."""

    option: str
    times: tuple[Tried, ...]
    pairs: int
    before: Summary | None
    after: Summary | None
    minutes: Summary | None
    latest: date


def options_tried(facts: Facts, order: Order = "most") -> list[OptionEvidence]:
    """Every option that was tried, in the patient's order: most tried, fewest minutes (unknown last), latest, or by name.

    `before` and `after` are over the pairs alone, so that the two always speak of the same times.
    """
    found: dict[str, list[Tried]] = {}
    for one in facts.tried:
        found.setdefault(one.option, []).append(one)
    return sorted((_evidence(option, times) for option, times in found.items()), key=lambda one: _rank(one, order))


def _evidence(option: str, times: Sequence[Tried]) -> OptionEvidence:
    pairs = [(one.before, one.after) for one in times if one.before is not None and one.after is not None]
    return OptionEvidence(
        option,
        tuple(reversed(times)),
        len(pairs),
        summarise(before for before, _ in pairs),
        summarise(after for _, after in pairs),
        summarise(one.minutes for one in times if one.minutes is not None),
        times[-1].day,
    )


def _rank(one: OptionEvidence, order: Order) -> tuple[float, str]:
    match order:
        case "most":
            return (-len(one.times), one.option)
        case "effort":
            return (float("inf") if one.minutes is None else float(one.minutes.middle), one.option)
        case "latest":
            return (-one.latest.toordinal(), one.option)
        case "name":
            return (0, one.option)

"""Days between patches where one step gives way to another."""

from __future__ import annotations

from datetime import date, timedelta

from taper_app.domain.dose_checks import Finding
from taper_app.domain.plan import Step
from taper_app.domain.schedule import doses_on
from taper_app.domain.timeline import Segment, Timeline

MOST_DAYS = 90  # the longest interval a step can have


def interval_findings(line: Timeline, since: date | None = None) -> list[Finding]:
    """Find each turn where a patch falls after another number of days than the step before has.

    Only turns from `since` on. A turn to a step without patches asks nothing. Steps are laid one after
    another, held days among them.
    """
    found: list[Finding] = []
    last: date | None = None
    for previous, segment in zip((None, *line.segments), line.segments, strict=False):
        first = _edge(segment, from_end=False)
        if last is not None and first is not None and previous is not None and previous.step is not None:
            days = (first - last).days
            usual = _intervals(previous.step)
            if days not in usual and (since is None or segment.first >= since):
                params = {"days": str(days), "usual": str(usual[0]), "day": first.isoformat()}
                found.append(("patch_interval", segment.step_no, params))
        last = _edge(segment, from_end=True) or last
        if segment.status == "ended":
            last = None
    return found


def _intervals(step: Step) -> list[int]:
    """The days between the patches of one step, the shortest first."""
    if not step.cycle:
        return [step.every_days]
    length = len(step.cycle)
    with_patch = [n for n, day in enumerate(step.cycle) if day]
    turns = zip(with_patch, [*with_patch[1:], with_patch[0] + length], strict=True) if with_patch else ()
    return sorted({after - before for before, after in turns}) or [length]


def _edge(segment: Segment, *, from_end: bool) -> date | None:
    """The first or the last day of a segment on which a patch is due."""
    if segment.step is None or (from_end and segment.last is None):
        return None
    start = segment.last if from_end and segment.last is not None else segment.first
    for n in range(MOST_DAYS):
        day = start - timedelta(days=n) if from_end else start + timedelta(days=n)
        if day < segment.first or (segment.last is not None and day > segment.last):
            return None
        if doses_on(segment, day):
            return day
    return None

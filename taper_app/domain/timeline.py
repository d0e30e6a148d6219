"""The fold: a plan and its events, in the order recorded, become one line of segments.

Every event cuts the line at its own date and lays a new end from there, so the days before it cannot change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from taper_app.domain.events import Activated, Closed, Event, Held, Resumed, Revised, StepStarted
from taper_app.domain.plan import Ends, Plan, Step

DayStatus = Literal["before", "active", "held", "ended"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Days `first` to `last` (None: no end) that read alike.

    `step_no` counts from 1 in `revision` (None before and after the plan). `origin` is the day from which
    `every_days` and `cycle` are counted. The first segment of a line starts at date.min.
    """

    first: date
    last: date | None
    status: DayStatus
    step_no: int | None
    revision: int
    step: Step | None
    origin: date | None


@dataclass(frozen=True, slots=True)
class Programme:
    """What governs from now on.

    A revision's steps with the days they start on after every shift and start.
    """

    revision: int
    steps: tuple[Step, ...]
    starts: tuple[date | None, ...]
    ends: Ends | None
    last_day: date | None
    review_on: date | None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The fold of a ledger. `held_from` is the open hold's day; the last two serve the order of events."""

    segments: tuple[Segment, ...]
    programme: Programme
    held_from: date | None = None
    last_resumption: date | None = None
    last_effective_on: date | None = None


def begin(plan: Plan) -> Timeline:
    """The line of a plan to which nothing has happened yet."""
    programme = _programme(1, plan.steps, plan.ends, plan.last_day, plan.review_on)
    return Timeline(_lay(programme, date.min), programme)


def fold(plan: Plan, events: Iterable[Event]) -> Timeline:
    """Apply events in the order recorded. Does not judge them: ledger.append has done that."""
    line = begin(plan)
    for event in events:
        line = apply(line, event)
    return line


def segment_on(line: Timeline, day: date) -> Segment:
    """The segment that a day lies in; every day lies in one."""
    for segment in reversed(line.segments):
        if segment.first <= day:
            return segment
    return line.segments[0]


def apply(line: Timeline, event: Event) -> Timeline:
    """The line after one more event; days before the event's own date stay as they are."""
    match event:
        case Activated():
            return line
        case Held():
            return _hold(line, event.from_)
        case Resumed():
            return _resume(line, event)
        case Revised():
            programme = _programme(
                line.programme.revision + 1, event.steps, event.ends, event.last_day, event.review_on
            )
            day = event.effective_on
            return replace(_govern(line, programme, day), held_from=None, last_effective_on=day)
        case StepStarted():
            starts = list(line.programme.starts)
            starts[starts.index(None)] = event.on
            return _govern(line, replace(line.programme, starts=tuple(starts)), event.on)
        case Closed():
            # A close ends an open hold, as a revision does: nothing is left to go on with.
            return replace(
                _govern(line, replace(line.programme, closed_on=event.on), event.on), held_from=None
            )


def _hold(line: Timeline, day: date) -> Timeline:
    # A hold has no end of its own and so wins over `ended`; the step keeps its number and rhythm.
    held = replace(segment_on(line, day), first=day, last=None, status="held")
    return replace(line, segments=(*_cut(line.segments, day), held), held_from=day)


def _resume(line: Timeline, event: Resumed) -> Timeline:
    programme = line.programme
    held_from = line.held_from
    if event.shift_later_dates and held_from is not None:
        by = event.on - held_from
        programme = replace(
            programme,
            starts=tuple(s + by if s is not None and s > held_from else s for s in programme.starts),
            last_day=programme.last_day + by if programme.last_day else None,
        )
    return replace(_govern(line, programme, event.on), held_from=None, last_resumption=event.on)


def _programme(
    revision: int, steps: tuple[Step, ...], ends: Ends | None, last_day: date | None, review_on: date | None
) -> Programme:
    starts = tuple(step.starts_on for step in steps)
    # Only "stop" has a last day, and only "review" a day of review; what else was typed there is kept, not
    # used.
    return Programme(
        revision,
        steps,
        starts,
        ends,
        last_day if ends == "stop" else None,
        review_on if ends == "review" else None,
    )


def _govern(line: Timeline, programme: Programme, day: date) -> Timeline:
    return replace(line, segments=_cut(line.segments, day) + _lay(programme, day), programme=programme)


def _cut(segments: tuple[Segment, ...], day: date) -> tuple[Segment, ...]:
    kept = [s for s in segments if s.first < day]
    if kept and (kept[-1].last is None or kept[-1].last >= day):
        kept[-1] = replace(kept[-1], last=day - DAY)
    return tuple(kept)


def _lay(programme: Programme, day: date) -> tuple[Segment, ...]:
    """The segments of a programme from `day` on, without end."""
    turns = {s for s in programme.starts if s is not None}
    if programme.last_day is not None:
        turns.add(programme.last_day + DAY)
    if programme.closed_on is not None:
        turns.add(programme.closed_on)
    laid: list[Segment] = []
    for first in [day, *sorted(t for t in turns if t > day)]:
        segment = _read(programme, first)
        if laid:
            if (laid[-1].status, laid[-1].step_no) == (segment.status, segment.step_no):
                continue
            laid[-1] = replace(laid[-1], last=first - DAY)
        laid.append(segment)
    return tuple(laid)


def _read(programme: Programme, day: date) -> Segment:
    """What a programme says of one day, as a segment that begins there."""
    over = (programme.closed_on is not None and day >= programme.closed_on) or (
        programme.last_day is not None and day > programme.last_day
    )
    # The last step that has begun is in force; so a draft whose dates do not rise yet can be read too.
    begun = [k for k, start in enumerate(programme.starts) if start is not None and start <= day]
    if over or not begun:
        return Segment(day, None, "ended" if over else "before", None, programme.revision, None, None)
    k = begun[-1]
    return Segment(day, None, "active", k + 1, programme.revision, programme.steps[k], programme.starts[k])

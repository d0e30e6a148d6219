"""The only way to add to a plan's record.

Append, which refuses by name. Nothing is ever changed or taken out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from taper_app.domain.errors import (
    HoldOpen,
    Invalid,
    InvalidMany,
    IsDraft,
    NoOpenHold,
    NotActive,
    NotAfterStep,
    NotDraft,
    NotEffectiveOn,
    NoUndatedStep,
    OutOfOrder,
    PlanBlank,
    ResumeBeforeHold,
)
from taper_app.domain.events import (
    Activated,
    Closed,
    Event,
    Held,
    Ledger,
    Recorded,
    Resumed,
    Revised,
    StepStarted,
    event_date,
    is_draft,
    plan_of,
    revised_plan,
)
from taper_app.domain.schedule import Day, schedule, timeline
from taper_app.domain.timeline import Timeline, segment_on
from taper_app.domain.validate import blanks, problems

__all__ = [
    "Activated", "Closed", "Event", "Held", "Ledger", "PlanStatus", "Recorded", "Resumed", "Revised",
    "StepStarted",
    "append", "event_date", "is_draft", "plan_of", "preview_days", "require_draft", "revised_plan", "status",
]  # fmt: skip

PlanStatus = Literal["draft", "active", "ended"]
PREVIEW_DAYS = 14


def status(ledger: Ledger, today: date) -> PlanStatus:
    """Say draft until activated, then ended or active by the date; not begun and held are active too."""
    if is_draft(ledger):
        return "draft"
    return "ended" if segment_on(timeline(ledger), today).status == "ended" else "active"


def require_draft(ledger: Ledger) -> None:
    """Raises NotDraft when the plan was activated: only a draft may be rewritten or deleted."""
    if not is_draft(ledger):
        raise NotDraft()


def append(ledger: Ledger, event: Event) -> Ledger:
    """The ledger with one more event; the days before the event's own date read as before.

    Raises PlanBlank, NotDraft, IsDraft, HoldOpen, NoOpenHold, NoUndatedStep, NotActive, OutOfOrder,
    ResumeBeforeHold, NotEffectiveOn, NotAfterStep, InvalidMany, Invalid.
    """
    if event.recorded_at.tzinfo is None:
        raise Invalid("instant_without_zone", "recorded_at")
    if isinstance(event, Activated):
        _may_activate(ledger)
    elif is_draft(ledger):
        raise IsDraft()
    else:
        line = timeline(ledger)
        match event:
            case Held():
                _may_hold(line, event)
            case Resumed():
                _may_resume(line, event)
            case Revised():
                _may_revise(ledger, event)
            case StepStarted():
                _may_start(line, event)
            case Closed():
                _may_close(line, event)
    return Ledger(ledger.plan, (*ledger.events, event))


def preview_days(ledger: Ledger, event: Event, today: date) -> list[Day]:
    """The 14 days from the event's date (activation.

    From today) as they would read. Raises what append raises.
    """
    after = append(ledger, event)
    first = event_date(event) or today
    return schedule(after, first, first + timedelta(days=PREVIEW_DAYS - 1))


def _may_activate(ledger: Ledger) -> None:
    require_draft(ledger)
    wrong = problems(ledger.plan)
    if wrong:
        raise InvalidMany(wrong)
    missing = blanks(ledger.plan)
    if missing:
        raise PlanBlank(missing)


def _may_hold(line: Timeline, event: Held) -> None:
    if line.held_from is not None:
        raise HoldOpen(field="from")
    _in_order(line, event.from_, "from")
    if segment_on(line, event.from_).status != "active":
        raise NotActive(field="from")


def _may_resume(line: Timeline, event: Resumed) -> None:
    if line.held_from is None:
        raise NoOpenHold()
    if event.on < line.held_from:
        raise ResumeBeforeHold(field="on")


def _may_revise(ledger: Ledger, event: Revised) -> None:
    plan = revised_plan(plan_of(ledger), event)
    wrong = problems(plan)
    if wrong:
        raise InvalidMany(wrong)
    if event.steps and event.steps[0].starts_on != event.effective_on:
        raise NotEffectiveOn(field="steps.0.starts_on")
    missing = blanks(plan)
    if missing:
        raise PlanBlank(missing)


def _may_start(line: Timeline, event: StepStarted) -> None:
    starts = line.programme.starts
    if None not in starts:
        raise NoUndatedStep()
    if line.held_from is not None:
        raise HoldOpen(field="on")
    k = starts.index(None)
    before = starts[k - 1] if k else None
    if before is not None and event.on <= before:
        raise NotAfterStep(field="on")
    _in_order(line, event.on, "on")
    if segment_on(line, event.on).status == "ended":
        raise NotActive(field="on")


def _may_close(line: Timeline, event: Closed) -> None:
    if segment_on(line, event.on).status == "ended":
        raise NotActive(field="on")


def _in_order(line: Timeline, day: date, field: str) -> None:
    for floor in (line.last_resumption, line.last_effective_on):
        if floor is not None and day < floor:
            raise OutOfOrder(field=field)

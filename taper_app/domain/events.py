"""What happened to a plan, in the order recorded. Wall dates are in the account's zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from taper_app.domain.plan import Ends, Plan, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What every event carries: when it was recorded (aware), who said so, and why."""

    recorded_at: datetime
    said_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activated(Recorded):
    """The draft became the plan. It has no date of its own: earlier days count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Recorded):
    """The step in force on `from_` stays until a resumption."""

    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Recorded):
    """The plan goes on from `on`, with every later date moved by the length of the hold or not."""

    on: date
    shift_later_dates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised(Recorded):
    """A new plan governs from `effective_on`. `strengths` None means the same tablets as before."""

    effective_on: date
    steps: tuple[Step, ...]
    ends: Ends | None = None
    last_day: date | None = None
    review_on: date | None = None
    strengths: tuple[Decimal, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStarted(Recorded):
    """The next undated step starts on `on`."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Recorded):
    """The plan is ended from `on`."""

    on: date


Event = Activated | Held | Resumed | Revised | StepStarted | Closed


@dataclass(frozen=True, slots=True)
class Ledger:
    """A plan and everything recorded about it, oldest first.

    Append with ledger.append, which refuses by name.
    """

    plan: Plan
    events: tuple[Event, ...] = ()


def event_date(event: Event) -> date | None:
    """The day from which an event changes the schedule; None for activation, which has no date."""
    match event:
        case Held():
            return event.from_
        case Revised():
            return event.effective_on
        case Resumed() | StepStarted() | Closed():
            return event.on
        case Activated():
            return None


def revised_plan(plan: Plan, event: Revised) -> Plan:
    """The plan as a revision leaves it: its steps and end, the same medicine."""
    strengths = plan.medication.strengths if event.strengths is None else event.strengths
    return replace(
        plan,
        medication=replace(plan.medication, strengths=strengths),
        steps=event.steps,
        ends=event.ends,
        last_day=event.last_day,
        review_on=event.review_on,
    )


def plan_of(ledger: Ledger, revision: int | None = None) -> Plan:
    """The plan as written in one revision (1 is the first), by default the latest recorded.

    Raises IndexError.
    """
    plans = [ledger.plan]
    for event in ledger.events:
        if isinstance(event, Revised):
            plans.append(revised_plan(plans[-1], event))
    if revision is None:
        return plans[-1]
    if revision < 1:
        raise IndexError(revision)
    return plans[revision - 1]


def is_draft(ledger: Ledger) -> bool:
    """Whether the plan was never activated."""
    return not any(isinstance(event, Activated) for event in ledger.events)

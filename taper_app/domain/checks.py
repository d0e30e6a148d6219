"""Entry errors, found with the numbers of the plan alone.

Each is a question; none keeps a plan from being saved, and none suggests an answer. The words stand in the
catalogs, under the code. Params are strings ready to show: from, to, unit, day, days, ...
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from taper_app.domain.amounts import show_amount
from taper_app.domain.dose_checks import Finding, dose_findings
from taper_app.domain.events import (
    Activated,
    Closed,
    Event,
    Held,
    Ledger,
    Resumed,
    Revised,
    StepStarted,
    event_date,
    plan_of,
)
from taper_app.domain.ledger import append
from taper_app.domain.patches import interval_findings
from taper_app.domain.plan import Plan, Step
from taper_app.domain.schedule import timeline
from taper_app.domain.stairs import daily_total
from taper_app.domain.timeline import begin, segment_on

CODES: Final = (
    "gap", "overlap", "higher", "less_than_half", "largest_fall", "parts_differ", "not_whole_or_half",
    "part_of_extended", "in_past", "many_doses", "no_end", "patch_interval", "hold_on_change_day",
    "big_change",
)  # fmt: skip
MANY_DOSES: Final = 6
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Check:
    """One question.

    `step` counts from 1 in the plan or revision that is asked about; None for the plan as a whole.
    """

    code: str
    step: int | None = None
    params: dict[str, str] = field(default_factory=dict, hash=False)


def plan_checks(plan: Plan, today: date | None = None) -> list[Check]:
    """The questions about a plan as written, blanks passed over. Without `today`, in_past is not asked."""
    found: list[Check] = []
    past = [
        (i, s.starts_on) for i, s in enumerate(plan.steps, 1) if today and s.starts_on and s.starts_on < today
    ]
    if past:
        # Once: every step of a plan that is already running would ask the same.
        found.append(Check("in_past", past[0][0], {"day": past[0][1].isoformat()}))
    for i, step in enumerate(plan.steps, 1):
        found += _until(plan, i)
        if i > 1:
            found += _fall(plan, plan.steps[i - 2], step, i)
        if max((len(day) for day in step.cycle or (step.doses,)), default=0) > MANY_DOSES:
            most = max(len(day) for day in step.cycle or (step.doses,))
            found.append(Check("many_doses", i, {"count": str(most)}))
        found += [_check(f) for f in dose_findings(plan.medication, step, i)]
    found += _largest_fall(plan) + _end(plan)
    if plan.medication.form == "patch":
        found += [_check(f) for f in interval_findings(begin(plan))]
    return found


def event_checks(ledger: Ledger, event: Event, today: date | None = None) -> list[Check]:
    """The questions about an event before it is recorded, against the dose in force.

    Raises what append raises.
    """
    after = append(ledger, event)
    found: list[Check] = []
    day = event_date(event)
    if day is not None and today is not None and day < today:
        found.append(Check("in_past", None, {"day": day.isoformat()}))
    match event:
        case Activated():
            return plan_checks(ledger.plan, today)
        case Held():
            if segment_on(timeline(ledger), event.from_).first == event.from_:
                found.append(Check("hold_on_change_day", None, {"day": event.from_.isoformat()}))
        case Resumed():
            found += _against_force(ledger, after, event.on)
        case Revised():
            found += _against_force(ledger, after, event.effective_on)
            found += [c for c in plan_checks(plan_of(after)) if c.code != "patch_interval"]
        case Closed():
            found += _against_force(ledger, after, event.on)
        case StepStarted():
            pass
    if ledger.plan.medication.form == "patch" and day is not None:
        found += [_check(f) for f in interval_findings(timeline(after), since=day)]
    return found


def _check(finding: Finding) -> Check:
    code, step, params = finding
    return Check(code, step, params)


def _levels(plan: Plan, low: Decimal, high: Decimal) -> dict[str, str]:
    return {"from": show_amount(low), "to": show_amount(high), "unit": plan.medication.unit or ""}


def _over_time(plan: Plan, step: Step) -> Fraction:
    """What the step comes to over time, exactly, for comparing only.

    A patch's rate does not depend on its days.
    """
    if plan.medication.form == "patch" or (not step.cycle and step.every_days == 1):
        return Fraction(daily_total(step) or 0)
    days = step.cycle or (step.doses,)
    length = len(days) if step.cycle else step.every_days
    return Fraction(sum((d.amount or Decimal(0) for day in days for d in day), Decimal(0))) / length


def _fall(plan: Plan, before: Step, after: Step, number: int) -> list[Check]:
    """Ask higher and less_than_half by the largest day and over time: a longer interval hides neither."""
    one, two = daily_total(before), daily_total(after)
    if one is None or two is None:
        return []
    found: list[Check] = []
    slow_one, slow_two = _over_time(plan, before), _over_time(plan, after)
    if two > one or slow_two > slow_one:
        found.append(Check("higher", number, _levels(plan, one, two)))
    if two * 2 < one or slow_two * 2 < slow_one:
        found.append(Check("less_than_half", number, _levels(plan, one, two)))
    return found


def _largest_fall(plan: Plan) -> list[Check]:
    """The one largest fall, the fall to nothing among them.

    Not asked where there is one fall only, or two alike.
    """
    levels = [daily_total(step) for step in plan.steps]
    if plan.ends == "stop" and levels:
        levels.append(Decimal(0))
    falls: list[tuple[Decimal, int]] = []
    for i, (one, two) in enumerate(pairwise(levels), 2):
        if one is not None and two is not None and two < one:
            falls.append((one - two, i))
    if len(falls) < 2:
        return []
    falls.sort(reverse=True)
    if falls[0][0] == falls[1][0]:
        return []
    i = falls[0][1]
    one, two = levels[i - 2] or Decimal(0), levels[i - 1] or Decimal(0)
    return [Check("largest_fall", min(i, len(plan.steps)), _levels(plan, one, two))]


def _end(plan: Plan) -> list[Check]:
    if not plan.steps:
        return []
    if plan.ends is None or (plan.ends == "stop" and plan.last_day is None):
        return [Check("no_end", len(plan.steps))]
    level = daily_total(plan.steps[-1])
    if plan.ends == "stop" and level:
        return [Check("big_change", len(plan.steps), _levels(plan, level, Decimal(0)))]
    return []


def _until(plan: Plan, number: int) -> list[Check]:
    """`until` as written against the day the next step starts, or the last day.

    Only where it is a plain date.
    """
    step = plan.steps[number - 1]
    try:
        until = date.fromisoformat(step.until or "")
    except ValueError:
        return []
    if number < len(plan.steps):
        following = plan.steps[number].starts_on
    else:
        following = plan.last_day + DAY if plan.ends == "stop" and plan.last_day else None
    if following is None or until == following - DAY:
        return []
    code = "gap" if until < following else "overlap"
    return [Check(code, number, {"until": until.isoformat(), "next": following.isoformat()})]


def _against_force(ledger: Ledger, after: Ledger, day: date) -> list[Check]:
    """The dose on `day` against the one in force just before it: any difference is asked about."""
    line, new_line = timeline(ledger), timeline(after)
    # With an open hold the held step is the one in force, also when the hold is cancelled on its own first
    # day.
    before = segment_on(line, line.held_from if line.held_from and line.held_from <= day else day - DAY)
    now = segment_on(new_line, day)
    if before.status == "before":
        return []
    # After the end nothing is in force: going back to a dose from there is a change as large as any.
    one = daily_total(before.step) if before.step else Decimal(0)
    two = daily_total(now.step) if now.step else Decimal(0)
    if one is None or two is None:
        return []
    plan = plan_of(after)
    slow_one = _over_time(plan, before.step) if before.step else Fraction(0)
    slow_two = _over_time(plan, now.step) if now.step else Fraction(0)
    found: list[Check] = []
    if (one, slow_one) != (two, slow_two):
        found.append(Check("big_change", now.step_no, _levels(plan, one, two)))
    if before.step is not None and now.step is not None:
        found += _fall(plan, before.step, now.step, now.step_no or 1)
    return found

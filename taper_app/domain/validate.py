"""What is wrong with a plan (never acceptable) and what is blank in it (keeps it a draft)."""

from __future__ import annotations

from taper_app.domain.errors import Blank, Invalid
from taper_app.domain.plan import Dose, Plan, Step

MAX_STEPS = 100
MAX_DOSES_A_DAY = 24
MAX_EVERY_DAYS = 90
MIN_CYCLE, MAX_CYCLE = 2, 28
MAX_PARTS = 10
MAX_STRENGTHS = 20
MAX_HISTORY = 50
MAX_AS_NEEDED = 10
MAX_NAME = 200
MAX_LINE = 500
MAX_NOTE = 2000


def problems(plan: Plan) -> list[Invalid]:
    """What no plan may hold, draft or not, each with its field; empty when the plan is well formed."""
    found: list[Invalid] = []
    if len(plan.steps) > MAX_STEPS:
        return [Invalid("too_many_steps", "steps")]
    waiting = False
    for i, step in enumerate(plan.steps):
        path = f"steps.{i}"
        if waiting and step.starts_on is not None:
            found.append(Invalid("dated_after_undated", f"{path}.starts_on"))
        waiting = waiting or (step.starts_on is None and step.starts_when is not None)
        found += _step_problems(step, path)
    return found


def _step_problems(step: Step, path: str) -> list[Invalid]:
    found: list[Invalid] = []
    if not 1 <= step.every_days <= MAX_EVERY_DAYS:
        found.append(Invalid("every_days_out_of_range", f"{path}.every_days"))
    if step.starts_on is not None and step.starts_when is not None:
        found.append(Invalid("date_and_starts_when", f"{path}.starts_when"))
    if step.cycle:
        if not MIN_CYCLE <= len(step.cycle) <= MAX_CYCLE:
            found.append(Invalid("cycle_out_of_range", f"{path}.cycle"))
        if step.doses:
            found.append(Invalid("cycle_and_doses", f"{path}.cycle"))
        if step.every_days != 1:
            found.append(Invalid("cycle_and_every_days", f"{path}.every_days"))
    found += _day_problems(step.doses, f"{path}.doses")
    for j, day in enumerate(step.cycle[:MAX_CYCLE]):
        found += _day_problems(day, f"{path}.cycle.{j}")
    return found


def _day_problems(doses: tuple[Dose, ...], path: str) -> list[Invalid]:
    if len(doses) > MAX_DOSES_A_DAY:
        return [Invalid("too_many_doses", path)]
    found: list[Invalid] = []
    seen: set[str] = set()
    for k, dose in enumerate(doses):
        if dose.at is not None and dose.at in seen:
            found.append(Invalid("same_time_twice", f"{path}.{k}.at"))
        elif dose.at is not None:
            seen.add(dose.at)
    return found


def blanks(plan: Plan) -> list[Blank]:
    """What keeps a plan from being activated, each named by its field; empty when nothing does.

    Codes: no_name, no_unit, no_steps, no_start, not_rising, no_doses, no_time, no_amount, no_end,
    no_last_day, last_day_too_early, no_review_date.
    """
    found: list[Blank] = []
    if not plan.medication.name:
        found.append(Blank("medication.name", "no_name"))
    if plan.medication.unit is None:
        found.append(Blank("medication.unit", "no_unit"))
    if not plan.steps:
        found.append(Blank("steps", "no_steps"))
    latest = None
    for i, step in enumerate(plan.steps):
        path = f"steps.{i}"
        if step.starts_on is None:
            if not step.starts_when:
                found.append(Blank(f"{path}.starts_on", "no_start"))
        else:
            if latest is not None and step.starts_on <= latest:
                found.append(Blank(f"{path}.starts_on", "not_rising"))
            latest = step.starts_on if latest is None else max(latest, step.starts_on)
        found += _step_blanks(step, path)
    return found + _end_blanks(plan)


def _step_blanks(step: Step, path: str) -> list[Blank]:
    found: list[Blank] = []
    if not step.doses and not any(step.cycle) and not step.as_needed:
        found.append(Blank(f"{path}.doses", "no_doses"))
    days = [(step.doses, f"{path}.doses"), *((day, f"{path}.cycle.{j}") for j, day in enumerate(step.cycle))]
    for doses, place in days:
        for k, dose in enumerate(doses):
            if dose.at is None:
                found.append(Blank(f"{place}.{k}.at", "no_time"))
            if dose.amount is None:
                found.append(Blank(f"{place}.{k}.amount", "no_amount"))
    for k, needed in enumerate(step.as_needed):
        # A line taken word for word from the label is enough: not every label gives an amount.
        if needed.amount is None and not needed.as_written:
            found.append(Blank(f"{path}.as_needed.{k}.amount", "no_amount"))
    return found


def _end_blanks(plan: Plan) -> list[Blank]:
    if plan.ends is None:
        return [Blank("ends", "no_end")]
    last_start = plan.steps[-1].starts_on if plan.steps else None
    if plan.ends == "stop":
        if plan.last_day is None:
            # While the last step waits for its day, nobody can know the last day; closing the plan ends it
            # then.
            waiting = bool(plan.steps) and last_start is None
            return [] if waiting else [Blank("last_day", "no_last_day")]
        starts = [s.starts_on for s in plan.steps if s.starts_on is not None]
        if starts and plan.last_day < max(starts):
            return [Blank("last_day", "last_day_too_early")]
    if plan.ends == "review" and plan.review_on is None:
        return [Blank("review_on", "no_review_date")]
    return []

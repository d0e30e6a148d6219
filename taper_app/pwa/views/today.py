"""Today: plans, what is due, flares that are going."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Change, Day, Part
from taper_app.pwa.views.stairs import Stairs


@dataclass(frozen=True)
class Due:
    """One dose of today. Give the whole object to `take`, `skip`, `different`, `remove_patch`."""

    key: str
    plan_id: str
    medication: str
    form: str
    date: str
    # As the plan says: "08:00" or "bedtime".
    at: str
    # The same, apart: one of the two is "".
    time: str
    part_of_day: str
    amount: str
    unit: str
    parts: list[Part]
    volume: str
    patch: bool
    # open, taken, skipped, different, removed (old patch off, new one not logged), twice.
    state: str
    logged_time: str
    # The day it was logged for when that is not today.
    logged_day: Day
    logged_amount: str
    # Every time logged, oldest first: two of them when `state` is "twice".
    times: list[str]
    record_id: str
    removed_time: str
    removed_id: str
    # "" (nothing logged), writing (not written down here yet), waiting, saved, rejected.
    sync: str


@dataclass(frozen=True)
class AsNeeded:
    """A medicine taken only when needed, as written. It is never due."""

    key: str
    plan_id: str
    medication: str
    form: str
    amount: str
    unit: str
    purpose: str
    at_most: str
    per_hours: str
    as_written: str
    # Doses of this plan logged in the last 24 hours that were not due.
    logged_24h: int
    last_time: str
    last_day: Day
    record_id: str
    sync: str


@dataclass(frozen=True)
class PlanCard:
    """One plan on Today."""

    id: str
    medication: str
    form: str
    unit: str
    prescriber: str
    patch: bool
    # Of today: before, active, held, ended.
    status: str
    step: int
    steps: int
    day_of_step: int
    # The step's level as the server gives it (a day's total; for a patch its rate), and today's own total.
    level: str
    total: str
    doses: int
    # Days of a step differ: the level is that of the largest, and not "a day".
    uneven: bool
    # Last day of this step; no date when it is open.
    through: Day
    next: Change
    held_since: Day
    held_by: str
    starts: Day
    ended_on: Day
    changed_on: Day
    # The next day after today with a dose, when that is not tomorrow.
    next_dose: Day
    stairs: Stairs
    due: list[Due]
    as_needed: list[AsNeeded]


@dataclass(frozen=True)
class OpenFlare:
    """A flare that is still going."""

    id: str
    severity_now: str
    severity_worst: str
    places: list[str]
    since: Day
    since_time: str
    # Day n of the step in force of the first active plan on the day the flare is looked at; 0 without one.
    day_of_step: int
    sync: str


@dataclass(frozen=True)
class Today:
    """Everything on Today."""

    day: Day
    plans: list[PlanCard]
    flares: list[OpenFlare]
    # Any dose due today, in any plan.
    has_due: bool
    # What is due today was never fetched: not the same as nothing.
    unknown: bool
    # The last day with a dose logged, when doses were due since and yesterday has none; else no date.
    nothing_since: Day
    # Today's latest check-in, "" when none.
    check_in_id: str
    check_in_time: str

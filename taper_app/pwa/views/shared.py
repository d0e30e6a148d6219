"""What a caregiver sees."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Change, Day, Part, Person
from taper_app.pwa.views.stairs import Stairs


@dataclass(frozen=True)
class SharedFlare:
    """A flare as a caregiver sees it."""

    key: str
    going: bool
    severity_now: str
    severity_worst: str
    places: list[str]
    since: Day
    since_time: str
    ended: Day
    ended_time: str


@dataclass(frozen=True)
class SharedDose:
    """A dose of the plan, in scope `plan`."""

    key: str
    time: str
    part_of_day: str
    amount: str
    unit: str
    form: str
    parts: list[Part]
    volume: str


@dataclass(frozen=True)
class SharedDay:
    """A day of the plan, in scope `plan`."""

    day: Day
    status: str
    doses: list[SharedDose]


@dataclass(frozen=True)
class SharedPlan:
    """A plan as a caregiver sees it. `medication` is "" in scope `plan_dates`, and the levels carry no unit then."""

    key: str
    medication: str
    form: str
    unit: str
    status: str
    step: int
    steps: int
    day_of_step: int
    next: Change
    stairs: Stairs
    days: list[SharedDay]


@dataclass(frozen=True)
class SharedTaken:
    """How many of a day's doses of one plan were logged as taken, in scope `doses`."""

    key: str
    day: Day
    taken: int
    due: int


@dataclass(frozen=True)
class SharedEntry:
    """A check-in, a tried option or a note that is shared. Fields that its kind does not have are ""."""

    key: str
    # check_in, peg; note, question, condition, baseline; "" for an option
    kind: str
    day: Day
    time: str
    pain: str
    relief: str
    sleep: str
    mood: str
    body: list[str]
    average: str
    enjoyment: str
    activity: str
    option: str
    before: str
    after: str
    minutes: str
    state: str
    said_by: str
    allodynia: list[str]
    note: str


@dataclass(frozen=True)
class Shared:
    """What the share lets a caregiver see."""

    display_name: str
    label: str
    scopes: list[str]
    day: Day
    fresh: Day
    expires: Day
    preview: bool
    # Where the patient chose the hour; where the view is frozen; when it was fetched.
    fresh_hour: Day
    fresh_time: str
    frozen: Day
    frozen_time: str
    got_time: str
    plans: list[SharedPlan]
    flares: list[SharedFlare]
    going: list[SharedFlare]
    doses: list[SharedTaken]
    check_ins: list[SharedEntry]
    options: list[SharedEntry]
    notes: list[SharedEntry]
    naloxone_place: str
    naloxone_expires: Day
    people: list[Person]

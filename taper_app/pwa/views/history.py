"""History: days and what was logged on them."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Day


@dataclass(frozen=True)
class Said:
    """A field that one writing of a record set: its name, and codes, numbers or words; nothing when it was cleared."""

    name: str
    given: list[str]


@dataclass(frozen=True)
class Version:
    """One writing of a record: `what` is first, changed, out (taken out) or back (put back)."""

    what: str
    day: Day
    time: str
    # The helper who wrote it; "" for the patient.
    by: str
    said: list[Said]


@dataclass(frozen=True)
class HistoryItem:
    """One record on a day of History. Fields that its kind does not have are ""."""

    id: str
    # dose, flare, check_in, peg, option_tried, condition, note
    kind: str
    time: str
    changed: bool
    retracted: bool
    sync: str
    # dose
    plan_id: str
    medication: str
    action: str
    amount: str
    unit: str
    due_time: str
    due_part_of_day: str
    planned: bool
    twice: bool
    # flare
    severity_now: str
    severity_worst: str
    places: list[str]
    feels: list[str]
    allodynia: list[str]
    spread: str
    triggers: list[str]
    helped: list[str]
    going: bool
    ended: Day
    ended_time: str
    # check_in, peg
    pain: str
    relief: str
    sleep: str
    mood: str
    body: list[str]
    average: str
    enjoyment: str
    activity: str
    # option_tried
    option: str
    before: str
    after: str
    minutes: str
    # condition
    state: str
    said_by: str
    # any
    note: str
    # The helper who wrote it first; "" for the patient.
    by: str
    # Every writing of it, oldest first; empty while there is only the first.
    versions: list[Version]


@dataclass(frozen=True)
class HistoryDay:
    """A day of History. Without items it reads "nothing logged". In pages: `day["items"]`, as Vars have a method `items`."""

    day: Day
    items: list[HistoryItem]

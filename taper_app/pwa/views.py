"""What the browser's store hands to a page, field by field.

The modules in `js/views/` build exactly these objects; `tests/pwa/test_views.py` holds both sides to it. Conventions:
nothing is ever null. A text that is not there is "", a list that is not there is empty, a `Day` that is not there has
`date` "". Amounts and 0-to-10 answers are text, as they were written ("7.5", "6"); counts are numbers. There are no
words for people in here but names of days and months; codes become words in `locales/`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """A date with its words: `short` "Fri 27 Nov", `long` "Friday 27 November"."""

    date: str
    short: str
    long: str
    # Days from today: 0 today, 1 tomorrow, -1 yesterday. 0 also when there is no date.
    away: int


@dataclass(frozen=True)
class Part:
    """Tablets as the label counts them: 2 of 15 mg."""

    count: str
    # Whether the count is exactly one, for "1 tablet".
    one: bool
    strength: str


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
    # "" (nothing logged), waiting, saved, rejected.
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
class Change:
    """What changes next: `what` is "", step (going on after a hold too), hold, stop, review or undated."""

    what: str
    on: Day
    level: str
    starts_when: str
    days: int


@dataclass(frozen=True)
class StairLabel:
    """A number on the stairs: `role` is start, now or end; `anchor` an SVG text-anchor."""

    role: str
    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class StairMark:
    """A flare under the stairs, as a small triangle: an SVG path."""

    path: str


@dataclass(frozen=True)
class StairRow:
    """One line of the table behind the stairs."""

    step: int
    status: str
    starts: Day
    ends: Day
    level: str
    # past, now, future, undated
    when: str


@dataclass(frozen=True)
class Stairs:
    """The staircase as SVG: a path that is "" is not there."""

    view_box: str
    # Past steps: filled area, and line.
    past_area: str
    past: str
    # The step in force: band, line, and the dot of today.
    band: str
    now: str
    dot_x: float
    dot_y: float
    has_dot: bool
    # What is planned: dashed. Steps without a date: dotted.
    future: str
    undated: str
    base: str
    labels: list[StairLabel]
    flares: list[StairMark]
    rows: list[StairRow]


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
    # Last day of this step; no date when it is open.
    through: Day
    next: Change
    held_since: Day
    starts: Day
    ended_on: Day
    changed_on: Day
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
    # The last day with a dose logged, when doses were due since and yesterday has none; else no date.
    nothing_since: Day
    # Today's latest check-in, "" when none.
    check_in_id: str
    check_in_time: str


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
    # Every writing of it, oldest first; empty while there is only the first.
    versions: list[Version]


@dataclass(frozen=True)
class HistoryDay:
    """A day of History. Without items it reads "nothing logged". In pages: `day["items"]`, as Vars have a method `items`."""

    day: Day
    items: list[HistoryItem]


@dataclass(frozen=True)
class Tried:
    """How often an option was tried, and how it went the last time."""

    times: int
    last: Day
    before: str
    after: str


@dataclass(frozen=True)
class Question:
    """A question for the next visit."""

    id: str
    text: str
    day: Day
    sync: str


@dataclass(frozen=True)
class Guard:
    """Why the guard is open: codes of `domain/safety.py`, the most urgent first."""

    open: bool
    codes: list[str]
    above_step: bool
    skipped_two_days: bool
    resumed_after_hold: bool
    at_end: bool


@dataclass(frozen=True)
class Person:
    """Somebody to call."""

    name: str
    phone: str


@dataclass(frozen=True)
class Safety:
    """The patient's own part of the safety card."""

    people: list[Person]
    after_hours: str
    naloxone_place: str
    naloxone_expires: Day
    naloxone_expired: bool
    # Whether any plan in force is a patch: no page may then speak of warmth.
    patch: bool


@dataclass(frozen=True)
class Form:
    """What every form has. Everything typed stays until it is saved and cleared."""

    # The record this form has saved or is correcting; "" for a new one not saved yet.
    saved_id: str
    # Whether the form corrects an older record.
    editing: bool
    # Whether something is typed that is not saved.
    dirty: bool
    # Whether there is enough to save.
    ready: bool
    # Of the saved record: "", waiting, saved, rejected.
    sync: str
    # A code, and its field: required, not_an_amount, not_a_date, not_a_time, out_of_range, in_future, ends_before_start,
    # not_signed_in.
    error: str
    error_field: str


@dataclass(frozen=True)
class FlareForm(Form):
    """A flare: severity_now is enough."""

    severity_now: str
    severity_worst: str
    places: list[str]
    feels: list[str]
    allodynia: list[str]
    spread: str
    triggers: list[str]
    helped: list[str]
    note: str
    # When it began and ended, when not now: "2026-11-23", "09:20".
    started_date: str
    started_time: str
    ended_date: str
    ended_time: str


@dataclass(frozen=True)
class CheckInForm(Form):
    """How I feel: any one answer is enough."""

    pain: str
    relief: str
    sleep: str
    mood: str
    body: list[str]
    note: str


@dataclass(frozen=True)
class DoseForm(Form):
    """A different amount, or another time, or the correction of a logged dose."""

    plan_id: str
    medication: str
    unit: str
    action: str
    amount: str
    # The dose of the plan it belongs to; "" when unplanned.
    due_date: str
    due_at: str
    due_amount: str
    # When it was taken, when not now.
    date: str
    time: str


@dataclass(frozen=True)
class OptionForm(Form):
    """An option tried."""

    option: str
    before: str
    after: str
    minutes: str
    note: str


@dataclass(frozen=True)
class QuestionForm(Form):
    """A question for the visit."""

    text: str


@dataclass(frozen=True)
class NoteForm(Form):
    """A note."""

    text: str


@dataclass(frozen=True)
class NaloxoneForm(Form):
    """Where the naloxone is, and until when it is good ("2027-05-31")."""

    place: str
    expires_on: str


@dataclass(frozen=True)
class ConditionForm(Form):
    """What the clinician said of the underlying condition: better, same, worse, not_sure."""

    state: str
    said_by: str


@dataclass(frozen=True)
class BaselineForm(Form):
    """Before this plan: did light touch, clothes or mild heat hurt?"""

    allodynia: list[str]
    pain: str


@dataclass(frozen=True)
class PegForm(Form):
    """The weekly three questions."""

    average: str
    enjoyment: str
    activity: str


@dataclass(frozen=True)
class Forms:
    """Every form, by the name that the actions take."""

    flare: FlareForm
    check_in: CheckInForm
    dose: DoseForm
    option_tried: OptionForm
    question: QuestionForm
    note: NoteForm
    naloxone: NaloxoneForm
    condition: ConditionForm
    baseline: BaselineForm
    peg: PegForm


@dataclass(frozen=True)
class Rejected:
    """An entry the server refused: it stays on the phone until it is mended or let go."""

    id: str
    record_id: str
    kind: str
    code: str
    message: str


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
    patch: bool
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


@dataclass(frozen=True)
class Store:
    """All of it: what `useStore()` returns."""

    # loading, ready, signed_out, ended (a share that is over), offline (nothing to show, and no line).
    phase: str
    ready: bool
    # Whether the last call reached the server.
    online: bool
    # When the plan shown was fetched; `stale` when that is over ten minutes ago and the line is down.
    known_day: Day
    known_time: str
    stale: bool
    # Entries not yet at the server, and those it refused.
    waiting: int
    rejected: list[Rejected]
    account_id: str
    display_name: str
    zone: str
    # Names of plans not activated yet.
    drafts: list[str]
    today: Today
    history: list[HistoryDay]
    # By the option's id; an option never tried is not in it.
    options: dict[str, Tried]
    questions: list[Question]
    # The texts of `questions`, for `store.asked.contains(text)`.
    asked: list[str]
    # Where the last flare was, for "same places as last time".
    last_places: list[str]
    guard: Guard
    safety: Safety
    forms: Forms
    shared: Shared
    # The id of the entry recorded last, and its sync, for a quiet line "Saved".
    last_saved: str
    last_sync: str

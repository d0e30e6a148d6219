"""The forms being filled."""

from dataclasses import dataclass


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
    # Of the saved record: "", writing (not written down here yet), waiting, saved, rejected.
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
class HealthForm(Form):
    """Own conditions and what may raise the chance of more pain: noted for the clinician, never scored, never shared."""

    conditions: list[str]
    risks: list[str]
    note: str


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
    health: HealthForm
    peg: PegForm

"""Bodies described for OpenAPI. They only describe: the domain and the services read and judge every body."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from taper_app.domain import plan as words
from taper_app.domain.access import HELPER_KINDS, SCOPES
from taper_app.domain.entries import KINDS

Amount = str | None
Text = str | None


class Credentials(BaseModel):
    """A new account."""

    login: str = Field(max_length=80)
    password: str = Field(min_length=15, max_length=128)
    display_name: str = Field(max_length=80)
    zone: str = Field(examples=["America/New_York"])
    invite: Text = None


class SignIn(BaseModel):
    """Login and password; or login, recovery_code and new_password; or a passkey's answer to POST /sessions/options."""

    login: Text = None
    password: Text = None
    recovery_code: Text = None
    new_password: Text = None
    passkey: dict[str, Any] | None = None


class Proof(BaseModel):
    """The password, or a passkey's answer to POST /sessions/options."""

    password: Text = None
    passkey: dict[str, Any] | None = None


class NewPassword(BaseModel):
    """Another password."""

    new_password: str = Field(min_length=15, max_length=128)


class NewPasskey(BaseModel):
    """What the browser made of POST /passkeys/options, as PublicKeyCredential.toJSON gives it."""

    name: Text = None
    passkey: dict[str, Any]


class PasskeyName(BaseModel):
    """Another name."""

    name: str = Field(max_length=60)


class PersonBody(BaseModel):
    """Somebody to call."""

    name: Text = None
    phone: Text = None


class Settings(BaseModel):
    """What is named is changed."""

    display_name: Text = None
    zone: Text = None
    people: list[PersonBody] | None = None
    after_hours: Text = None


class Goodbye(BaseModel):
    """Deletes the account; the password is compared where it is given."""

    password: Text = None


class MedicationBody(BaseModel):
    """The medicine as on the label."""

    name: Text = None
    form: Text = Field(default=None, json_schema_extra={"enum": [*words.FORMS, None]})
    unit: Text = Field(default=None, json_schema_extra={"enum": [*words.UNITS, None]})
    strengths: list[str] = []
    release: Literal["immediate", "extended", "unknown"] = "unknown"
    may_split: Literal["yes", "no", "unknown"] = "unknown"
    concentration: Text = None


class PartBody(BaseModel):
    """So many of one strength."""

    strength: str
    count: str


class DoseBody(BaseModel):
    """A dose of a day."""

    at: Text = Field(default=None, examples=["08:00", "bedtime"])
    amount: Amount = Field(default=None, examples=["7.5"])
    parts: list[PartBody] = []
    volume: Text = None


class AsNeededBody(BaseModel):
    """Medicine for when it is needed, as written."""

    amount: Amount = None
    for_: Text = Field(default=None, alias="for")
    at_most: int | None = None
    per_hours: int | None = None
    as_written: Text = None


class StepBody(BaseModel):
    """One stair of the plan."""

    starts_on: Text = None
    starts_when: Text = None
    until: Text = None
    doses: list[DoseBody] = []
    every_days: int = 1
    cycle: list[list[DoseBody]] = []
    as_needed: list[AsNeededBody] = []
    note: Text = None


class HistoryBody(BaseModel):
    """What was taken before, never scheduled."""

    from_: Text = Field(default=None, alias="from")
    to: Text = None
    text: str


class _End(BaseModel):
    ends: Literal["stop", "stay", "review"] | None = None
    last_day: Text = None
    review_on: Text = None


class PlanBody(_End):
    """A plan as the prescriber wrote it; a draft may hold blanks."""

    medication: MedicationBody
    prescriber: Text = None
    history: list[HistoryBody] = []
    steps: list[StepBody] = []


class Activation(BaseModel):
    """The draft becomes the plan."""

    confirmed_with_prescriber: Literal[True]
    said_by: Text = None
    reason: Text = None


class _Said(BaseModel):
    said_by: str
    reason: Text = None
    preview: bool = False


class HoldBody(_Said):
    """Stay at the step in force."""

    from_: str = Field(alias="from")


class ResumeBody(_Said):
    """Go on after a hold."""

    on: str
    shift_later_dates: bool = False


class RevisionBody(_Said, _End):
    """A new plan from a day on."""

    effective_on: str
    steps: list[StepBody]
    strengths: list[str] | None = None


class OnBody(_Said):
    """A step starts, or the plan is closed."""

    on: str


class EntryBody(BaseModel):
    """One entry, or a change of one."""

    id: str
    kind: str = Field(json_schema_extra={"enum": list(KINDS)})
    at: str
    zone: str
    data: dict[str, Any] = {}
    changes: Text = None


class Entries(BaseModel):
    """A batch of entries."""

    entries: list[EntryBody] = Field(max_length=500)


class ShareBody(BaseModel):
    """A link for a caregiver."""

    label: Text = None
    scopes: list[str] | None = Field(default=None, json_schema_extra={"items": {"enum": list(SCOPES)}})
    expires_at: Text = None
    back: Literal["now", "30_days", "all"] | None = None
    by_hour: bool | None = None
    pin: Text = None


class ShareChange(ShareBody):
    """What may also be changed of a link that is there."""

    paused: bool | None = None
    frozen: bool | None = None


class HelperBody(BaseModel):
    """Somebody who is asked to help to enter."""

    label: str = Field(max_length=80)
    kinds: list[str] | None = Field(default=None, json_schema_extra={"items": {"enum": list(HELPER_KINDS)}})


class CodeBody(BaseModel):
    """The part of the link after the #."""

    code: str


class ReminderBody(BaseModel):
    """One time of day; the id is made by the server when it is left out."""

    id: Text = None
    kind: Literal["dose", "check_in"]
    at: str = Field(examples=["08:00"])


class QuietBody(BaseModel):
    """Nothing rings from then on, until that time."""

    from_: str = Field(alias="from", examples=["22:00"])
    to: str = Field(examples=["07:00"])


class RemindersBody(BaseModel):
    """The whole list."""

    reminders: list[ReminderBody] = Field(max_length=12)
    quiet: QuietBody | None = None


class PushKeys(BaseModel):
    """What pushes to this browser are encrypted with."""

    p256dh: str
    auth: str


class SubscriptionBody(BaseModel):
    """A PushSubscription as the browser writes it."""

    endpoint: str
    keys: PushKeys


class RingBody(BaseModel):
    """Which ringing is meant: the token of the notification."""

    token: str


class ImportBody(BaseModel):
    """The app's own export, a FHIR MedicationRequest or Bundle (R4, R5, STU3), or a pasted plan."""

    format: Text = Field(default=None, description="taper-export: the whole file as GET /export gives it", examples=["taper-export"])
    version: int | None = None
    plans: list[dict[str, Any]] | None = None
    entries: list[dict[str, Any]] | None = None
    resourceType: Text = Field(default=None, examples=["MedicationRequest", "Bundle"])  # noqa: N815 - FHIR's own spelling
    text: Text = Field(default=None, description="a plan as somebody wrote it")


class OpenBody(BaseModel):
    """The part of the link after the #."""

    token: str
    pin: Text = None


class AlertsBody(BaseModel):
    """Which alerts a caregiver gets; null is none."""

    flare: int | None = Field(default=None, ge=1, le=10, description="a flare of at least this")
    quiet_days: int | None = Field(default=None, ge=1, le=30, description="days without a shared entry")
    company: bool | None = None


class CareBody(BaseModel):
    """What the patient chooses for one share; what is left out stays."""

    replies: bool | None = None
    muted: bool | None = None
    alerts: AlertsBody | None = None


class SayBody(BaseModel):
    """What the patient says to all open shares."""

    kind: Literal["ok", "company"]


class ReplyBody(BaseModel):
    """A heart, or a word."""

    kind: Literal["heart", "word"]
    text: Text = Field(default=None, max_length=80)


class ErrorLine(BaseModel):
    """One thing wrong."""

    code: str
    message: str
    field: Text = None
    line: int | None = Field(default=None, description="of a file that was sent")


class ErrorBody(ErrorLine):
    """With several things wrong all of them are in `errors`."""

    errors: list[ErrorLine] | None = None


class ErrorEnvelope(BaseModel):
    """Every error looks like this."""

    error: ErrorBody


def takes(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """`openapi_extra` of a call that takes this body."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def takes_table() -> dict[str, Any]:
    """`openapi_extra` of a call that takes a CSV file."""
    content = {"text/csv": {"schema": {"type": "string", "maxLength": 20 * 1024 * 1024}}}
    return {"requestBody": {"required": True, "content": content}}


def components() -> dict[str, Any]:
    """Every shape that `takes` refers to."""
    found: dict[str, Any] = {}
    bodies = (Credentials, Settings, PlanBody, RevisionBody, Entries, ShareBody, ShareChange, CareBody, RemindersBody, SubscriptionBody)
    for model in (*bodies, ErrorEnvelope):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found

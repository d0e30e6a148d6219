"""What a person brings: the app's own export, a prescription as FHIR, or a pasted plan. All of it is kept, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, plans, reminders
from taper_app.data.repositories import entries as entry_rows
from taper_app.data.tables import Account
from taper_app.domain.access import Actor
from taper_app.domain.drafting import Drafted, Question
from taper_app.domain.errors import Invalid
from taper_app.domain.events import Ledger
from taper_app.domain.fhir_in import read_fhir
from taper_app.domain.ledger import is_draft, status
from taper_app.domain.reading import Reader
from taper_app.services.accounts import account_view, change_settings
from taper_app.services.drafting import draft_from_text, draft_of
from taper_app.services.entries import add_entries, require_plan
from taper_app.services.errors import PlanDiffers
from taper_app.services.importing_beside import keep_photos, keep_source
from taper_app.services.importing_own import OwnFile, OwnPlan, placed, read_own
from taper_app.services.ledgers import keep_draft, keep_event, load
from taper_app.services.owning import changed, own_account
from taper_app.services.plans import PLAN_SCOPES
from taper_app.services.reminders import set_reminders
from taper_app.services.zones import today_in


@dataclass(frozen=True)
class PlanCame:
    """A plan of the file. `new`: it was not there before."""

    id: str
    status: str
    name: str | None
    new: bool


@dataclass(frozen=True)
class Asked:
    """A question about a draft, with its plan and where that was read from (fhir, text)."""

    plan_id: str
    kind: str
    question: Question


@dataclass(frozen=True)
class Imported:
    """What became of a file: its plans, how many entries were new, and what was not clear."""

    plans: tuple[PlanCame, ...]
    entries: int = 0
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Pasted:
    """A plan as somebody wrote it; it is short, so it is read where it is kept."""

    text: object


Found = OwnFile | Pasted | tuple[Drafted, ...]


def read_import(body: object, now: datetime) -> Found:
    """Read what came, whatever it is; no database is asked. Raises Invalid, InvalidMany with the place of each error."""
    if not isinstance(body, dict):
        raise Invalid("unknown_import")
    if "resourceType" in body:
        return tuple(read_fhir(body))
    if "format" in body:
        return read_own(body, now)
    if set(body) == {"text"}:
        return Pasted(body["text"])
    raise Invalid("unknown_import")


def keep_import(session: Session, actor: Actor, found: Found, now: datetime) -> Imported:
    """Keep what was read, all of it or nothing. Raises PlanDiffers, NothingRead, InvalidMany."""
    if isinstance(found, OwnFile):
        return _restore(session, actor, found, now)
    if isinstance(found, Pasted):
        plan_id, drafted = draft_from_text(session, actor, found.text, now)
        return _drafts([(plan_id, drafted)], "text")
    return _drafts([(draft_of(session, actor, drafted, "fhir", now), drafted) for drafted in found], "fhir")


def _drafts(made: list[tuple[str, Drafted]], kind: str) -> Imported:
    came = tuple(PlanCame(plan_id, "draft", drafted.plan["medication"].get("name"), new=True) for plan_id, drafted in made)
    asked = tuple(Asked(plan_id, kind, question) for plan_id, drafted in made for question in drafted.questions)
    return Imported(came, questions=asked)


def _restore(session: Session, actor: Actor, file: OwnFile, now: datetime) -> Imported:
    account = own_account(session, actor, "write")
    plan_ids = plans.ids_of(session, account.id)
    _settings(session, actor, account, file, now, is_empty=not plan_ids and not entry_rows.last_seq(session, account.id))
    new = [_plan(session, account, plan, i, now) for i, plan in enumerate(file.plans)]
    stored = _entries(session, account, file, plan_ids | {plan.id for plan in file.plans}, now)
    if any(new) or stored:
        accounts.note(session, account.id, "data_imported", now)
    if any(new):
        changed(session, account.id, PLAN_SCOPES)
    today = today_in(account.zone, now)
    came = [
        PlanCame(plan.id, status(plan.ledger, today), plan.ledger.plan.medication.name, is_new)
        for plan, is_new in zip(file.plans, new, strict=True)
    ]
    return Imported(tuple(came), entries=len(stored))


def _settings(session: Session, actor: Actor, account: Account, file: OwnFile, now: datetime, *, is_empty: bool) -> None:
    """Restore what the account has none of; a zone only while nothing depends on it."""
    given, mine = file.settings, account_view(account)
    wanted = {name: given[name] for name, has in (("people", mine.people), ("after_hours", mine.after_hours)) if name in given and not has}
    if is_empty and "zone" in given:
        wanted["zone"] = given["zone"]
    reader = Reader()
    with placed(reader, "account"):
        if wanted:
            change_settings(session, actor, wanted, now)
        if not reminders.of_account(session, account.id) and not reminders.quiet_of(session, account.id):
            _reminders(session, actor, given, now)
    reader.done()


def _reminders(session: Session, actor: Actor, given: dict[str, object], now: datetime) -> None:
    listed = given.get("reminders")
    if isinstance(listed, list):
        # They ring from now on, not from when they were set in the account they come from.
        listed = [{name: v for name, v in one.items() if name != "since"} if isinstance(one, dict) else one for one in listed]
    if listed or given.get("quiet") is not None:
        set_reminders(session, actor, {"reminders": listed or [], "quiet": given.get("quiet")}, now)


def _plan(session: Session, account: Account, plan: OwnPlan, number: int, now: datetime) -> bool:
    """Whether it was new. Raises PlanDiffers for another plan with the same id."""
    if plans.by_id(session, account.id, plan.id) is not None:
        if load(session, account.id, plan.id)[1] != plan.ledger:
            raise PlanDiffers(field=f"plans.{number}")
        return False
    row = keep_draft(session, account.id, plan.id, plan.ledger.plan, plan.created_at)
    ledger = Ledger(plan.ledger.plan)
    for event in plan.ledger.events:
        keep_event(session, row, ledger, event)
        ledger = Ledger(ledger.plan, (*ledger.events, event))
    if not is_draft(ledger):
        plans.mark_active(session, row)
    if plan.source is not None:
        keep_source(session, account.id, plan.id, plan.source, now)
    keep_photos(session, account.id, plan.id, plan.photos)
    return True


def _entries(session: Session, account: Account, file: OwnFile, plan_ids: set[str], now: datetime) -> list[str]:
    """Keep what is new; the kinds of what was kept, one an entry."""
    reader = Reader()
    for i, (entry, _) in enumerate(file.entries):
        with placed(reader, f"entries.{i}"):
            require_plan(entry, plan_ids)
    reader.done()
    return add_entries(session, account, file.entries, now)

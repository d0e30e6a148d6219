"""Plans: written as drafts, read, activated. What happens to an active plan is in `ledger.py`."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, plans, sources
from taper_app.data.tables import Plan as PlanRow
from taper_app.data.tables import PlanSource
from taper_app.domain.access import Actor
from taper_app.domain.checks import Check, plan_checks
from taper_app.domain.errors import Blank
from taper_app.domain.events import Event, Ledger, Revised, plan_of
from taper_app.domain.ledger import append, require_draft, status
from taper_app.domain.plan import Medication, Plan
from taper_app.domain.validate import blanks
from taper_app.domain.wire import event_from_wire, plan_from_wire
from taper_app.services.errors import NotReadBack
from taper_app.services.ledgers import keep_draft, keep_event, load, load_all, written
from taper_app.services.owning import changed, own_account
from taper_app.services.tokens import new_id
from taper_app.services.zones import today_in

PLAN_SCOPES = ("plan_dates", "plan", "doses")


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list."""

    id: str
    status: str
    revision: int
    medication: Medication
    prescriber: str | None
    steps: int
    created_at: datetime


@dataclass(frozen=True)
class PlanView:
    """A plan and its whole ledger.

    `plan` is as first written, `current` as the latest revision leaves it. `checks` are the questions about `current`
    (in a draft with the dates in the past among them), `blanks` what keeps a draft from being activated.
    """

    id: str
    status: str
    revision: int
    created_at: datetime
    plan: Plan
    current: Plan
    events: tuple[Event, ...]
    checks: tuple[Check, ...]
    blanks: tuple[Blank, ...]

    @property
    def ledger(self) -> Ledger:
        """For the pure functions of the domain."""
        return Ledger(self.plan, self.events)


def create_plan(session: Session, actor: Actor, body: object, now: datetime) -> PlanView:
    """Keep a draft as it was typed; blanks are fine. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    plan = plan_from_wire(body)
    row = keep_draft(session, account.id, new_id(), plan, now)
    changed(session, account.id)
    return _view(row, Ledger(plan), today_in(account.zone, now))


def replace_draft(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, whole: bool = False) -> PlanView:
    """Put another text into a draft. `whole`: every line of it was written by the caller, so no words of others stand beside it.

    Raises PlanMissing, NotDraft, InvalidMany.
    """
    account = own_account(session, actor, "write")
    row, ledger = load(session, account.id, plan_id)
    require_draft(ledger)
    plan = plan_from_wire(body)
    if whole:
        sources.remove_source(session, account.id, row.id)
    elif plan != ledger.plan:
        # What was ticked against the paper was the draft as it was.
        sources.confirm(session, account.id, row.id, "[]")
    plans.rewrite_draft(session, row, written(plan))
    changed(session, account.id)
    return _view(row, Ledger(plan), today_in(account.zone, now))


def delete_draft(session: Session, actor: Actor, plan_id: str, now: datetime | None = None) -> None:
    """Take out a draft; `now` is for the trail. Raises PlanMissing, NotDraft."""
    account = own_account(session, actor, "write")
    row, ledger = load(session, account.id, plan_id)
    require_draft(ledger)
    plans.remove(session, row)
    if now is not None:
        accounts.note(session, account.id, "plan_deleted", now, subject=row.id)
    changed(session, account.id)


def get_plan(session: Session, actor: Actor, plan_id: str, now: datetime) -> PlanView:
    """One plan with its ledger. Raises PlanMissing."""
    account = own_account(session, actor)
    row, ledger = load(session, account.id, plan_id)
    return _view(row, ledger, today_in(account.zone, now))


def list_plans(session: Session, actor: Actor, now: datetime) -> list[PlanLine]:
    """Every plan of the account, drafts and ended ones too, oldest first."""
    account = own_account(session, actor)
    today = today_in(account.zone, now)
    return [_line(row, ledger, today) for row, ledger in load_all(session, account.id)]


def activate_plan(session: Session, actor: Actor, plan_id: str, body: object, now: datetime) -> PlanView:
    """The draft becomes the plan, once `confirmed_with_prescriber` is true and each line it was read from is ticked.

    Raises PlanMissing, NotDraft, NotReadBack, NotConfirmed, PlanBlank (which names each blank), InvalidMany.
    """
    account = own_account(session, actor, "write")
    row, ledger = load(session, account.id, plan_id)
    require_draft(ledger)
    event = event_from_wire(body, kind="activated", recorded_at=now)
    after = append(ledger, event)
    _require_read_back(sources.source_of(session, account.id, row.id))
    keep_event(session, row, ledger, event)
    plans.mark_active(session, row)
    accounts.note(session, account.id, "plan_activated", now, subject=row.id)
    changed(session, account.id, PLAN_SCOPES)
    return _view(row, after, today_in(account.zone, now))


def _require_read_back(source: PlanSource | None) -> None:
    if source is not None and {one["line"] for one in json.loads(source.body)["lines"]} - set(json.loads(source.confirmed)):
        raise NotReadBack()


def revision_of(ledger: Ledger) -> int:
    """The number of the latest revision; the plan as first written is 1."""
    return 1 + sum(isinstance(event, Revised) for event in ledger.events)


def _line(row: PlanRow, ledger: Ledger, today: date) -> PlanLine:
    plan = plan_of(ledger)
    state = status(ledger, today)
    return PlanLine(row.id, state, revision_of(ledger), plan.medication, plan.prescriber, len(plan.steps), row.created_at)


def _view(row: PlanRow, ledger: Ledger, today: date) -> PlanView:
    state = status(ledger, today)
    current = plan_of(ledger)
    return PlanView(
        id=row.id,
        status=state,
        revision=revision_of(ledger),
        created_at=row.created_at,
        plan=ledger.plan,
        current=current,
        events=ledger.events,
        # Of a plan that runs, the past is no question any more.
        checks=tuple(plan_checks(current, today if state == "draft" else None)),
        blanks=tuple(blanks(ledger.plan)) if state == "draft" else (),
    )

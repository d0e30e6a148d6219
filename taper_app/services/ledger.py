"""What happens to an active plan: held, resumed, revised, a step started, closed. Each can be read back first."""

from dataclasses import dataclass
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts
from taper_app.domain.access import Actor
from taper_app.domain.checks import Check, event_checks
from taper_app.domain.ledger import append, preview_days, status
from taper_app.domain.schedule import Day
from taper_app.domain.wire import event_from_wire
from taper_app.services.ledgers import keep_event, load
from taper_app.services.owning import changed, own_account
from taper_app.services.plans import PLAN_SCOPES, revision_of
from taper_app.services.zones import today_in


@dataclass(frozen=True)
class Preview:
    """What an event asks and does: the questions, and the 14 days from its date as they read with it.

    `recorded` says whether it was kept or only read back.
    """

    plan_id: str
    status: str
    revision: int
    checks: tuple[Check, ...]
    days: tuple[Day, ...]
    recorded: bool


def hold_plan(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, preview: bool = False) -> Preview:
    """Stay at the step in force: {from, said_by, reason}.

    Raises PlanMissing, IsDraft, HoldOpen, NotActive, OutOfOrder, InvalidMany.
    """
    return _record(session, actor, plan_id, "held", body, now, preview)


def resume_plan(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, preview: bool = False) -> Preview:
    """Go on after a hold: {on, said_by, shift_later_dates}. Raises also NoOpenHold, ResumeBeforeHold."""
    return _record(session, actor, plan_id, "resumed", body, now, preview)


def revise_plan(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, preview: bool = False) -> Preview:
    """A new plan from a day on: {effective_on, said_by, reason, steps, ends, last_day, review_on, strengths}.

    Raises also NotEffectiveOn, PlanBlank.
    """
    return _record(session, actor, plan_id, "revised", body, now, preview)


def start_step(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, preview: bool = False) -> Preview:
    """The next step that had no date starts: {on, said_by}. Raises also NoUndatedStep, NotAfterStep."""
    return _record(session, actor, plan_id, "step_started", body, now, preview)


def close_plan(session: Session, actor: Actor, plan_id: str, body: object, now: datetime, *, preview: bool = False) -> Preview:
    """The plan is over from a day on: {on, said_by, reason}."""
    return _record(session, actor, plan_id, "closed", body, now, preview)


def _record(session: Session, actor: Actor, plan_id: str, kind: str, body: object, now: datetime, preview: bool) -> Preview:
    account = own_account(session, actor, "read" if preview else "write")
    row, ledger = load(session, account.id, plan_id)
    today = today_in(account.zone, now)
    event = event_from_wire(body, kind=kind, recorded_at=now)
    checks = event_checks(ledger, event, today)
    after = append(ledger, event)
    days = preview_days(ledger, event, today)
    if not preview:
        keep_event(session, row, ledger, event)
        accounts.note(session, account.id, f"plan_{kind}", now, subject=row.id)
        changed(session, account.id, PLAN_SCOPES)
    return Preview(
        plan_id=row.id,
        status=status(after, today),
        revision=revision_of(after),
        checks=tuple(checks),
        days=tuple(days),
        recorded=not preview,
    )

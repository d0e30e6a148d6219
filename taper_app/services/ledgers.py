"""Plans read from their rows into ledgers, and back."""

import json
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import plans
from taper_app.data.tables import Plan as PlanRow
from taper_app.data.tables import PlanEvent
from taper_app.domain.events import Event, Ledger
from taper_app.domain.plan import Plan
from taper_app.domain.wire import event_from_wire, event_to_wire, plan_from_wire, plan_to_wire
from taper_app.services.errors import PlanMissing


def load(session: Session, account_id: str, plan_id: str) -> tuple[PlanRow, Ledger]:
    """One plan of the account with its ledger. Raises PlanMissing."""
    row = plans.by_id(session, account_id, plan_id.lower()) if _may_be_id(plan_id) else None
    if row is None:
        raise PlanMissing()
    return row, _ledger(row, plans.events_of(session, account_id, row.id).get(row.id, []))


def load_all(session: Session, account_id: str) -> list[tuple[PlanRow, Ledger]]:
    """Every plan of the account with its ledger, oldest first, in two queries."""
    events = plans.events_of(session, account_id)
    return [(row, _ledger(row, events.get(row.id, []))) for row in plans.of_account(session, account_id)]


def keep_event(session: Session, row: PlanRow, ledger: Ledger, event: Event) -> None:
    """Append an event that the domain has accepted; `ledger` is the one before it."""
    body = json.dumps(event_to_wire(event), ensure_ascii=False)
    line = PlanEvent(
        account_id=row.account_id,
        plan_id=row.id,
        n=len(ledger.events) + 1,
        body=body,
        recorded_at=event.recorded_at,
    )
    plans.add_event(session, line)


def keep_draft(session: Session, account_id: str, plan_id: str, plan: Plan, now: datetime) -> PlanRow:
    """A new draft."""
    row = PlanRow(account_id=account_id, id=plan_id, is_draft=True, body=written(plan), created_at=now)
    plans.add(session, row)
    return row


def written(plan: Plan) -> str:
    """A plan as the text that is kept."""
    return json.dumps(plan_to_wire(plan), ensure_ascii=False)


def _ledger(row: PlanRow, events: list[PlanEvent]) -> Ledger:
    plan = plan_from_wire(json.loads(row.body))
    return Ledger(plan, tuple(event_from_wire(json.loads(event.body)) for event in events))


def _may_be_id(plan_id: str) -> bool:
    return 0 < len(plan_id) <= 64 and plan_id.isascii() and plan_id.isprintable()

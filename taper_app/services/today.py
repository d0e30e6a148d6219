"""One day: what is due, what was logged, what changes next."""

from datetime import date, datetime, timedelta
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import entries as entry_rows
from taper_app.domain.access import Actor
from taper_app.domain.doses import day_doses, happened_at, logged_in_24h, no_longer_due, unplanned
from taper_app.domain.entries import Record, fold
from taper_app.domain.events import Ledger, is_draft, plan_of
from taper_app.domain.ledger import status
from taper_app.domain.schedule import schedule
from taper_app.domain.stairs import next_change
from taper_app.services import shapes
from taper_app.services.entries import domain_entry
from taper_app.services.ledgers import load_all
from taper_app.services.owning import own_account
from taper_app.services.plans import revision_of
from taper_app.services.zones import today_in


def today(session: Session, actor: Actor, now: datetime, day: date | None = None) -> dict[str, Any]:
    """Every active plan on a day (by default today in the account's zone), with what was logged for it."""
    account = own_account(session, actor)
    current = today_in(account.zone, now)
    day = day or current
    # A dose can be logged long after its day, but not before the day before it.
    since = now - timedelta(days=max(2, (current - day).days + 2))
    records = fold(domain_entry(row) for row in entry_rows.in_view(session, account.id, since, kinds=("dose",)))
    return {"date": day.isoformat(), "known_at": shapes.instant(now), "plans": plans_on(session, account.id, day, records, now)}


def plans_on(session: Session, account_id: str, day: date, records: list[Record], now: datetime) -> list[dict[str, Any]]:
    """Every active plan of an account on a day, with what of these records was logged for it; whoever asked was allowed to."""
    return [_plan(row.id, ledger, day, records, now) for row, ledger in load_all(session, account_id) if not is_draft(ledger)]


def _plan(plan_id: str, ledger: Ledger, on: date, records: list[Record], now: datetime) -> dict[str, Any]:
    plan = plan_of(ledger)
    day = schedule(ledger, on, on)[0]
    doses = [
        {**shapes.due(one.due), "state": one.state, "logged": [_logged(record) for record in one.logged]}
        for one in day_doses(day, records, plan_id)
    ]
    return {
        "id": plan_id,
        "status": status(ledger, on),
        "medication": shapes.medication(plan),
        "revision": revision_of(ledger),
        "steps": len(plan.steps),
        "day": shapes.day(day),
        "doses": doses,
        "unplanned": [_logged(record) for record in unplanned(day, records, plan_id)],
        "no_longer_due": [_logged(record) for record in no_longer_due(day, records, plan_id)],
        "logged_in_24h": logged_in_24h(records, plan_id, now),
        "next_change": shapes.next_change(next_change(ledger, on), ledger),
    }


def _logged(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "action": record.data.get("action"),
        "amount": record.data.get("amount"),
        "due": record.data.get("due"),
        "happened_at": shapes.instant(happened_at(record)),
        "zone": record.zone,
    }

"""All that the store screens need, in one call and a handful of queries. The shape is in docs/architecture.md."""

from datetime import date, datetime, timedelta
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import entries as entry_rows
from taper_app.domain.access import Actor
from taper_app.domain.entries import fold
from taper_app.domain.events import Held, Ledger, Revised, is_draft, plan_of
from taper_app.domain.ledger import status
from taper_app.domain.safety import guard
from taper_app.domain.schedule import read_days, segments, timeline
from taper_app.domain.stairs import next_change, stairs
from taper_app.services import shapes
from taper_app.services.accounts import account_view
from taper_app.services.entries import domain_entry, entry_view
from taper_app.services.ledgers import load_all
from taper_app.services.owning import own_account
from taper_app.services.plans import revision_of
from taper_app.services.zones import today_in

BACK, AHEAD = timedelta(days=31), timedelta(days=14)
# Kinds of which every entry is shown, however old.
ALWAYS = ("question", "naloxone", "baseline", "condition", "health")
# The order in which the guard's reasons are shown.
GUARD = ("above_step", "skipped_two_days", "resumed_after_hold", "at_end")


def snapshot(session: Session, actor: Actor, now: datetime) -> dict[str, Any]:
    """The snapshot of the actor's own account, as JSON values."""
    account = account_view(own_account(session, actor))
    today = today_in(account.zone, now)
    loaded = load_all(session, account.id)
    rows = entry_rows.in_view(session, account.id, now - BACK, ALWAYS)
    records = fold(domain_entry(row) for row in rows)
    active = [(row.id, ledger) for row, ledger in loaded if not is_draft(ledger)]
    reasons = {
        reason.code
        for plan_id, ledger in active
        if (found := guard(ledger, records, plan_id, today)) is not None
        for reason in found.reasons
    }
    return {
        "account": {"id": account.id, "display_name": account.display_name, "zone": account.zone},
        "date": today.isoformat(),
        "known_at": shapes.instant(now),
        "plans": [plan_shape(plan_id, ledger, today) for plan_id, ledger in active],
        "drafts": [{"id": row.id, "name": ledger.plan.medication.name} for row, ledger in loaded if is_draft(ledger)],
        "entries": [shapes.entry(row, entry_view(row).data) for row in rows],
        "guard": [code for code in GUARD if code in reasons],
        "safety": {
            "people": [{"name": one.name, "phone": one.phone} for one in account.people],
            "after_hours": account.after_hours,
        },
    }


def plan_shape(plan_id: str, ledger: Ledger, today: date) -> dict[str, Any]:
    """One active or ended plan of the snapshot."""
    plan = plan_of(ledger)
    holds = [event for event in ledger.events if isinstance(event, Held)] if timeline(ledger).held_from else []
    revisions = [event for event in ledger.events if isinstance(event, Revised)]
    days = read_days(segments(ledger), plan.medication.unit, today - BACK, today + AHEAD)
    return {
        "id": plan_id,
        "status": status(ledger, today),
        "medication": shapes.medication(plan),
        "prescriber": plan.prescriber,
        "ends": plan.ends,
        "last_day": shapes.day_or_none(plan.last_day),
        "review_on": shapes.day_or_none(plan.review_on),
        "revision": revision_of(ledger),
        "steps": len(plan.steps),
        "uneven": any(step.cycle or step.every_days > 1 for step in plan.steps),
        "changed_on": revisions[-1].effective_on.isoformat() if revisions else None,
        "held_by": holds[-1].said_by if holds else None,
        "stairs": [shapes.stair(one) for one in stairs(ledger)],
        "days": [shapes.day(one) for one in days],
        "next_change": shapes.next_change(next_change(ledger, today), ledger),
    }

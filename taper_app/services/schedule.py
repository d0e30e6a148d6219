"""The days of one plan."""

from datetime import date

from taper_app.data.engine import Session
from taper_app.domain.access import Actor
from taper_app.domain.schedule import Day, schedule
from taper_app.services.ledgers import load
from taper_app.services.owning import own_account


def plan_schedule(session: Session, actor: Actor, plan_id: str, first: date, last: date) -> list[Day]:
    """Every day from `first` to `last`, at most 800. A draft reads as if active.

    Raises PlanMissing, WindowTooLong, Invalid.
    """
    account = own_account(session, actor)
    _, ledger = load(session, account.id, plan_id)
    return schedule(ledger, first, last)

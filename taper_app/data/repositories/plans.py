"""Plans and their events."""

from sqlmodel import Session, col, delete, select, update

from taper_app.data.tables import Plan, PlanEvent


def add(session: Session, plan: Plan) -> None:
    """Keep a new plan."""
    session.add(plan)
    session.flush()


def by_id(session: Session, account_id: str, plan_id: str) -> Plan | None:
    """One plan of the account."""
    return session.get(Plan, (account_id, plan_id))


def of_account(session: Session, account_id: str) -> list[Plan]:
    """Plans of an account, oldest first."""
    query = select(Plan).where(col(Plan.account_id) == account_id)
    return list(session.exec(query.order_by(col(Plan.created_at), col(Plan.id))))


def ids_of(session: Session, account_id: str) -> set[str]:
    """The ids of the account's plans."""
    return set(session.exec(select(Plan.id).where(col(Plan.account_id) == account_id)))


def events_of(session: Session, account_id: str, plan_id: str | None = None) -> dict[str, list[PlanEvent]]:
    """Events by plan, in the order recorded; of one plan, or of all."""
    query = select(PlanEvent).where(col(PlanEvent.account_id) == account_id)
    if plan_id is not None:
        query = query.where(col(PlanEvent.plan_id) == plan_id)
    found: dict[str, list[PlanEvent]] = {}
    for event in session.exec(query.order_by(col(PlanEvent.plan_id), col(PlanEvent.n))):
        found.setdefault(event.plan_id, []).append(event)
    return found


def add_event(session: Session, event: PlanEvent) -> None:
    """Append to a ledger."""
    session.add(event)
    session.flush()


def rewrite_draft(session: Session, plan: Plan, body: str) -> None:
    """Put another text into a draft."""
    plan.body = body
    session.add(plan)
    session.flush()


def mark_active(session: Session, plan: Plan) -> None:
    """The draft became a plan."""
    session.exec(update(Plan).where(col(Plan.account_id) == plan.account_id, col(Plan.id) == plan.id).values(is_draft=False))
    session.expire(plan)


def remove(session: Session, plan: Plan) -> None:
    """Take out a draft."""
    session.exec(delete(Plan).where(col(Plan.account_id) == plan.account_id, col(Plan.id) == plan.id, col(Plan.is_draft)))
    session.expunge(plan)

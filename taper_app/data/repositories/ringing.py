"""Where browsers are reached, and each ringing of a reminder with what became of it."""

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select, update

from taper_app.data.tables import LoginSession, PushSubscription, ReminderSending


def subscription(session: Session, session_id: str) -> PushSubscription | None:
    """Where the browser of this login session is reached."""
    return session.get(PushSubscription, session_id)


def subscriptions(session: Session, account_id: str | None = None) -> list[tuple[PushSubscription, LoginSession]]:
    """Where the account's browsers are reached (or everybody's), each with its login session."""
    query = select(PushSubscription, LoginSession).where(col(LoginSession.id) == col(PushSubscription.session_id))
    if account_id is not None:
        query = query.where(col(PushSubscription.account_id) == account_id)
    return list(session.exec(query.order_by(col(PushSubscription.created_at), col(PushSubscription.session_id))))


def subscribe(session: Session, row: PushSubscription) -> None:
    """Keep where a browser is reached: one place a session, and nobody else's at that place."""
    same = or_(col(PushSubscription.session_id) == row.session_id, col(PushSubscription.endpoint) == row.endpoint)
    session.exec(delete(PushSubscription).where(same))
    session.add(row)
    session.flush()


def unsubscribe(session: Session, session_id: str, endpoint: str | None = None) -> None:
    """Forget where a session's browser is reached; with `endpoint` only if it is still that one."""
    query = delete(PushSubscription).where(col(PushSubscription.session_id) == session_id)
    session.exec(query if endpoint is None else query.where(col(PushSubscription.endpoint) == endpoint))


def add(session: Session, sending: ReminderSending) -> None:
    """Keep a new ringing."""
    session.add(sending)
    session.flush()


def by_id(session: Session, account_id: str, sending_id: str) -> ReminderSending | None:
    """One ringing of the account."""
    query = select(ReminderSending).where(col(ReminderSending.id) == sending_id, col(ReminderSending.account_id) == account_id)
    return session.exec(query).first()


def of_account(session: Session, account_id: str) -> list[ReminderSending]:
    """The account's ringings that are still kept, newest first."""
    query = select(ReminderSending).where(col(ReminderSending.account_id) == account_id)
    return list(session.exec(query.order_by(col(ReminderSending.due_at).desc(), col(ReminderSending.id))))


def keys(session: Session, account_id: str | None = None) -> set[tuple[str, str, str]]:
    """(account, reminder, date) of the ringings that are kept, of one account or of all."""
    row = ReminderSending
    query = select(row.account_id, row.reminder_id, row.on_date).where(col(row.snooze) == 0)
    if account_id is not None:
        query = query.where(col(row.account_id) == account_id)
    return {(account, reminder, day) for account, reminder, day in session.exec(query)}


def snoozed(session: Session, of: ReminderSending) -> list[ReminderSending]:
    """The later ringings of the same reminder on the same date."""
    row = ReminderSending
    same = (col(row.account_id) == of.account_id, col(row.reminder_id) == of.reminder_id, col(row.on_date) == of.on_date)
    return list(session.exec(select(row).where(*same, col(row.snooze) > of.snooze).order_by(col(row.snooze))))


def ready(session: Session, now: datetime) -> list[tuple[str, str]]:
    """(account, id) of the ringings that are to be sent now, the oldest first."""
    row = ReminderSending
    query = select(row.account_id, row.id).where(col(row.state) == "open", col(row.again_at) <= now)
    return [(account, one) for account, one in session.exec(query.order_by(col(row.due_at), col(row.id)))]


def take(session: Session, sending_id: str, now: datetime, until: datetime) -> bool:
    """Take one for sending: nobody else gets it before `until`. False when somebody else was first."""
    row = ReminderSending
    mine = (col(row.id) == sending_id, col(row.state) == "open", col(row.again_at) <= now)
    done = session.exec(update(row).where(*mine).values(again_at=until, tries=row.tries + 1))
    return bool(done.rowcount)


def settle(session: Session, sending_id: str, **values: object) -> None:
    """Note what became of one that was taken, unless it was answered meanwhile."""
    session.exec(update(ReminderSending).where(col(ReminderSending.id) == sending_id, col(ReminderSending.state) == "open").values(values))


def any_before(session: Session, before: datetime) -> bool:
    """Whether there is something to forget."""
    return session.exec(select(ReminderSending.id).where(col(ReminderSending.due_at) < before).limit(1)).first() is not None


def forget(session: Session, before: datetime) -> None:
    """Let go of what rang before this instant."""
    session.exec(delete(ReminderSending).where(col(ReminderSending.due_at) < before))

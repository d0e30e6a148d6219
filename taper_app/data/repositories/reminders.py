"""Reminders, quiet hours, and the calendar link."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from taper_app.data.tables import Account, CalendarFeed, PushSubscription, QuietHours, Reminder


def of_account(session: Session, account_id: str) -> list[Reminder]:
    """The account's reminders by time of day."""
    query = select(Reminder).where(col(Reminder.account_id) == account_id)
    return list(session.exec(query.order_by(col(Reminder.at), col(Reminder.kind), col(Reminder.id))))


def that_ring(session: Session) -> list[tuple[Reminder, str]]:
    """Every reminder of accounts that ring on some browser, each with the account's zone."""
    query = select(Reminder, Account.zone).where(col(Account.id) == col(Reminder.account_id))
    return list(session.exec(query.where(col(Reminder.account_id).in_(select(PushSubscription.account_id)))))


def replace(session: Session, account_id: str, wanted: list[Reminder]) -> None:
    """Keep these reminders and no others of the account; what was sent of those that stay stays too."""
    ids = [one.id for one in wanted]
    session.exec(delete(Reminder).where(col(Reminder.account_id) == account_id, col(Reminder.id).not_in(ids)))
    for one in wanted:
        session.merge(one)
    session.flush()


def restart(session: Session, account_id: str, now: datetime) -> None:
    """The account's reminders ring from now on only, as if they were set now."""
    session.exec(update(Reminder).where(col(Reminder.account_id) == account_id).values(since=now))


def quiet_of(session: Session, account_id: str) -> QuietHours | None:
    """The account's quiet hours."""
    return session.get(QuietHours, account_id)


def set_quiet(session: Session, account_id: str, hours: tuple[str, str] | None) -> None:
    """Set the quiet hours, or take them out."""
    if hours is None:
        session.exec(delete(QuietHours).where(col(QuietHours.account_id) == account_id))
    else:
        session.merge(QuietHours(account_id=account_id, starts=hours[0], ends=hours[1]))
    session.flush()


def feed_of(session: Session, account_id: str) -> CalendarFeed | None:
    """The account's calendar link."""
    return session.get(CalendarFeed, account_id)


def feed_by_hash(session: Session, token_hash: str) -> CalendarFeed | None:
    """The calendar link of a token."""
    return session.exec(select(CalendarFeed).where(col(CalendarFeed.token_hash) == token_hash)).first()


def set_feed(session: Session, feed: CalendarFeed) -> None:
    """Keep a new link; the one before stops working."""
    session.merge(feed)
    session.flush()


def end_feed(session: Session, account_id: str) -> None:
    """The link stops working."""
    session.exec(delete(CalendarFeed).where(col(CalendarFeed.account_id) == account_id))

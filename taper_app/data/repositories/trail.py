"""The trail: lines are added and read, never changed. And the count of wrong tries that a line of it points at."""

from datetime import datetime

from sqlmodel import Session, col, func, insert, literal, select, update

from taper_app.data.tables import Account, Audit, WrongTries
from taper_app.data.types import Instant
from taper_app.domain.trail import Who, known


def add(session: Session, account_id: str, what: str, now: datetime, subject: str | None, who: Who) -> None:
    """Add a line. Raises ValueError for a code that nobody has words for."""
    known(what, who)
    session.add(Audit(account_id=account_id, at=now, what=what, actor=who, subject=subject))


def add_to_all(session: Session, what: str, now: datetime, who: Who) -> None:
    """Add the same line to every account."""
    known(what, who)
    lines = select(Account.id, literal(now, Instant()), literal(what), literal(who))
    session.exec(insert(Audit).from_select(["account_id", "at", "what", "actor"], lines))


def count(session: Session, account_id: str) -> int:
    """How many lines there are."""
    return session.exec(select(func.count()).select_from(Audit).where(col(Audit.account_id) == account_id)).one()


def lines(session: Session, account_id: str, skip: int, most: int, *, newest_first: bool = False) -> list[tuple[Audit, int | None]]:
    """Lines with the count of wrong tries where there is one, in the order they were added, or the other way round."""
    order = col(Audit.id).desc() if newest_first else col(Audit.id)
    query = (
        select(Audit, WrongTries.tries)
        .join(WrongTries, col(WrongTries.id) == col(Audit.subject), isouter=True)
        .where(col(Audit.account_id) == account_id)
        .order_by(order)
        .offset(skip)
        .limit(most)
    )
    return list(session.exec(query).all())


def tries_since(session: Session, account_id: str, since: datetime) -> WrongTries | None:
    """The count that was begun after `since`."""
    query = select(WrongTries).where(col(WrongTries.account_id) == account_id, col(WrongTries.began_at) > since)
    return session.exec(query.order_by(col(WrongTries.began_at).desc())).first()


def begin_tries(session: Session, found: WrongTries) -> None:
    """Keep a new count."""
    session.add(found)
    session.flush()


def count_try(session: Session, tries_id: str) -> None:
    """One more."""
    session.exec(update(WrongTries).where(col(WrongTries.id) == tries_id).values(tries=col(WrongTries.tries) + 1))

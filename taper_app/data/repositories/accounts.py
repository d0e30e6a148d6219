"""Accounts, their login sessions, a line in their trail, and invitations."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select, update

from taper_app.data.repositories import trail
from taper_app.data.tables import Account, AccountKey, Invite, LoginSession
from taper_app.domain.trail import Who


def add(session: Session, account: Account) -> None:
    """Keep a new account."""
    session.add(account)
    session.flush()


def by_id(session: Session, account_id: str) -> Account | None:
    """The account with this id."""
    return session.get(Account, account_id)


def by_login(session: Session, login: str) -> Account | None:
    """The account with this login (folded)."""
    return session.exec(select(Account).where(col(Account.login) == login)).first()


def lock(session: Session, account_id: str) -> Account | None:
    """The account, with every other writer of it waiting until this transaction ends."""
    # SQLite's writers wait for each other anyway, and it ignores FOR UPDATE.
    return session.exec(select(Account).where(col(Account.id) == account_id).with_for_update()).first()


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.exec(select(func.count()).select_from(Account)).one()


def remove(session: Session, account_id: str) -> None:
    """Destroy the account's key, then take out the account; everything of it goes with it."""
    session.expire_all()
    # Its key first: whatever of its texts is left on a disk stays sealed for good.
    session.exec(delete(AccountKey).where(col(AccountKey.account_id) == account_id))
    session.exec(delete(Account).where(col(Account.id) == account_id))


def add_session(session: Session, login_session: LoginSession) -> None:
    """Keep a new login session."""
    session.add(login_session)
    session.flush()


def session_by_hash(session: Session, token_hash: str) -> LoginSession | None:
    """The login session of a token."""
    return session.exec(select(LoginSession).where(col(LoginSession.token_hash) == token_hash)).first()


def sessions_of(session: Session, account_id: str) -> list[LoginSession]:
    """Login sessions of an account, the one used last first."""
    query = (
        select(LoginSession)
        .where(col(LoginSession.account_id) == account_id)
        .order_by(col(LoginSession.last_seen_at).desc(), col(LoginSession.id))
    )
    return list(session.exec(query))


def end_session(session: Session, found: LoginSession) -> None:
    """Take out one login session."""
    session.delete(found)
    session.flush()


def end_sessions(session: Session, account_id: str) -> None:
    """Take out every login session of an account."""
    session.exec(delete(LoginSession).where(col(LoginSession.account_id) == account_id))


def see_session(session: Session, token_hash: str, now: datetime) -> None:
    """Note that a login session is in use."""
    session.exec(update(LoginSession).where(col(LoginSession.token_hash) == token_hash).values(last_seen_at=now))


def note(session: Session, account_id: str, what: str, now: datetime, *, subject: str | None = None, actor: Who = "self") -> None:
    """Add a line to the account's trail. Raises ValueError for a code that is not in domain.trail."""
    trail.add(session, account_id, what, now, subject, actor)


def add_invite(session: Session, code_hash: str, now: datetime) -> None:
    """Keep a new invitation."""
    session.add(Invite(code_hash=code_hash, created_at=now))
    session.flush()


def use_invite(session: Session, code_hash: str, now: datetime) -> bool:
    """Use up an invitation; False when it is not there or was used before."""
    done = session.exec(update(Invite).where(col(Invite.code_hash) == code_hash, col(Invite.used_at).is_(None)).values(used_at=now))
    return bool(done.rowcount)

"""Passkeys, challenges, printed codes, and what of the doors is over."""

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select, update

from taper_app.data.tables import Account, Challenge, LoginSession, Passkey, RecoveryCode


def add_passkey(session: Session, passkey: Passkey) -> None:
    """Keep a new passkey, or what is new about one."""
    session.add(passkey)
    session.flush()


def passkeys_of(session: Session, account_id: str) -> list[Passkey]:
    """The account's passkeys, oldest first."""
    query = select(Passkey).where(col(Passkey.account_id) == account_id)
    return list(session.exec(query.order_by(col(Passkey.created_at), col(Passkey.id))))


def passkey_by_credential(session: Session, credential: str) -> Passkey | None:
    """The passkey with this credential id (base64url); read again, also when it was read before."""
    query = select(Passkey).where(col(Passkey.credential) == credential)
    return session.exec(query.execution_options(populate_existing=True)).first()


def remove_passkey(session: Session, passkey: Passkey) -> None:
    """Take out a passkey."""
    session.delete(passkey)
    session.flush()


def add_challenge(session: Session, challenge: Challenge) -> None:
    """Keep a new challenge."""
    session.add(challenge)
    session.flush()


def take_challenge(session: Session, token_hash: str, purpose: str) -> Challenge | None:
    """The challenge of this browser, taken out: of two calls at once only one gets it."""
    found = session.exec(select(Challenge).where(col(Challenge.token_hash) == token_hash, col(Challenge.purpose) == purpose)).first()
    if found is None:
        return None
    session.expunge(found)
    done = session.exec(delete(Challenge).where(col(Challenge.token_hash) == token_hash))
    return found if done.rowcount else None


def add_codes(session: Session, codes: list[RecoveryCode]) -> None:
    """Keep new printed codes."""
    session.add_all(codes)
    session.flush()


def drop_codes(session: Session, account_id: str) -> None:
    """Take out every code of the account, the one of the sign-up too."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    session.exec(update(Account).where(col(Account.id) == account_id).values(recovery_hash=""))


def codes_of(session: Session, account_id: str) -> list[RecoveryCode]:
    """The printed codes of the account, used ones too."""
    return list(session.exec(select(RecoveryCode).where(col(RecoveryCode.account_id) == account_id)))


def use_code(session: Session, account_id: str, code_hash: str, now: datetime) -> bool:
    """Use up a code of the account, printed or from the sign-up; False when it is none or was used. At once, only one wins."""
    printed = update(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id, col(RecoveryCode.code_hash) == code_hash, col(RecoveryCode.used_at).is_(None)
    )
    if session.exec(printed.values(used_at=now)).rowcount == 1:
        return True
    first = update(Account).where(col(Account.id) == account_id, col(Account.recovery_hash) == code_hash)
    return session.exec(first.values(recovery_hash="")).rowcount == 1


def prove_session(session: Session, token_hash: str, now: datetime) -> None:
    """Note that a login session has just proved whose it is."""
    session.exec(update(LoginSession).where(col(LoginSession.token_hash) == token_hash).values(proved_at=now))


def end_others(session: Session, account_id: str, token_hash: str) -> list[str]:
    """Take out every login session of the account but one; the token hashes of those that ended."""
    others = select(LoginSession).where(col(LoginSession.account_id) == account_id, col(LoginSession.token_hash) != token_hash)
    found = [one.token_hash for one in session.exec(others)]
    session.exec(delete(LoginSession).where(col(LoginSession.account_id) == account_id, col(LoginSession.token_hash) != token_hash))
    return found


def purge(session: Session, *, unused_since: datetime, begun_before: datetime, asked_before: datetime) -> int:
    """Take out sessions and challenges that are over; how many there were."""
    over = or_(col(LoginSession.last_seen_at) < unused_since, col(LoginSession.created_at) < begun_before)
    ended = session.exec(delete(LoginSession).where(over)).rowcount
    return ended + session.exec(delete(Challenge).where(col(Challenge.created_at) < asked_before)).rowcount

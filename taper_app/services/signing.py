"""Signing in and out. A session lasts 30 days unused and 180 days at most: people in pain, on their own phone."""

import unicodedata
from datetime import datetime, timedelta
from typing import NamedTuple

from taper_app.data import bus
from taper_app.data.engine import Session, after_commit
from taper_app.data.repositories import accounts, doors
from taper_app.data.tables import LoginSession
from taper_app.domain.access import Actor, Patient
from taper_app.domain.errors import Invalid
from taper_app.services.errors import NotSignedIn, RecoveryFailed, SessionMissing, SignInFailed
from taper_app.services.owning import own_account
from taper_app.services.passwords import check_password, hash_password, matches
from taper_app.services.tokens import fold_recovery_code, hash_token, new_id, new_recovery_code, new_token
from taper_app.services.views import SessionView, SignedIn

IDLE = timedelta(days=30)
ABSOLUTE = timedelta(days=180)
# How coarse "last seen" is: a write an hour instead of one a call.
SEEN = timedelta(hours=1)


class Proved(NamedTuple):
    """An account, and the hash that its password was held against."""

    account_id: str
    password_hash: str


def sign_in(session: Session, *, login: object, password: object, now: datetime, label: str = "") -> SignedIn:
    """Start a login session. Raises SignInFailed, whichever of the two is wrong; Invalid for a blank."""
    return let_in(session, prove(session, login=login, password=password), now, label)


def prove(session: Session, *, login: object, password: object) -> Proved:
    """Whose login and password these are: the slow part of signing in, which needs no writing; `let_in` is the other.

    Raises SignInFailed; Invalid for a blank.
    """
    _needed("login", login)
    _needed("password", password)
    account = accounts.by_login(session, fold_typed(login))
    if not matches(account.password_hash if account else None, password) or account is None:
        raise SignInFailed()
    return Proved(account.id, account.password_hash)


def let_in(session: Session, proved: Proved, now: datetime, label: str) -> SignedIn:
    """Start the session of who proved it. Raises SignInFailed when another password was put in place meanwhile."""
    account = accounts.lock(session, proved.account_id)
    if account is None or account.password_hash != proved.password_hash:
        raise SignInFailed()
    return start_session(session, account.id, now, label)


def recover_with_code(
    session: Session,
    *,
    login: object,
    recovery_code: object,
    new_password: object,
    now: datetime,
    label: str = "",
) -> SignedIn:
    """Set a new password by a printed code or that of the sign-up, end every session, sign in, and give a new code.

    The code is used up, and the others of its sheet stay good. Raises RecoveryFailed; Invalid for a blank, or a password that is
    too easy.
    """
    _needed("login", login)
    _needed("recovery_code", recovery_code)
    password = check_password(new_password, fold_typed(login), "new_password")
    # Before the first query, so that no transaction waits for it.
    kept = hash_password(password)
    account = accounts.by_login(session, fold_typed(login))
    typed = recovery_code if isinstance(recovery_code, str) and len(recovery_code) < 200 else ""
    folded = fold_recovery_code(typed)
    if account is None or not folded:
        raise RecoveryFailed()
    # Before its codes, as everybody does who changes them: else two could wait for each other.
    accounts.lock(session, account.id)
    if not doors.use_code(session, account.id, hash_token(folded), now):
        raise RecoveryFailed()
    session.refresh(account)
    code = new_recovery_code()
    account.password_hash = kept
    account.recovery_hash = hash_token(fold_recovery_code(code))
    accounts.add(session, account)
    _end_all(session, account.id)
    accounts.note(session, account.id, "recovered", now)
    return start_session(session, account.id, now, label, code)


def start_session(session: Session, account_id: str, now: datetime, label: str, recovery_code: str = "") -> SignedIn:
    """A new session for an account whose owner has just proved who they are."""
    token = new_token()
    row = LoginSession(
        id=new_id(),
        account_id=account_id,
        token_hash=hash_token(token),
        label=label[:80],
        created_at=now,
        last_seen_at=now,
        proved_at=now,
    )
    accounts.add_session(session, row)
    accounts.note(session, account_id, "signed_in", now, subject=row.id)
    return SignedIn(account_id, row.id, token, now + ABSOLUTE, recovery_code)


def authenticate(session: Session, token: str | None, now: datetime) -> Patient | None:
    """Who this token belongs to, or None when the session is over or never was."""
    row = _live(session, token, now)
    if row is None:
        return None
    if now - row.last_seen_at > SEEN:
        seen = row.token_hash
        after_commit(session, lambda later: accounts.see_session(later, seen, now))
    return Patient(row.account_id)


def session_of(session: Session, token: str | None, now: datetime) -> LoginSession:
    """The login session of this token. Raises NotSignedIn."""
    row = _live(session, token, now)
    if row is None:
        raise NotSignedIn()
    return row


def session_ends_at(session: Session, token: str | None, now: datetime) -> datetime | None:
    """When this session ends if it is not used again; None when it has ended."""
    row = _live(session, token, now)
    return None if row is None else min(row.created_at + ABSOLUTE, row.last_seen_at + IDLE)


def sign_out(session: Session, token: str | None, now: datetime | None = None) -> None:
    """End the session of this token; nothing happens when it has ended before. `now`, when its owner asked for it: for the trail."""
    row = accounts.session_by_hash(session, hash_token(token)) if token else None
    if row is None:
        return
    # Before its session, as everybody does who ends several: else two could wait for each other.
    accounts.lock(session, row.account_id)
    if accounts.session_by_hash(session, row.token_hash) is None:
        return
    bus.mark(session, row.token_hash)
    accounts.end_session(session, row)
    if now is not None:
        accounts.note(session, row.account_id, "signed_out", now, subject=row.id)


def list_sessions(session: Session, actor: Actor, now: datetime, token: str | None = None) -> list[SessionView]:
    """Browsers that are signed in, the one used last first; `token` tells which is the current one."""
    account = own_account(session, actor)
    current = hash_token(token) if token else ""
    return [
        SessionView(row.id, row.label, row.created_at, row.last_seen_at, row.token_hash == current)
        for row in accounts.sessions_of(session, account.id)
        if not is_over(row, now)
    ]


def end_session(session: Session, actor: Actor, session_id: str, token: str | None = None, now: datetime | None = None) -> None:
    """End one session of the account, or with "current" the one of `token`. Raises SessionMissing."""
    account = own_account(session, actor, "write")
    current = hash_token(token) if token else ""
    for row in accounts.sessions_of(session, account.id):
        if row.id == session_id or (session_id == "current" and row.token_hash == current):
            bus.mark(session, row.token_hash)
            accounts.end_session(session, row)
            if now is not None:
                accounts.note(session, account.id, "session_ended", now, subject=row.id)
            return
    raise SessionMissing()


def end_all_sessions(session: Session, actor: Actor, now: datetime) -> None:
    """Sign out everywhere."""
    account = own_account(session, actor, "write")
    _end_all(session, account.id)
    accounts.note(session, account.id, "signed_out_everywhere", now)


def fold_login(login: str) -> str:
    """Logins are one when they differ only in case or in how an accent is typed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", login.strip()).casefold())


def _end_all(session: Session, account_id: str) -> None:
    bus.mark(session, *(row.token_hash for row in accounts.sessions_of(session, account_id)))
    accounts.end_sessions(session, account_id)


def _live(session: Session, token: str | None, now: datetime) -> LoginSession | None:
    row = accounts.session_by_hash(session, hash_token(token)) if token else None
    return None if row is None or is_over(row, now) else row


def is_over(row: LoginSession, now: datetime) -> bool:
    """Whether a session has ended by its age."""
    return now - row.last_seen_at > IDLE or now - row.created_at > ABSOLUTE


def _needed(field: str, value: object) -> None:
    if value is None or value == "":
        raise Invalid("missing", field)
    if not isinstance(value, str):
        raise Invalid("wrong_type", field)


def fold_typed(login: object) -> str:
    """Whatever was sent in place of a login, as the login that is looked for."""
    # No login holds a lone surrogate, and no database takes one.
    return fold_login(str(login)[:200].encode("utf-8", "replace").decode().replace("\0", ""))

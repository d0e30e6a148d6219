"""Recovery codes on paper, and the password: what gets somebody in again, and what keeps others out."""

from datetime import datetime

from taper_app.data import bus
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, doors
from taper_app.data.tables import RecoveryCode
from taper_app.domain.access import Actor
from taper_app.services.owning import own_account
from taper_app.services.passwords import check_password, hash_password
from taper_app.services.proving import require_fresh
from taper_app.services.tokens import fold_recovery_code, hash_token, new_printed_code
from taper_app.services.views import CodesView

HOW_MANY = 8


def make_codes(session: Session, actor: Actor, token: str | None, now: datetime) -> list[str]:
    """Eight new codes, shown this once; every code from before ends, that of the sign-up too. Raises ProveAgain."""
    account = own_account(session, actor, "write")
    require_fresh(session, token, now)
    doors.drop_codes(session, account.id)
    session.refresh(account)
    codes = [new_printed_code() for _ in range(HOW_MANY)]
    rows = [RecoveryCode(code_hash=hash_token(fold_recovery_code(code)), account_id=account.id, created_at=now) for code in codes]
    doors.add_codes(session, rows)
    accounts.note(session, account.id, "recovery_codes_made", now)
    return codes


def count_codes(session: Session, actor: Actor) -> CodesView:
    """How many codes are left."""
    account = own_account(session, actor)
    printed = doors.codes_of(session, account.id)
    left = sum(one.used_at is None for one in printed) + bool(account.recovery_hash)
    return CodesView(left, max((one.created_at for one in printed), default=None))


def new_hash(login: str, new_password: object) -> str:
    """The slow part of a change of password, which needs no database. Raises Invalid for one that is too easy."""
    return hash_password(check_password(new_password, login, "new_password"))


def change_password(session: Session, actor: Actor, token: str | None, kept: str, now: datetime) -> None:
    """Put another password in place, by its hash, and end every session but this one. Raises ProveAgain."""
    account = own_account(session, actor, "write")
    require_fresh(session, token, now)
    account.password_hash = kept
    accounts.add(session, account)
    _end_others(session, account.id, token)
    accounts.note(session, account.id, "password_changed", now)


def end_other_sessions(session: Session, actor: Actor, token: str | None, now: datetime) -> None:
    """Sign out everywhere but here."""
    account = own_account(session, actor, "write")
    _end_others(session, account.id, token)
    accounts.note(session, account.id, "signed_out_elsewhere", now)


def _end_others(session: Session, account_id: str, token: str | None) -> None:
    bus.mark(session, *doors.end_others(session, account_id, hash_token(token or "")))

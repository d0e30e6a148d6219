"""Proving again whose session it is: for what would do most harm in somebody else's hands.

A proof is a sign-in, the password, or a passkey, and lasts ten minutes, for the one session it was made in.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, doors
from taper_app.domain.access import Actor
from taper_app.domain.errors import Invalid, Refusal
from taper_app.domain.reading import parse_instant
from taper_app.services.errors import NotSignedIn, ProveAgain, WrongPassword
from taper_app.services.owning import own_account
from taper_app.services.passwords import matches
from taper_app.services.share_body import BACK
from taper_app.services.shares import get_share
from taper_app.services.signing import session_of
from taper_app.services.tokens import hash_token
from taper_app.services.views import ShareView

LASTS = timedelta(minutes=10)


def is_fresh(session: Session, token: str | None, now: datetime) -> bool:
    """Whether the session of this token was proved within ten minutes. Raises NotSignedIn when it has ended."""
    proved_at = session_of(session, token, now).proved_at
    # A clock that was set back proves nothing.
    return proved_at is not None and timedelta() <= now - proved_at <= LASTS


def require_fresh(session: Session, token: str | None, now: datetime) -> None:
    """Raises ProveAgain unless the session was proved within ten minutes, NotSignedIn when it has ended."""
    if not is_fresh(session, token, now):
        raise ProveAgain()


def check_own_password(session: Session, actor: Actor, password: object) -> None:
    """The slow part of a proof, which needs no writing. Raises WrongPassword; Invalid for a blank."""
    account = own_account(session, actor)
    if password is None or password == "":
        raise Invalid("missing", "password")
    if not isinstance(password, str):
        raise Invalid("wrong_type", "password")
    if not matches(account.password_hash, password):
        raise WrongPassword(field="password")


def note_proof(session: Session, actor: Actor, token: str | None, now: datetime) -> None:
    """Note that the session of this token has proved whose it is. Raises NotSignedIn when it ended meanwhile or is another's."""
    account = own_account(session, actor, "write")
    row = session_of(session, token, now)
    if row.account_id != account.id:
        raise NotSignedIn()
    doors.prove_session(session, row.token_hash, now)
    session.refresh(row)
    accounts.note(session, account.id, "proved", now)


def require_fresh_to_widen(session: Session, actor: Actor, token: str | None, share_id: str, body: object, now: datetime) -> None:
    """Before a share is changed, in the same transaction, so that nobody changes it in between.

    Raises ProveAgain, NotSignedIn, ShareMissing.
    """
    own_account(session, actor, "write")
    if widens(get_share(session, actor, share_id, now), body):
        require_fresh(session, token, now)


def widens(share: ShareView, body: object) -> bool:
    """Whether a change of a share could show more, or to others, than before: that needs a proof.

    Making it narrower, shorter or quieter never does: it can be what keeps somebody safe. What cannot be read counts as
    narrower, since it is refused anyway.
    """
    if not isinstance(body, Mapping):
        return False
    narrower = {
        "label": True,
        "paused": body.get("paused") is True,
        "frozen": body.get("frozen") is True,
        "by_hour": body.get("by_hour") in (False, share.by_hour),
        # A first PIN lets fewer in. Another one lets others in, and begins the tries anew; a blank one takes it off.
        "pin": not share.has_pin,
        "back": body.get("back") in BACK[: BACK.index(share.back) + 1],
    }
    if "scopes" in body:
        scopes = body["scopes"]
        # Its dates are a part of the plan.
        shown = {*share.scopes, *(("plan_dates",) if "plan" in share.scopes else ())}
        narrower["scopes"] = not isinstance(scopes, list) or {one for one in scopes if isinstance(one, str)} <= shown
    if "expires_at" in body:
        narrower["expires_at"] = _not_after(body["expires_at"], share.expires_at)
    return not all(narrower.get(name, False) for name in body)


def _not_after(value: object, until: datetime) -> bool:
    try:
        return not isinstance(value, str) or parse_instant(value) <= until
    except (Refusal, ValueError):
        return True


def token_key(token: str | None) -> str:
    """What guesses at one session's password are counted by."""
    return hash_token(token or "")

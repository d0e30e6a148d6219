"""Accounts: made, found by their session, changed, deleted. Signing in and out is in `signing.py`."""

import json
from datetime import datetime
from typing import Any, Literal

from taper_app.data import bus
from taper_app.data.engine import Session, empty_log
from taper_app.data.repositories import accounts, helpers, reminders, shares
from taper_app.data.tables import Account
from taper_app.domain.access import SCOPES, Actor
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.domain.reading import Reader
from taper_app.services.errors import InviteNeeded, LoginTaken, SignUpClosed, WrongPassword
from taper_app.services.owning import changed, own_account
from taper_app.services.passwords import check_password, hash_password, matches
from taper_app.services.signing import (
    authenticate,
    end_all_sessions,
    end_session,
    fold_login,
    list_sessions,
    recover_with_code,
    sign_in,
    sign_out,
    start_session,
)
from taper_app.services.tokens import fold_recovery_code, hash_token, new_id, new_recovery_code
from taper_app.services.views import AccountView, Person, SignedIn
from taper_app.services.zones import zone_names

__all__ = [
    "authenticate",
    "change_settings",
    "create_account",
    "delete_account",
    "end_all_sessions",
    "end_session",
    "get_account",
    "invite",
    "list_sessions",
    "recover_with_code",
    "sign_in",
    "sign_out",
]

Signup = Literal["open", "invite", "closed"]
MOST_PEOPLE = 10


def create_account(
    session: Session,
    *,
    login: object,
    password: object,
    display_name: object,
    zone: object,
    now: datetime,
    label: str = "",
    signup: Signup = "open",
    invite_code: object = None,
) -> SignedIn:
    """Make an account and sign in. The view holds the recovery code, this once.

    Raises SignUpClosed, InviteNeeded, LoginTaken, and InvalidMany with everything that is wrong.
    """
    if signup == "closed":
        raise SignUpClosed()
    reader = Reader()
    folded = fold_login(reader.text(login, "login", 80, need=True) or "")
    try:
        good = check_password(password, folded)
    except Invalid as refusal:
        reader.errors.append(refusal)
        good = ""
    name = reader.text(display_name, "display_name", 80, need=True) or ""
    where = _zone(reader, zone) or ""
    code = reader.text(invite_code, "invite", 100) or ""
    reader.done()
    # Before the first query, so that no transaction waits for it.
    kept = hash_password(good)
    # Before a login is looked for: who may make no account hears of nobody's. Nothing of it is kept when the login is taken.
    if signup == "invite" and not accounts.use_invite(session, hash_token(code), now):
        raise InviteNeeded(field="invite")
    if accounts.by_login(session, folded) is not None:
        raise LoginTaken(field="login")
    recovery = new_recovery_code()
    account = Account(
        id=new_id(),
        login=folded,
        password_hash=kept,
        recovery_hash=hash_token(fold_recovery_code(recovery)),
        display_name=name,
        zone=where,
        safety=json.dumps({"people": [], "after_hours": ""}),
        created_at=now,
    )
    accounts.add(session, account)
    accounts.note(session, account.id, "signed_up", now)
    return start_session(session, account.id, now, label, recovery)


def get_account(session: Session, actor: Actor) -> AccountView:
    """The actor's own account."""
    return account_view(own_account(session, actor))


def change_settings(session: Session, actor: Actor, body: object, now: datetime) -> AccountView:
    """Change any of display_name, zone, people [{name, phone}] and after_hours; what is not named stays.

    Raises InvalidMany.
    """
    account = own_account(session, actor, "write")
    reader = Reader()
    given = reader.mapping(body, ("display_name", "zone", "people", "after_hours"), "")
    safety = json.loads(account.safety)
    before = (account.display_name, account.zone, list(safety["people"]))
    if "display_name" in given:
        account.display_name = reader.text(given["display_name"], "display_name", 80, need=True) or ""
    if "zone" in given:
        account.zone = _zone(reader, given["zone"]) or ""
    if "people" in given:
        people = reader.items(given["people"], "people", MOST_PEOPLE, lambda item, path: _person(reader, item, path))
        safety["people"] = [person for person in people if person["name"] or person["phone"]]
    if "after_hours" in given:
        safety["after_hours"] = reader.text(given["after_hours"], "after_hours", 200) or ""
    try:
        reader.done()
    except InvalidMany:
        # Nothing half-written, even if the caller goes on with this session.
        session.expire(account)
        raise
    if account.zone != before[1]:
        # What has passed by the clock of the new zone was nobody's to ring.
        reminders.restart(session, account.id, now)
    kept = json.dumps(safety, ensure_ascii=False)
    if (account.display_name, account.zone, kept) != (*before[:2], account.safety):
        accounts.note(session, account.id, "settings_changed", now)
    account.safety = kept
    accounts.add(session, account)
    changed(session, account.id, _heard_by(before, (account.display_name, account.zone, safety["people"])))
    return account_view(account)


def delete_account(session: Session, actor: Actor, now: datetime, password: object = None) -> None:
    """Delete the account and everything of it: plans, entries, shares, sessions.

    `password` is compared where it is given: pages ask for it again. Raises WrongPassword.
    """
    account = own_account(session, actor, "write")
    if password is not None and not matches(account.password_hash, password):
        raise WrongPassword(field="password")
    bus.mark(session, account.id)
    bus.mark(session, *(share.id for share in shares.of_account(session, account.id)))
    bus.mark(session, *(one.token_hash for one in accounts.sessions_of(session, account.id)))
    bus.mark(session, *helpers.beside(session, account.id))
    accounts.remove(session, account.id)
    empty_log(session)


def invite(session: Session, now: datetime) -> str:
    """Make an invitation for one account; the host hands the code out."""
    code = new_recovery_code()
    accounts.add_invite(session, hash_token(code), now)
    return code


def account_view(account: Account) -> AccountView:
    """The row as its owner sees it."""
    safety = json.loads(account.safety)
    return AccountView(
        id=account.id,
        login=account.login,
        display_name=account.display_name,
        zone=account.zone,
        people=tuple(Person(one["name"], one["phone"]) for one in safety["people"]),
        after_hours=safety["after_hours"],
        created_at=account.created_at,
    )


def _heard_by(before: tuple[str, str, Any], after: tuple[str, str, Any]) -> tuple[str, ...]:
    """The scopes of shares that see a change of settings: the after-hours number is in none, and nothing new is no change."""
    if before[:2] != after[:2]:
        return SCOPES
    return ("safety",) if before[2] != after[2] else ()


def _zone(reader: Reader, value: object) -> str | None:
    if value is None or value == "":
        reader.wrong("missing", "zone")
        return None
    return reader.choice(value, "zone", zone_names(), "unknown_zone", None)


def _person(reader: Reader, value: object, path: str) -> dict[str, str]:
    body = reader.mapping(value, ("name", "phone"), path)
    return {
        "name": reader.text(body.get("name"), f"{path}.name", 80) or "",
        "phone": reader.text(body.get("phone"), f"{path}.phone", 40) or "",
    }

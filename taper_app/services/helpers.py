"""Helpers: second adults with accounts of their own, whom the patient lets enter.

The patient asks by a code that works once; who took it is confirmed by name and login before anything opens, so a code
that was caught on its way opens nothing. Decision 0019.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from taper_app.data import bus
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, helpers
from taper_app.data.tables import HelperGrant
from taper_app.domain.access import HELPER_KINDS, Actor, Helper
from taper_app.domain.errors import Conflict, Missing
from taper_app.domain.reading import Reader
from taper_app.domain.trail import Who
from taper_app.services.owning import own_account
from taper_app.services.tokens import fold_recovery_code, hash_token, new_id, new_recovery_code

CODE_LASTS = timedelta(days=7)
MOST_HELPERS = 10


class HelperMissing(Missing):
    """No such helper, or not yours."""

    default_code = "helper_not_found"
    default_message = "There is no such helper."


class CodeMissing(Missing):
    """A code that is unknown, used, ended or too old: they look the same."""

    default_code = "helper_code_not_found"
    default_message = "This code does not work. Please ask for a new one."


class HelpedMissing(Missing):
    """Nobody with this id lets you enter now."""

    default_code = "helped_not_found"
    default_message = "You do not help this person now."


class NobodyAsks(Conflict):
    """There is nobody to say yes to: the code was not taken up, or it is confirmed already."""

    default_code = "nobody_asks"
    default_message = "Nobody waits for your answer here."


@dataclass(frozen=True)
class HelperView:
    """A helper as the patient sees them. `state` is asked, late (the code is too old), waiting (for the patient), helping or ended.

    `name` and `login` are those of the account that took the code, "" before; `since` is when the state began to be so.
    """

    id: str
    label: str
    kinds: tuple[str, ...]
    state: str
    name: str
    login: str
    since: datetime
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class NewHelper:
    """A helper just asked. `url` and `code` are shown this once."""

    helper: HelperView
    url: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class HelpedView:
    """Somebody whom the asking account helps, or has offered to. `state` is waiting or helping; `account_id` only when helping."""

    grant_id: str
    name: str
    state: str
    account_id: str | None
    kinds: tuple[str, ...]


def ask_helper(session: Session, actor: Actor, body: object, now: datetime, *, base_url: str = "") -> NewHelper:
    """Make a code for a helper: {label, kinds}; without kinds all that a helper may enter. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    reader = Reader()
    given = reader.mapping(body, ("label", "kinds"), "")
    label = reader.text(given.get("label"), "label", 80, need=True) or ""
    kinds = list(HELPER_KINDS)
    if given.get("kinds") is not None:
        listed = reader.items(
            given["kinds"],
            "kinds",
            len(HELPER_KINDS),
            lambda item, path: reader.choice("" if item is None else item, path, HELPER_KINDS, "unknown_kind", None),
        )
        kinds = [kind for kind in HELPER_KINDS if kind in listed]
        if not kinds:
            reader.wrong("choose_one", "kinds")
    if len([one for one in helpers.of_account(session, account.id) if _state(one, now) in ("asked", "waiting", "helping")]) >= MOST_HELPERS:
        reader.wrong("too_many_helpers", "label")
    reader.done()
    code = new_recovery_code()
    grant = HelperGrant(
        id=new_id(),
        account_id=account.id,
        label=label,
        kinds=json.dumps(kinds),
        code_hash=_hash(code),
        created_at=now,
        expires_at=now + CODE_LASTS,
    )
    helpers.add(session, grant)
    accounts.note(session, account.id, "helper_asked", now)
    bus.mark(session, account.id)
    return NewHelper(_view(session, grant, now), f"{base_url}/helping#{code}", code)


def list_helpers(session: Session, actor: Actor, now: datetime, *, ended: bool = False) -> list[HelperView]:
    """The account's helpers, oldest first; those that ended only where `ended` asks for them."""
    account = own_account(session, actor)
    found = [_view(session, one, now) for one in helpers.of_account(session, account.id)]
    return [one for one in found if ended or one.state != "ended"]


def confirm_helper(session: Session, actor: Actor, grant_id: str, now: datetime) -> HelperView:
    """The patient knows who took the code, and says yes. Raises HelperMissing, NobodyAsks."""
    account = own_account(session, actor, "write")
    grant = _find(session, account.id, grant_id)
    if _state(grant, now) != "waiting":
        raise NobodyAsks()
    grant.confirmed_at = now
    helpers.add(session, grant)
    accounts.note(session, account.id, "helper_confirmed", now)
    bus.mark(session, account.id, str(grant.helper_id))
    return _view(session, grant, now)


def end_helper(session: Session, actor: Actor, grant_id: str, now: datetime) -> None:
    """End a helper, an offer or a code at once; open pages of the helper follow. Raises HelperMissing."""
    account = own_account(session, actor, "write")
    _end(session, _find(session, account.id, grant_id), now, "self")


def take_code(session: Session, actor: Actor, code: object, now: datetime) -> HelpedView:
    """Offer to help with a code, from an account of one's own. Raises CodeMissing, whatever the reason."""
    account = own_account(session, actor, "write")
    typed = code if isinstance(code, str) and len(code) <= 200 else ""
    grant = helpers.by_code(session, _hash(typed)) if typed else None
    if grant is None or _state(grant, now) != "asked" or grant.account_id == account.id:
        raise CodeMissing(field="code")
    if any(one.account_id == grant.account_id for one, _ in helpers.of_helper(session, account.id)):
        raise Conflict("helps_already", "code", "You help this person already, or wait for their answer.")
    # The patient's account before the grant, as the patient's own calls do it.
    if accounts.lock(session, grant.account_id) is None or not helpers.use_code(session, grant, account.id, now):
        raise CodeMissing(field="code")
    accounts.note(session, grant.account_id, "helper_offered", now, actor="helper")
    bus.mark(session, grant.account_id, account.id)
    return next(one for one in list_helped(session, actor) if one.grant_id == grant.id)


def list_helped(session: Session, actor: Actor) -> list[HelpedView]:
    """Whom the asking account helps or has offered to, each apart."""
    account = own_account(session, actor)
    return [
        HelpedView(
            grant.id,
            helped.display_name,
            "helping" if grant.confirmed_at else "waiting",
            helped.id if grant.confirmed_at else None,
            tuple(json.loads(grant.kinds)),
        )
        for grant, helped in helpers.of_helper(session, account.id)
    ]


def helper_of(session: Session, actor: Actor, account_id: str) -> Helper:
    """The signed-in person as the helper of an account. Raises HelpedMissing for unknown, unconfirmed and ended alike."""
    account = own_account(session, actor)
    known = isinstance(account_id, str) and len(account_id) <= 64 and account_id.isascii() and account_id.isprintable()
    grant = helpers.confirmed(session, account_id, account.id) if known else None
    if grant is None:
        raise HelpedMissing()
    return Helper(account_id, account.id, account.display_name, frozenset(json.loads(grant.kinds)))


def stop_helping(session: Session, actor: Actor, grant_id: str, now: datetime) -> None:
    """The helper ends it, or takes an offer back. Raises HelpedMissing."""
    account = own_account(session, actor, "write")
    found = _helped(session, account.id, grant_id)
    # The patient's account before the grant, as the patient's own calls do it; and then once more whether it is still there.
    if found is None or accounts.lock(session, found.account_id) is None or _helped(session, account.id, grant_id) is None:
        raise HelpedMissing()
    _end(session, found, now, "helper")


def _helped(session: Session, helper_id: str, grant_id: str) -> HelperGrant | None:
    return next((one for one, _ in helpers.of_helper(session, helper_id) if one.id == grant_id), None)


def _end(session: Session, grant: HelperGrant, now: datetime, by: Who) -> None:
    grant.ended_at, grant.code_hash = now, None
    helpers.add(session, grant)
    accounts.note(session, grant.account_id, "helper_ended", now, actor=by)
    bus.mark(session, grant.account_id, *((grant.helper_id,) if grant.helper_id else ()))


def _find(session: Session, account_id: str, grant_id: str) -> HelperGrant:
    known = len(grant_id) <= 64 and grant_id.isascii() and grant_id.isprintable()
    found = helpers.by_id(session, account_id, grant_id) if known else None
    if found is None or found.ended_at is not None:
        raise HelperMissing()
    return found


def _hash(code: str) -> str:
    # By hand or from a link: case and dashes do not count.
    return hash_token(fold_recovery_code(code))


def _state(grant: HelperGrant, now: datetime) -> str:
    if grant.ended_at is not None:
        return "ended"
    if grant.confirmed_at is not None:
        return "helping"
    if grant.accepted_at is not None:
        return "waiting"
    return "asked" if now < grant.expires_at else "late"


def _view(session: Session, grant: HelperGrant, now: datetime) -> HelperView:
    helper = accounts.by_id(session, grant.helper_id) if grant.helper_id else None
    return HelperView(
        id=grant.id,
        label=grant.label,
        kinds=tuple(json.loads(grant.kinds)),
        state=_state(grant, now),
        name=helper.display_name if helper else "",
        login=helper.login if helper else "",
        since=grant.ended_at or grant.confirmed_at or grant.accepted_at or grant.created_at,
        expires_at=grant.expires_at,
        ended_at=grant.ended_at,
    )

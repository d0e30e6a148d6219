"""Passkeys: made, listed, named, taken away, and answered with. The checks are py_webauthn's; what is asked is kept here.

Each challenge is random, goes to one browser, is good for five minutes, and is taken out of the database before its answer
is looked at. The authenticator has to have asked for a finger, a face or a code (user verification).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.options_to_json_dict import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, doors
from taper_app.data.tables import Challenge, Passkey
from taper_app.domain.access import Actor
from taper_app.domain.reading import Reader
from taper_app.services.errors import NoPasskeysHere, PasskeyFailed, PasskeyMissing, PasskeyRefused, TooManyPasskeys
from taper_app.services.owning import own_account
from taper_app.services.proving import require_fresh
from taper_app.services.tokens import hash_token, new_id, new_token
from taper_app.services.views import PasskeyView

LASTS = timedelta(minutes=5)
MOST = 20
_TIMEOUT_MS = int(LASTS.total_seconds() * 1000)
# A count has 32 bits, and the column 31. Whoever has counted further is still ahead of what is kept.
_MOST_COUNTED = 2**31 - 2
Purpose = Literal["add", "enter"]


@dataclass(frozen=True)
class Place:
    """Where this app is reached: a passkey made for one place opens no other. `host` is blank where there can be none."""

    host: str
    origin: str


@dataclass(frozen=True)
class Challenged:
    """A challenge on its way back: `challenge` as base64url; `account_id` None when anyone may answer."""

    challenge: str
    account_id: str | None


@dataclass(frozen=True)
class Asked:
    """A challenge: `options` go to the browser's page, `token` into its cookie."""

    options: dict[str, Any]
    token: str


def ask_to_add(session: Session, actor: Actor, token: str | None, place: Place, now: datetime) -> Asked:
    """What a browser needs to make a passkey. Raises ProveAgain, NoPasskeysHere, TooManyPasskeys."""
    account = own_account(session, actor, "write")
    require_fresh(session, token, now)
    _need(place)
    have = doors.passkeys_of(session, account.id)
    if len(have) >= MOST:
        raise TooManyPasskeys()
    options = generate_registration_options(
        rp_id=place.host,
        rp_name="Taper",
        # Random, as all ids of accounts: it says nothing about anyone.
        user_id=UUID(account.id).bytes,
        user_name=account.login,
        user_display_name=account.display_name,
        timeout=_TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in have],
    )
    return _kept(session, options_to_json_dict(options), options.challenge, "add", now, account.id)


def ask_to_enter(session: Session, place: Place, now: datetime) -> Asked:
    """What a browser needs to answer with a passkey, whoever it is: to sign in, or to prove it again. Raises NoPasskeysHere."""
    _need(place)
    options = generate_authentication_options(
        rp_id=place.host, timeout=_TIMEOUT_MS, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _kept(session, options_to_json_dict(options), options.challenge, "enter", now, None)


def take_challenge(session: Session, token: str | None, purpose: Purpose, now: datetime) -> Challenged:
    """What this browser was asked, once, in a transaction of its own: whatever comes of the answer, it was used.

    Raises PasskeyFailed when it was never asked, has been used, or is older than five minutes.
    """
    found = doors.take_challenge(session, hash_token(token), purpose) if token else None
    if found is None or not timedelta() <= now - found.created_at <= LASTS:
        raise PasskeyFailed(field="passkey")
    return Challenged(found.challenge, found.account_id)


def add_passkey(
    session: Session, actor: Actor, token: str | None, asked: Challenged, body: object, place: Place, now: datetime
) -> PasskeyView:
    """Keep a new passkey: {name, passkey}. Raises ProveAgain, PasskeyFailed, TooManyPasskeys, InvalidMany."""
    account = own_account(session, actor, "write")
    require_fresh(session, token, now)
    reader = Reader()
    given = reader.mapping(body, ("name", "passkey"), "")
    name = reader.text(given.get("name"), "name", 60) or ""
    reader.done()
    _need(place)
    if asked.account_id != account.id:
        raise PasskeyFailed(field="passkey")
    if len(doors.passkeys_of(session, account.id)) >= MOST:
        raise TooManyPasskeys()
    try:
        made = verify_registration_response(
            credential=_answer(given.get("passkey")),
            expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001  # the library takes apart what a stranger made, and says no in a dozen ways
        raise PasskeyFailed(field="passkey") from None
    credential = bytes_to_base64url(made.credential_id)
    if doors.passkey_by_credential(session, credential) is not None:
        raise PasskeyFailed(field="passkey")
    row = Passkey(
        id=new_id(),
        account_id=account.id,
        credential=credential,
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=min(made.sign_count, _MOST_COUNTED),
        name=name,
        created_at=now,
    )
    doors.add_passkey(session, row)
    accounts.note(session, account.id, "passkey_added", now)
    return _view(row)


def enter(session: Session, asked: Challenged, answer: object, place: Place, now: datetime) -> str:
    """The account that this answer opens. Raises PasskeyRefused, whatever is wrong with it."""
    _need(place)
    credential = _plain(answer.get("id") if isinstance(answer, Mapping) else None)
    found = doors.passkey_by_credential(session, credential) if credential else None
    if found is None or asked.account_id is not None:
        raise PasskeyRefused()
    # Two answers at once come one after the other, or both would be held against the old count.
    accounts.lock(session, found.account_id)
    row = doors.passkey_by_credential(session, found.credential)
    if row is None:
        raise PasskeyRefused()
    try:
        verified = verify_authentication_response(
            credential=_answer(answer),
            expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001  # as above
        raise PasskeyRefused() from None
    row.sign_count, row.last_used_at = min(verified.new_sign_count, _MOST_COUNTED), now
    doors.add_passkey(session, row)
    return row.account_id


def list_passkeys(session: Session, actor: Actor) -> list[PasskeyView]:
    """The account's passkeys, oldest first."""
    account = own_account(session, actor)
    return [_view(one) for one in doors.passkeys_of(session, account.id)]


def rename_passkey(session: Session, actor: Actor, passkey_id: str, body: object, now: datetime) -> PasskeyView:
    """Give a passkey another name: {name}. Raises PasskeyMissing, InvalidMany."""
    account = own_account(session, actor, "write")
    row = _find(session, account.id, passkey_id)
    reader = Reader()
    given = reader.mapping(body, ("name",), "")
    name = reader.text(given.get("name"), "name", 60, need=True) or ""
    reader.done()
    row.name = name
    doors.add_passkey(session, row)
    accounts.note(session, account.id, "passkey_renamed", now)
    return _view(row)


def remove_passkey(session: Session, actor: Actor, token: str | None, passkey_id: str, now: datetime) -> None:
    """Take a passkey away: it opens nothing any more. Raises ProveAgain, PasskeyMissing."""
    account = own_account(session, actor, "write")
    require_fresh(session, token, now)
    doors.remove_passkey(session, _find(session, account.id, passkey_id))
    accounts.note(session, account.id, "passkey_removed", now)


def _kept(session: Session, options: dict[str, Any], challenge: bytes, purpose: Purpose, now: datetime, account_id: str | None) -> Asked:
    token = new_token()
    row = Challenge(
        token_hash=hash_token(token), account_id=account_id, purpose=purpose, challenge=bytes_to_base64url(challenge), created_at=now
    )
    doors.add_challenge(session, row)
    return Asked(options, token)


def _need(place: Place) -> None:
    if not place.host:
        raise NoPasskeysHere()


def _answer(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _find(session: Session, account_id: str, passkey_id: str) -> Passkey:
    found = next((one for one in doors.passkeys_of(session, account_id) if one.id == passkey_id), None)
    if found is None:
        raise PasskeyMissing()
    return found


def _plain(value: object) -> str:
    # No credential holds a lone surrogate, and no database takes one.
    return value if isinstance(value, str) and len(value) <= 2000 and value.isascii() and value.isprintable() else ""


def _view(row: Passkey) -> PasskeyView:
    return PasskeyView(row.id, row.name, row.created_at, row.last_used_at)

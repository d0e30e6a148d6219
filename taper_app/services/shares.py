"""Shares, the patient's side: made, seen before anybody else does, narrowed, paused, frozen, given a new link, ended.

What a caregiver does with the link is in `share_door.py`; what is shown, in `summary.py`.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from taper_app.data import bus
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, shares
from taper_app.data.tables import Share
from taper_app.domain.access import DEFAULT_SCOPES, Actor
from taper_app.domain.reading import Reader
from taper_app.services.errors import ShareFrozen, ShareMissing
from taper_app.services.owning import own_account
from taper_app.services.passwords import hash_password, normal
from taper_app.services.share_body import KEYS, NEW_KEYS, read_back, read_end, read_label, read_pin, read_scopes, read_switch
from taper_app.services.share_door import MOST_TRIES, looking_at, share_state
from taper_app.services.summary import shared_summary
from taper_app.services.tokens import hash_token, new_id, new_token
from taper_app.services.views import LookView, NewShare, ShareView

LASTS = timedelta(days=7)
MOST_SHARES = 50


def hash_pin(body: object) -> str | None:
    """What is kept of the PIN in a body; None without one, or when it is wrong in itself. Slow on purpose: never inside a transaction."""
    reader = Reader()
    pin = read_pin(reader, body.get("pin")) if isinstance(body, dict) else None
    return hash_password(normal(pin)) if pin and not reader.errors else None


def create_share(
    session: Session, actor: Actor, body: object, now: datetime, *, base_url: str = "", pin_hash: str | None = None
) -> NewShare:
    """Make a link: {label, scopes, expires_at, back, by_hour, pin}. Without scopes the least is shared, without an end it lasts 7 days.

    `pin_hash` is `hash_pin(body)`, made before the transaction. Raises InvalidMany.
    """
    account = own_account(session, actor, "write")
    reader = Reader()
    share = _wanted(reader, body, now)
    share.pin_hash = _pin_of(reader, body, pin_hash)
    if len([one for one in shares.of_account(session, account.id) if share_state(one, now) in ("open", "paused")]) >= MOST_SHARES:
        reader.wrong("too_many_shares", "label")
    reader.done()
    token = new_token()
    share.account_id, share.token_hash = account.id, hash_token(token)
    shares.add(session, share)
    accounts.note(session, account.id, "share_made", now)
    bus.mark(session, account.id)
    return NewShare(_view(share, now, None), f"{base_url}/s#{token}", token)


def preview_new(session: Session, actor: Actor, body: object, now: datetime) -> dict[str, Any]:
    """What a link like this would show now; nothing is made. Raises InvalidMany."""
    account = own_account(session, actor)
    reader = Reader()
    share = _wanted(reader, body, now)
    reader.done()
    share.account_id = account.id
    return shared_summary(session, looking_at(share), now)


def preview_share(session: Session, actor: Actor, share_id: str, now: datetime) -> dict[str, Any]:
    """What this share shows now, by the same code; it counts as nobody's look. Raises ShareMissing."""
    account = own_account(session, actor)
    return shared_summary(session, looking_at(_find(session, account.id, share_id)), now)


def list_shares(session: Session, actor: Actor, now: datetime, *, ended: bool = False) -> list[ShareView]:
    """The account's shares, newest first; revoked ones only where `ended` asks for them."""
    account = own_account(session, actor)
    found = [one for one in shares.of_account(session, account.id) if ended or one.ended_at is None]
    last: dict[str, datetime] = {}
    for view in shares.views_of(session, [one.id for one in found]):
        if view.what != "wrong_pin":
            last.setdefault(view.share_id, view.at)
    return [_view(one, now, last.get(one.id)) for one in found]


def get_share(session: Session, actor: Actor, share_id: str, now: datetime) -> ShareView:
    """One share, without when it was last looked at. Raises ShareMissing."""
    account = own_account(session, actor)
    return _view(_find(session, account.id, share_id), now, None)


def change_share(
    session: Session, actor: Actor, share_id: str, body: object, now: datetime, *, pin_hash: str | None = None
) -> ShareView:
    """Change label, scopes, expires_at, back, by_hour, pin (null takes it off), paused or frozen; open pages follow at once.

    `pin_hash` as in `create_share`. Raises ShareMissing, ShareFrozen, InvalidMany.
    """
    account = own_account(session, actor, "write")
    share = _find(session, account.id, share_id)
    if share.ended_at is not None:
        raise ShareMissing()
    before = _told(share)
    reader = Reader()
    given = reader.mapping(body, KEYS, "")
    kept = _pin_of(reader, given, pin_hash)
    scopes = read_scopes(reader, given["scopes"]) if "scopes" in given else json.loads(share.scopes)
    back = read_back(reader, given, share.back)
    by_hour = read_switch(reader, given, "by_hour", default=share.by_hour)
    paused = read_switch(reader, given, "paused", default=share.paused_at is not None)
    frozen = read_switch(reader, given, "frozen", default=share.frozen_at is not None)
    label = read_label(reader, given) if "label" in given else share.label
    expires_at = share.expires_at
    if "expires_at" in given:
        if given["expires_at"] is None:
            reader.wrong("missing", "expires_at")
        expires_at = read_end(reader, given["expires_at"], now) or expires_at
    reader.done()
    if frozen and share.frozen_at is not None and (set(scopes) - set(json.loads(share.scopes)) or back != share.back):
        # What was kept at that hour does not hold it.
        raise ShareFrozen()
    share.label, share.scopes, share.expires_at, share.by_hour = label, json.dumps(scopes), expires_at, by_hour
    if back != share.back:
        share.back, share.since = back, now if back == "now" else None
    if "pin" in given:
        share.pin_hash, share.pin_tries = kept, 0
    share.paused_at = (share.paused_at or now) if paused else None
    _freeze(session, share, now, frozen=frozen)
    shares.save(session, share)
    accounts.note(session, account.id, _code(given), now)
    # An open page hears of what it shows, and not that a form was sent.
    bus.mark(session, account.id, *([share.id] if _told(share) != before else []))
    return _view(share, now, None)


def rotate_share(session: Session, actor: Actor, share_id: str, now: datetime, *, base_url: str = "") -> NewShare:
    """A new link for the same share; the one before, and every page that it opened, end at once. Raises ShareMissing."""
    account = own_account(session, actor, "write")
    share = _find(session, account.id, share_id)
    if share.ended_at is not None:
        raise ShareMissing()
    token = new_token()
    share.token_hash, share.pin_tries = hash_token(token), 0
    shares.save(session, share)
    shares.close_openings(session, share.id)
    accounts.note(session, account.id, "share_rotated", now)
    bus.mark(session, share.id, account.id)
    return NewShare(_view(share, now, None), f"{base_url}/s#{token}", token)


def revoke_share(session: Session, actor: Actor, share_id: str, now: datetime) -> None:
    """End a share; open pages end at once. Raises ShareMissing."""
    account = own_account(session, actor, "write")
    share = _find(session, account.id, share_id)
    if share.ended_at is not None:
        raise ShareMissing()
    share.ended_at, share.frozen_view = now, None
    shares.save(session, share)
    shares.close_openings(session, share.id)
    accounts.note(session, account.id, "share_ended", now)
    bus.mark(session, share.id, account.id)


def list_views(session: Session, actor: Actor, share_id: str) -> list[LookView]:
    """Who looked when, newest first; of a revoked share too. Raises ShareMissing."""
    account = own_account(session, actor)
    share = _find(session, account.id, share_id)
    return [LookView(one.at, one.what) for one in shares.views_of(session, [share.id])]


def is_opened(session: Session, actor: Actor, share_id: str) -> bool:
    """Whether a browser has opened the link that there is now; a PIN set later does not ask it. Raises ShareMissing."""
    account = own_account(session, actor)
    return shares.is_opened(session, _find(session, account.id, share_id).id)


def _wanted(reader: Reader, body: object, now: datetime) -> Share:
    """A share as it was asked for, of nobody yet."""
    given = reader.mapping(body, NEW_KEYS, "")
    back = read_back(reader, given, "30_days")
    return Share(
        id=new_id(),
        account_id="",
        token_hash="",
        label=read_label(reader, given),
        scopes=json.dumps(read_scopes(reader, given["scopes"]) if given.get("scopes") is not None else list(DEFAULT_SCOPES)),
        created_at=now,
        expires_at=read_end(reader, given.get("expires_at"), now) or now + LASTS,
        back=back,
        since=now if back == "now" else None,
        by_hour=read_switch(reader, given, "by_hour", default=False),
    )


def _pin_of(reader: Reader, body: object, pin_hash: str | None) -> str | None:
    """The hash that was made of the body's PIN. A caller that forgot to make it is a bug, and never a link without its PIN."""
    pin = read_pin(reader, body.get("pin")) if isinstance(body, dict) else None
    if pin and not reader.errors and pin_hash is None:
        raise ValueError("hash_pin(body) comes before the transaction")
    return pin_hash if pin else None


def _freeze(session: Session, share: Share, now: datetime, *, frozen: bool) -> None:
    if not frozen:
        share.frozen_at = share.frozen_view = None
    elif share.frozen_at is None:
        share.frozen_view = json.dumps(shared_summary(session, looking_at(share), now), ensure_ascii=False)
        share.frozen_at = now


def _told(share: Share) -> tuple[object, ...]:
    """All of a share that an open page shows, or ends by."""
    shows = (share.label, share.scopes, share.expires_at, share.back, share.since, share.by_hour)
    return (*shows, share.paused_at is None, share.frozen_at)


def _code(given: Mapping[str, Any]) -> str:
    """What the trail calls this change: the one thing that was done, else "changed"."""
    if set(given) == {"paused"}:
        return "share_paused" if given["paused"] else "share_resumed"
    return "share_frozen" if set(given) == {"frozen"} and given["frozen"] else "share_changed"


def _find(session: Session, account_id: str, share_id: str) -> Share:
    found = shares.by_id(session, account_id, share_id) if share_id.isascii() and share_id.isprintable() else None
    if found is None:
        raise ShareMissing()
    return found


def _view(share: Share, now: datetime, seen: datetime | None) -> ShareView:
    return ShareView(
        id=share.id,
        label=share.label,
        scopes=tuple(json.loads(share.scopes)),
        created_at=share.created_at,
        expires_at=share.expires_at,
        state=share_state(share, now),
        last_viewed_at=seen,
        back=share.back,
        since=share.since,
        by_hour=share.by_hour,
        has_pin=share.pin_hash is not None,
        tries_left=MOST_TRIES - share.pin_tries,
        frozen_at=share.frozen_at,
    )

"""Shares: made, narrowed, revoked by the patient; opened and looked at by a caregiver.

Unknown, expired and revoked look the same to whoever holds the link.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from taper_app.data import bus
from taper_app.data.engine import Session, after_commit
from taper_app.data.repositories import accounts, shares
from taper_app.data.tables import Share, ShareOpening
from taper_app.domain.access import DEFAULT_SCOPES, SCOPES, Actor, Caregiver
from taper_app.domain.reading import Reader, parse_instant
from taper_app.services.errors import LinkMissing, ShareMissing
from taper_app.services.owning import own_account
from taper_app.services.tokens import hash_token, new_id, new_token
from taper_app.services.views import LookView, NewShare, OpenedShare, ShareView

LASTS = timedelta(days=7)
# One line in the list of looks, however often the page fetches.
LOOK = timedelta(minutes=30)
MOST_SHARES = 50


@dataclass(frozen=True)
class Looking:
    """A caregiver with an open share, as the summary needs it."""

    actor: Caregiver
    label: str
    expires_at: datetime


def create_share(session: Session, actor: Actor, body: object, now: datetime, *, base_url: str = "") -> NewShare:
    """Make a link: {label, scopes, expires_at}. Without scopes the least is shared, without an end it lasts 7 days.

    Raises InvalidMany.
    """
    account = own_account(session, actor, "write")
    reader = Reader()
    given = reader.mapping(body, ("label", "scopes", "expires_at"), "")
    label = reader.text(given.get("label"), "label", 80) or ""
    scopes = _scopes(reader, given["scopes"]) if given.get("scopes") is not None else list(DEFAULT_SCOPES)
    expires_at = _expiry(reader, given.get("expires_at"), now) or now + LASTS
    if len([one for one in shares.of_account(session, account.id) if _state(one, now) == "open"]) >= MOST_SHARES:
        reader.wrong("too_many_shares", "label")
    reader.done()
    token = new_token()
    share = Share(
        id=new_id(),
        account_id=account.id,
        label=label,
        scopes=json.dumps(scopes),
        token_hash=hash_token(token),
        created_at=now,
        expires_at=expires_at,
    )
    shares.add(session, share)
    accounts.note(session, account.id, "share_made", now)
    bus.mark(session, account.id)
    return NewShare(_view(share, now, None), f"{base_url}/s#{token}", token)


def list_shares(session: Session, actor: Actor, now: datetime, *, ended: bool = False) -> list[ShareView]:
    """The account's shares, newest first; revoked ones only where `ended` asks for them."""
    account = own_account(session, actor)
    found = [one for one in shares.of_account(session, account.id) if ended or one.ended_at is None]
    last: dict[str, datetime] = {}
    for view in shares.views_of(session, [one.id for one in found]):
        last.setdefault(view.share_id, view.at)
    return [_view(one, now, last.get(one.id)) for one in found]


def get_share(session: Session, actor: Actor, share_id: str, now: datetime) -> ShareView:
    """One share, without when it was last looked at. Raises ShareMissing."""
    account = own_account(session, actor)
    return _view(_find(session, account.id, share_id), now, None)


def change_share(session: Session, actor: Actor, share_id: str, body: object, now: datetime) -> ShareView:
    """Change label, scopes or expires_at; open pages follow at once. Raises ShareMissing, InvalidMany."""
    account = own_account(session, actor, "write")
    share = _find(session, account.id, share_id)
    if share.ended_at is not None:
        raise ShareMissing()
    reader = Reader()
    given = reader.mapping(body, ("label", "scopes", "expires_at"), "")
    label = reader.text(given["label"], "label", 80) or "" if "label" in given else share.label
    scopes = _scopes(reader, given["scopes"]) if "scopes" in given else json.loads(share.scopes)
    expires_at = share.expires_at
    if "expires_at" in given:
        if given["expires_at"] is None:
            reader.wrong("missing", "expires_at")
        expires_at = _expiry(reader, given["expires_at"], now) or expires_at
    reader.done()
    share.label, share.scopes, share.expires_at = label, json.dumps(scopes), expires_at
    shares.save(session, share)
    accounts.note(session, account.id, "share_changed", now)
    bus.mark(session, share.id, account.id)
    return _view(share, now, None)


def revoke_share(session: Session, actor: Actor, share_id: str, now: datetime) -> None:
    """End a share; open pages end at once. Raises ShareMissing."""
    account = own_account(session, actor, "write")
    share = _find(session, account.id, share_id)
    if share.ended_at is not None:
        raise ShareMissing()
    share.ended_at = now
    shares.save(session, share)
    shares.close_openings(session, share.id)
    accounts.note(session, account.id, "share_ended", now)
    bus.mark(session, share.id, account.id)


def list_views(session: Session, actor: Actor, share_id: str) -> list[LookView]:
    """Who looked when, newest first; of a revoked share too. Raises ShareMissing."""
    account = own_account(session, actor)
    share = _find(session, account.id, share_id)
    return [LookView(one.at, one.what) for one in shares.views_of(session, [share.id])]


def open_share(session: Session, token: object, now: datetime) -> OpenedShare:
    """Open a link in a browser. Raises LinkMissing, whatever the reason."""
    found = shares.by_token(session, hash_token(token)) if isinstance(token, str) and len(token) <= 200 else None
    if found is None or _state(found, now) != "open":
        raise LinkMissing()
    cookie = new_token()
    shares.add_opening(session, ShareOpening(token_hash=hash_token(cookie), share_id=found.id, opened_at=now, looked_at=now))
    shares.add_view(session, found.id, "opened", now)
    bus.mark(session, found.account_id)
    return OpenedShare(cookie, found.expires_at)


def authenticate_share(session: Session, token: str | None, now: datetime) -> Looking | None:
    """The caregiver that a share cookie belongs to, or None when the share is over or never was."""
    found = shares.by_opening(session, hash_token(token)) if token else None
    if found is None or _state(found[1], now) != "open":
        return None
    share = found[1]
    actor = Caregiver(share.id, share.account_id, frozenset(json.loads(share.scopes)))
    return Looking(actor, share.label, share.expires_at)


def note_look(session: Session, token: str, now: datetime) -> None:
    """Note that the shared page was looked at, at most once in half an hour and browser."""
    hashed = hash_token(token)
    found = shares.by_opening(session, hashed)
    if found is None or now - found[0].looked_at < LOOK:
        return
    share_id = found[1].id

    def write(later: Session) -> None:
        shares.look(later, hashed, now)
        shares.add_view(later, share_id, "looked", now)

    after_commit(session, write)


def _find(session: Session, account_id: str, share_id: str) -> Share:
    found = shares.by_id(session, account_id, share_id) if share_id.isascii() and share_id.isprintable() else None
    if found is None:
        raise ShareMissing()
    return found


def _state(share: Share, now: datetime) -> str:
    if share.ended_at is not None:
        return "ended"
    return "open" if now < share.expires_at else "expired"


def _view(share: Share, now: datetime, seen: datetime | None) -> ShareView:
    return ShareView(
        id=share.id,
        label=share.label,
        scopes=tuple(json.loads(share.scopes)),
        created_at=share.created_at,
        expires_at=share.expires_at,
        state=_state(share, now),
        last_viewed_at=seen,
    )


def _scopes(reader: Reader, value: object) -> list[str]:
    if value is None:
        reader.wrong("missing", "scopes")
        return []
    found = reader.items(
        value,
        "scopes",
        len(SCOPES),
        lambda item, path: reader.choice("" if item is None else item, path, SCOPES, "unknown_scope", None),
    )
    if isinstance(value, list) and not value:
        reader.wrong("missing", "scopes")
    # In the order of API.md, each once.
    return [scope for scope in SCOPES if scope in found]


def _expiry(reader: Reader, value: object, now: datetime) -> datetime | None:
    if reader.instant(value, "expires_at") is None:
        return None
    found = parse_instant(str(value))
    if found <= now:
        reader.wrong("already_over", "expires_at")
    return found

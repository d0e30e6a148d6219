"""The caregiver's side of a share: opened with its link, and its PIN where it has one; looked at; over.

Unknown, expired, paused, revoked, and locked by too many wrong PINs look the same to whoever holds the link.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from taper_app.data import bus
from taper_app.data.engine import Session, after_commit
from taper_app.data.repositories import shares
from taper_app.data.tables import Share, ShareOpening
from taper_app.domain.access import Caregiver
from taper_app.services.errors import LinkMissing, PinNeeded, PinWrong
from taper_app.services.passwords import matches
from taper_app.services.tokens import hash_token, new_token
from taper_app.services.views import OpenedShare

# One line in the list of looks, however often the page fetches.
LOOK = timedelta(minutes=30)
# Wrong PINs in the life of one link; a new link begins anew.
MOST_TRIES = 10


@dataclass(frozen=True)
class Looking:
    """A caregiver with an open share, as the summary needs it.

    `back` is now (from `since` on), 30_days or all; `frozen` is the JSON of what a frozen share shows.
    """

    actor: Caregiver
    label: str
    expires_at: datetime
    back: str = "30_days"
    since: datetime | None = None
    by_hour: bool = False
    frozen_at: datetime | None = None
    frozen: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Door:
    """A link that leads somewhere. `pin_hash` is None where it asks for no PIN."""

    share_id: str
    pin_hash: str | None = field(repr=False)


def find_door(session: Session, token: object, now: datetime) -> Door:
    """The share that a link's token leads to. Raises LinkMissing, whatever the reason."""
    found = shares.by_token(session, hash_token(token)) if isinstance(token, str) and len(token) <= 200 else None
    if found is None or share_state(found, now) != "open":
        raise LinkMissing()
    return Door(found.id, found.pin_hash)


def take_try(session: Session, door: Door, pin: object) -> None:
    """Before a PIN is compared: one of the link's tries is taken, and committed, so that no two can be the same one.

    Raises PinNeeded without a PIN, and LinkMissing when no try is left.
    """
    if door.pin_hash is None:
        return
    if not isinstance(pin, str) or not pin.strip():
        raise PinNeeded(field="pin")
    if not shares.claim_try(session, door.share_id, MOST_TRIES):
        raise LinkMissing()


def pin_fits(door: Door, pin: object) -> bool:
    """Whether the PIN is the share's. Slow on purpose: never inside a transaction."""
    return door.pin_hash is None or matches(door.pin_hash, pin.strip() if isinstance(pin, str) else pin)


def refuse_pin(session: Session, door: Door, now: datetime) -> None:
    """Note for the patient that a wrong PIN was tried; the caller commits, then raises PinWrong."""
    shares.add_view(session, door.share_id, "wrong_pin", now)


def open_share(session: Session, token: object, now: datetime, door: Door | None = None) -> OpenedShare:
    """Open a link in a browser. `door`: its PIN has been found right. Raises LinkMissing, PinNeeded."""
    # Held until the commit: a link that is replaced or given a PIN at this moment is looked at before that, or after, never between.
    share = shares.by_token(session, hash_token(token), hold=True) if isinstance(token, str) and len(token) <= 200 else None
    # The right PIN may be the tenth try, and that one was taken before the link was shut.
    if share is None or share_state(share, now) not in (("open", "locked") if door else ("open",)):
        raise LinkMissing()
    if share.pin_hash is not None:
        if door is None:
            raise PinNeeded(field="pin")
        if door != Door(share.id, share.pin_hash):
            # Another PIN or another link in the meantime.
            raise PinWrong(field="pin")
        shares.give_back_try(session, share.id)
    cookie = new_token()
    shares.add_opening(session, ShareOpening(token_hash=hash_token(cookie), share_id=share.id, opened_at=now, looked_at=now))
    shares.add_view(session, share.id, "opened", now)
    bus.mark(session, share.account_id)
    return OpenedShare(cookie, share.expires_at)


def authenticate_share(session: Session, token: str | None, now: datetime) -> Looking | None:
    """The caregiver that a share cookie belongs to, or None when the share is over or never was."""
    found = shares.by_opening(session, hash_token(token)) if token else None
    if found is None or share_state(found[1], now) not in ("open", "locked"):
        return None
    return looking_at(found[1])


def looking_at(share: Share) -> Looking:
    """What whoever holds this share may see."""
    actor = Caregiver(share.id, share.account_id, frozenset(json.loads(share.scopes)))
    return Looking(actor, share.label, share.expires_at, share.back, share.since, share.by_hour, share.frozen_at, share.frozen_view)


def name_for(looking: Looking, display_name: str) -> str:
    """The patient's name for a caregiver: on a frozen share the one that it had."""
    return display_name if looking.frozen is None else str(json.loads(looking.frozen)["display_name"])


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


def share_state(share: Share, now: datetime) -> str:
    """open, paused, locked (its PIN was tried too often: who is in stays in), expired or ended."""
    if share.ended_at is not None:
        return "ended"
    if now >= share.expires_at:
        return "expired"
    if share.paused_at is not None:
        return "paused"
    return "locked" if share.pin_hash is not None and share.pin_tries >= MOST_TRIES else "open"

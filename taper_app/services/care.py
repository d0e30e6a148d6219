"""What goes back and forth: short words of a caregiver's, "I'm OK" of the patient's, and which alerts the patient chose.

Everything is off until the patient allows it for a share. None of it is an entry, and none of it is in a summary's freshness.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from taper_app.data import bus
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, care, shares
from taper_app.data.tables import CareMessage, CarePush, Share, ShareCare, ShareReply
from taper_app.domain.access import Actor
from taper_app.domain.reading import Reader
from taper_app.services.errors import RepliesClosed, ReplyMissing, ShareMissing, TooManyBrowsers, TooManyReplies
from taper_app.services.owning import own_account
from taper_app.services.share_door import Looking, name_for
from taper_app.services.subscribing import read_subscription
from taper_app.services.tokens import hash_token, new_id
from taper_app.services.zones import today_in

DAY = timedelta(days=1)
# How long "I'm OK" and "I need company" stand, and what is one tap too many.
STANDS, SAME = DAY, timedelta(minutes=1)
MOST_A_DAY, MOST_LETTERS, MOST_BROWSERS, MOST_QUIET = 10, 80, 5, 30
KINDS = ("ok", "company")


@dataclass(frozen=True)
class Alerts:
    """Which alerts the patient chose: a flare of at least this (1 to 10), days without a shared entry, "I need company"."""

    flare: int | None = None
    quiet_days: int | None = None
    company: bool = False


@dataclass(frozen=True)
class CareView:
    """What was chosen for one share. `sees_flares`: whether an alert about flares can be chosen; `browsers`: how many are reached."""

    share_id: str
    label: str
    sees_flares: bool
    replies: bool
    muted: bool
    alerts: Alerts
    browsers: int


@dataclass(frozen=True)
class ReplyView:
    """A heart (`text` is "") or a word, plain text, and whose share it came through."""

    id: str
    share_id: str
    label: str
    at: datetime
    kind: str
    text: str


@dataclass(frozen=True)
class MessageView:
    """What the patient says to all open shares, until `until`."""

    kind: str
    at: datetime
    until: datetime


def list_care(session: Session, actor: Actor, now: datetime) -> list[CareView]:
    """What was chosen for each share that is open, newest first."""
    account = own_account(session, actor)
    return [_view(session, one) for one in shares.of_account(session, account.id) if is_live(one, now)]


def set_care(session: Session, actor: Actor, share_id: str, body: object, now: datetime) -> CareView:
    """Choose for one share: {replies, muted, alerts {flare, quiet_days, company}}; what is left out stays.

    Raises ShareMissing, InvalidMany (`flares_not_shared` for an alert about what the share does not show).
    """
    account = own_account(session, actor, "write")
    share = shares.by_id(session, account.id, share_id) if share_id.isascii() and share_id.isprintable() else None
    if share is None or share.ended_at is not None:
        raise ShareMissing()
    reader = Reader()
    given = reader.mapping(body, ("replies", "muted", "alerts"), "")
    row = care.chosen(session, share.id) or ShareCare(share_id=share.id, since=now)
    before, told = alerts_of(row), _told(share, row)
    replies, muted = (reader.truth(given[name], name) if name in given else getattr(row, name) for name in ("replies", "muted"))
    wanted = _read_alerts(reader, given["alerts"], before, share) if "alerts" in given else before
    reader.done()
    row.replies, row.muted = replies, muted
    row.flare, row.quiet_days, row.company = wanted.flare, wanted.quiet_days, wanted.company
    if wanted != before:
        row.since = now
    care.choose(session, row)
    accounts.note(session, account.id, "care_changed", now)
    # The caregiver's page says which alerts there are, and hears of nothing else: being muted makes no sound.
    bus.mark(session, account.id, *([share.id] if _told(share, row) != told else []))
    return _view(session, share)


def say(session: Session, actor: Actor, kind: object, now: datetime) -> MessageView:
    """Say "ok" or "company" to all open shares; it stands for a day. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    reader = Reader()
    if kind is None:
        reader.wrong("missing", "kind")
    word = reader.choice(kind, "kind", KINDS, "choose_one", None)
    reader.done()
    assert word
    message = CareMessage(account_id=account.id, kind=word, id=new_id(), at=now)
    # Tapped twice is said once, and rings once.
    if not any(one.kind == word and one.at > now - SAME for one in care.said(session, account.id, now - STANDS)):
        care.say(session, message)
        accounts.note(session, account.id, f"said_{word}", now)
        _tell_open(session, account.id, now)
    return MessageView(word, now, now + STANDS)


def unsay(session: Session, actor: Actor, now: datetime) -> None:
    """Take back what was said; nothing happens when nothing was."""
    account = own_account(session, actor, "write")
    said = care.said(session, account.id, now - STANDS)
    care.unsay(session, account.id)
    if said:
        _tell_open(session, account.id, now)


def list_said(session: Session, actor: Actor, now: datetime) -> list[MessageView]:
    """What the patient says now, newest first."""
    account = own_account(session, actor)
    return _said(session, account.id, now)


def list_replies(session: Session, actor: Actor) -> list[ReplyView]:
    """Words that came, newest first, without those of muted shares."""
    account = own_account(session, actor)
    muted = {one.id for one in shares.of_account(session, account.id) if (row := care.chosen(session, one.id)) and row.muted}
    found = [one for one in care.replies_of(session, account.id) if one[1].id not in muted]
    return [ReplyView(one.id, share.id, share.label, one.at, one.kind, one.body) for one, share in found]


def clear_reply(session: Session, actor: Actor, reply_id: str, now: datetime) -> None:
    """Take one word out. Raises ReplyMissing."""
    account = own_account(session, actor, "write")
    row = care.reply(session, account.id, reply_id) if reply_id.isascii() and reply_id.isprintable() else None
    if row is None:
        raise ReplyMissing()
    # It still counts for its day: clearing is no invitation to send more.
    care.clear(session, row, keep=row.at > now - DAY)
    bus.mark(session, account.id)


def shared_care(session: Session, looking: Looking, now: datetime) -> dict[str, Any]:
    """What a caregiver is told beside the summary, as JSON values; nothing of what the patient did with their words."""
    share, account = _theirs(session, looking)
    row = care.chosen(session, share.id)
    by_hour = share.by_hour
    return {
        "share_id": share.id,
        "display_name": name_for(looking, account.display_name),
        **_told(share, row),
        "says": [
            {
                "kind": one.kind,
                "date": today_in(account.zone, one.at).isoformat(),
                "today": today_in(account.zone, one.at) == today_in(account.zone, now),
                "at": one.at.isoformat() if by_hour else None,
            }
            # A frozen share shows its hour, and nothing that was said after it.
            for one in (_said(session, account.id, now) if share.frozen_at is None else [])
        ],
    }


def send_reply(session: Session, looking: Looking, body: object, now: datetime) -> None:
    """A caregiver sends {kind "heart"} or {kind "word", text}. The same again within a minute is one.

    Raises InvalidMany, RepliesClosed, TooManyReplies (more than 10 a day).
    """
    reader = Reader()
    given = reader.mapping(body, ("kind", "text"), "")
    if given.get("kind") is None:
        reader.wrong("missing", "kind")
    kind = reader.choice(given.get("kind"), "kind", ("heart", "word"), "choose_one", None)
    text = reader.text(given.get("text"), "text", MOST_LETTERS, need=kind == "word")
    reader.done()
    share, account = _theirs(session, looking)
    # Two that come at once are counted one after the other.
    accounts.lock(session, account.id)
    row = care.chosen(session, share.id)
    if row is None or not row.replies:
        raise RepliesClosed()
    sent = care.replies_since(session, share.id, now - DAY)
    word = text if kind == "word" and text else ""
    if any(one.at > now - SAME and (one.kind, one.body) == (kind, word) for one in sent):
        return
    if len(sent) >= MOST_A_DAY:
        raise TooManyReplies()
    care.add_reply(session, ShareReply(id=new_id(), share_id=share.id, at=now, kind=str(kind), body=word))
    bus.mark(session, account.id)


def subscribe(session: Session, looking: Looking, token: str, body: object, now: datetime) -> None:
    """Send this share's alerts to the browser of this share cookie. Raises InvalidMany, TooManyBrowsers."""
    endpoint, p256dh, auth = read_subscription(body)
    share, account = _theirs(session, looking)
    accounts.lock(session, account.id)
    hashed = hash_token(token)
    others = [one for one in care.pushes(session, share.id) if one.token_hash != hashed and one.endpoint != endpoint]
    if len(others) >= MOST_BROWSERS:
        raise TooManyBrowsers()
    row = CarePush(token_hash=hashed, share_id=share.id, endpoint=endpoint, p256dh=p256dh, auth=auth, created_at=now)
    care.subscribe(session, row)


def unsubscribe(session: Session, token: str) -> None:
    """No more alerts to the browser of this share cookie; nothing happens when there were none."""
    care.unsubscribe(session, hash_token(token))


def is_subscribed(session: Session, looking: Looking, token: str) -> bool:
    """Whether alerts go to the browser of this share cookie."""
    return any(one.token_hash == hash_token(token) for one in care.pushes(session, looking.actor.share_id))


def is_live(share: Share, now: datetime) -> bool:
    """Whether a share shows what is new: not ended, not over, and neither paused nor frozen."""
    stopped = share.paused_at or share.frozen_at
    return share.ended_at is None and now < share.expires_at and not stopped


def alerts_of(row: ShareCare | None) -> Alerts:
    """The alerts of a row, none without one."""
    return Alerts(row.flare, row.quiet_days, row.company) if row else Alerts()


def _read_alerts(reader: Reader, value: object, before: Alerts, share: Share) -> Alerts:
    given: Mapping[str, Any] = reader.mapping(value, ("flare", "quiet_days", "company"), "alerts")
    flare = reader.integer(given["flare"], "alerts.flare", 1, 10) if "flare" in given else before.flare
    quiet = reader.integer(given["quiet_days"], "alerts.quiet_days", 1, MOST_QUIET) if "quiet_days" in given else before.quiet_days
    company = reader.truth(given["company"], "alerts.company") if "company" in given else before.company
    if flare is not None and flare != before.flare and not _sees_flares(share):
        reader.wrong("flares_not_shared", "alerts.flare")
    return Alerts(flare, quiet, company)


def _theirs(session: Session, looking: Looking) -> tuple[Share, Any]:
    actor = looking.actor
    share, account = shares.by_id(session, actor.account_id, actor.share_id), accounts.by_id(session, actor.account_id)
    if share is None or account is None:
        raise ShareMissing()
    return share, account


def _told(share: Share, row: ShareCare | None) -> dict[str, Any]:
    """What a caregiver is told of the choices."""
    alerts = alerts_of(row)
    flare = alerts.flare if _sees_flares(share) else None
    told = {"flare": flare, "quiet_days": alerts.quiet_days, "company": alerts.company}
    return {"replies": bool(row and row.replies), "alerts": told}


def _sees_flares(share: Share) -> bool:
    return "flares" in json.loads(share.scopes)


def _view(session: Session, share: Share) -> CareView:
    row = care.chosen(session, share.id)
    reached = len(care.pushes(session, share.id))
    return CareView(
        share.id, share.label, _sees_flares(share), bool(row and row.replies), bool(row and row.muted), alerts_of(row), reached
    )


def _said(session: Session, account_id: str, now: datetime) -> list[MessageView]:
    return [MessageView(one.kind, one.at, one.at + STANDS) for one in care.said(session, account_id, now - STANDS)]


def _tell_open(session: Session, account_id: str, now: datetime) -> None:
    bus.mark(session, account_id, *[one.id for one in shares.of_account(session, account_id) if is_live(one, now)])

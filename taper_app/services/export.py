"""Everything of an account as one JSON document, versioned: what `POST /import` reads back. docs/export.md describes it.

Values that belong to this account alone stand under `account`, `recorded_at`, `exported_at`, `audit` and `sessions`;
everything else reads the same in whatever account it is restored. There are no sequence numbers and no secrets.
"""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, doors, reminders, ringing, shares, sources
from taper_app.data.repositories import entries as entry_rows
from taper_app.domain.access import Actor
from taper_app.domain.ledger import status
from taper_app.domain.wire import event_to_wire, plan_to_wire
from taper_app.services import shapes
from taper_app.services.accounts import account_view
from taper_app.services.audit import lines_of
from taper_app.services.care_export import care_export, says_export
from taper_app.services.entries import entry_view
from taper_app.services.helpers import list_helpers
from taper_app.services.ledgers import load_all
from taper_app.services.owning import own_account
from taper_app.services.recovery import count_codes
from taper_app.services.shares import list_shares
from taper_app.services.zones import today_in

FORMAT, VERSION = "taper-export", 1
_ALL = 2**31 - 1


def export_account(session: Session, actor: Actor, now: datetime) -> dict[str, Any]:
    """The whole account as JSON values. Plans and entries stand in a fixed order: by when they were written, then id."""
    row = own_account(session, actor)
    account = account_view(row)
    quiet, feed = reminders.quiet_of(session, account.id), reminders.feed_of(session, account.id)
    today = today_in(account.zone, now)
    beside = _beside(session, account.id)
    rows = sorted(entry_rows.after(session, account.id, 0, _ALL), key=lambda one: (one.at, one.id))
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": shapes.instant(now),
        "account": {
            "id": account.id,
            "login": account.login,
            "display_name": account.display_name,
            "zone": account.zone,
            "created_at": shapes.instant(account.created_at),
            "people": [{"name": one.name, "phone": one.phone} for one in account.people],
            "after_hours": account.after_hours,
            "shares": [
                {
                    "label": one.label,
                    "scopes": list(one.scopes),
                    "state": one.state,
                    "created_at": shapes.instant(one.created_at),
                    "expires_at": shapes.instant(one.expires_at),
                    "back": one.back,
                    "by_hour": one.by_hour,
                    "has_pin": one.has_pin,
                    "frozen_at": shapes.instant(one.frozen_at) if one.frozen_at else None,
                    "views": [{"at": shapes.instant(look.at), "what": look.what} for look in shares.views_of(session, [one.id])],
                    **care_export(session, one.id),
                }
                for one in list_shares(session, actor, now, ended=True)
            ],
            "says": says_export(session, account.id),
            "reminders": [
                {"id": one.id, "kind": one.kind, "at": one.at, "since": shapes.instant(one.since)}
                for one in reminders.of_account(session, account.id)
            ],
            "quiet": {"from": quiet.starts, "to": quiet.ends} if quiet else None,
            "rung": [{"at": shapes.instant(one.due_at), "state": one.state} for one in ringing.of_account(session, account.id)],
            "helpers": [
                {
                    "label": one.label,
                    "name": one.name,
                    "login": one.login,
                    "kinds": list(one.kinds),
                    "state": one.state,
                    "since": shapes.instant(one.since),
                    "ended_at": shapes.instant(one.ended_at) if one.ended_at else None,
                }
                for one in list_helpers(session, actor, now, ended=True)
            ],
            "calendar_since": shapes.instant(feed.created_at) if feed else None,
            "passkeys": [
                {
                    "name": one.name,
                    "created_at": shapes.instant(one.created_at),
                    "last_used_at": shapes.instant(one.last_used_at) if one.last_used_at else None,
                }
                for one in doors.passkeys_of(session, account.id)
            ],
            "recovery_codes": count_codes(session, actor).left,
        },
        "plans": [
            {
                "id": plan.id,
                "status": status(ledger, today),
                "plan": plan_to_wire(ledger.plan),
                "events": [event_to_wire(event) for event in ledger.events],
                "recorded_at": shapes.instant(plan.created_at),
                **beside.get(plan.id, {}),
            }
            for plan, ledger in sorted(load_all(session, account.id), key=lambda one: one[0].id)
        ],
        "entries": [{**shapes.entry(one, entry_view(one).data), "recorded_at": shapes.instant(one.recorded_at)} for one in rows],
        "audit": [shapes.audit_line(one) for one in lines_of(session, account.id, 0, _ALL)],
        "sessions": [
            {
                "label": one.label,
                "created_at": shapes.instant(one.created_at),
                "last_seen_at": shapes.instant(one.last_seen_at),
                "rings": ringing.subscription(session, one.id) is not None,
            }
            for one in accounts.sessions_of(session, account.id)
        ],
    }


def _beside(session: Session, account_id: str) -> dict[str, dict[str, Any]]:
    """What stands beside a plan, by its id, where there is any: the words it was read from, and photos."""
    found: dict[str, dict[str, Any]] = {}
    for source in sources.sources_of(session, account_id):
        kept = {"kind": source.kind, **json.loads(source.body), "confirmed": json.loads(source.confirmed)}
        found.setdefault(source.plan_id, {})["source"] = kept
    for photo in sources.photos_of(session, account_id):
        line = {
            "id": photo.id,
            "media_type": photo.media_type,
            "width": photo.width,
            "height": photo.height,
            "base64": b64encode(photo.body).decode(),
            "at": shapes.instant(photo.created_at),
        }
        found.setdefault(photo.plan_id, {}).setdefault("photos", []).append(line)
    return found

"""Words and alerts as they stand in the export: see docs/export.md. An import takes none of it: its shares are not there."""

from datetime import UTC, datetime
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import care
from taper_app.services import shapes
from taper_app.services.care import alerts_of

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def care_export(session: Session, share_id: str) -> dict[str, Any]:
    """What was chosen for a share, what was sent because of it, and the words that came through it, newest first."""
    row = care.chosen(session, share_id)
    alerts = alerts_of(row)
    words = [one for one in care.replies_since(session, share_id, _EVER) if not one.cleared]
    return {
        "care": {
            "replies": bool(row and row.replies),
            "muted": bool(row and row.muted),
            "alerts": {"flare": alerts.flare, "quiet_days": alerts.quiet_days, "company": alerts.company},
            "alerted": [
                {"at": shapes.instant(one.due_at), "kind": one.kind, "state": one.state} for one in care.sendings_of(session, share_id)
            ],
        },
        "words": [{"kind": one.kind, "text": one.body, "at": shapes.instant(one.at)} for one in words],
    }


def says_export(session: Session, account_id: str) -> list[dict[str, Any]]:
    """What the patient said last to all open shares, one of a kind."""
    return [{"kind": one.kind, "at": shapes.instant(one.at)} for one in care.said(session, account_id, _EVER)]

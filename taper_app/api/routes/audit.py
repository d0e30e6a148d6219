"""The trail of the account."""

from typing import Any

from fastapi import APIRouter, Request

from taper_app.api.context import patient
from taper_app.domain.errors import Invalid
from taper_app.services import audit, shapes

router = APIRouter(tags=["accounts"])


@router.get("/audit")
def get_audit(request: Request, after: str | None = None, limit: str | None = None) -> dict[str, Any]:
    """What was done with the account, oldest first: codes and ids, never values."""
    with patient(request) as asking:
        page = audit.list_audit(asking.session, asking.actor, after, _limit(limit))
    return {"audit": [shapes.audit_line(one) for one in page.lines], "next": page.next}


def _limit(text: str | None) -> int:
    if text is None:
        return 100
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid("out_of_range", "limit")
    return int(text)

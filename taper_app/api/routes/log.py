"""Today, the snapshot, and entries."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request

from taper_app.api import shapes
from taper_app.api.body import LargeJson
from taper_app.api.context import patient, read_day
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import Entries, takes
from taper_app.domain.errors import Invalid
from taper_app.services import entries
from taper_app.services.snapshot import snapshot
from taper_app.services.today import today

router = APIRouter(tags=["log"])


@router.get("/today")
def get_today(request: Request, date: Annotated[str | None, Query(description="YYYY-MM-DD")] = None) -> dict[str, Any]:
    """What is due, what was logged, what changes next."""
    with patient(request) as asking:
        return today(asking.session, asking.actor, asking.now, read_day(date, "date"))


@router.get("/snapshot")
def get_snapshot(request: Request) -> dict[str, Any]:
    """All that the screens of the phone need, in one call."""
    with patient(request) as asking:
        return snapshot(asking.session, asking.actor, asking.now)


@router.post("/entries", openapi_extra=takes(Entries))
def post_entries(
    request: Request,
    body: LargeJson,
    x_account: Annotated[str | None, Header(description="whose store this is")] = None,
) -> dict[str, Any]:
    """Keep up to 500 entries; each has its own answer."""
    given = fields(body, ("entries",))
    with patient(request, write=True) as asking:
        found = entries.record_entries(asking.session, asking.actor, given.get("entries"), asking.now, expected_account=x_account)
    return {"results": [shapes.entry_result(one) for one in found]}


@router.get("/entries")
def get_entries(request: Request, after: str | None = None, limit: str | None = None) -> dict[str, Any]:
    """Entries in the order of arrival, changes and retractions too."""
    with patient(request) as asking:
        page = entries.list_entries(asking.session, asking.actor, after, _limit(limit))
        return shapes.entry_page(page)


def _limit(text: str | None) -> int:
    if text is None:
        return 100
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Invalid("out_of_range", "limit")
    return int(text)

"""GET /calendar/<token>.ics: the reminders for any calendar program, which has no cookie. The token is the whole secret."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from taper_app.api.context import now_of
from taper_app.data.engine import session_scope
from taper_app.services.calendar import read_feed
from taper_app.services.errors import LinkMissing

router = APIRouter()


@router.get("/calendar/{name}")
def calendar_feed(request: Request, name: str) -> Response:
    """The calendar; 404 in the same words for a link that never was and one that has ended."""
    token = name.removesuffix(".ics")
    try:
        if token == name:
            raise LinkMissing()
        with session_scope(write=False) as session:
            found = read_feed(session, token, now_of(request))
    except LinkMissing:
        return PlainTextResponse("Not found", 404)
    return Response(found, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'inline; filename="taper.ics"'})

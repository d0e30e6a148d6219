"""GET /s: the door of a share. The token is in the address after the #, which no server ever sees."""

from fastapi import APIRouter
from starlette.responses import Response

from taper_app.api.pages import page

router = APIRouter()


@router.get("/s")
def share_door() -> Response:
    """A page whose script posts the token, gets the share cookie, and goes on to /shared."""
    return page("share_door.html")

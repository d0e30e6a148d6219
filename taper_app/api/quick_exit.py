"""GET /leave: away from this app, to a dull page that the host chose. The browser keeps only where it ends."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from taper_app.settings import settings

router = APIRouter()


@router.get("/leave")
def leave() -> Response:
    """A redirect. Nothing is read, nothing written, nothing set: who leaves is nobody's business."""
    return RedirectResponse(settings().exit_url, 303)

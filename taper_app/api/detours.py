"""Where a browser is led instead of a refusal it cannot read: to sign in, or to prove again whose session it is, and on from there."""

import re
from urllib.parse import quote

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from taper_app.domain.errors import Refusal
from taper_app.services.errors import NotSignedIn, ProveAgain

_HERE = re.compile(r"/(?:[A-Za-z0-9_~.-][\x21-\x5b\x5d-\x7e]{0,1500})?")


def detour(request: Request, refusal: Refusal) -> Response | None:
    """The way round for a browser that shows a page or fetches a file; None for programs and scripts, which read the refusal."""
    path = request.url.path
    if not path.startswith("/auth/") and not (request.method == "GET" and request.headers.get("sec-fetch-dest") == "document"):
        return None
    if isinstance(refusal, ProveAgain):
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        return RedirectResponse(f"/auth/prove?next={quote(path + query, safe='')}", 303)
    if type(refusal) is NotSignedIn and path.startswith("/auth/"):
        return RedirectResponse("/auth/sign-in", 303)
    return None


def safe_next(value: str | None, otherwise: str) -> str:
    """An address to go on to: only one of this app's own, never of another site."""
    return value if value and _HERE.fullmatch(value) else otherwise

"""What every call needs: who asks, a transaction, the time; and the two cookies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple

from fastapi import Request
from starlette.responses import Response

from taper_app.api import limits
from taper_app.data.engine import Session, session_scope
from taper_app.domain.access import Patient
from taper_app.domain.reading import Reader
from taper_app.services.accounts import authenticate
from taper_app.services.cookies import backend_cookie, gone_cookie, session_cookie, session_token, share_cookie, share_token, who_cookies
from taper_app.services.errors import NotSignedIn
from taper_app.services.proving import require_fresh
from taper_app.services.share_door import Looking, authenticate_share
from taper_app.services.views import OpenedShare, SignedIn
from taper_app.settings import settings


class Asking(NamedTuple):
    """A signed-in call."""

    session: Session
    actor: Patient
    now: datetime
    token: str


def now_of(request: Request) -> datetime:
    """The time of this call; the one place of the API that looks at the clock."""
    clock = getattr(request.app.state, "clock", None)
    found: datetime = clock() if clock else datetime.now(UTC)
    return found


@contextmanager
def patient(request: Request, *, write: bool = False, fresh: bool = False) -> Iterator[Asking]:
    """A transaction for the patient of the session cookie. Raises NotSignedIn.

    `fresh`: only within ten minutes of signing in or proving it again. Raises ProveAgain.
    """
    token = session_token(request.headers.get("cookie"))
    if token is None:
        raise NotSignedIn()
    now = now_of(request)
    with session_scope(write=write) as session:
        actor = authenticate(session, token, now)
        if actor is None:
            raise NotSignedIn()
        if fresh:
            require_fresh(session, token, now)
        yield Asking(session, actor, now, token)


def caregiver_of(session: Session, request: Request, now: datetime) -> Looking | None:
    """The caregiver of the share cookie."""
    return authenticate_share(session, share_token(request.headers.get("cookie")), now)


def set_session(response: Response, signed_in: SignedIn, now: datetime) -> None:
    """Put a new session's token into its cookie."""
    _set(response, session_cookie(), signed_in.token, signed_in.expires_at, now)
    _tell(response, signed_in.account_id)


def set_share(request: Request, response: Response, opened: OpenedShare, now: datetime) -> None:
    """Put an opened share's token into its cookie."""
    _set(response, share_cookie(), opened.token, opened.expires_at, now)
    if session_token(request.headers.get("cookie")) is None:
        response.headers.append("set-cookie", backend_cookie(enabled=False))


def address_of(request: Request) -> str:
    """Who calls, for what is counted by address."""
    peer = request.client.host if request.client else ""
    return limits.address_of(peer, request.headers.get("x-forwarded-for", ""))


def clear_session(response: Response, gone: str = "") -> None:
    """Take the session's cookie back. `gone`: the account, when it was deleted."""
    response.delete_cookie(session_cookie(), path="/", secure=settings().is_https, httponly=True, samesite="lax")
    _tell(response, "")
    if gone:
        response.headers.append("set-cookie", gone_cookie(gone))


def _tell(response: Response, account_id: str) -> None:
    for line in who_cookies(account_id):
        response.headers.append("set-cookie", line)


def device(request: Request) -> str:
    """A short name of the browser, for the list of sessions. Only words from here, never what was sent."""
    agent = request.headers.get("user-agent", "")[:400]
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    found = [next((name for sign, name in names if sign in agent), "") for names in (browsers, systems)]
    return ", ".join(name for name in found if name)


def read_day(value: str | None, field: str, *, need: bool = False) -> date | None:
    """A date of the query. Raises InvalidMany."""
    reader = Reader()
    found = reader.day(value, field, need=need)
    reader.done()
    return found


def public_url(request: Request) -> str:
    """The address of this app as people type it."""
    return settings().public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"


def _set(response: Response, name: str, value: str, until: datetime, now: datetime) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max(0, int((until - now).total_seconds())),
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="lax",
    )

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
from taper_app.services.cookies import (
    backend_cookie,
    gone_cookie,
    session_cookie,
    session_token,
    share_cookie,
    share_tokens,
    share_value,
    who_cookies,
)
from taper_app.services.errors import NotSignedIn
from taper_app.services.people_here import Here, choose, people_here
from taper_app.services.proving import require_fresh
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


def caregivers_of(session: Session, request: Request, now: datetime) -> list[Here]:
    """The shares that the share cookie opens, the one opened last first."""
    return people_here(session, share_tokens(request.headers.get("cookie")), now)


@contextmanager
def caregiver(request: Request, *, write: bool = False) -> Iterator[tuple[Session, Here, datetime]]:
    """A transaction for the share that `?share=<id>` chooses of those in the share cookie. Raises NotSignedIn."""
    tokens = share_tokens(request.headers.get("cookie"))
    if not tokens:
        raise NotSignedIn()
    now = now_of(request)
    with session_scope(write=write) as session:
        yield session, choose(session, tokens, request.query_params.get("share"), now), now


def set_session(response: Response, signed_in: SignedIn, now: datetime) -> None:
    """Put a new session's token into its cookie."""
    _set(response, session_cookie(), signed_in.token, signed_in.expires_at, now)
    _tell(response, signed_in.account_id)


def set_share(request: Request, response: Response, opened: OpenedShare, now: datetime) -> None:
    """Put an opened share's token into the cookie, before those of other people that are open here."""
    with session_scope(write=False) as session:
        found = people_here(session, [opened.token, *share_tokens(request.headers.get("cookie"))], now)
    first = next((one.looking.actor.share_id for one in found if one.token == opened.token), "")
    others = [one for one in found if one.token != opened.token and one.looking.actor.share_id != first]
    until = max([opened.expires_at, *[one.looking.expires_at for one in others]])
    _set(response, share_cookie(), share_value([opened.token, *[one.token for one in others]]), until, now)
    if session_token(request.headers.get("cookie")) is None:
        response.headers.append("set-cookie", backend_cookie(enabled=False))


def address_of(request: Request) -> str:
    """Who calls, for what is counted by address."""
    peer = request.client.host if request.client else ""
    return limits.address_of(peer, request.headers.get("x-forwarded-for", ""))
def keep_shares(response: Response, left: list[Here], now: datetime) -> None:
    """Leave only these shares in the cookie."""
    until = max([one.looking.expires_at for one in left], default=now)
    _set(response, share_cookie(), share_value([one.token for one in left]), until, now)


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

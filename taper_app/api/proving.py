"""Proving again whose session it is, and what a passkey's answer is held against: for calls and for plain forms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from taper_app.api import limits
from taper_app.api.context import address_of, now_of, patient, public_url
from taper_app.data.engine import session_scope
from taper_app.services import accounts, passkeys, proving, recovery
from taper_app.services.cookies import door_token, session_token
from taper_app.services.errors import PasskeyFailed, PasskeyRefused, WrongPassword
from taper_app.services.passkeys import Challenged, Place, Purpose
from taper_app.settings import settings


@asynccontextmanager
async def slowed(request: Request) -> AsyncIterator[None]:
    """Around what proves whose session it is: waits after many wrong tries in it, as signing in does, and counts one more."""
    token = session_token(request.headers.get("cookie"))
    async with limits.Guess(address_of(request), proving.token_key(token)) as one:
        try:
            yield
        except (WrongPassword, PasskeyFailed):
            one.failed()
            raise


async def prove_again(request: Request, given: dict[str, Any]) -> None:
    """Prove it again with the fields of a call or a form, slowed down after many wrong tries."""
    async with slowed(request):
        await run_in_threadpool(_prove, request, given)


def _prove(request: Request, given: dict[str, Any]) -> None:
    by_passkey = given.get("passkey") is not None
    with patient(request) as asking:
        if not by_passkey:
            # The slow part needs no writing, so nobody's writes wait for it.
            proving.check_own_password(asking.session, asking.actor, given.get("password"))
    if by_passkey and _opened(request, given["passkey"]) != asking.actor.account_id:
        # A good passkey, and somebody else's.
        raise PasskeyFailed(field="passkey")
    with patient(request, write=True) as second:
        proving.note_proof(second.session, second.actor, second.token, second.now)


def _opened(request: Request, answer: object) -> str:
    try:
        return opened_by(request, answer)
    except PasskeyRefused:
        # Still signed in: only this was no proof.
        raise PasskeyFailed(field="passkey") from None


def set_password(request: Request, new_password: object) -> None:
    """Put another password in place; every other session ends. Raises ProveAgain, Invalid."""
    with patient(request, fresh=True) as asking:
        login = accounts.get_account(asking.session, asking.actor).login
    # The slow part, while nobody's writes wait for it.
    kept = recovery.new_hash(login, new_password)
    with patient(request, write=True, fresh=True) as second:
        recovery.change_password(second.session, second.actor, second.token, kept, second.now)


def opened_by(request: Request, answer: object) -> str:
    """The account that a passkey's answer opens. Raises PasskeyFailed, PasskeyRefused, NoPasskeysHere."""
    asked = challenge_of(request, "enter")
    with session_scope() as session:
        return passkeys.enter(session, asked, answer, place_of(request), now_of(request))


def challenge_of(request: Request, purpose: Purpose) -> Challenged:
    """What this browser was asked, taken out of the database for good."""
    with session_scope() as session:
        return passkeys.take_challenge(session, door_token(request.headers.get("cookie")), purpose, now_of(request))


def place_of(request: Request) -> Place:
    """Where this app is reached, as passkeys see it. An address of figures has none."""
    origin = public_url(request)
    host = _host(origin)
    # Over plain http browsers make them for the machine itself only.
    named = host == "localhost" or (settings().is_https and not _is_figures(host))
    return Place(host if named else "", origin)


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _is_figures(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()

"""Accounts and login sessions."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from taper_app.api import limits, shapes
from taper_app.api.body import Json, OptionalJson
from taper_app.api.context import address_of, clear_session, device, now_of, patient, set_session
from taper_app.api.noting import noted_wrong_try
from taper_app.api.proving import opened_by, slowed
from taper_app.api.schemas import Credentials, Goodbye, Settings, SignIn, takes
from taper_app.data.engine import Session, session_scope
from taper_app.domain.reading import Reader
from taper_app.services import accounts, signing
from taper_app.services.cookies import session_token
from taper_app.services.errors import NotSignedIn
from taper_app.services.proving import check_own_password
from taper_app.services.views import SignedIn
from taper_app.settings import settings

router = APIRouter(tags=["accounts"])
_NEW = ("login", "password", "display_name", "zone", "invite")
_SIGN_IN = ("login", "password", "recovery_code", "new_password", "passkey")


@router.post("/accounts", status_code=201, openapi_extra=takes(Credentials))
def create_account(request: Request, response: Response, body: Json) -> dict[str, Any]:
    """Make an account and sign in. The recovery code is shown this once."""
    signed_in = sign_up(request, fields(body, _NEW))
    set_session(response, signed_in, now_of(request))
    return {"id": signed_in.account_id, "recovery_code": signed_in.recovery_code}


@router.get("/accounts/me")
def get_account(request: Request) -> dict[str, Any]:
    """Your own account."""
    with patient(request) as asking:
        return shapes.account(accounts.get_account(asking.session, asking.actor))


@router.patch("/accounts/me", openapi_extra=takes(Settings))
def change_settings(request: Request, body: Json) -> dict[str, Any]:
    """Change name, zone, people to call; what is not named stays."""
    with patient(request, write=True) as asking:
        return shapes.account(accounts.change_settings(asking.session, asking.actor, body, asking.now))


@router.delete("/accounts/me", status_code=204, openapi_extra=takes(Goodbye, required=False))
async def delete_account(request: Request, body: OptionalJson) -> Response:
    """Delete everything."""
    password = fields(body, ("password",)).get("password")
    if password is not None:
        async with slowed(request):
            await run_in_threadpool(_compare, request, password)
    return signed_out(await run_in_threadpool(_delete, request))


@router.post("/sessions", status_code=201, openapi_extra=takes(SignIn))
async def sign_in(request: Request, response: Response, body: Json) -> dict[str, Any]:
    """Sign in by password or passkey; or by recovery code with a new password, which gives a new code and ends other sessions."""
    signed_in = await guess(request, fields(body, _SIGN_IN))
    set_session(response, signed_in, now_of(request))
    found: dict[str, Any] = {"id": signed_in.session_id, "account_id": signed_in.account_id}
    return {**found, "recovery_code": signed_in.recovery_code} if signed_in.recovery_code else found


@router.get("/sessions")
def list_sessions(request: Request) -> dict[str, Any]:
    """Browsers that are signed in."""
    with patient(request) as asking:
        found = accounts.list_sessions(asking.session, asking.actor, asking.now, asking.token)
        return {"sessions": [shapes.login_session(one) for one in found]}


@router.delete("/sessions/{session_id}", status_code=204)
def end_session(request: Request, session_id: str) -> Response:
    """Sign out here ("current") or in another browser; its open pages end too."""
    with patient(request, write=True) as asking:
        accounts.end_session(asking.session, asking.actor, session_id, asking.token, asking.now)
        is_current = accounts.authenticate(asking.session, asking.token, asking.now) is None
    return signed_out() if is_current else Response(status_code=204)


def sign_up(request: Request, given: dict[str, Any]) -> SignedIn:
    """Make an account from the fields of a call or a form."""
    limits.count_sign_up(address_of(request))
    with session_scope() as session:
        made = accounts.create_account(
            session,
            login=given.get("login"),
            password=given.get("password"),
            display_name=given.get("display_name"),
            zone=given.get("zone"),
            invite_code=given.get("invite"),
            now=now_of(request),
            label=device(request),
            signup=settings().signup,
        )
        _end_before(request, session)
        return made


async def guess(request: Request, given: dict[str, Any]) -> SignedIn:
    """Sign in with the fields of a call or a form; by password or code, slowed down after many wrong tries."""
    if given.get("passkey") is not None:
        # Nobody guesses a signature, so nobody has to wait.
        return await run_in_threadpool(_by_passkey, request, given)
    async with limits.Guess(address_of(request), given.get("login")) as one:
        try:
            return await run_in_threadpool(_sign_in, request, given)
        except NotSignedIn:
            one.failed()
            await run_in_threadpool(noted_wrong_try, given.get("login"), now_of(request))
            raise


def _compare(request: Request, password: object) -> None:
    # The slow part, while nobody's writes wait for it.
    with patient(request, fresh=True) as asking:
        check_own_password(asking.session, asking.actor, password)


def _delete(request: Request) -> str:
    with patient(request, write=True, fresh=True) as asking:
        accounts.delete_account(asking.session, asking.actor, asking.now)
        return asking.actor.account_id


def _sign_in(request: Request, given: dict[str, Any]) -> SignedIn:
    now, label, login = now_of(request), device(request), given.get("login")
    if given.get("recovery_code") is not None:
        with session_scope() as session:
            made = accounts.recover_with_code(
                session,
                login=login,
                recovery_code=given["recovery_code"],
                new_password=given.get("new_password"),
                now=now,
                label=label,
            )
            _end_before(request, session)
            return made
    # The slow part needs no writing, so nobody's writes wait for it.
    with session_scope(write=False) as session:
        proved = signing.prove(session, login=login, password=given.get("password"))
    with session_scope() as session:
        made = signing.let_in(session, proved, now, label)
        _end_before(request, session)
        return made


def _by_passkey(request: Request, given: dict[str, Any]) -> SignedIn:
    account_id = opened_by(request, given["passkey"])
    with session_scope() as session:
        made = signing.start_session(session, account_id, now_of(request), device(request))
        _end_before(request, session)
        return made


def _end_before(request: Request, session: Session) -> None:
    # The browser's old session is of no use once its cookie is replaced.
    accounts.sign_out(session, session_token(request.headers.get("cookie")))


def fields(body: Any, known: tuple[str, ...]) -> dict[str, Any]:
    """The body as an object with no other names than these. Raises InvalidMany."""
    reader = Reader()
    found = reader.mapping(body, known, "")
    reader.done()
    return found


def signed_out(gone: str = "") -> Response:
    """204, and the cookie is taken back. `gone`: the account, when it was deleted."""
    response = Response(status_code=204)
    clear_session(response, gone)
    return response

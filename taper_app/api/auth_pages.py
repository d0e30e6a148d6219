"""Signing up, in and out as plain HTML forms: they work before the socket and without JavaScript."""

import threading
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from taper_app.api.body import Form
from taper_app.api.context import clear_session, now_of, patient, set_session
from taper_app.api.errors import Door, status_of
from taper_app.api.pages import LANG, page, words
from taper_app.api.proving import place_of
from taper_app.api.routes.accounts import guess, sign_up
from taper_app.data.engine import Clash, session_scope
from taper_app.domain.errors import InvalidMany, Refusal
from taper_app.services import accounts
from taper_app.services.cookies import session_token
from taper_app.services.tokens import hash_token
from taper_app.services.views import SignedIn
from taper_app.services.words import refusal_words
from taper_app.services.zones import zone_names
from taper_app.settings import settings

router = APIRouter(prefix="/auth")
HOME, WELCOME = "/", "/welcome"
DEFAULT_ZONE = "America/New_York"
# What a form shows again after a mistake: everything typed but secrets.
_KEPT = ("login", "display_name", "zone", "invite")
SHOWN = timedelta(minutes=30)

# Recovery codes between sign-up and "I have written it down", by session; only in memory.
_codes: dict[str, tuple[str, datetime]] = {}
_lock = threading.Lock()


@router.get("/sign-up")
def sign_up_form() -> Response:
    """The form for a new account."""
    return _form("sign_up.html", {}, None)


@router.post("/sign-up")
def post_sign_up(request: Request, form: Form) -> Response:
    """Make the account, then show the recovery code."""
    try:
        signed_in = sign_up(request, form)
    except Clash:
        return _form("sign_up.html", form, Door(409, "login_taken"))
    except Refusal as refusal:
        return _form("sign_up.html", form, refusal)
    return _with_code(request, signed_in)


@router.get("/sign-in")
def sign_in_form(request: Request) -> Response:
    """The form to sign in."""
    return _sign_in_form(request, {}, None)


@router.post("/sign-in")
async def post_sign_in(request: Request, form: Form) -> Response:
    """Sign in."""
    given = {"login": form.get("login"), "password": form.get("password")}
    try:
        signed_in = await guess(request, given)
    except Refusal as refusal:
        return _sign_in_form(request, form, refusal)
    response = _go(HOME)
    set_session(response, signed_in, now_of(request))
    return response


@router.get("/recover")
def recover_form() -> Response:
    """The form for a recovery code and a new password."""
    return _form("recover.html", {}, None)


@router.post("/recover")
async def post_recover(request: Request, form: Form) -> Response:
    """Set the new password, then show the new code."""
    given = {name: form.get(name, "") for name in ("login", "recovery_code", "new_password")}
    try:
        signed_in = await guess(request, given)
    except Refusal as refusal:
        return _form("recover.html", form, refusal)
    return _with_code(request, signed_in)


@router.get("/recovery-code")
def recovery_code(request: Request) -> Response:
    """The code to print, until "I have written it down"; for nobody whose session has ended."""
    with patient(request) as asking:
        token = asking.token
    with _lock:
        code, until = _codes.get(hash_token(token), ("", now_of(request)))
    if not code or now_of(request) >= until:
        return _go(HOME)
    return page("recovery_code.html", code=code)


@router.post("/recovery-code")
def post_recovery_code(request: Request) -> Response:
    """It is written down: forget it here."""
    token = session_token(request.headers.get("cookie"))
    with _lock:
        _codes.pop(hash_token(token or ""), None)
    return _go(HOME)


@router.get("/sign-out")
def sign_out_form() -> Response:
    """Asks: here, or everywhere."""
    return page("sign_out.html")


@router.post("/sign-out")
def post_sign_out(request: Request, form: Form) -> Response:
    """Sign out here, or with `everywhere` in every browser."""
    token = session_token(request.headers.get("cookie"))
    now = now_of(request)
    with session_scope() as session:
        actor = accounts.authenticate(session, token, now)
        if actor is not None and form.get("everywhere"):
            accounts.end_all_sessions(session, actor, now)
        else:
            accounts.sign_out(session, token, now)
    response = _go(WELCOME)
    clear_session(response)
    return response


def _sign_in_form(request: Request, typed: dict[str, str], refusal: Refusal | None) -> Response:
    return _form("sign_in.html", typed, refusal, passkeys_here=bool(place_of(request).host))


def _form(template: str, typed: dict[str, str], refusal: Refusal | None, **more: object) -> Response:
    """The form with what was typed and what is wrong, each beside its field."""
    errors: dict[str, str] = {}
    summary: list[dict[str, str]] = []
    if refusal is not None:
        for one in refusal.errors if isinstance(refusal, InvalidMany) else [refusal]:
            message = _message(one)
            field = one.field or ("login" if one.code == "login_taken" else "")
            if field not in errors:
                errors[field] = message
                summary.append({"id": field or "login", "message": message})
    values = {
        "typed": {name: typed.get(name, "") for name in _KEPT},
        "errors": errors,
        "summary": summary,
        "zones": _zones(),
        "default_zone": DEFAULT_ZONE,
        "signup": settings().signup,
    }
    return page(template, status_of(refusal) if refusal else 200, **values, **more)


def _message(refusal: Refusal) -> str:
    if refusal.code == "missing" and refusal.field:
        return words(f"auth.missing.{refusal.field}")
    return refusal_words(LANG, refusal)


def _with_code(request: Request, signed_in: SignedIn) -> Response:
    now = now_of(request)
    with _lock:
        for key in [key for key, (_, until) in _codes.items() if until <= now]:
            del _codes[key]
        _codes[hash_token(signed_in.token)] = (signed_in.recovery_code, now + SHOWN)
    response = _go("/auth/recovery-code")
    set_session(response, signed_in, now)
    return response


def _go(path: str) -> Response:
    return RedirectResponse(path, 303)


def _zones() -> list[str]:
    return [*sorted(name for name in zone_names() if "/" in name and not name.startswith("Etc/")), "UTC"]

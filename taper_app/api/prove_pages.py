"""Proving it again, and another password, as plain forms: a password never travels over the socket."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from taper_app.api.body import Form
from taper_app.api.context import patient
from taper_app.api.detours import safe_next
from taper_app.api.errors import status_of
from taper_app.api.pages import LANG, page, words
from taper_app.api.proving import place_of, prove_again, set_password
from taper_app.domain.errors import Refusal
from taper_app.services.errors import NotSignedIn, ProveAgain
from taper_app.services.passkeys import list_passkeys
from taper_app.services.words import refusal_words

router = APIRouter(prefix="/auth")
LIST = "/auth/signing-in"
SETTINGS = "/settings"


@router.get("/prove")
def prove_form(request: Request) -> Response:
    """The password once more, and where to go on."""
    return _prove(request, safe_next(request.query_params.get("next"), SETTINGS), None)


@router.post("/prove")
async def post_prove(request: Request, form: Form) -> Response:
    """Note the proof and go on; a file is handed over from a page that then says so."""
    onward = safe_next(form.get("next"), SETTINGS)
    try:
        await prove_again(request, {"password": form.get("password", "")})
    except NotSignedIn:
        raise
    except Refusal as refusal:
        return await run_in_threadpool(_prove, request, onward, refusal)
    return RedirectResponse(ready(onward), 303)


@router.get("/ready")
def file_is_ready(request: Request) -> Response:
    """The file comes by itself from this page, which stays."""
    file = safe_next(request.query_params.get("file"), "")
    if not file.startswith("/api/"):
        return RedirectResponse(SETTINGS, 303)
    with patient(request, fresh=True):
        return page("ready.html", file=file)


@router.get("/password")
def password_form(request: Request) -> Response:
    """A new password; the old one was just proved."""
    with patient(request, fresh=True):
        return _password(None)


@router.post("/password")
def post_password(request: Request, form: Form) -> Response:
    """Change it."""
    try:
        set_password(request, form.get("new_password", ""))
    except (NotSignedIn, ProveAgain):
        raise
    except Refusal as refusal:
        return _password(refusal)
    return RedirectResponse(LIST, 303)


def ready(onward: str) -> str:
    """The page to go on to: a file is fetched from one of our own."""
    return f"/auth/ready?file={quote(onward, safe='')}" if onward.startswith("/api/") else onward


def _prove(request: Request, onward: str, refusal: Refusal | None) -> Response:
    with patient(request) as asking:
        has_passkeys = bool(place_of(request).host) and bool(list_passkeys(asking.session, asking.actor))
    return page(
        "prove.html",
        status_of(refusal) if refusal else 200,
        onward=onward,
        after=ready(onward),
        has_passkeys=has_passkeys,
        **_wrong(refusal, "password"),
    )


def _password(refusal: Refusal | None) -> Response:
    return page("password.html", status_of(refusal) if refusal else 200, **_wrong(refusal, "new_password"))


def _wrong(refusal: Refusal | None, field: str) -> dict[str, Any]:
    if refusal is None:
        return {"errors": {}, "summary": []}
    message = words(f"auth.missing.{field}") if refusal.code == "missing" else refusal_words(LANG, refusal)
    return {"errors": {field: message}, "summary": [{"id": field, "message": message}]}

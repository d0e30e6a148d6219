"""Signing in, as plain pages: what opens the account and where it is open, each matter on a page of its own."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from babel.dates import format_datetime, get_timezone
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from taper_app.api.body import Form
from taper_app.api.context import Asking, patient
from taper_app.api.pages import LANG, page
from taper_app.api.proving import place_of
from taper_app.content.loader import translate_n
from taper_app.domain.errors import InvalidMany
from taper_app.services import accounts, passkeys, recovery
from taper_app.services.errors import SessionMissing
from taper_app.services.views import PasskeyView
from taper_app.services.words import refusal_words

router = APIRouter(prefix="/auth")
LIST = "/auth/signing-in"


@router.get("/signing-in")
def signing_in(request: Request) -> Response:
    """Everything at one glance."""
    with patient(request) as asking:
        zone = accounts.get_account(asking.session, asking.actor).zone
        codes = recovery.count_codes(asking.session, asking.actor)
        return page(
            "signing_in.html",
            passkeys=[_passkey(one, zone) for one in passkeys.list_passkeys(asking.session, asking.actor)],
            passkeys_here=bool(place_of(request).host),
            codes_left=codes.left,
            codes_words=translate_n(LANG, "doors.codes.left", codes.left),
            codes_made=_day(codes.made_at, zone) if codes.made_at else "",
            sessions=_sessions(asking, zone),
        )


@router.post("/sessions")
def end_sessions(request: Request, form: Form) -> Response:
    """Sign another browser out, or all others: never held up by a proof, for it can be what keeps somebody safe."""
    with patient(request, write=True) as asking:
        if form.get("others"):
            recovery.end_other_sessions(asking.session, asking.actor, asking.token, asking.now)
        else:
            # Ended meanwhile: that is what was wanted.
            with suppress(SessionMissing):
                accounts.end_session(asking.session, asking.actor, form.get("id", ""), now=asking.now)
    return _list()


@router.get("/codes")
def codes_form(request: Request) -> Response:
    """What new codes are, and that the old ones end."""
    with patient(request, fresh=True):
        return page("codes.html", codes=[])


@router.post("/codes")
def post_codes(request: Request) -> Response:
    """Eight new codes, on the answer itself and nowhere else."""
    with patient(request, write=True, fresh=True) as asking:
        codes = recovery.make_codes(asking.session, asking.actor, asking.token, asking.now)
    return page("codes.html", codes=codes)


@router.get("/passkeys/new")
def new_passkey(request: Request) -> Response:
    """A name, and a button whose script lets the browser make one."""
    with patient(request, fresh=True):
        return page("new_passkey.html", passkeys_here=bool(place_of(request).host))


@router.get("/passkeys/{passkey_id}")
def one_passkey(request: Request, passkey_id: str) -> Response:
    """Its name, and taking it away."""
    with patient(request, fresh=True) as asking:
        return _one(asking, passkey_id)


@router.post("/passkeys/{passkey_id}")
def change_passkey(request: Request, passkey_id: str, form: Form) -> Response:
    """Another name, or with `remove` away with it."""
    try:
        with patient(request, write=True, fresh=True) as asking:
            if form.get("remove"):
                passkeys.remove_passkey(asking.session, asking.actor, asking.token, passkey_id, asking.now)
            else:
                passkeys.rename_passkey(asking.session, asking.actor, passkey_id, {"name": form.get("name", "")}, asking.now)
    except InvalidMany as refusal:
        with patient(request, fresh=True) as asking:
            return _one(asking, passkey_id, refusal_words(LANG, refusal.errors[0]))
    return _list()


def _one(asking: Asking, passkey_id: str, error: str = "") -> Response:
    found = next((one for one in passkeys.list_passkeys(asking.session, asking.actor) if one.id == passkey_id), None)
    if found is None:
        return _list()
    errors = {"name": error} if error else {}
    summary = [{"id": "name", "message": error}] if error else []
    return page("passkey.html", 422 if error else 200, id=found.id, name=found.name, errors=errors, summary=summary)


def _passkey(view: PasskeyView, zone: str) -> dict[str, Any]:
    used = _day(view.last_used_at, zone) if view.last_used_at else ""
    return {"id": view.id, "name": view.name, "made": _day(view.created_at, zone), "used": used}


def _sessions(asking: Asking, zone: str) -> list[dict[str, Any]]:
    found = accounts.list_sessions(asking.session, asking.actor, asking.now, asking.token)
    return [{"id": one.id, "label": one.label, "seen": _day(one.last_seen_at, zone), "current": one.current} for one in found]


def _list() -> Response:
    return RedirectResponse(LIST, 303)


def _day(instant: datetime, zone: str) -> str:
    return format_datetime(instant, "EEE d MMM", tzinfo=get_timezone(zone), locale=LANG)

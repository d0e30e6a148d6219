"""The doors of an account beside its password: proving it again, passkeys, recovery codes, another password."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api import shapes
from taper_app.api.body import Json
from taper_app.api.context import now_of, patient
from taper_app.api.proving import challenge_of, place_of, prove_again, set_password
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import NewPasskey, NewPassword, PasskeyName, Proof, takes
from taper_app.data.engine import session_scope
from taper_app.services import passkeys, recovery
from taper_app.services.cookies import door_cookie
from taper_app.services.passkeys import Asked
from taper_app.settings import settings

router = APIRouter(tags=["doors"])


@router.post("/sessions/prove", status_code=204, openapi_extra=takes(Proof))
async def prove(request: Request, body: Json) -> Response:
    """Prove again whose session this is, by the password or a passkey: it lasts ten minutes."""
    await prove_again(request, fields(body, ("password", "passkey")))
    return Response(status_code=204)


@router.post("/sessions/options")
def ask_to_enter(request: Request, response: Response) -> dict[str, Any]:
    """What a passkey is asked to sign, to sign in or to prove it again: good once, for five minutes, in this browser."""
    now = now_of(request)
    with session_scope() as session:
        asked = passkeys.ask_to_enter(session, place_of(request), now)
    return _asked(response, asked)


@router.get("/passkeys")
def list_passkeys(request: Request) -> dict[str, Any]:
    """The account's passkeys."""
    with patient(request) as asking:
        return {"passkeys": [shapes.passkey(one) for one in passkeys.list_passkeys(asking.session, asking.actor)]}


@router.post("/passkeys/options")
def ask_to_add(request: Request, response: Response) -> dict[str, Any]:
    """What a browser needs to make a passkey: good once, for five minutes, in this browser."""
    with patient(request, write=True, fresh=True) as asking:
        asked = passkeys.ask_to_add(asking.session, asking.actor, asking.token, place_of(request), asking.now)
    return _asked(response, asked)


@router.post("/passkeys", status_code=201, openapi_extra=takes(NewPasskey))
def add_passkey(request: Request, body: Json) -> dict[str, Any]:
    """Keep the passkey that the browser made."""
    with patient(request, fresh=True):
        # Before the challenge is used up.
        pass
    asked = challenge_of(request, "add")
    with patient(request, write=True, fresh=True) as asking:
        made = passkeys.add_passkey(asking.session, asking.actor, asking.token, asked, body, place_of(request), asking.now)
        return shapes.passkey(made)


@router.patch("/passkeys/{passkey_id}", openapi_extra=takes(PasskeyName))
def rename_passkey(request: Request, passkey_id: str, body: Json) -> dict[str, Any]:
    """Give a passkey another name."""
    with patient(request, write=True) as asking:
        return shapes.passkey(passkeys.rename_passkey(asking.session, asking.actor, passkey_id, body, asking.now))


@router.delete("/passkeys/{passkey_id}", status_code=204)
def remove_passkey(request: Request, passkey_id: str) -> Response:
    """Take a passkey away."""
    with patient(request, write=True, fresh=True) as asking:
        passkeys.remove_passkey(asking.session, asking.actor, asking.token, passkey_id, asking.now)
    return Response(status_code=204)


@router.get("/recovery-codes")
def count_codes(request: Request) -> dict[str, Any]:
    """How many recovery codes are left, and when the printed ones were made."""
    with patient(request) as asking:
        found = recovery.count_codes(asking.session, asking.actor)
        return {"left": found.left, "made_at": found.made_at.isoformat() if found.made_at else None}


@router.post("/recovery-codes", status_code=201)
def make_codes(request: Request) -> dict[str, Any]:
    """Eight new codes, shown this once; all from before end."""
    with patient(request, write=True, fresh=True) as asking:
        return {"codes": recovery.make_codes(asking.session, asking.actor, asking.token, asking.now)}


@router.put("/accounts/me/password", status_code=204, openapi_extra=takes(NewPassword))
def change_password(request: Request, body: Json) -> Response:
    """Put another password in place; every other session ends."""
    set_password(request, fields(body, ("new_password",)).get("new_password"))
    return Response(status_code=204)


def _asked(response: Response, asked: Asked) -> dict[str, Any]:
    response.set_cookie(
        door_cookie(),
        asked.token,
        max_age=int(passkeys.LASTS.total_seconds()),
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="strict",
    )
    return asked.options

"""Helpers: the patient's side, and the side of those who help."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api import shapes
from taper_app.api.body import Json
from taper_app.api.context import patient, public_url
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import CodeBody, Entries, HelperBody, takes
from taper_app.services import helpers, helping
from taper_app.services.shapes import instant

router = APIRouter(tags=["helpers"])


@router.post("/helpers", status_code=201, openapi_extra=takes(HelperBody))
def ask_helper(request: Request, body: Json) -> dict[str, Any]:
    """Ask somebody to help you enter. The code is shown this once, works once, and for 7 days."""
    with patient(request, write=True, fresh=True) as asking:
        made = helpers.ask_helper(asking.session, asking.actor, body, asking.now, base_url=public_url(request))
    return {**_helper(made.helper), "url": made.url, "code": made.code}


@router.get("/helpers")
def list_helpers(request: Request) -> dict[str, Any]:
    """Who helps, who offered to, who was asked."""
    with patient(request) as asking:
        return {"helpers": [_helper(one) for one in helpers.list_helpers(asking.session, asking.actor, asking.now)]}


@router.post("/helpers/{grant_id}/confirm")
def confirm_helper(request: Request, grant_id: str) -> dict[str, Any]:
    """Say yes to whoever took the code."""
    with patient(request, write=True, fresh=True) as asking:
        return _helper(helpers.confirm_helper(asking.session, asking.actor, grant_id, asking.now))


@router.delete("/helpers/{grant_id}", status_code=204)
def end_helper(request: Request, grant_id: str) -> Response:
    """End a helper, an offer or a code, at once."""
    with patient(request, write=True) as asking:
        helpers.end_helper(asking.session, asking.actor, grant_id, asking.now)
    return Response(status_code=204)


@router.post("/helping", status_code=201, openapi_extra=takes(CodeBody))
def take_code(request: Request, body: Json) -> dict[str, Any]:
    """Offer to help, with the code that somebody gave you. They are asked before anything opens."""
    given = fields(body, ("code",))
    with patient(request, write=True) as asking:
        return _helped(helpers.take_code(asking.session, asking.actor, given.get("code"), asking.now))


@router.get("/helping")
def list_helped(request: Request) -> dict[str, Any]:
    """Whom you help, each apart."""
    with patient(request) as asking:
        return {"people": [_helped(one) for one in helpers.list_helped(asking.session, asking.actor)]}


@router.delete("/helping/{helping_id}", status_code=204)
def stop_helping(request: Request, helping_id: str) -> Response:
    """Stop helping somebody, or take an offer back."""
    with patient(request, write=True) as asking:
        helpers.stop_helping(asking.session, asking.actor, helping_id, asking.now)
    return Response(status_code=204)


@router.get("/helping/{account_id}/today")
def helping_today(request: Request, account_id: str) -> dict[str, Any]:
    """What is due today where you help, and what was logged since yesterday."""
    with patient(request) as asking:
        return helping.helping_today(asking.session, asking.actor, account_id, asking.now)


@router.post("/helping/{account_id}/entries", openapi_extra=takes(Entries))
def post_entries(request: Request, account_id: str, body: Json) -> dict[str, Any]:
    """Enter for somebody whom you help: up to 500 entries, each with its own answer, all under your name."""
    given = fields(body, ("entries",))
    with patient(request, write=True) as asking:
        found = helping.record_for(asking.session, asking.actor, account_id, given.get("entries"), asking.now)
    return {"results": [shapes.entry_result(one) for one in found]}


def _helper(view: helpers.HelperView) -> dict[str, Any]:
    return {
        "id": view.id,
        "label": view.label,
        "kinds": list(view.kinds),
        "state": view.state,
        "name": view.name,
        "login": view.login,
        "since": instant(view.since),
        "expires_at": instant(view.expires_at),
    }


def _helped(view: helpers.HelpedView) -> dict[str, Any]:
    return {
        "id": view.grant_id,
        "name": view.name,
        "state": view.state,
        "account": view.account_id,
        "kinds": list(view.kinds),
    }

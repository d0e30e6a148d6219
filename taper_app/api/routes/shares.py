"""Shares: the patient's side, and the caregiver's."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api import shapes
from taper_app.api.body import Json
from taper_app.api.context import caregiver, now_of, patient, public_url, set_share
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import OpenBody, ShareBody, takes
from taper_app.data.engine import session_scope
from taper_app.services import shares
from taper_app.services.summary import shared_summary

router = APIRouter(tags=["shares"])


@router.post("/shares", status_code=201, openapi_extra=takes(ShareBody))
def create_share(request: Request, body: Json) -> dict[str, Any]:
    """Make a link. Its url is shown this once."""
    with patient(request, write=True) as asking:
        made = shares.create_share(asking.session, asking.actor, body, asking.now, base_url=public_url(request))
    return {**shapes.share(made.share), "url": made.url}


@router.get("/shares")
def list_shares(request: Request) -> dict[str, Any]:
    """Links that are open or have expired."""
    with patient(request) as asking:
        found = shares.list_shares(asking.session, asking.actor, asking.now)
        return {"shares": [shapes.share(one) for one in found]}


@router.post("/shares/open", status_code=204, openapi_extra=takes(OpenBody))
def open_share(request: Request, body: Json) -> Response:
    """The door: a link's token becomes a cookie."""
    given = fields(body, ("token", "pin"))
    now = now_of(request)
    with session_scope() as session:
        opened = shares.open_share(session, given.get("token"), now)
    response = Response(status_code=204)
    set_share(request, response, opened, now)
    return response


@router.patch("/shares/{share_id}", openapi_extra=takes(ShareBody))
def change_share(request: Request, share_id: str, body: Json) -> dict[str, Any]:
    """Change label, scopes or end; open pages follow at once."""
    with patient(request, write=True) as asking:
        return shapes.share(shares.change_share(asking.session, asking.actor, share_id, body, asking.now))


@router.delete("/shares/{share_id}", status_code=204)
def revoke_share(request: Request, share_id: str) -> Response:
    """End a link; open pages end at once."""
    with patient(request, write=True) as asking:
        shares.revoke_share(asking.session, asking.actor, share_id, asking.now)
    return Response(status_code=204)


@router.get("/shares/{share_id}/views")
def list_views(request: Request, share_id: str) -> dict[str, Any]:
    """Who looked when."""
    with patient(request) as asking:
        found = shares.list_views(asking.session, asking.actor, share_id)
        return {"views": [shapes.look(one) for one in found]}


@router.get("/shared/summary")
def get_summary(request: Request) -> dict[str, Any]:
    """Exactly what the scopes of the opened share allow; `?share=<id>` chooses where a browser has several open."""
    with caregiver(request) as (session, here, now):
        shares.note_look(session, here.token, now)
        return {"id": here.looking.actor.share_id, **shared_summary(session, here.looking, now)}

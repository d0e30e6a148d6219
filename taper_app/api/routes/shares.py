"""Shares: the patient's side, and the caregiver's."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from taper_app.api import limits, shapes
from taper_app.api.body import Json
from taper_app.api.context import now_of, patient, public_url, set_share
from taper_app.api.rounds import Rounds
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import OpenBody, ShareBody, ShareChange, takes
from taper_app.data.engine import Session, session_scope
from taper_app.services import shares
from taper_app.services.cookies import share_tokens
from taper_app.services.errors import PinWrong
from taper_app.services.people_here import choose
from taper_app.services.proving import require_fresh_to_widen
from taper_app.services.share_door import find_door, note_look, open_share, pin_fits, refuse_pin, take_try
from taper_app.services.summary import shared_summary

router = APIRouter(tags=["shares"])


@router.post("/shares", status_code=201, openapi_extra=takes(ShareBody))
def create_share(request: Request, body: Json) -> dict[str, Any]:
    """Make a link. Its url is shown this once."""
    pin_hash = _hash_pin(request, body)
    with patient(request, write=True, fresh=True) as asking:
        made = shares.create_share(asking.session, asking.actor, body, asking.now, base_url=public_url(request), pin_hash=pin_hash)
    return {**shapes.share(made.share), "url": made.url}


@router.post("/shares/preview", openapi_extra=takes(ShareBody))
def preview_new(request: Request, body: Json) -> dict[str, Any]:
    """What a link like this would show; nothing is made."""
    with patient(request) as asking:
        return shares.preview_new(asking.session, asking.actor, body, asking.now)


@router.get("/shares")
def list_shares(request: Request) -> dict[str, Any]:
    """Links that are open or have expired."""
    with patient(request) as asking:
        found = shares.list_shares(asking.session, asking.actor, asking.now)
        return {"shares": [shapes.share(one) for one in found]}


@router.post("/shares/open", status_code=204, openapi_extra=takes(OpenBody))
def post_open(request: Request, body: Json) -> Response:
    """The door: a link's token becomes a cookie."""
    given = fields(body, ("token", "pin"))
    token, pin, now = given.get("token"), given.get("pin"), now_of(request)
    limits.count_link(token)
    # In steps, so that no transaction waits while the PIN is compared, and a try is counted before it is known.
    with session_scope() as session:
        door = find_door(session, token, now)
        take_try(session, door, pin)
    if not pin_fits(door, pin):
        with session_scope() as session:
            refuse_pin(session, door, now)
        raise PinWrong(field="pin")
    with session_scope() as session:
        opened = open_share(session, token, now, door)
    response = Response(status_code=204)
    set_share(request, response, opened, now)
    return response


@router.patch("/shares/{share_id}", openapi_extra=takes(ShareChange))
def change_share(request: Request, share_id: str, body: Json) -> dict[str, Any]:
    """Change label, scopes or end; open pages follow at once."""
    pin_hash = _hash_pin(request, body)
    with patient(request, write=True) as asking:
        # What makes it narrower is never held up.
        require_fresh_to_widen(asking.session, asking.actor, asking.token, share_id, body, asking.now)
        return shapes.share(shares.change_share(asking.session, asking.actor, share_id, body, asking.now, pin_hash=pin_hash))


@router.post("/shares/{share_id}/rotate")
def rotate_share(request: Request, share_id: str) -> dict[str, Any]:
    """A new link; the one before ends at once. Its url is shown this once."""
    with patient(request, write=True, fresh=True) as asking:
        made = shares.rotate_share(asking.session, asking.actor, share_id, asking.now, base_url=public_url(request))
    return {**shapes.share(made.share), "url": made.url}


@router.get("/shares/{share_id}/preview")
def preview_share(request: Request, share_id: str) -> dict[str, Any]:
    """What this share shows now; it counts as nobody's look."""
    with patient(request) as asking:
        return shares.preview_share(asking.session, asking.actor, share_id, asking.now)


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


@router.get("/shared/summary", response_class=JSONResponse)
async def get_summary(request: Request) -> Response:
    """Exactly what the scopes of the opened share allow; `?share=<id>` chooses where a browser has several open."""
    return Response(await _summaries.look(request), media_type="application/json")


def _summary(request: Request, session: Session) -> bytes:
    """The summary as JSON, made once for all who look at a share in the same moment: a change wakes every open view at once."""
    now = now_of(request)
    here = choose(session, share_tokens(request.headers.get("cookie")), request.query_params.get("share"), now)
    note_look(session, here.token, now)
    made: dict[str, bytes] = session.info.setdefault("summaries", {})
    share_id = here.looking.actor.share_id
    if share_id not in made:
        made[share_id] = json.dumps({"id": share_id, **shared_summary(session, here.looking, now)}, ensure_ascii=False).encode()
    return made[share_id]


_summaries = Rounds(_summary)


def _hash_pin(request: Request, body: Any) -> str | None:
    """The PIN's hash, made before the transaction that keeps it; for nobody who is not signed in."""
    if not isinstance(body, dict) or not body.get("pin"):
        return None
    with patient(request):
        pass
    return shares.hash_pin(body)

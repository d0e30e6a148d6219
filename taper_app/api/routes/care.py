"""Words and alerts between a patient and caregivers, and the people whose shares a browser has open."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api.body import Json
from taper_app.api.context import caregiver, caregivers_of, keep_shares, now_of, patient
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import CareBody, ReplyBody, SayBody, SubscriptionBody, takes
from taper_app.data.engine import session_scope
from taper_app.services import care
from taper_app.services.errors import NotSignedIn, ShareMissing
from taper_app.services.people_here import close_here
from taper_app.services.pushing import public_key
from taper_app.services.shapes import instant

router = APIRouter(tags=["care"])


@router.get("/care")
def get_care(request: Request) -> dict[str, Any]:
    """What is chosen for each open share, and what the patient says now."""
    with patient(request) as asking:
        chosen = care.list_care(asking.session, asking.actor, asking.now)
        said = care.list_said(asking.session, asking.actor, asking.now)
    return {"shares": [_care(one) for one in chosen], "says": [_said(one) for one in said]}


@router.put("/shares/{share_id}/care", openapi_extra=takes(CareBody))
def put_care(request: Request, share_id: str, body: Json) -> dict[str, Any]:
    """Choose for one share whether words may be sent, and which alerts there are."""
    with patient(request, write=True) as asking:
        return _care(care.set_care(asking.session, asking.actor, share_id, body, asking.now))


@router.post("/care/messages", status_code=201, openapi_extra=takes(SayBody))
def say(request: Request, body: Json) -> dict[str, Any]:
    """Say "I'm OK" or "I need company" to all open shares, for a day."""
    given = fields(body, ("kind",))
    with patient(request, write=True) as asking:
        return _said(care.say(asking.session, asking.actor, given.get("kind"), asking.now))


@router.delete("/care/messages", status_code=204)
def unsay(request: Request) -> Response:
    """Take back what was said."""
    with patient(request, write=True) as asking:
        care.unsay(asking.session, asking.actor, asking.now)
    return Response(status_code=204)


@router.get("/replies")
def list_replies(request: Request) -> dict[str, Any]:
    """Words that came, newest first."""
    with patient(request) as asking:
        found = care.list_replies(asking.session, asking.actor)
    names = ("id", "share_id", "label", "kind", "text")
    return {"replies": [{**{name: getattr(one, name) for name in names}, "at": instant(one.at)} for one in found]}


@router.delete("/replies/{reply_id}", status_code=204)
def clear_reply(request: Request, reply_id: str) -> Response:
    """Take one out."""
    with patient(request, write=True) as asking:
        care.clear_reply(asking.session, asking.actor, reply_id, asking.now)
    return Response(status_code=204)


@router.get("/shared/care")
def get_shared(request: Request) -> dict[str, Any]:
    """What a caregiver is told beside the summary, and the key to subscribe with."""
    with caregiver(request) as (session, here, now):
        found = care.shared_care(session, here.looking, now)
        return {**found, "key": public_key(), "here": care.is_subscribed(session, here.looking, here.token)}


@router.post("/shared/replies", status_code=204, openapi_extra=takes(ReplyBody))
def send_reply(request: Request, body: Json) -> Response:
    """A heart or a short word for the patient."""
    with caregiver(request, write=True) as (session, here, now):
        care.send_reply(session, here.looking, body, now)
    return Response(status_code=204)


@router.post("/shared/push", status_code=204, openapi_extra=takes(SubscriptionBody))
def subscribe(request: Request, body: Json) -> Response:
    """Send the alerts of this share to this browser."""
    with caregiver(request, write=True) as (session, here, now):
        care.subscribe(session, here.looking, here.token, body, now)
    return Response(status_code=204)


@router.delete("/shared/push", status_code=204)
def unsubscribe(request: Request) -> Response:
    """No more alerts of this share to this browser."""
    with caregiver(request, write=True) as (session, here, _):
        care.unsubscribe(session, here.token)
    return Response(status_code=204)


@router.get("/shared/people")
def list_people(request: Request) -> dict[str, Any]:
    """Whose shares this browser has open, the one opened last first."""
    with session_scope(write=False) as session:
        found = caregivers_of(session, request, now_of(request))
    if not found:
        raise NotSignedIn()
    return {
        "people": [
            {
                "id": one.looking.actor.share_id,
                "display_name": one.display_name,
                "label": one.looking.label,
                "expires_at": instant(one.looking.expires_at),
                "state": "open",
            }
            for one in found
        ]
    }


@router.delete("/shared/people/{share_id}", status_code=204)
def close_view(request: Request, share_id: str) -> Response:
    """This browser forgets one person; the others stay."""
    now = now_of(request)
    with session_scope() as session:
        found = caregivers_of(session, request, now)
        if not found:
            raise NotSignedIn()
        gone = next((one for one in found if one.looking.actor.share_id == share_id), None)
        if gone is None:
            raise ShareMissing()
        close_here(session, gone.token)
    response = Response(status_code=204)
    keep_shares(response, [one for one in found if one is not gone], now)
    return response


def _care(view: care.CareView) -> dict[str, Any]:
    alerts = {"flare": view.alerts.flare, "quiet_days": view.alerts.quiet_days, "company": view.alerts.company}
    names = ("share_id", "label", "sees_flares", "replies", "muted", "browsers")
    return {**{name: getattr(view, name) for name in names}, "alerts": alerts}


def _said(view: care.MessageView) -> dict[str, Any]:
    return {"kind": view.kind, "at": instant(view.at), "until": instant(view.until)}

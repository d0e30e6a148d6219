"""Reminders: when they ring, on which browsers, "later" and "done", and the calendar link."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api import shapes
from taper_app.api.body import Json, OptionalJson
from taper_app.api.context import patient, public_url
from taper_app.api.routes.accounts import fields
from taper_app.api.schemas import RemindersBody, RingBody, SubscriptionBody, takes
from taper_app.services import calendar, reminders, ringing, subscribing
from taper_app.services.errors import PushFailed
from taper_app.services.pushing import public_key, send
from taper_app.services.shapes import instant

router = APIRouter(tags=["reminders"])


@router.get("/reminders")
def get_reminders(request: Request) -> dict[str, Any]:
    """What is set."""
    with patient(request) as asking:
        return shapes.reminders(reminders.get_reminders(asking.session, asking.actor, asking.now))


@router.put("/reminders", openapi_extra=takes(RemindersBody))
def put_reminders(request: Request, body: Json) -> dict[str, Any]:
    """Set the whole list and the quiet hours."""
    with patient(request, write=True) as asking:
        return shapes.reminders(reminders.set_reminders(asking.session, asking.actor, body, asking.now))


@router.post("/reminders/later", openapi_extra=takes(RingBody))
def ring_later(request: Request, body: Json) -> dict[str, Any]:
    """Ring again in 15 minutes, at most three times, never in quiet hours."""
    given = fields(body, ("token",))
    with patient(request, write=True) as asking:
        return {"at": instant(ringing.snooze(asking.session, asking.actor, given.get("token"), asking.now))}


@router.post("/reminders/done", status_code=204, openapi_extra=takes(RingBody))
def ring_done(request: Request, body: Json) -> Response:
    """It was seen: it rings no more today. Nothing is logged by this."""
    given = fields(body, ("token",))
    with patient(request, write=True) as asking:
        ringing.acknowledge(asking.session, asking.actor, given.get("token"))
    return Response(status_code=204)


@router.get("/push/key")
def get_key(request: Request) -> dict[str, Any]:
    """The key to subscribe with, and whether this session's browser rings."""
    with patient(request) as asking:
        here = subscribing.is_subscribed(asking.session, asking.actor, asking.token, asking.now)
    return {"key": public_key(), "here": here}


@router.post("/push/subscriptions", status_code=204, openapi_extra=takes(SubscriptionBody))
def subscribe(request: Request, body: Json) -> Response:
    """Ring on this session's browser."""
    with patient(request, write=True) as asking:
        subscribing.subscribe(asking.session, asking.actor, asking.token, body, asking.now)
    return Response(status_code=204)


@router.delete("/push/subscriptions", status_code=204)
def unsubscribe(request: Request) -> Response:
    """Do not ring on this session's browser any more."""
    with patient(request, write=True) as asking:
        subscribing.unsubscribe(asking.session, asking.actor, asking.token, asking.now)
    return Response(status_code=204)


@router.post("/push/test", status_code=204)
def test_push(request: Request) -> Response:
    """Ring once on this session's browser, now."""
    with patient(request) as asking:
        push = subscribing.own_push(asking.session, asking.actor, asking.token, asking.now)
    # The network comes after the transaction.
    outcome = send(push)
    if outcome == "gone":
        with patient(request, write=True) as asking:
            subscribing.unsubscribe(asking.session, asking.actor, asking.token, asking.now)
    if outcome != "sent":
        raise PushFailed()
    return Response(status_code=204)


@router.post("/calendar", status_code=201)
def make_calendar(request: Request, body: OptionalJson) -> dict[str, Any]:
    """A new private calendar link, shown this once; the one before stops working."""
    fields(body, ())
    with patient(request, write=True, fresh=True) as asking:
        return {"url": calendar.make_feed(asking.session, asking.actor, asking.now, base_url=public_url(request))}


@router.delete("/calendar", status_code=204)
def end_calendar(request: Request) -> Response:
    """The calendar link stops working."""
    with patient(request, write=True) as asking:
        calendar.end_feed(asking.session, asking.actor, asking.now)
    return Response(status_code=204)

"""Plans, their ledgers, and their days."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from taper_app.api import shapes
from taper_app.api.body import Json
from taper_app.api.context import patient
from taper_app.api.schemas import Activation, HoldBody, OnBody, PlanBody, ResumeBody, RevisionBody, takes
from taper_app.domain.reading import Reader
from taper_app.services import ledger, plans
from taper_app.services.ledger import Preview
from taper_app.services.schedule import plan_schedule
from taper_app.services.shapes import day as day_shape

router = APIRouter(prefix="/plans", tags=["plans"])


@router.post("", status_code=201, openapi_extra=takes(PlanBody))
def create_plan(request: Request, body: Json) -> dict[str, Any]:
    """Keep a draft; blanks are fine."""
    with patient(request, write=True) as asking:
        return shapes.plan_saved(plans.create_plan(asking.session, asking.actor, body, asking.now))


@router.get("")
def list_plans(request: Request) -> dict[str, Any]:
    """Every plan, drafts and ended ones too."""
    with patient(request) as asking:
        found = plans.list_plans(asking.session, asking.actor, asking.now)
        return {"plans": [shapes.plan_line(one) for one in found]}


@router.get("/{plan_id}")
def get_plan(request: Request, plan_id: str) -> dict[str, Any]:
    """The plan as first written, and its ledger."""
    with patient(request) as asking:
        return shapes.plan(plans.get_plan(asking.session, asking.actor, plan_id, asking.now))


@router.put("/{plan_id}", openapi_extra=takes(PlanBody))
def replace_draft(request: Request, plan_id: str, body: Json) -> dict[str, Any]:
    """Put another text into a draft; 409 once it is active. The words it was read from are let go: the caller wrote every line."""
    with patient(request, write=True) as asking:
        view = plans.replace_draft(asking.session, asking.actor, plan_id, body, asking.now, whole=True)
        return shapes.plan_saved(view)


@router.delete("/{plan_id}", status_code=204)
def delete_draft(request: Request, plan_id: str) -> Response:
    """Take out a draft; 409 once it is active."""
    with patient(request, write=True) as asking:
        plans.delete_draft(asking.session, asking.actor, plan_id, asking.now)
    return Response(status_code=204)


@router.post("/{plan_id}/activate", openapi_extra=takes(Activation))
def activate_plan(request: Request, plan_id: str, body: Json) -> dict[str, Any]:
    """The draft becomes the plan; 422 names each blank."""
    with patient(request, write=True) as asking:
        view = plans.activate_plan(asking.session, asking.actor, plan_id, body, asking.now)
        return shapes.plan_saved(view)


@router.post("/{plan_id}/holds", status_code=201, openapi_extra=takes(HoldBody))
def hold_plan(request: Request, response: Response, plan_id: str, body: Json) -> dict[str, Any]:
    """Stay at the step in force."""
    return _event(request, response, ledger.hold_plan, plan_id, body)


@router.post("/{plan_id}/resume", openapi_extra=takes(ResumeBody))
def resume_plan(request: Request, response: Response, plan_id: str, body: Json) -> dict[str, Any]:
    """Go on after a hold."""
    return _event(request, response, ledger.resume_plan, plan_id, body)


@router.post("/{plan_id}/revisions", status_code=201, openapi_extra=takes(RevisionBody))
def revise_plan(request: Request, response: Response, plan_id: str, body: Json) -> dict[str, Any]:
    """A new plan from a day on."""
    return _event(request, response, ledger.revise_plan, plan_id, body)


@router.post("/{plan_id}/start-step", openapi_extra=takes(OnBody))
def start_step(request: Request, response: Response, plan_id: str, body: Json) -> dict[str, Any]:
    """The next undated step starts."""
    return _event(request, response, ledger.start_step, plan_id, body)


@router.post("/{plan_id}/close", openapi_extra=takes(OnBody))
def close_plan(request: Request, response: Response, plan_id: str, body: Json) -> dict[str, Any]:
    """The plan is over from a day on."""
    return _event(request, response, ledger.close_plan, plan_id, body)


@router.get("/{plan_id}/schedule")
def get_schedule(
    request: Request,
    plan_id: str,
    first: Annotated[str | None, Query(alias="from", description="YYYY-MM-DD")] = None,
    last: Annotated[str | None, Query(alias="to", description="at most 800 days")] = None,
) -> dict[str, Any]:
    """Every day of a window, each as a row."""
    reader = Reader()
    start, end = reader.day(first, "from", need=True), reader.day(last, "to", need=True)
    with patient(request) as asking:
        reader.done()
        assert start is not None and end is not None
        found = plan_schedule(asking.session, asking.actor, plan_id, start, end)
        return {"days": [day_shape(one) for one in found]}


def _event(request: Request, response: Response, record: Callable[..., Preview], plan_id: str, body: Any) -> dict[str, Any]:
    """Record an event, or with `preview` read it back only: then the answer is always 200."""
    reader = Reader()
    preview = isinstance(body, dict) and reader.truth(body.get("preview"), "preview")
    rest = {name: one for name, one in body.items() if name != "preview"} if isinstance(body, dict) else body
    with patient(request, write=not preview) as asking:
        reader.done()
        view = record(asking.session, asking.actor, plan_id, rest, asking.now, preview=preview)
    if preview:
        response.status_code = 200
    return shapes.preview(view)

"""Photos of the paper beside a plan."""

from typing import Any

from fastapi import APIRouter, Request, Response

from taper_app.api.body import PHOTO_TYPES, Photo
from taper_app.api.context import patient
from taper_app.api.headers import JSON_POLICY
from taper_app.services import photos
from taper_app.services.photos import PhotoView
from taper_app.services.pictures import read_picture
from taper_app.services.shapes import instant

router = APIRouter(prefix="/plans/{plan_id}/photos", tags=["photos"])
_IMAGE = {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in PHOTO_TYPES}, "required": True}


@router.post("", status_code=201, openapi_extra={"requestBody": _IMAGE})
def add_photo(request: Request, plan_id: str, body: Photo) -> dict[str, Any]:
    """Keep a photo beside a plan: looked at, turned upright, and written anew without what else was in the file."""
    with patient(request) as asking:
        photos.may_add(asking.session, asking.actor, plan_id)
    # The slow part needs no transaction, so nobody waits for it.
    picture = read_picture(body)
    with patient(request, write=True) as asking:
        return _shape(photos.add_photo(asking.session, asking.actor, plan_id, picture, asking.now))


@router.get("")
def list_photos(request: Request, plan_id: str) -> dict[str, Any]:
    """The photos beside a plan."""
    with patient(request) as asking:
        return {"photos": [_shape(one) for one in photos.list_photos(asking.session, asking.actor, plan_id)]}


@router.get("/{photo_id}")
def get_photo(request: Request, plan_id: str, photo_id: str) -> Response:
    """The picture."""
    with patient(request) as asking:
        media_type, body = photos.photo_body(asking.session, asking.actor, plan_id, photo_id)
    # Opened by itself it is a picture and nothing that could run.
    return Response(body, media_type=media_type, headers={"Content-Security-Policy": f"sandbox; {JSON_POLICY}"})


@router.delete("/{photo_id}", status_code=204)
def remove_photo(request: Request, plan_id: str, photo_id: str) -> Response:
    """Take a photo away for good."""
    with patient(request, write=True) as asking:
        photos.remove_photo(asking.session, asking.actor, plan_id, photo_id)
    return Response(status_code=204)


def _shape(one: PhotoView) -> dict[str, Any]:
    return {"id": one.id, "width": one.width, "height": one.height, "at": instant(one.created_at)}

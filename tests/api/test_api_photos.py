"""Photos beside a plan over HTTP: in, seen, in the export, and gone."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from tests.api.phone import signed_up
from tests.services.pictures import bomb, photo, with_gps
from tests.services.world import counts, plan_body

PNG = {"content-type": "image/png"}


@pytest.fixture
def ana() -> Any:
    """A patient."""
    return signed_up("ana")


@pytest.fixture
def path(ana: Any) -> str:
    """The photos of a draft of hers."""
    return f"/api/v1/plans/{ana.post('/api/v1/plans', json=plan_body()).json()['id']}/photos"


def test_a_photo_stands_beside_its_plan(ana: Any, path: str) -> None:
    """It is listed with its size, shown to its owner only as a picture, and can be taken away."""
    made = ana.post(path, content=with_gps(), headers={"content-type": "image/jpeg"})
    assert (made.status_code, made.json()["width"], made.json()["height"]) == (201, 40, 60)
    assert ana.get(path).json() == {"photos": [made.json()]}
    shown = ana.get(f"{path}/{made.json()['id']}")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert Image.open(io.BytesIO(shown.content)).size == (40, 60)
    assert b"CANARY" not in shown.content
    assert ana.delete(f"{path}/{made.json()['id']}").status_code == 204
    assert ana.get(path).json() == {"photos": []}
    assert (ana.get(f"{path}/{made.json()['id']}").status_code, counts()["plan_photo"]) == (404, 0)


def test_a_photo_is_in_the_export(ana: Any, path: str) -> None:
    """The file that is taken along has the picture."""
    ana.post(path, content=photo(), headers=PNG)
    (plan,) = ana.get("/api/v1/export").json()["plans"]
    (found,) = plan["photos"]
    assert Image.open(io.BytesIO(base64.b64decode(found["base64"]))).size == (found["width"], found["height"]) == (60, 40)


def test_a_photo_goes_with_its_draft(ana: Any, path: str) -> None:
    """A draft that is deleted leaves no photo behind."""
    ana.post(path, content=photo(), headers=PNG)
    assert ana.delete(path.removesuffix("/photos")).status_code == 204
    assert counts()["plan_photo"] == 0


def test_a_photo_is_found_under_its_own_plan_only(ana: Any, path: str) -> None:
    """Under another plan of the same person it is not there."""
    made = ana.post(path, content=photo(), headers=PNG).json()["id"]
    other = ana.post("/api/v1/plans", json=plan_body()).json()["id"]
    for method in ("GET", "DELETE"):
        answer = ana.request(method, f"/api/v1/plans/{other}/photos/{made}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "photo_not_found")
    assert ana.get(f"{path}/%00").status_code == 404


@pytest.mark.parametrize(
    ("raw", "kind", "status", "code"),
    [
        (photo(), "image/svg+xml", 415, "wrong_photo_type"),
        (photo(), "", 415, "wrong_photo_type"),
        (photo(), "multipart/form-data", 415, "wrong_photo_type"),
        (b"<svg/>", "image/png", 422, "not_a_picture"),
        (photo(kind="GIF"), "image/jpeg", 422, "not_a_picture"),
        (photo((300, 300))[:150], "image/png", 422, "not_a_picture"),
        (b"", "image/png", 422, "not_a_picture"),
        (bomb(), "image/png", 422, "picture_too_large"),
        (b"\xff\xd8" * (25 * 1024 * 1024), "image/jpeg", 413, "too_large"),
    ],
    ids=["svg", "no-type", "form", "svg-as-png", "gif", "cut", "empty", "bomb", "50MB"],
)
def test_bad_pictures_are_refused_by_name(ana: Any, path: str, raw: bytes, kind: str, status: int, code: str) -> None:
    """A clear code, in words, and nothing is kept."""
    answer = ana.post(path, content=raw, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]
    assert counts()["plan_photo"] == 0


def test_a_large_body_without_a_length_stops_at_the_limit(ana: Any, path: str) -> None:
    """Eight megabytes are read, and no more, also when nobody said how many come."""

    def parts() -> Any:
        for _ in range(50):
            yield b"\xff" * (1024 * 1024)

    assert ana.post(path, content=parts(), headers=PNG).status_code == 413


def test_a_plan_has_six_photos_and_an_account_twenty_four(ana: Any) -> None:
    """One more is 409 with words that say what to do."""
    plans = [ana.post("/api/v1/plans", json=plan_body()).json()["id"] for _ in range(5)]
    for plan in plans[:4]:
        for _ in range(6):
            assert ana.post(f"/api/v1/plans/{plan}/photos", content=photo(), headers=PNG).status_code == 201
    seventh = ana.post(f"/api/v1/plans/{plans[0]}/photos", content=photo(), headers=PNG)
    assert (seventh.status_code, seventh.json()["error"]["code"]) == (409, "too_many_photos")
    last = ana.post(f"/api/v1/plans/{plans[4]}/photos", content=photo(), headers=PNG)
    assert (last.status_code, last.json()["error"]["code"]) == (409, "too_many_photos_in_all")


def test_photos_stay_when_a_draft_becomes_active(ana: Any, path: str) -> None:
    """The paper still stands beside the plan once it counts."""
    ana.post(path, content=photo(), headers=PNG)
    plan = path.removesuffix("/photos")
    assert ana.post(f"{plan}/activate", json={"confirmed_with_prescriber": True}).status_code == 200
    assert len(ana.get(path).json()["photos"]) == 1

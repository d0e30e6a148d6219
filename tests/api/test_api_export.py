"""The export over HTTP: three formats, each a file."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tests.api.phone import signed_up
from tests.services.world import flare, plan_body


@pytest.fixture
def ana() -> Any:
    """A patient with a plan and a flare."""
    found = signed_up("ana")
    assert found.post("/api/v1/plans", json=plan_body()).status_code == 201
    assert found.post("/api/v1/entries", json={"entries": [flare(1, note="Zoë")]}).status_code == 200
    return found


@pytest.mark.parametrize(
    ("query", "name", "kind"),
    [
        ("", "taper-2026-11-23.json", "application/json"),
        ("?format=json", "taper-2026-11-23.json", "application/json"),
        ("?format=csv", "taper-2026-11-23.zip", "application/zip"),
        ("?format=fhir", "taper-2026-11-23.fhir.json", "application/fhir+json"),
    ],
)
def test_each_format_is_a_file_with_a_name(ana: Any, query: str, name: str, kind: str) -> None:
    """It is saved, not shown, under a name with its day, and no cache keeps it."""
    answer = ana.get(f"/api/v1/export{query}")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"


def test_all_three_hold_the_same_log(ana: Any) -> None:
    """What was typed is in each of them."""
    assert "Zoë" in ana.get("/api/v1/export").json()["entries"][0]["data"]["note"]
    assert "Zoë" in json.dumps(ana.get("/api/v1/export?format=fhir").json(), ensure_ascii=False)
    with zipfile.ZipFile(io.BytesIO(ana.get("/api/v1/export?format=csv").content)) as pack:
        assert "Zoë" in pack.read("flares.csv").decode("utf-8-sig")

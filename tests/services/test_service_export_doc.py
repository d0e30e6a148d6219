"""docs/export.md is held to the code: nothing is in a file that the page does not name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripts.demo import fill
from taper_app.data.engine import session_scope
from taper_app.data.repositories import accounts, sources
from taper_app.data.tables import PlanSource
from taper_app.domain.access import Patient
from taper_app.domain.drafting import Drafted, Question, SourceLine, to_json
from taper_app.services import csv_log, csv_plans, photos, reminders
from taper_app.services.entry_reading import _FIELDS
from taper_app.services.export import VERSION, export_account
from taper_app.services.fhir_out import export_fhir
from taper_app.services.pictures import Picture
from tests.services.full import Full
from tests.services.world import NOW, asking

PAGE = (Path(__file__).parents[2] / "docs/export.md").read_text()
NAMED = set(re.findall(r"`([\w.-]+)`", PAGE))


def keys(value: Any) -> Iterator[str]:
    """Every key of a JSON value, however deep."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


def rich_export(login: str = "ana") -> dict[str, Any]:
    """The export of an account with everything, a photo and the words of a plan among it."""
    full = Full(login)
    with asking() as (session, now):
        body = json.dumps(to_json(Drafted({}, (SourceLine(1, "x"),), (Question("c", 1, None, "x"),))))
        source = PlanSource(account_id=full.ana.id, plan_id=full.draft, kind="text", body=body, confirmed="[1]", created_at=now)
        sources.add(session, source)
        photos.add_photo(session, full.ana.actor, full.plan, Picture(b"jpeg", 2, 1), now)
        reminders.set_reminders(session, full.ana.actor, {"reminders": [{"kind": "dose", "at": "08:00"}]}, now)
        return export_account(session, full.ana.actor, now)


def demo_exports() -> Iterator[dict[str, Any]]:
    """The exports of the demo's people."""
    now = datetime(2026, 11, 23, 22, tzinfo=UTC)
    demo = fill(now)
    with session_scope() as session:
        for login in demo.logins:
            account = accounts.by_login(session, login)
            assert account is not None
            yield export_account(session, Patient(account.id), now)


def test_every_key_of_the_json_is_on_the_page() -> None:
    """A key that a demo person's export or an account with everything has is described."""
    found = {key for export in demo_exports() for key in keys(export)} | set(keys(rich_export("cleo")))
    assert found - NAMED == set()
    assert f"`version` is {VERSION}." in PAGE


def test_every_field_of_every_kind_is_on_the_page() -> None:
    """What an entry may hold is listed with its kind."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    rows = {kind: line for line in lines for kind in re.findall(r"`(\w+)`", line.split("|")[1])}
    for kind, fields in _FIELDS.items():
        assert set(fields) <= set(re.findall(r"`(\w+)`", rows[kind])), kind


@pytest.mark.parametrize("file", [*csv_log.TABLES, "plans", "plan_events"])
def test_every_column_is_on_the_page(file: str) -> None:
    """Files and columns are named, in the order in which they stand."""
    columns = {"plans": csv_plans.PLANS, "plan_events": csv_plans.EVENTS}.get(file) or csv_log.columns(file)
    (line,) = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{file}.csv`" in line]
    told = [name for name in re.findall(r"`(\w+)`", line) if name in columns]
    # "..." and "as above" stand for the moments.
    own = [name for name in columns if "..." not in line.split("|")[2] or name not in csv_log._WHEN]
    own = [name for name in own if "as above" not in line or name not in csv_log._WHEN[1:-1]]
    assert list(dict.fromkeys(told)) == own


def test_every_fhir_resource_is_on_the_page() -> None:
    """Each kind of resource in a bundle is described."""
    full = Full()
    with asking() as (session, now):
        bundle = export_fhir(session, full.ana.actor, now)
    assert {one["resource"]["resourceType"] for one in bundle["entry"]} <= NAMED


def test_what_stands_beside_a_plan_is_in_the_json() -> None:
    """The words a draft was read from and a plan's photos are where they belong, and nowhere else."""
    found = rich_export()
    plans = {("source" in plan, "photos" in plan) for plan in found["plans"]}
    assert plans == {(True, False), (False, True), (False, False)}
    (photo,) = [photo for plan in found["plans"] for photo in plan.get("photos", [])]
    assert (photo["base64"], photo["width"], photo["at"]) == ("anBlZw==", 2, NOW.isoformat().replace("+00:00", "Z"))
    (source,) = [plan["source"] for plan in found["plans"] if "source" in plan]
    assert (source["kind"], source["confirmed"], source["lines"][0]["words"]) == ("text", [1], "x")

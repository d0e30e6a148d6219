"""Who wrote an entry goes along in every file, and comes back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.errors import InvalidMany
from taper_app.services import helpers, helping
from taper_app.services.csv_out import export_csv
from taper_app.services.entries import list_entries
from taper_app.services.export import export_account
from taper_app.services.fhir_out import export_fhir
from taper_app.services.importing import keep_import, read_import
from tests.services.world import NOW, Person, active_plan, entry, flare, record, sign_up, uuid


@pytest.fixture
def ana() -> Person:
    """Ana, for whom Sam entered two of three; one of his she corrected."""
    ana, sam = sign_up("ana"), sign_up("sam")
    plan = active_plan(ana)
    with session_scope() as session:
        asked = helpers.ask_helper(session, ana.actor, {"label": "Sam"}, NOW)
        helpers.take_code(session, sam.actor, asked.code, NOW)
        helpers.confirm_helper(session, ana.actor, asked.helper.id, NOW)
        due = {"date": "2026-11-23", "at": "morning"}
        dose = entry(2, "dose", {"plan_id": plan, "due": due, "action": "taken", "amount": "60"})
        helping.record_for(session, sam.actor, ana.id, [flare(1), dose], NOW)
    record(ana, flare(3), entry(4, "flare", {"severity_now": 2}, changes=uuid(1)))
    return ana


def copy(ana: Person) -> dict[str, Any]:
    """The JSON of the account, as a file has it."""
    with session_scope(write=False) as session:
        found: dict[str, Any] = json.loads(json.dumps(export_account(session, ana.actor, NOW)))
    return found


def test_the_copy_brings_the_names_back(ana: Person) -> None:
    """In another account the entries say who wrote them, as before, and a second time nothing is new."""
    file, bea = copy(ana), sign_up("bea")
    for stored in (4, 0):
        with session_scope() as session:
            assert keep_import(session, bea.actor, read_import(file, NOW), NOW).entries == stored
    with session_scope(write=False) as session:
        told = {one.id: one.by and one.by.name for one in list_entries(session, bea.actor).entries}
    assert told == {uuid(1): "Sam", uuid(2): "Sam", uuid(3): None, uuid(4): None}
    assert copy(bea)["entries"] == file["entries"]


@pytest.mark.parametrize("by", [7, "Sam", [], {}, {"id": "x", "name": "Sam"}, {"id": uuid(9)}, {"id": uuid(9), "name": "S", "login": "s"}])
def test_a_writer_who_cannot_be_read_is_refused_by_place(ana: Person, by: object) -> None:
    """What stands for a writer in a file is an id and a name, or nothing."""
    file = copy(ana)
    file["entries"][0]["by"] = by
    with pytest.raises(InvalidMany) as refusal:
        read_import(file, NOW)
    assert all((one.field or "").startswith("entries.0.by") for one in refusal.value.errors)


def test_the_account_part_names_the_helpers(ana: Person) -> None:
    """Who was asked and who helps stand under the account, without a code."""
    (one,) = copy(ana)["account"]["helpers"]
    assert (one["label"], one["name"], one["login"], one["state"], one["ended_at"]) == ("Sam", "Sam", "sam", "helping", None)


def test_tables_have_a_column_for_it(ana: Person) -> None:
    """A row says who wrote it first; blank is the patient."""
    with session_scope(write=False) as session, zipfile.ZipFile(io.BytesIO(export_csv(session, ana.actor, NOW))) as pack:
        tables = {name: list(csv.DictReader(io.StringIO(pack.read(f"{name}.csv").decode("utf-8-sig")))) for name in ("flares", "doses")}
    assert {row["id"]: (row["by"], row["severity_now"]) for row in tables["flares"]} == {uuid(1): ("Sam", "2"), uuid(3): ("", "6")}
    assert [row["by"] for row in tables["doses"]] == ["Sam"]


def test_a_clinic_sees_whose_word_it_is(ana: Person) -> None:
    """A helper is a RelatedPerson of the patient, and the source of what they wrote; the bundle holds together."""
    models = pytest.importorskip("fhir.resources.R4B.bundle")
    with session_scope(write=False) as session:
        bundle = export_fhir(session, ana.actor, NOW)
    models.Bundle.model_validate(bundle)
    by_url = {one["fullUrl"]: one["resource"] for one in bundle["entry"]}
    (related,) = [one for one in by_url.values() if one["resourceType"] == "RelatedPerson"]
    assert (related["name"], by_url[related["patient"]["reference"]]["resourceType"]) == ([{"text": "Sam"}], "Patient")
    (dose,) = [one for one in by_url.values() if one["resourceType"] == "MedicationStatement"]
    assert by_url[dose["informationSource"]["reference"]] == related
    flares = [by_url[one["performer"][0]["reference"]]["resourceType"] for one in by_url.values() if one["resourceType"] == "Observation"]
    assert sorted(flares) == ["Patient", "RelatedPerson"]

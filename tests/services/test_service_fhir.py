"""FHIR: a valid R4 bundle in which every plan, dose and answer is found again, and nothing that nobody said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.amounts import parse_amount, show_amount
from taper_app.domain.facts import read_facts
from taper_app.services.fhir_out import export_fhir
from taper_app.services.fhir_parts import quantity
from taper_app.services.logs import standing
from tests.services.full import EVIL, Full
from tests.services.world import NOW, asking, plan_body, sign_up, uuid
from tests.services.world import draft as keep_draft


def bundle_of(person: Any, now: Any = NOW) -> dict[str, Any]:
    """A person's bundle, as it comes out of a file; R4 has no objection to it."""
    with asking(now) as (session, when):
        text = json.dumps(export_fhir(session, person.actor, when))
    Bundle.model_validate_json(text)
    found: dict[str, Any] = json.loads(text)
    return found


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Those of one kind, in order."""
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def of_entry(bundle: dict[str, Any], n: int) -> dict[str, Any]:
    """The resource of the n-th entry of the test."""
    known = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uuid(n)}"}
    (found,) = [one["resource"] for one in bundle["entry"] if known in one["resource"].get("identifier", [])]
    return found


@pytest.fixture
def full() -> Full:
    """An account with everything."""
    return Full()


@pytest.fixture
def bundle(full: Full) -> dict[str, Any]:
    """Its bundle."""
    return bundle_of(full.ana)


def plan(bundle: dict[str, Any], plan_id: str) -> list[dict[str, Any]]:
    """The requests of one plan, the first revision first."""
    return [one for one in resources(bundle, "MedicationRequest") if one["groupIdentifier"]["value"] == f"urn:uuid:{plan_id}"]


def test_every_reference_leads_to_something_in_the_bundle(bundle: dict[str, Any]) -> None:
    """Ids are there once, addresses are made of them, and nothing points outside."""
    urls = Counter(one["fullUrl"] for one in bundle["entry"])
    assert set(urls.values()) == {1}
    assert [one["fullUrl"] for one in bundle["entry"]] == [f"urn:uuid:{one['resource']['id']}" for one in bundle["entry"]]
    assert set(references(bundle)) <= set(urls)
    assert bundle["type"] == "collection"


def references(value: Any) -> Iterator[str]:
    """Every reference below a value."""
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def test_the_patient_is_a_name_and_nothing_else(bundle: dict[str, Any]) -> None:
    """Neither login nor people to call nor an address leaves with the bundle."""
    (patient,) = resources(bundle, "Patient")
    assert patient == {"resourceType": "Patient", "id": patient["id"], "name": [{"text": "Ana"}]}


def test_each_revision_is_a_request_with_one_dosage_a_step(full: Full, bundle: dict[str, Any]) -> None:
    """Lines for when it is needed stand beside their step under its number; each request says it orders nothing."""
    first, second = plan(bundle, full.plan)
    scheduled = [one for one in first["dosageInstruction"] if "asNeededCodeableConcept" not in one]
    assert [one["sequence"] for one in scheduled] == [1, 2, 3, 4, 5]
    assert [one["sequence"] for one in first["dosageInstruction"]] == [1, 1, 2, 3, 4, 5]
    assert [one["sequence"] for one in second["dosageInstruction"]] == [1]
    assert second["priorPrescription"]["reference"] == f"urn:uuid:{first['id']}"
    assert {one["intent"] for one in resources(bundle, "MedicationRequest")} == {"plan"}
    assert second["note"] == [{"text": "-slower"}, {"text": "The last step goes on"}]
    assert second["requester"] == {"display": "Dr. Osei"}


def test_equal_doses_have_an_amount_and_times(full: Full, bundle: dict[str, Any]) -> None:
    """The words, the days in force, the times and the one amount say the same."""
    dosage = plan(bundle, full.plan)[0]["dosageInstruction"][0]
    assert dosage["text"] == "7.5 mg 08:00 (0.5 x 15 mg), 7.5 mg 20:00 (half a tablet)"
    assert dosage["patientInstruction"] == "with food"
    assert dosage["timing"]["repeat"] == {
        "boundsPeriod": {"start": "2026-11-20", "end": "2026-11-24"},
        "frequency": 2, "period": 1, "periodUnit": "d", "timeOfDay": ["08:00:00", "20:00:00"],
    }  # fmt: skip
    assert dosage["doseAndRate"] == [{"doseQuantity": {"value": 7.5, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}]


def test_unequal_doses_have_words_and_times_and_no_amount(full: Full, bundle: dict[str, Any]) -> None:
    """No mean, no range and no sum is made of a day's doses; a step that never came has no days."""
    dosage = plan(bundle, full.plan)[0]["dosageInstruction"][2]
    assert dosage == {
        "sequence": 2,
        "text": "5 mg in the morning, 7.5 mg at bedtime. Until 9 Dec",
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["MORN", "HS"]}},
    }


def test_what_fhir_cannot_say_is_said_in_words_only(full: Full, bundle: dict[str, Any]) -> None:
    """A cycle, clock times beside parts of the day, and a step without a date are not forced into a structure."""
    cycle, mixed, undated = plan(bundle, full.plan)[0]["dosageInstruction"][3:]
    assert cycle == {"sequence": 3, "text": "Day 1: 5 mg 08:00; Day 2: 2.5 mg 08:00; Day 3: No dose"}
    assert "timing" not in mixed
    assert mixed["text"] == "2.5 mg 08:00, 2.5 mg at bedtime. Every 2 days"
    assert undated["text"] == "2.5 mg 08:00. Starts when the box is empty"
    assert "boundsPeriod" not in undated["timing"]["repeat"]


def test_medicine_for_when_it_is_needed_is_never_due(full: Full, bundle: dict[str, Any]) -> None:
    """It has its own dosage, as written, with its limit counted in doses."""
    needed = plan(bundle, full.plan)[0]["dosageInstruction"][1]
    assert (needed["text"], needed["asNeededCodeableConcept"]) == ("1 when needed", {"text": "pain"})
    assert needed["maxDosePerPeriod"]["numerator"] == {"value": 2, "unit": "dose"}
    assert needed["maxDosePerPeriod"]["denominator"]["value"] == 24
    assert "timeOfDay" not in needed["timing"]["repeat"]


def test_a_patch_has_a_rate(full: Full, bundle: dict[str, Any]) -> None:
    """Micrograms an hour are a rate, in UCUM's spelling, every third day."""
    (request,) = plan(bundle, full.patch)
    (dosage,) = request["dosageInstruction"]
    assert dosage["doseAndRate"][0]["rateQuantity"]["code"] == "ug/h"
    assert dosage["timing"]["repeat"]["period"] == 3
    # It is on hold: there is no last day yet.
    assert dosage["timing"]["repeat"]["boundsPeriod"] == {"start": "2026-11-20"}


def test_the_status_is_what_the_ledger_says(full: Full, bundle: dict[str, Any]) -> None:
    """Draft, held, closed, taken over by a revision, and in force are told apart."""
    ids = (full.plan, full.patch, full.closed, full.draft)
    found = [[one["status"] for one in plan(bundle, id)] for id in ids]
    assert found == [["active", "active"], ["on-hold"], ["stopped"], ["draft"]]
    later = bundle_of(full.ana, NOW.replace(day=26))
    assert [one["status"] for one in plan(later, full.plan)] == ["stopped", "active"]


def test_a_draft_without_a_name_says_that_it_is_not_known() -> None:
    """A blank stays a blank, and the bundle stays valid."""
    ana = sign_up()
    keep_draft(ana, {"steps": []})
    keep_draft(ana, plan_body())
    bundle = bundle_of(ana)
    nameless, named = sorted(resources(bundle, "MedicationRequest"), key=lambda one: "text" in one["medicationCodeableConcept"])
    assert nameless["medicationCodeableConcept"]["extension"][0]["valueCode"] == "unknown"
    assert (named["status"], named["note"]) == ("draft", [{"text": "Review on 2026-12-19"}])


def test_a_logged_dose_is_what_the_patient_says(full: Full, bundle: dict[str, Any]) -> None:
    """Taken and skipped doses are statements of the patient, and what nobody logged is nothing."""
    taken, skipped, other = (of_entry(bundle, n) for n in (1, 2, 3))
    assert len(resources(bundle, "MedicationStatement")) == 3
    assert (taken["status"], taken["effectiveDateTime"]) == ("completed", "2026-11-23T10:00:00-05:00")
    assert taken["dosage"][0]["doseAndRate"][0]["doseQuantity"]["value"] == 7.5
    assert taken["dosage"][0]["text"] == "For 2026-11-23, 08:00"
    assert (skipped["status"], "doseAndRate" in skipped["dosage"][0], skipped["note"]) == ("not-taken", False, [{"text": "@home"}])
    assert (other["status"], other["effectiveDateTime"]) == ("completed", "2026-11-22T04:00:00-05:00")
    assert {one["informationSource"]["reference"] for one in (taken, skipped, other)} == {bundle["entry"][0]["fullUrl"]}
    assert taken["basedOn"] == [{"reference": f"urn:uuid:{plan(bundle, full.plan)[0]['id']}"}]


def test_a_patch_taken_off_is_no_dose(bundle: dict[str, Any]) -> None:
    """It is an observation, so nobody counts it as a dose."""
    assert of_entry(bundle, 4)["code"] == {"text": "Patch taken off"}


def test_pain_has_the_one_code_that_is_certain(bundle: dict[str, Any]) -> None:
    """LOINC 72514-3 with the unit {score} is on the pain of check-ins and flares that have a number, and on nothing else."""
    coded = [one for one in resources(bundle, "Observation") if "coding" in one["code"]]
    assert [(one["code"]["coding"][0]["code"], one["valueQuantity"]["value"]) for one in coded] == [("72514-3", 6), ("72514-3", 4)]
    assert coded[0]["valueQuantity"] == {"value": 6, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"}
    assert not [part for one in resources(bundle, "Observation") for part in one.get("component", []) if "coding" in part["code"]]


def test_a_flare_has_its_time_place_and_worst(bundle: dict[str, Any]) -> None:
    """With its offset, in the words a person taps, and own words as they are."""
    flare, old = of_entry(bundle, 5), of_entry(bundle, 7)
    assert flare["effectivePeriod"] == {"start": "2026-11-23T07:00:00-05:00", "end": "2026-11-23T09:00:00-05:00"}
    assert flare["bodySite"] == {"text": "Lower back, -left; knee"}
    parts = {part["code"]["text"]: part for part in flare["component"]}
    assert parts["Worst pain of the flare, 0 to 10"]["valueQuantity"]["value"] == 8
    assert parts["What helped a little"]["valueString"] == "Yoga"
    assert old["effectivePeriod"] == {"start": "1905-01-01T00:00:00+00:00"}
    assert old["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def test_everything_else_is_an_answer_in_words(bundle: dict[str, Any]) -> None:
    """A zero is an answer, a blank is none, and a check-in without pain is no pain rating."""
    assert [part["valueQuantity"]["value"] for part in of_entry(bundle, 8)["component"][:3]] == [6, 0, 3]
    assert "valueQuantity" not in of_entry(bundle, 9) and "dataAbsentReason" not in of_entry(bundle, 9)
    assert [part["valueQuantity"]["value"] for part in of_entry(bundle, 12)["component"]] == [5, 6, 7]
    assert "valueQuantity" not in of_entry(bundle, 12)
    assert of_entry(bundle, 13)["component"][-1]["valueQuantity"]["code"] == "min"
    assert of_entry(bundle, 14)["valueString"] == "The same"
    assert of_entry(bundle, 16)["valueString"] == EVIL
    assert of_entry(bundle, 19)["component"][0]["valueString"].endswith("gout")


def test_what_was_taken_out_is_not_in_it(bundle: dict[str, Any]) -> None:
    """A retracted entry leaves no trace in the bundle."""
    assert uuid(10) not in json.dumps(bundle)


def test_the_same_data_has_the_same_ids_and_others_have_others(full: Full, bundle: dict[str, Any]) -> None:
    """A clinic that reads twice finds the same things; two people never share an id."""
    assert bundle_of(full.ana) == bundle
    bea = bundle_of(sign_up("bea"))
    assert not {one["fullUrl"] for one in bea["entry"]} & {one["fullUrl"] for one in bundle["entry"]}


def test_the_bundle_agrees_with_the_facts(full: Full, bundle: dict[str, Any]) -> None:
    """Pain, its days, and the three weekly answers are those of the lens and the clinician's page."""
    with asking() as (session, _):
        records = standing(session, full.ana.id)
    facts, doses = read_facts(records), [one for one in records if one.kind == "dose"]
    seen = Counter(
        (one.get("effectiveDateTime", one.get("effectivePeriod", {}).get("start", ""))[:10], one["valueQuantity"]["value"])
        for one in resources(bundle, "Observation")
        if "coding" in one["code"]
    )
    told = [(one.day.isoformat(), one.pain) for one in facts.check_ins if one.pain is not None]
    told += [(one.day.isoformat(), one.now) for one in facts.flares if one.now is not None]
    assert seen == Counter(told)
    weekly = [one["component"] for one in resources(bundle, "Observation") if "PEG" in one["code"]["text"]]
    told_weekly = [[one.average, one.enjoyment, one.activity] for one in facts.pegs]
    assert [[part["valueQuantity"]["value"] for part in one] for one in weekly] == told_weekly
    assert len(resources(bundle, "MedicationStatement")) == sum(one.data["action"] != "removed" for one in doses)


@given(st.decimals("0.0001", "999999.9999", places=4))
def test_an_amount_comes_out_as_it_was_written(amount: Decimal) -> None:
    """Every figure of every amount that can be typed is in the JSON number."""
    written = json.dumps(quantity(amount, "mg")["value"])
    assert parse_amount(show_amount(Decimal(written))) == amount

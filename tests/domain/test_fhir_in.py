"""A prescription as FHIR becomes a draft: what is said exactly is read, everything else is blank and asked."""

from __future__ import annotations

import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.content.loader import catalog
from taper_app.domain.drafting import Drafted, to_json
from taper_app.domain.errors import InvalidMany
from taper_app.domain.fhir_in import read_fhir
from taper_app.domain.wire import plan_from_wire
from tests.domain.fhir import VERSIONS, Json, at, bundle, check, dosage, medication, quantity, refers, request
from tests.domain.fhir_cases import CASES


def read(resource: Json) -> Drafted:
    """The only draft of a resource; it is a plan that can be kept."""
    (drafted,) = read_fhir(resource)
    plan_from_wire(drafted.plan)
    return drafted


def codes(drafted: Drafted) -> list[str]:
    """What is asked, sorted."""
    return sorted(question.code for question in drafted.questions)


def brief(step: Json) -> Json:
    """A step without what says nothing."""
    found = {name: value for name, value in step.items() if value not in (None, [], 1)}
    if "doses" in found:
        found["doses"] = [(dose["at"], dose["amount"]) for dose in found["doses"]]
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", CASES)
def test_instructions(name: str, version: str) -> None:
    """Each way to say a dosage gives the same draft and the same questions in R4, R5 and STU3."""
    build, steps, asked = CASES[name]
    resource = request(version, *build(version))
    check(version, resource)
    drafted = read(resource)
    assert [brief(step) for step in drafted.plan["steps"]] == steps
    assert codes(drafted) == asked
    assert (drafted.plan["medication"]["name"], drafted.plan["ends"]) == ("Morphine sulfate", None)


def test_every_question_has_words() -> None:
    """Each code that is asked stands in the catalog, and its line stands in the source."""
    words = catalog("en")
    for build, _, _ in CASES.values():
        drafted = read(request("R4", *build("R4")))
        lines = {line.line for line in drafted.lines}
        for question in drafted.questions:
            assert f"import_fhir.{question.code}" in words
            assert question.line is None or question.line in lines


def test_each_line_stands_beside_its_words() -> None:
    """A line has the instruction's own words, or the JSON it came from; where it stands; and what was read from it."""
    resource = request("R4", dosage("R4", "30 mg at 8", at("08:00"), 30, sequence=1), dosage("R4", None, at("08:00"), 15, sequence=2))
    name, first, second = read(resource).lines
    assert (name.words, name.paths, name.pointer) == ("Morphine sulfate", ("medication.name",), "medicationCodeableConcept")
    assert (first.words, first.paths, first.pointer) == ("30 mg at 8", ("steps.0.doses.0",), "dosageInstruction[0]")
    assert (second.paths, second.pointer) == (("steps.1.doses.0",), "dosageInstruction[1]")
    assert '"timeOfDay": ["08:00:00"]' in second.words


def test_tablets_stay_as_the_label_says() -> None:
    """An amount in pieces is shown as it is written, and never turned into milligrams."""
    drafted = read(request("R4", dosage("R4", None, at("08:00"), {"value": 2, "unit": "tablets"})))
    assert drafted.plan["steps"][0]["doses"] == [{"at": "08:00", "amount": None, "volume": "2 tablets"}]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_medicine_of_a_bundle(version: str) -> None:
    """A reference is followed to its Medication, with form and strength; the prescriber to the name that stands there."""
    doctor = {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Osei", "prefix": ["Dr."]}]}
    who = {"reference": "Practitioner/d1"}
    asked = request(version, dosage(version, None, at("08:00"), 30), name=None, **refers(version, "Medication/m1"))
    asked["requester"] = {"agent": who} if version == "STU3" else who
    resource = bundle(medication(version, "Morphine 15 mg", "Tablet", 15), doctor, asked)
    check(version, resource)
    drafted = read(resource)
    strengths = [] if version == "STU3" else ["15"]  # there an ingredient has an amount of the product, not a strength
    assert drafted.plan["medication"] == {"name": "Morphine 15 mg", "form": "tablet", "unit": "mg", "strengths": strengths}
    assert drafted.plan["prescriber"] == "Dr. Osei"
    assert codes(drafted) == []
    assert drafted.lines[-1].pointer == "entry[2].resource.dosageInstruction[0]"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_medicine_inside(version: str) -> None:
    """A Medication that is contained is followed; a form that is none of ours stays blank."""
    inside = medication(version, "Morphine 15 mg", "Prolonged-release tablet", 15)
    resource = request(version, dosage(version, None, at("08:00"), 30), name=None, contained=[inside], **refers(version, "#m1"))
    check(version, resource)
    drafted = read(resource)
    assert (drafted.plan["medication"]["name"], drafted.plan["medication"]["form"]) == ("Morphine 15 mg", None)
    assert codes(drafted) == ["form_not_read"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_medicine_that_is_not_there(version: str) -> None:
    """A reference that leads nowhere gives the words that stand beside it, or a blank."""
    line = dosage(version, None, at("08:00"), 30)
    shown = read(request(version, line, name=None, **refers(version, "Medication/none", "Morphine")))
    blank = read(request(version, line, name=None, **refers(version, "Medication/none")))
    assert (shown.plan["medication"]["name"], codes(shown)) == ("Morphine", [])
    assert (blank.plan["medication"]["name"], codes(blank)) == (None, ["no_medicine"])


@pytest.mark.parametrize("version", VERSIONS)
def test_one_draft_for_each_medicine(version: str) -> None:
    """Two medicines in a Bundle are two drafts; two prescriptions of one are one, and it is asked."""
    first = request(version, dosage(version, None, at("08:00", start="2026-12-15"), 15))
    second = request(version, dosage(version, None, at("08:00", start="2026-12-01"), 30))
    other = request(version, dosage(version, None, at("08:00"), 5), name="Oxycodone")
    resource = bundle(first, other, second)
    check(version, resource)
    morphine, oxycodone = read_fhir(resource)
    assert [step["starts_on"] for step in morphine.plan["steps"]] == ["2026-12-01", "2026-12-15"]
    assert codes(morphine) == ["several_prescriptions"]
    assert (oxycodone.plan["medication"]["name"], codes(oxycodone)) == ("Oxycodone", [])


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"status": "cancelled"}, "status_not_active"),
        ({"status": "entered-in-error"}, "status_not_active"),
        ({"status": "draft"}, "status_not_active"),
        ({"intent": "proposal"}, "intent_not_order"),
        ({"note": [{"text": "stop when sleepy"}]}, "words_not_read"),
        ({"modifierExtension": [{"url": "http://example.org/x", "valueBoolean": True}]}, "modifier_not_read"),
        ({"implicitRules": "http://example.org/rules"}, "modifier_not_read"),
    ],
)
def test_what_stands_around_it_is_asked(change: Json, asked: str) -> None:
    """A prescription that is not in force, or that has words beside it, is asked about."""
    assert codes(read(request("R4", dosage("R4", None, at("08:00"), 30), **change))) == [asked]


def test_what_r5_renders_is_held_against_the_lines() -> None:
    """The rendered words of R5 are a line of their own unless an instruction has them."""
    line = dosage("R5", "30 mg at 8", at("08:00"), 30)
    assert codes(read(request("R5", line, renderedDosageInstruction="30 mg at 8"))) == []
    drafted = read(request("R5", line, renderedDosageInstruction="60 mg at 8"))
    assert codes(drafted) == ["words_not_read"] and drafted.lines[-1].pointer == "renderedDosageInstruction"


@pytest.mark.parametrize("version", ["R4", "R5"])
def test_a_modifier_of_a_line_is_asked(version: str) -> None:
    """An extension that can change what a line means is never passed over; STU3 has none in a dosage."""
    line = dosage(version, None, at("08:00"), 5, modifierExtension=[{"url": "http://example.org/x", "valueBoolean": True}])
    resource = request(version, line)
    check(version, resource)
    assert codes(read(resource)) == ["modifier_not_read"]


def test_two_doses_that_differ_are_none() -> None:
    """An ordered and a calculated dose that differ leave the amount blank; the same one twice is that one."""
    two = dosage("R4", None, at("08:00"), 30)
    two["doseAndRate"].append({"doseQuantity": quantity(15)})
    same = dosage("R4", None, at("08:00"), 30)
    same["doseAndRate"] *= 2
    assert codes(read(request("R4", two))) == ["doses_differ"]
    assert read(request("R4", same)).plan["steps"][0]["doses"][0]["amount"] == "30"


LINE = dosage("R4", None, at("08:00"), 30)


@pytest.mark.parametrize(
    ("resource", "code", "field"),
    [
        ({"resourceType": "MedicationOrder"}, "fhir_version", "resourceType"),
        ({"resourceType": "MedicationStatement"}, "fhir_not_a_prescription", "resourceType"),
        ({"resourceType": "Patient"}, "fhir_not_a_prescription", "resourceType"),
        ({"resourceType": None}, "fhir_not_a_prescription", "resourceType"),
        ({"resourceType": ["Bundle"]}, "wrong_type", "resourceType"),
        ({"resourceType": "Bundle"}, "fhir_no_prescription", "entry"),
        ({"resourceType": "Bundle", "entry": 5}, "wrong_type", "entry"),
        ({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}, "fhir_no_prescription", "entry"),
        (bundle(request("R4", LINE), {"resourceType": "MedicationOrder"}), "fhir_version", "entry.1.resource.resourceType"),
        (bundle(*[request("R4", LINE)] * 51), "too_many", "entry"),
        (bundle(request("R4", LINE), request("R4", LINE, subject={"reference": "Patient/p2"})), "fhir_two_people", "entry"),
        (bundle(*[request("R4", LINE, subject={"display": name}) for name in ("Ann", "Bob")]), "fhir_two_people", "entry"),
        (bundle(*[request("R4", LINE, subject={"identifier": {"value": n}}) for n in "12"]), "fhir_two_people", "entry"),
        (request("R4", LINE, doNotPerform=True), "fhir_do_not_take", "doNotPerform"),
        (
            request("R4", LINE, meta={"profile": ["http://hl7.org/fhir/1.0/StructureDefinition/MedicationOrder"]}),
            "fhir_version",
            "meta.profile",
        ),
        (
            request("R4", {**LINE, "doseAndRate": [{"doseQuantity": {"value": "30"}}]}),
            "wrong_type",
            "dosageInstruction.0.doseAndRate.0.doseQuantity.value",
        ),
        (request("R4", {**LINE, "text": "a\0b"}), "control_character", "dosageInstruction.0.text"),
        (request("R4", {**LINE, "text": "\ud800"}), "control_character", "dosageInstruction.0.text"),
        (request("R4", {**LINE, "text": "x" * 5000}), "too_long", "dosageInstruction.0.text"),
        (request("R4", LINE, name="x" * 201), "too_long", "medicationCodeableConcept"),
        (request("R4", {**LINE, "timing": {"repeat": []}}), "wrong_type", "dosageInstruction.0.timing.repeat"),
        (request("R4", *[LINE] * 501), "too_many", "dosageInstruction"),
    ],
)
def test_refusals(resource: Json, code: str, field: str) -> None:
    """What is no prescription, or no FHIR that is read here, is refused by name with its place."""
    with pytest.raises(InvalidMany) as refusal:
        read_fhir(resource)
    assert (code, field) in [(one.code, one.field) for one in refusal.value.errors]


JUNK: list[Any] = [
    None, 0, -1, 1e300, float("inf"), True, "", "x", [], {}, [None], [[]], {"a": 1},
    "2026-13-45", "\0", "\ud800", 10**18, "y" * 3000,
]


@given(name=st.sampled_from(sorted(CASES)), version=st.sampled_from(VERSIONS), data=st.data())
def test_any_value_anywhere_is_read_or_refused(name: str, version: str, data: st.DataObject) -> None:
    """Whatever stands in any one place, the answer is a draft that can be kept or a refusal with its place, never a crash."""
    # A copy: the cases share some of their parts.
    resource = copy.deepcopy(bundle(medication(version, "Morphine", "tablet", 15), request(version, *CASES[name][0](version))))
    *way, last = data.draw(st.sampled_from([path for path in paths(resource) if path]))
    target = resource
    for key in way:
        target = target[key]
    target[last] = data.draw(st.sampled_from(JUNK))
    with contextlib.suppress(InvalidMany):
        for drafted in read_fhir(resource):
            json.dumps(to_json(drafted), ensure_ascii=False).encode()
            plan_from_wire(drafted.plan)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [here]
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += paths(inner, (*here, key))
    return found

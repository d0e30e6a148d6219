"""What R4, R5 and STU3 spell differently, under one name each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taper_app.domain.fhir_in.node import Node

# Releases before STU3 called a prescription otherwise; later than R5 nobody has written yet.
OLDER = ("MedicationOrder", "MedicationPrescription")
_VERSION = re.compile(r"/fhir/(?:[a-z-]+/)?([0-9]+)\.[0-9]+/StructureDefinition/")
KNOWN = ("3", "4", "5")


@dataclass(frozen=True, slots=True)
class Concept:
    """A CodeableConcept: its words (None when none are there, or several that differ) and its codes."""

    words: str | None
    codes: tuple[tuple[str, str], ...]
    differs: bool = False


def concept(node: Node) -> Concept:
    """Read a CodeableConcept: the text, else the one display that its codes share."""
    codings = node.items("coding")
    text = node.text("text")
    displays = {word for one in codings if (word := one.text("display"))}
    codes = tuple((one.text("system") or "", code) for one in codings if (code := one.text("code")))
    if text is None and len(displays) == 1:
        text = displays.pop()
    return Concept(text, codes, differs=text is None and len(displays) > 1)


def versions_of(resource: Node) -> set[str]:
    """The FHIR versions that the resource's profiles name; mostly none."""
    return {found for word in resource.child("meta").texts("profile") for found in _VERSION.findall(word)}


def medicine(request: Node) -> tuple[Node, Node]:
    """The medicine as a concept and as a reference: two empty nodes where the request has neither."""
    if request.has("medication"):
        both = request.child("medication")  # R5
        return both.child("concept"), both.child("reference")
    return request.child("medicationCodeableConcept"), request.child("medicationReference")


def says_two_medicines(request: Node) -> bool:
    """Whether it names the medicine more than once."""
    return sum(request.has(name) for name in ("medication", "medicationCodeableConcept", "medicationReference")) > 1


def requester(request: Node) -> Node:
    """Who prescribed, as a reference."""
    node = request.child("requester")
    return node.child("agent") if node.has("agent") else node  # STU3 puts it one deeper


@dataclass(frozen=True, slots=True)
class Given:
    """The ways an amount is said. `several`: more than one of them, and they differ."""

    quantity: Node | None
    range: Node | None
    rate: Node | None
    several: bool = False


def given(dosage: Node) -> Given:
    """The dose of an instruction: in `doseAndRate` (R4, R5) or beside it (STU3)."""
    places = [dosage, *dosage.items("doseAndRate")]
    quantities = [one.child("doseQuantity") for one in places if one.has("doseQuantity")]
    simple = [one.child("doseSimpleQuantity") for one in places if one.has("doseSimpleQuantity")]
    ranges = [one.child("doseRange") for one in places if one.has("doseRange")]
    rates = [one for one in places if any(one.has(name) for name in ("rateQuantity", "rateRatio", "rateRange", "rateSimpleQuantity"))]
    quantities += simple
    differ = any(one.value != quantities[0].value for one in quantities) or bool(quantities and ranges)
    return Given(quantities[0] if quantities else None, ranges[0] if ranges else None, rates[0] if rates else None, differ)


def needed_for(dosage: Node) -> tuple[bool, str | None]:
    """Whether it is taken only when needed, and what for."""
    reasons = [concept(one).words for one in (*dosage.items("asNeededFor"), dosage.child("asNeededCodeableConcept"))]
    words = [one for one in reasons if one]
    is_needed = dosage.truth("asNeededBoolean") or dosage.truth("asNeeded") or dosage.has("asNeededFor")
    return is_needed or dosage.has("asNeededCodeableConcept"), ", ".join(words) or None


def most(dosage: Node) -> list[Node]:
    """`maxDosePerPeriod`: one ratio, in R5 a list."""
    return dosage.items("maxDosePerPeriod")


def medicine_form(medication: Node) -> Node:
    """The form of a Medication: `doseForm` in R5."""
    return medication.child("doseForm") if medication.has("doseForm") else medication.child("form")


def strength_of(medication: Node) -> Node:
    """The strength of a medicine with one ingredient, as a ratio."""
    listed = medication.items("ingredient")
    if len(listed) != 1:
        return Node(medication.reader, {}, medication.path)
    one = listed[0]
    return one.child("strengthRatio") if one.has("strengthRatio") else one.child("strength")

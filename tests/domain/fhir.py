"""Prescriptions as FHIR, said once and spelled in each of the three versions."""

from __future__ import annotations

import importlib
from typing import Any

VERSIONS = ("R4", "R5", "STU3")
Json = dict[str, Any]
UCUM = "http://unitsofmeasure.org"
_MODULES = {"R4": "fhir.resources.R4B", "R5": "fhir.resources", "STU3": "fhir.resources.STU3"}


def quantity(value: float, unit: str = "mg", **more: Any) -> Json:
    """A Quantity in UCUM."""
    return {"value": value, "unit": unit, "system": UCUM, "code": unit, **more}


def repeat(**said: Any) -> Json:
    """A Timing. `start`, `end` are its bounds, `days` a length."""
    start, end, days = said.pop("start", None), said.pop("end", None), said.pop("days", None)
    bounds = {name: value for name, value in (("start", start), ("end", end)) if value}
    found = {**({"boundsPeriod": bounds} if bounds else {}), **({"boundsDuration": quantity(days, "d")} if days else {}), **said}
    return {"repeat": found} if found else {}


def daily(times: int = 1, **more: Any) -> Json:
    """So many times a day."""
    return repeat(frequency=times, period=1, periodUnit="d", **more)


def at(*times: str, **more: Any) -> Json:
    """At these times of every day."""
    return repeat(timeOfDay=[f"{time}:00" for time in times], **more)


def when(*codes: str, **more: Any) -> Json:
    """At these events of every day."""
    return daily(len(codes), when=list(codes), **more)


def dosage(version: str, text: str | None = None, timing: Json | None = None, dose: Any = None, **said: Any) -> Json:
    """A dosage instruction. `dose` is milligrams or a Quantity; `range`, `rate`, `needed`, `most` are spelled by version."""
    found: Json = {name: value for name, value in (("text", text), ("timing", timing)) if value}
    amounts = {
        name: value
        for name, value in (
            ("doseQuantity", quantity(dose) if isinstance(dose, int | float) else dose),
            ("doseRange", said.pop("range", None)),
            ("rateQuantity", said.pop("rate", None)),
        )
        if value
    }
    if amounts:
        found |= amounts if version == "STU3" else {"doseAndRate": [amounts]}
    if needed := said.pop("needed", None):
        found |= _needed(version, needed)
    if most := said.pop("most", None):
        found["maxDosePerPeriod"] = [most] if version == "R5" else most
    return found | said


def _needed(version: str, needed: Any) -> Json:
    if isinstance(needed, str):
        return {"asNeededFor": [{"text": needed}]} if version == "R5" else {"asNeededCodeableConcept": {"text": needed}}
    return {"asNeeded" if version == "R5" else "asNeededBoolean": True}


def request(version: str, *dosages: Json, name: str | None = "Morphine sulfate", **more: Any) -> Json:
    """A MedicationRequest."""
    found: Json = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "dosageInstruction": list(dosages),
    }
    if name is not None:
        found |= {"medication": {"concept": {"text": name}}} if version == "R5" else {"medicationCodeableConcept": {"text": name}}
    if not dosages:
        del found["dosageInstruction"]
    return found | more


def refers(version: str, reference: str, display: str | None = None) -> Json:
    """The medicine as a reference."""
    target = {"reference": reference, **({"display": display} if display else {})}
    return {"medication": {"reference": target}} if version == "R5" else {"medicationReference": target}


def medication(version: str, text: str, form: str, strength: float, id: str = "m1") -> Json:
    """A Medication with one ingredient."""
    what = {"text": "morphine"}
    ratio = {"numerator": quantity(strength), "denominator": {"value": 1, "unit": "tablet"}}
    item = {"item": {"concept": what}, "strengthRatio": ratio} if version == "R5" else {"itemCodeableConcept": what}
    if version == "R4":
        item["strength"] = ratio
    elif version == "STU3":
        item["amount"] = ratio
    found: Json = {"resourceType": "Medication", "id": id, "code": {"text": text}, "ingredient": [item]}
    found["doseForm" if version == "R5" else "form"] = {"text": form}
    return found


def bundle(*resources: Json) -> Json:
    """A Bundle; each resource has an address of its own."""
    entry = [{"fullUrl": f"urn:uuid:00000000-0000-4000-8000-{n:012}", "resource": one} for n, one in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entry}


def check(version: str, resource: Json) -> None:
    """Raises when the resource is not valid in that version."""
    kind = resource["resourceType"]
    module = importlib.import_module(f"{_MODULES[version]}.{kind.lower()}")
    getattr(module, kind).model_validate(resource)

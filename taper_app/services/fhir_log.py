"""The log as MedicationStatements and Observations, each as the patient said it (docs/decisions/0014)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from taper_app.content.loader import catalog, translate
from taper_app.domain.amounts import parse_amount
from taper_app.domain.doses import due_of, happened_at, happened_on
from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid
from taper_app.domain.plan import Medication
from taper_app.domain.reading import parse_instant
from taper_app.domain.timeline import Timeline, segment_on
from taper_app.services.fhir_parts import Json, Names, absent, concept, known_as, moment, quantity, without_blanks

# "Pain severity - 0-10 verbal numeric rating [Score] - Reported": the one code that is certain.
PAIN: Final = {"system": "http://loinc.org", "code": "72514-3"}
_SURVEY: Final = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}
# Lists of answers, and where their words stand.
_WORDS: Final = {
    "places": "places", "feels": "feels", "allodynia": "allodynia", "spread": "spread", "triggers": "triggers", "helped": "options",
    "option": "options", "body": "body", "state": "condition_states", "conditions": "conditions", "risks": "risks",
}  # fmt: skip
# Kind -> the answer that is the observation's own value. All others are its components.
_VALUE: Final = {
    "flare": "severity_now", "check_in": "pain", "condition": "state", "question": "text", "note": "text", "naloxone": "place",
}  # fmt: skip
_COMPONENTS: Final = {
    "flare": ("severity_worst", "feels", "allodynia", "spread", "triggers", "helped"),
    "check_in": ("relief", "sleep", "mood", "body"),
    "peg": ("average", "enjoyment", "activity"),
    "option_tried": ("option", "before", "after", "minutes"),
    "condition": ("said_by",),
    "baseline": ("allodynia", "pain"),
    "naloxone": ("expires_on",),
    "health": ("conditions", "risks"),
}


class Plans:
    """What doses need to know of their plans."""

    def __init__(self, medicines: Mapping[str, Medication], lines: Mapping[str, Timeline]) -> None:
        self.medicines = medicines
        self.lines = lines

    def request_of(self, record: Record, names: Names) -> list[Json] | None:
        """The request that governed on the record's day."""
        plan_id = str(record.data.get("plan_id"))
        line = self.lines.get(plan_id)
        return [names.to("plan", plan_id, segment_on(line, happened_on(record)).revision)] if line else None


def writers(records: list[Record], names: Names) -> Iterator[Json]:
    """The helpers who wrote something that stands, each once by the name they had then."""
    for by in sorted({record.by for record in records if record.by}, key=lambda one: (one.name, one.id)):
        yield {
            "resourceType": "RelatedPerson",
            "id": names.id("helper", by.id, by.name),
            "patient": names.patient,
            "name": [{"text": by.name}],
        }


def statements(records: list[Record], plans: Plans, names: Names, lang: str) -> Iterator[Json]:
    """One resource a record, in the order of the log."""
    for record in records:
        if record.kind == "dose" and record.data.get("action") != "removed":
            yield _dose(record, plans, names, lang)
        else:
            yield _observation(record, plans, names, lang)


def _dose(record: Record, plans: Plans, names: Names, lang: str) -> Json:
    data, due = record.data, due_of(record)
    medicine = plans.medicines.get(str(data.get("plan_id")))
    is_taken = data.get("action") in ("taken", "different")
    dosage = without_blanks(
        {
            "text": translate(lang, "export.fhir.due", day=due[0].isoformat(), at=due[1]) if due else None,
            "doseAndRate": _amount(data.get("amount"), medicine) if is_taken else None,
        }
    )
    return without_blanks(
        {
            "resourceType": "MedicationStatement",
            "id": names.id("entry", record.id),
            "identifier": known_as(record.id),
            "basedOn": plans.request_of(record, names),
            "status": "completed" if is_taken else "not-taken",
            "medicationCodeableConcept": concept(medicine.name if medicine else None),
            "subject": names.patient,
            "effectiveDateTime": moment(happened_at(record), record.zone),
            "dateAsserted": moment(record.at, record.zone),
            "informationSource": names.writer(record.by),
            "note": _note(data),
            "dosage": [dosage] if dosage else None,
        }
    )


def _amount(amount: object, medicine: Medication | None) -> list[Json] | None:
    if not isinstance(amount, str) or medicine is None or not medicine.unit:
        return None
    name = "rateQuantity" if medicine.unit == "mcg/h" else "doseQuantity"
    return [{name: quantity(parse_amount(amount), medicine.unit)}]


def _observation(record: Record, plans: Plans, names: Names, lang: str) -> Json:
    kind, data = record.kind, record.data
    text = translate(lang, f"export.fhir.kind.{kind}")
    own = _VALUE.get(kind)
    has_pain = own in ("pain", "severity_now")
    value = _value(own, data.get(own), lang) if own else {}
    components = [
        {"code": {"text": translate(lang, f"export.fhir.answer.{name}")}, **found}
        for name in _COMPONENTS.get(kind, ())
        if (found := _value(name, data.get(name), lang))
    ]
    return without_blanks(
        {
            "resourceType": "Observation",
            "id": names.id("entry", record.id),
            "identifier": known_as(record.id),
            "basedOn": plans.request_of(record, names),
            "status": "final",
            "category": [{"coding": [_SURVEY]}],
            # Without a number it is no rating, so it has no code of one.
            "code": {"coding": [PAIN], "text": text} if has_pain and value else {"text": text},
            "subject": names.patient,
            **_effective(record),
            "issued": moment(record.at, record.zone),
            "performer": [names.writer(record.by)],
            **value,
            "dataAbsentReason": absent() if has_pain and not value and not components else None,
            "note": _note(data),
            "bodySite": {"text": _in_words("places", data["places"], lang)} if data.get("places") else None,
            "component": components,
        }
    )


def _value(name: str, value: Any, lang: str) -> Json:
    """An answer, as a rating, minutes or words; {} for none."""
    if value in (None, "", []):
        return {}
    if isinstance(value, int):
        return {"valueQuantity": quantity(value, "min" if name == "minutes" else "{score}")}
    return {"valueString": _in_words(name, value, lang)}


def _in_words(name: str, value: Any, lang: str) -> str:
    """Codes in the words a person taps; a person's own words as they are."""
    table, known = _WORDS.get(name), catalog(lang)
    given = value if isinstance(value, list) else [value]
    return ", ".join(known.get(f"{table}.{one}", str(one)) for one in given)


def _effective(record: Record) -> Json:
    if record.kind != "flare":
        return {"effectiveDateTime": moment(happened_at(record), record.zone)}
    began, ended = (_instant(record, name) for name in ("started_at", "ended_at"))
    return {"effectivePeriod": without_blanks({"start": began or moment(happened_at(record), record.zone), "end": ended})}


def _instant(record: Record, name: str) -> str | None:
    try:
        return moment(parse_instant(record.data[name]), record.zone)
    except (KeyError, TypeError, Invalid):
        return None


def _note(data: Mapping[str, Any]) -> list[Json] | None:
    return [{"text": data["note"]}] if data.get("note") else None

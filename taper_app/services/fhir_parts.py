"""The pieces of FHIR R4 that plans and logs share: plain dicts, in which nothing is ever empty."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final
from uuid import UUID, uuid5

from taper_app.domain.entries import Writer
from taper_app.services.zones import wall

Json = dict[str, Any]
UCUM: Final = "http://unitsofmeasure.org"
# Our units in UCUM's spelling.
_CODES: Final = {"mg": "mg", "mcg": "ug", "mcg/h": "ug/h", "mL": "mL", "g": "g", "{score}": "{score}", "min": "min", "h": "h"}
_ABSENT: Final = "data-absent-reason"


@dataclass(frozen=True)
class Names:
    """The ids of one account's bundle: the same data has the same ids, and two things never share one."""

    account_id: str

    def id(self, *parts: object) -> str:
        """The id of the resource that stands for this thing."""
        return str(uuid5(self._space, "/".join(map(str, parts))))

    def to(self, *parts: object) -> Json:
        """A reference to it, inside the bundle."""
        return {"reference": f"urn:uuid:{self.id(*parts)}"}

    def writer(self, by: Writer | None) -> Json:
        """A reference to who wrote something down: the patient, or the helper of that name."""
        return self.to("helper", by.id, by.name) if by else self.patient

    @cached_property
    def _space(self) -> UUID:
        return UUID(self.account_id)

    @cached_property
    def patient(self) -> Json:
        """A reference to the patient."""
        return self.to("patient")


def without_blanks(resource: Json) -> Json:
    """The resource without what is None, "" or empty: FHIR knows no blank."""
    # A zero is an answer.
    return {name: value for name, value in resource.items() if value or value == 0}


def known_as(id: str) -> list[Json]:
    """The identifier of something that has an id of our own."""
    return [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id}"}]


def concept(text: str | None) -> Json:
    """Words where FHIR would have a code; without words it says that they are not known."""
    if text:
        return {"text": text}
    return {"extension": [{"url": f"http://hl7.org/fhir/StructureDefinition/{_ABSENT}", "valueCode": "unknown"}]}


def absent() -> Json:
    """Why an observation has no value."""
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{_ABSENT}", "code": "unknown"}]}


def quantity(value: Decimal | int, unit: str) -> Json:
    """A number with its unit. Raises KeyError for a unit that is not ours."""
    return {"value": _number(value), "unit": unit, "system": UCUM, "code": _CODES[unit]}


def _number(value: Decimal | int) -> int | float:
    # FHIR wants a JSON number. Amounts have at most ten figures: a float prints those back as they were.
    whole = int(value)
    return whole if whole == value else float(value)


def moment(at: datetime, zone: str) -> str:
    """An instant with the offset of the place it happened in, to the second."""
    there = wall(at, zone)
    offset = there.utcoffset()
    # Before standard time offsets had seconds, which FHIR cannot write.
    if offset is None or offset.total_seconds() % 60:
        there = at.astimezone(UTC)
    return there.isoformat(timespec="seconds")

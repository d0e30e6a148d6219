"""The log as tables: one a kind of entry, one row a record as it stands after all its changes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from taper_app.domain.doses import due_of, happened_at
from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid
from taper_app.domain.plan import Medication
from taper_app.domain.reading import parse_instant
from taper_app.services.zones import wall

_WHEN = ("date", "time", "zone", "utc", "written_utc")
_FLARE_WHEN = ("started_date", "started_time", "ended_date", "ended_time", "zone", "started_utc", "ended_utc", "written_utc")
_SPREAD = ("places", "feels", "allodynia", "spread", "triggers", "helped", "note")

# File -> (kind of entry, columns before the id). docs/export.md says what each means.
TABLES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "doses": ("dose", (*_WHEN, "medicine", "due_date", "due_at", "action", "amount", "unit", "note", "plan_id")),
    "flares": ("flare", (*_FLARE_WHEN, "severity_now", "severity_worst", *_SPREAD)),
    "check_ins": ("check_in", (*_WHEN, "pain", "relief", "sleep", "mood", "body", "note")),
    "pegs": ("peg", (*_WHEN, "average", "enjoyment", "activity", "note")),
    "options_tried": ("option_tried", (*_WHEN, "option", "before", "after", "minutes", "note")),
    "conditions": ("condition", (*_WHEN, "state", "said_by", "note")),
    "baselines": ("baseline", (*_WHEN, "allodynia", "pain", "note")),
    "questions": ("question", (*_WHEN, "text", "note")),
    "naloxone": ("naloxone", (*_WHEN, "place", "expires_on", "note")),
    "notes": ("note", (*_WHEN, "text", "note")),
    "health": ("health", (*_WHEN, "conditions", "risks", "note")),
}

Row = Mapping[str, Any]


def columns(file: str) -> tuple[str, ...]:
    """The head of a file."""
    return (*TABLES[file][1], "by", "id")


def rows(file: str, records: list[Record], medicines: Mapping[str, Medication]) -> list[Row]:
    """One row a record of the file's kind, by when it happened; `medicines` by plan."""
    found = [
        {**record.data, **_moments(record), **(_dose(record, medicines) if file == "doses" else {}), **_last(record)}
        for record in records
        if record.kind == TABLES[file][0]
    ]
    return sorted(found, key=lambda row: (row["started_utc" if file == "flares" else "utc"], row["id"]))


def _last(record: Record) -> dict[str, str | None]:
    """Who wrote it first, blank for the patient; and its id."""
    return {"by": record.by.name if record.by else None, "id": record.id}


def _moments(record: Record) -> dict[str, str]:
    written = {"zone": record.zone, "written_utc": utc(record.at)}
    if record.kind == "flare":
        began = _at("started_", happened_at(record), record.zone)
        return {**written, **began, **_moment("started_", record, "started_at"), **_moment("ended_", record, "ended_at")}
    return {**written, **_at("", happened_at(record), record.zone)}


def _moment(prefix: str, record: Record, name: str) -> dict[str, str]:
    try:
        return _at(prefix, parse_instant(record.data[name]), record.zone)
    except (KeyError, TypeError, Invalid):
        return {}


def _at(prefix: str, at: datetime, zone: str) -> dict[str, str]:
    there = wall(at, zone)
    return {f"{prefix}date": there.date().isoformat(), f"{prefix}time": f"{there:%H:%M}", f"{prefix}utc": utc(at)}


def utc(at: datetime) -> str:
    """The instant, to the second."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _dose(record: Record, medicines: Mapping[str, Medication]) -> dict[str, Any]:
    due, medicine = due_of(record), medicines.get(str(record.data.get("plan_id")))
    return {
        "medicine": medicine and medicine.name,
        "unit": medicine.unit if medicine and record.data.get("amount") else None,
        "due_date": due and due[0].isoformat(),
        "due_at": due and due[1],
    }

"""One entry read from JSON: the one place that knows the fields of each kind. Raises nothing but Refusal."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from taper_app.domain.amounts import show_amount
from taper_app.domain.entries import KINDS, Entry
from taper_app.domain.errors import Invalid
from taper_app.domain.reading import Reader, join
from taper_app.services.zones import zone_names

ACTIONS: Final = ("taken", "skipped", "different", "removed")
ALLODYNIA: Final = ("thermal", "mechanical", "tactile", "clothing")
SPREADS: Final = ("same_place", "wider", "new_place")
STATES: Final = ("better", "same", "worse", "not_sure")
AHEAD: Final = timedelta(hours=24)
MAX_NOTE, MAX_WORD, MAX_WORDS = 4000, 100, 60

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_KEYS = ("id", "kind", "at", "zone", "data", "changes")

Read = Callable[[Reader, object, str], Any]


@dataclass(frozen=True)
class _Field:
    """How a field is read, and whether its kind cannot do without it."""

    read: Read
    needed: bool = False


def _scale(reader: Reader, value: object, path: str) -> Any:
    return reader.integer(value, path, 0, 10)


def _minutes(reader: Reader, value: object, path: str) -> Any:
    return reader.integer(value, path, 0, 1440)


def _note(reader: Reader, value: object, path: str) -> Any:
    return reader.text(value, path, MAX_NOTE, lines=True)


def _word(reader: Reader, value: object, path: str) -> Any:
    return reader.text(value, path, MAX_WORD)


def _line(reader: Reader, value: object, path: str) -> Any:
    return reader.text(value, path, 500)


def _words(reader: Reader, value: object, path: str) -> Any:
    return list(reader.items(value, path, MAX_WORDS, lambda item, at: reader.text(item, at, MAX_WORD, need=True)))


def _allodynia(reader: Reader, value: object, path: str) -> Any:
    # An empty word stands for null, which is none of the four.
    return list(
        reader.items(
            value,
            path,
            len(ALLODYNIA),
            lambda item, at: reader.choice("" if item is None else item, at, ALLODYNIA, "unknown_allodynia", None),
        )
    )


def _instant(reader: Reader, value: object, path: str) -> Any:
    # Kept as written, with its offset.
    return value if reader.instant(value, path) else None


def _day(reader: Reader, value: object, path: str) -> Any:
    found = reader.day(value, path)
    return found.isoformat() if found else None


def _amount(reader: Reader, value: object, path: str) -> Any:
    found = reader.amount(value, path)
    return None if found is None else show_amount(found)


def _due(reader: Reader, value: object, path: str) -> Any:
    body = reader.mapping(value, ("date", "at"), path)
    if not isinstance(value, dict):
        return None
    day = reader.day(body.get("date"), f"{path}.date", need=True)
    at = reader.time(body.get("at"), f"{path}.at")
    if body.get("at") is None:
        reader.wrong("missing", f"{path}.at")
    return {"date": day.isoformat(), "at": at} if day and at else None


def _id(reader: Reader, value: object, path: str) -> Any:
    if not isinstance(value, str):
        reader.wrong("wrong_type", path)
    elif not _UUID.fullmatch(value):
        reader.wrong("not_an_id", path)
    else:
        return value.lower()
    return None


def _among(words: tuple[str, ...], code: str) -> Read:
    return lambda reader, value, path: reader.choice(value, path, words, code, None)


_FIELDS: Final[dict[str, dict[str, _Field]]] = {
    "dose": {
        "plan_id": _Field(_id, needed=True),
        "due": _Field(_due),
        "action": _Field(_among(ACTIONS, "unknown_action"), needed=True),
        "amount": _Field(_amount),
        "note": _Field(_note),
    },
    "flare": {
        "started_at": _Field(_instant, needed=True),
        "ended_at": _Field(_instant),
        "severity_now": _Field(_scale),
        "severity_worst": _Field(_scale),
        "places": _Field(_words),
        "feels": _Field(_words),
        "allodynia": _Field(_allodynia),
        "spread": _Field(_among(SPREADS, "unknown_spread")),
        "triggers": _Field(_words),
        "helped": _Field(_words),
        "note": _Field(_note),
    },
    "check_in": {
        "pain": _Field(_scale),
        "relief": _Field(_scale),
        "sleep": _Field(_scale),
        "mood": _Field(_scale),
        "body": _Field(_words),
        "note": _Field(_note),
    },
    "peg": {
        "average": _Field(_scale, needed=True),
        "enjoyment": _Field(_scale, needed=True),
        "activity": _Field(_scale, needed=True),
    },
    "option_tried": {
        "option": _Field(_word, needed=True),
        "before": _Field(_scale),
        "after": _Field(_scale),
        "minutes": _Field(_minutes),
        "note": _Field(_note),
    },
    "condition": {
        "said_by": _Field(_line),
        "state": _Field(_among(STATES, "unknown_state"), needed=True),
        "note": _Field(_note),
    },
    "baseline": {"allodynia": _Field(_allodynia), "pain": _Field(_scale), "note": _Field(_note)},
    "question": {"text": _Field(_note), "note": _Field(_note)},
    "naloxone": {"place": _Field(_line), "expires_on": _Field(_day), "note": _Field(_note)},
    "health": {"conditions": _Field(_words), "risks": _Field(_words), "note": _Field(_note)},
    "note": {"text": _Field(_note), "note": _Field(_note)},
}


def read_id(value: object) -> str:
    """The id of an entry. Raises Invalid: missing, wrong_type, not_an_id."""
    if value is None:
        raise Invalid("missing", "id")
    reader = Reader()
    found = _id(reader, value, "id")
    reader.done()
    return str(found)


def read_entry(value: object, now: datetime) -> Entry:
    """An entry, checked field by field for its kind.

    `at` may lie at most 24 hours ahead of `now`. In a change every field may be null, which clears it, but those that
    its kind cannot do without. Raises InvalidMany.
    """
    reader = Reader()
    body = reader.mapping(value, _KEYS, "")
    id_ = read_id(body.get("id"))
    kind = reader.choice(body.get("kind"), "kind", KINDS, "unknown_kind", None)
    if body.get("kind") is None:
        reader.wrong("missing", "kind")
    at = reader.instant(body.get("at"), "at", need=True)
    if at is not None and at > now + AHEAD:
        reader.wrong("from_the_future", "at")
    zone = reader.choice(body.get("zone"), "zone", zone_names(), "unknown_zone", None)
    if body.get("zone") is None:
        reader.wrong("missing", "zone")
    changes = None if body.get("changes") is None else _id(reader, body["changes"], "changes")
    if changes == id_:
        reader.wrong("changes_itself", "changes")
    data = _read_data(reader, kind, body.get("data"), is_change=body.get("changes") is not None)
    reader.done()
    assert kind is not None and at is not None and zone is not None
    return Entry(id_, kind, at, zone, data, changes)


def _read_data(reader: Reader, kind: str | None, value: object, *, is_change: bool) -> dict[str, Any]:
    if kind is None:
        return {}
    fields = _FIELDS[kind]
    known = (*fields, "happened_at", *(("retracted",) if is_change else ()))
    body = reader.mapping({} if value is None else value, known, "data")
    found: dict[str, Any] = {}
    for name, field in {**fields, "happened_at": _Field(_instant)}.items():
        path = join("data", name)
        if body.get(name) is not None:
            found[name] = field.read(reader, body[name], path)
            if found[name] is None and field.needed and not any(e.field == path for e in reader.errors):
                reader.wrong("missing", path)
        elif name in body and is_change:
            if field.needed:
                reader.wrong("cannot_clear", path)
            found[name] = None
        elif field.needed and not is_change:
            reader.wrong("missing", path)
    if is_change and "retracted" in body:
        found["retracted"] = reader.truth(body["retracted"], "data.retracted")
    started, ended = found.get("started_at"), found.get("ended_at")
    if started and ended and _at(ended) < _at(started):
        reader.wrong("ends_before_start", "data.ended_at")
    # What is blank in a first entry is simply not there; in a change it clears.
    return found if is_change else {name: one for name, one in found.items() if one is not None}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())

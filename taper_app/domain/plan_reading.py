"""The pieces of a plan read from JSON: medication, steps and end. Shared by plans and revisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

from taper_app.domain import plan as words
from taper_app.domain import validate as limits
from taper_app.domain.plan import AsNeeded, Dose, Ends, Medication, Part, Step
from taper_app.domain.reading import Reader

_MEDICATION = ("name", "form", "unit", "strengths", "release", "may_split", "concentration")
_STEP = ("starts_on", "starts_when", "until", "doses", "every_days", "cycle", "as_needed", "note")
# "as written" with a space is how the API's own text spells it.
_AS_NEEDED = ("amount", "for", "at_most", "per_hours", "as_written", "as written")
_NOTHING = Decimal(0)


def read_medication(reader: Reader, value: object, path: str) -> Medication:
    """A medication; an unknown unit is an error and never a default."""
    body = reader.mapping({} if value is None else value, _MEDICATION, path)
    return Medication(
        reader.text(body.get("name"), f"{path}.name", limits.MAX_NAME),
        reader.choice(body.get("form"), f"{path}.form", words.FORMS, "unknown_form", None),
        reader.choice(body.get("unit"), f"{path}.unit", words.UNITS, "unknown_unit", None),
        read_strengths(reader, body.get("strengths"), f"{path}.strengths"),
        reader.choice(body.get("release"), f"{path}.release", words.RELEASES, "unknown_release", None)
        or "unknown",
        reader.choice(body.get("may_split"), f"{path}.may_split", words.SPLITS, "unknown_may_split", None)
        or "unknown",
        reader.text(body.get("concentration"), f"{path}.concentration", limits.MAX_NAME),
    )


def read_strengths(reader: Reader, value: object, path: str) -> tuple[Decimal, ...]:
    """The strengths on the labels, in the medication's unit."""
    return reader.items(
        value, path, limits.MAX_STRENGTHS, lambda item, at: reader.amount(item, at, need=True) or _NOTHING
    )


def read_end(reader: Reader, body: dict[str, Any]) -> tuple[Ends | None, date | None, date | None]:
    """`ends`, `last_day` and `review_on`."""
    ends = reader.choice(body.get("ends"), "ends", words.ENDS, "unknown_end", None)
    last_day = reader.day(body.get("last_day"), "last_day")
    return cast("Ends | None", ends), last_day, reader.day(body.get("review_on"), "review_on")


def read_steps(reader: Reader, value: object, path: str) -> tuple[Step, ...]:
    """The steps in order."""
    return reader.items(
        value, path, limits.MAX_STEPS, lambda item, at: _step(reader, item, at), code="too_many_steps"
    )


def _step(reader: Reader, value: object, path: str) -> Step:
    body = reader.mapping(value, _STEP, path)
    every_days = reader.integer(body.get("every_days"), f"{path}.every_days", 1, limits.MAX_EVERY_DAYS)
    return Step(
        starts_on=reader.day(body.get("starts_on"), f"{path}.starts_on"),
        starts_when=reader.text(body.get("starts_when"), f"{path}.starts_when", limits.MAX_LINE),
        until=reader.text(body.get("until"), f"{path}.until", limits.MAX_NAME),
        doses=_doses(reader, body.get("doses"), f"{path}.doses"),
        every_days=1 if every_days is None else every_days,
        cycle=reader.items(
            body.get("cycle"), f"{path}.cycle", limits.MAX_CYCLE, lambda item, at: _doses(reader, item, at)
        ),
        as_needed=reader.items(
            body.get("as_needed"),
            f"{path}.as_needed",
            limits.MAX_AS_NEEDED,
            lambda item, at: _as_needed(reader, item, at),
        ),
        note=reader.text(body.get("note"), f"{path}.note", limits.MAX_NOTE, lines=True),
    )


def _doses(reader: Reader, value: object, path: str) -> tuple[Dose, ...]:
    return reader.items(
        value, path, limits.MAX_DOSES_A_DAY, lambda item, at: _dose(reader, item, at), code="too_many_doses"
    )


def _dose(reader: Reader, value: object, path: str) -> Dose:
    body = reader.mapping(value, ("at", "amount", "parts", "volume"), path)
    return Dose(
        reader.time(body.get("at"), f"{path}.at"),
        reader.amount(body.get("amount"), f"{path}.amount"),
        reader.items(
            body.get("parts"), f"{path}.parts", limits.MAX_PARTS, lambda item, at: _part(reader, item, at)
        ),
        reader.text(body.get("volume"), f"{path}.volume", limits.MAX_NAME),
    )


def _part(reader: Reader, value: object, path: str) -> Part:
    body = reader.mapping(value, ("strength", "count"), path)
    # The zero never leaves: need=True has noted an error, and reader.done() raises it.
    return Part(
        reader.amount(body.get("strength"), f"{path}.strength", need=True) or _NOTHING,
        reader.amount(body.get("count"), f"{path}.count", need=True, whole_numbers=True) or _NOTHING,
    )


def _as_needed(reader: Reader, value: object, path: str) -> AsNeeded:
    body = reader.mapping(value, _AS_NEEDED, path)
    written = body.get("as_written", body.get("as written"))
    return AsNeeded(
        reader.amount(body.get("amount"), f"{path}.amount"),
        reader.text(body.get("for"), f"{path}.for", limits.MAX_LINE),
        reader.integer(body.get("at_most"), f"{path}.at_most", 1, 100),
        reader.integer(body.get("per_hours"), f"{path}.per_hours", 1, 1000),
        reader.text(written, f"{path}.as_written", limits.MAX_NOTE, lines=True),
    )

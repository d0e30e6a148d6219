"""Amounts with their units, exactly as FHIR has them. A unit that is not one of ours is never turned into one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from taper_app.domain.amounts import parse_amount, show_amount
from taper_app.domain.errors import Invalid
from taper_app.domain.fhir_in.node import Node

MAX_HOURS: Final = 1000
UCUM: Final = "http://unitsofmeasure.org"
# One unit in several spellings; nothing here converts.
_UNITS: Final = {
    "mg": "mg", "milligram": "mg", "milligrams": "mg",
    "ug": "mcg", "mcg": "mcg", "µg": "mcg", "μg": "mcg", "microgram": "mcg", "micrograms": "mcg",
    "ug/h": "mcg/h", "mcg/h": "mcg/h", "mcg/hr": "mcg/h", "µg/h": "mcg/h", "ug/hr": "mcg/h",
    "ml": "mL", "milliliter": "mL", "millilitre": "mL",
    "g": "g", "gram": "g", "grams": "g",
}  # fmt: skip
# UCUM's own codes tell large letters from small ones: "Mg" is a million grams.
_UCUM_CODES: Final = {"mg": "mg", "ug": "mcg", "mcg": "mcg", "ug/h": "mcg/h", "ml": "mL", "mL": "mL", "g": "g"}


@dataclass(frozen=True, slots=True)
class Amount:
    """What a Quantity says. `problem` is the code of why it cannot be used; `words` how it reads."""

    value: Decimal | None
    unit: str | None
    words: str
    problem: str = ""


def unit_of(text: str) -> str | None:
    """The unit that a text spells, or None."""
    return _UNITS.get(text.strip().lower())


def amount(node: Node) -> Amount:
    """Read a Quantity."""
    number, unit, code = node.number("value"), node.text("unit"), node.text("code")
    words = " ".join(part for part in (_plain(number), unit or code or "") if part)
    if node.has("comparator"):
        return Amount(None, None, f"{node.text('comparator') or ''} {words}".strip(), "dose_not_exact")
    if number is None:
        return Amount(None, None, words, "no_dose")
    by_code = None
    if code is not None:
        by_code = _UCUM_CODES.get(code) if node.text("system") == UCUM else unit_of(code)
    by_unit = unit_of(unit) if unit is not None else None
    if by_code and by_unit and by_code != by_unit:
        return Amount(None, None, f"{words} ({code})", "units_contradict")
    if (code is not None and by_code is None) or (code is None and by_unit is None) or (unit is not None and by_unit is None):
        return Amount(None, None, words, "unknown_unit")
    try:
        value = parse_amount(_plain(number))
    except Invalid:
        return Amount(None, None, words, "dose_not_exact")
    return Amount(value, by_code or by_unit, words)


def total(node: Node) -> str:
    """How a Ratio reads: "60 mg per 24 h"."""
    parts = [amount(node.child(name)).words for name in ("numerator", "denominator")]
    return " / ".join(part for part in parts if part)


def hours_of(node: Node) -> int | None:
    """A time Quantity as whole hours, or None."""
    number, code = node.number("value"), node.text("code") or node.text("unit")
    factor = {"h": 1, "hour": 1, "hours": 1, "d": 24, "day": 24, "days": 24}.get(code or "")
    if number is None or factor is None or not 0 < number * factor <= MAX_HOURS or number != int(number):
        return None
    return int(number) * factor


def shown(value: Decimal | None) -> str | None:
    """An amount for a draft."""
    return None if value is None else show_amount(value)


def _plain(number: int | float | None) -> str:
    # The shortest text that reads back as the same number: the figures of the file, never more.
    return "" if number is None else format(Decimal(repr(number)), "f")

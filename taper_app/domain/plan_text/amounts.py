"""How much: numbers with their units, tablets with their strengths. Whatever can be read in two ways stays blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from taper_app.domain.amounts import parse_amount, show_amount
from taper_app.domain.errors import Invalid
from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.items import Concentration, Item, Quantity
from taper_app.domain.plan_text.words import Tokens, at, is_number

_BETWEEN = frozenset({"-", "to", "or"})
_OF = frozenset({"of", "x", "@"})
_COUNTS = {"half": "0.5", "½": "0.5", "1/2": "0.5"} | {word: str(i) for i, word in enumerate(v.SMALL_NUMBERS, 1)}
_DAYS_OWN = frozenset(
    {("total", "daily"), ("daily", "total"), ("total", "a"), ("in", "total"), ("total", "per"), ("daily", "dose")}
)
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit; `end` is the token after it."""

    value: str | None
    unit: str | None
    code: str
    end: int


def number(text: str) -> tuple[str | None, str]:
    """A number as written, or None and why it is not read.

    ".5" is not read: the 0 before the point may be lost, and so may another figure. "5.0" is: however it is taken, it is 5,
    and the words stand beside it. A comma is a point in one country and groups thousands in another.
    """
    if "," in text:
        return None, "decimal_comma"
    if text.startswith("."):
        return None, "naked_decimal"
    if "-" in text:
        return None, "range"
    if not _PLAIN.fullmatch(text):
        return None, "number_unclear"
    try:
        return show_amount(parse_amount(text)), ""
    except Invalid:
        return None, "number_unclear"


def measure(tokens: Tokens, i: int) -> Measure | None:
    """A number with a unit from token i on: "30 mg", "15-30 mg", "15 mg to 30 mg", and "1O mg", which is not read."""
    if i >= len(tokens) or tokens[i].kind not in ("number", "mixed"):
        return None
    value, code = number(tokens[i].text) if tokens[i].kind == "number" else (None, "misread")
    j = i + 1
    if at(tokens, j) == "-" and at(tokens, j + 1) in v.UNITS and tokens[i].end == tokens[j].start and tokens[j].end == tokens[j + 1].start:
        # "15-mg tablets"
        j += 1
    if at(tokens, j) in _BETWEEN and is_number(tokens, j + 1):
        value, code, j = None, "range", j + 2
    elif is_number(tokens, j):
        # "1 5 mg": one number or two?
        value, code, j = None, "number_unclear", j + 1
    found = _unit(tokens, j)
    if found is None:
        return None
    unit, j = found
    again = _unit(tokens, j + 2) if at(tokens, j) in _BETWEEN and is_number(tokens, j + 1) else None
    if again is not None:
        value, code, j = None, "range", again[1]
    if unit is None:
        value, code = None, "unknown_unit"
    return Measure(value, unit, code, j)


def _unit(tokens: Tokens, i: int) -> tuple[str | None, int] | None:
    """The unit at token i and the token after it; None as unit when it is not one of ours."""
    word = at(tokens, i)
    if word in v.OTHER_UNITS:
        return None, i + 1
    unit = v.UNITS.get(word)
    if unit is None:
        return None
    if at(tokens, i + 1) in ("/", "per") and at(tokens, i + 2) in v.HOURS:
        return ("mcg/h" if unit == "mcg" else None), i + 3
    if at(tokens, i + 1) == "/" and at(tokens, i + 2) in v.OTHER_UNITS:
        return None, i + 3
    return unit, i + 1


def _count(tokens: Tokens, i: int) -> tuple[str | None, str, int] | None:
    """A number of pieces: (count or None, why not, the token after it)."""
    word = at(tokens, i)
    if word in _COUNTS:
        j = i + 1
        while word == "half" and at(tokens, j) in ("a", "an", "of", "one") and j < i + 4:
            j += 1
        return _COUNTS[word], "", j
    if word in ("a", "an"):
        return "1", "", i + 1
    if not is_number(tokens, i):
        return None
    value, code = number(word)
    j = i + 1
    if at(tokens, j) in _BETWEEN and (is_number(tokens, j + 1) or at(tokens, j + 1) in _COUNTS):
        return None, "range", j + 2
    if at(tokens, j) in ("½", "1/2"):
        return None, "number_unclear", j + 1
    return value, code, j


def quantity_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    """An amount, a number of pieces, or a concentration, from token i on."""
    return _pieces(tokens, i) or _amount(tokens, i)


def _pieces(tokens: Tokens, i: int) -> tuple[Quantity, int] | None:
    counted = _count(tokens, i)
    if counted is None:
        return None
    count, code, j = counted
    word = at(tokens, j)
    if word in v.FORMS or word in v.PIECES:
        if at(tokens, j + 1) in _OF and (each := measure(tokens, j + 2)):
            return _with_strength(tokens, count, code, each)
        if at(tokens, j + 1) == "(" and (inside := measure(tokens, j + 2)) and (made := _in_brackets(tokens, count, code, inside)):
            return made
        return Quantity(code=code or "no_strength"), j + 1
    if word == "x" and (each := measure(tokens, j + 1)):
        return _with_strength(tokens, count, code, each)
    if not is_number(tokens, i) and (each := measure(tokens, j)) and (at(tokens, each.end) in v.FORMS or at(tokens, each.end) in v.PIECES):
        return _with_strength(tokens, count, code, each)
    return None


def _in_brackets(tokens: Tokens, count: str | None, code: str, inside: Measure) -> tuple[Quantity, int] | None:
    """What is in one piece or in all of them, where that is said or comes to the same."""
    word, after = at(tokens, inside.end), at(tokens, inside.end + 1)
    if (word, after) == ("each", ")"):
        return _with_strength(tokens, count, code, Measure(inside.value, inside.unit, inside.code, inside.end + 2))
    if (word, after) == ("total", ")"):
        # "2 tablets (30 mg total)": what is in each is not written.
        return Quantity(amount=inside.value, unit=inside.unit, code=code or inside.code), inside.end + 2
    if word != ")":
        return None
    if count == "1" and inside.value:
        # One tablet: what is in it and what is taken are the same.
        return Quantity(amount=inside.value, unit=inside.unit, parts=((inside.value, count),)), inside.end + 1
    # "2 tabs (30 mg)": 30 in each, or in both?
    return Quantity(unit=inside.unit, code="each_or_all"), inside.end + 1


def _with_strength(tokens: Tokens, count: str | None, code: str, each: Measure) -> tuple[Quantity, int]:
    j = each.end + (at(tokens, each.end) in v.FORMS or at(tokens, each.end) in v.PIECES)
    j += at(tokens, j) == "each"
    parts = ((each.value, count),) if each.value and count else ()
    stated = None
    if at(tokens, j) in ("(", "=") and (total := measure(tokens, j + 1)) and total.unit == each.unit:
        stated, j = total, total.end + (at(tokens, j) == "(" and at(tokens, total.end) == ")")
    amount = stated.value if stated else None
    if count == "1" and stated is None:
        # One piece: what is in it and what is taken are the same, and it stands there.
        amount = each.value
    why = code or each.code or (stated.code if stated else "")
    return Quantity(amount=amount, unit=each.unit, parts=parts, code="" if amount else why or "amount_not_written"), j


def _amount(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    first = i
    total = at(tokens, i) == "total"
    words = {"total", "daily"} if total or (at(tokens, i), at(tokens, i + 1)) == ("daily", "dose") else set()
    while at(tokens, first) in words and first < i + 4:
        words = {"daily", "dose", "of", ":", "is", "="}
        first += 1
    found = measure(tokens, first)
    if found is None:
        return None
    if first > i:
        end = _per_day(tokens, found.end) or found.end
        return Quantity(amount=found.value, unit=found.unit, code=found.code, per_day=True, total=total), end
    j, value, unit, code = found.end, found.value, found.unit, found.code
    if at(tokens, j) in ("/", "per"):
        k = j + 1 + is_number(tokens, j + 1)
        if v.UNITS.get(at(tokens, k)) == "mL":
            return Concentration(), k + 1
    if (each := _per_day(tokens, j)) is not None:
        return Quantity(amount=value, unit=unit, code=code, per_day=True), each
    if at(tokens, j) in v.FORMS:
        if unit == "mcg/h" and at(tokens, j) in ("patch", "patches"):
            return Quantity(amount=value, unit=unit, code=code), j + 1
        return Quantity(unit=unit, code=code or "strength_or_dose", strength=value), j + 1
    if at(tokens, j) == "(":
        return _explained(tokens, found)
    return Quantity(amount=value, unit=unit, code=code), j


def _explained(tokens: Tokens, found: Measure) -> tuple[Quantity, int]:
    """An amount with what makes it in brackets: "30 mg (2 tabs of 15 mg)", "5 mg (2.5 mL)", "5 mL (10 mg)"."""
    plain = Quantity(amount=found.value, unit=found.unit, code=found.code), found.end
    j = found.end + 1
    pieces = _pieces(tokens, j)
    if pieces is not None and at(tokens, pieces[1]) == ")":
        made, end = pieces
        if (made.parts and made.unit == found.unit) or made.code == "no_strength":
            return Quantity(amount=found.value, unit=found.unit, code=found.code, parts=made.parts), end + 1
        return Quantity(unit=found.unit, code=made.code if made.code != "amount_not_written" else "two_units"), end + 1
    inside = measure(tokens, j)
    if inside is None or at(tokens, inside.end) != ")" or "mL" not in (inside.unit, found.unit) or inside.unit == found.unit:
        return plain
    solid, liquid = (found, inside) if inside.unit == "mL" else (inside, found)
    volume = f"{liquid.value} mL" if liquid.value else None
    return Quantity(amount=solid.value, unit=solid.unit, code=solid.code or liquid.code, volume=volume), inside.end + 1


def _per_day(tokens: Tokens, i: int) -> int | None:
    """Whether an amount is said to be a day's: the token after that, or None."""
    if at(tokens, i) in ("/", "a", "per") and at(tokens, i + 1) in ("day", "d"):
        return i + 2 + (at(tokens, i + 2) == "total")
    if (at(tokens, i), at(tokens, i + 1)) in _DAYS_OWN:
        return i + 2 + (at(tokens, i + 2) in ("day", "dose"))
    return i + 1 if at(tokens, i) == "total" else None

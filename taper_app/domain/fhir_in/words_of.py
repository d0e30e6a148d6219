"""An instruction's own words held against its fields: what differs is asked. Simple rules, and no reading of a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from taper_app.domain.fhir_in.quantity import unit_of
from taper_app.domain.fhir_in.timing import Rhythm

# Every repetition has an end, so that no text can make these slow.
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,7}(?:[.,]\d{1,7})?)\s{0,3}(mcg/hr?|ug/hr?|µg/h|mg|mcg|ug|µg|micrograms?|milligrams?|ml|g)\b"
    r"(?!\s{0,3}(?:tab|cap|pill|patch|film|loz))", re.I,  # that is the strength of a piece, not the dose
)  # fmt: skip
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "once": 1, "twice": 2, "thrice": 3}
_TIMES = re.compile(
    r"\b(once|twice|thrice|(?:one|two|three|four|five|six|[1-6])\s{1,3}times?)\s{1,3}(?:a|per|each|every)?\s{0,3}(?:day|daily)"
    r"|\b(qd|bid|b\.i\.d|tid|t\.i\.d|qid|q\.i\.d)\b", re.I,
)  # fmt: skip
_CODED: Final = {"qd": 1, "bid": 2, "tid": 3, "qid": 4}
_EVERY_HOURS = re.compile(r"\b(?:every\s{1,3}(\d{1,2})\s{0,3}(?:hours?|hrs?|h)|q\s?(\d{1,2})\s?h)\b", re.I)
_EVERY_DAYS = re.compile(r"\bevery\s{1,3}(other|second|third|\d{1,2})\s{1,3}days?\b|\bevery\s{1,3}(\d{2})\s{0,3}(?:hours?|h)\b", re.I)
_PARTS: Final = {
    "morning": re.compile(r"\b(?:morning|qam|a\.?m\.?)\b", re.I),
    "noon": re.compile(r"\bnoon\b", re.I),
    "afternoon": re.compile(r"\bafternoon\b", re.I),
    "evening": re.compile(r"\bevening\b", re.I),
    "bedtime": re.compile(r"\b(?:bed\s?time|qhs|at night)\b", re.I),
}
_NEEDED = re.compile(r"\b(?:as needed|if needed|when needed|prn|p\.r\.n)\b", re.I)
_LENGTH = re.compile(r"\bfor\s{1,3}(\d{1,3}|one|two|three|four|five|six)\s{1,3}(days?|weeks?)\b", re.I)
_RANGE = re.compile(
    r"(?<![\d.,])\d{1,7}(?:\.\d{1,7})?\s{0,3}(?:-|\u2013|to|or)\s{0,3}\d{1,7}(?:\.\d{1,7})?\s{0,3}(?:mg|mcg|ml|g|tab|cap|pill)", re.I
)


def differences(text: str, rhythm: Rhythm, values: Sequence[Decimal | None], unit: str | None, *, needed: bool) -> list[str]:
    """The codes of what the text says otherwise than the fields. What is not in both cannot differ."""
    rules: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("text_against_dose", lambda: _dose_differs(text, [value for value in values if value is not None], unit)),
        ("text_against_frequency", lambda: _frequency_differs(text, rhythm)),
        ("text_against_times", lambda: _parts_differ(text, rhythm)),
        ("text_against_as_needed", lambda: bool(_NEEDED.search(text)) != needed),
        ("text_against_length", lambda: _length_differs(text, rhythm)),
    )
    return [code for code, differs in rules if differs()]


def _dose_differs(text: str, values: list[Decimal], unit: str | None) -> bool:
    if not values or unit is None:
        return False
    said = {(Decimal(number.replace(",", ".")), unit_of(word)) for number, word in _AMOUNT.findall(text)}
    return bool(_RANGE.search(text)) or bool(said - {(value, unit) for value in values})


def _frequency_differs(text: str, rhythm: Rhythm) -> bool:
    if rhythm.times is None:
        return False
    said = [_CODED[coded.lower().replace(".", "")] if coded else _count(many) for many, coded in _TIMES.findall(text)]
    said += [24 // hours for hours in _hours(text) if hours <= 24 and 24 % hours == 0]
    days = [_count(word) if word else int(hours) // 24 for word, hours in _EVERY_DAYS.findall(text) if word or int(hours) % 24 == 0]
    return any(count != len(rhythm.times) for count in said) or any(count != rhythm.every_days for count in days if count > 1)


def _parts_differ(text: str, rhythm: Rhythm) -> bool:
    said = {part for part, pattern in _PARTS.items() if pattern.search(text)}
    fields = {time for time in rhythm.times or [] if time in _PARTS}
    return bool(said and fields and said != fields)


def _length_differs(text: str, rhythm: Rhythm) -> bool:
    said = {_count(many) * (7 if unit.lower().startswith("week") else 1) for many, unit in _LENGTH.findall(text)}
    return rhythm.days is not None and bool(said - {rhythm.days})


def _hours(text: str) -> list[int]:
    return [hours for one in _EVERY_HOURS.findall(text) if (hours := int(one[0] or one[1])) > 0]


def _count(word: str) -> int:
    first = word.split(maxsplit=1)[0].lower()
    return {"other": 2, "second": 2, "third": 3}.get(first) or _NUMBERS.get(first) or int(first)

"""What a prescriber wrote: medication, steps, doses. Values only; nothing here is computed.

Any field that may be None is one that a draft may leave blank or that a label may not say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from taper_app.domain.errors import Invalid

UNITS: Final = ("mg", "mcg", "mcg/h", "mL", "g")
FORMS: Final = (
    "tablet", "capsule", "liquid", "patch", "film", "lozenge", "spray", "suppository", "injection", "other",
)  # fmt: skip
RELEASES: Final = ("immediate", "extended", "unknown")
SPLITS: Final = ("yes", "no", "unknown")
ENDS: Final = ("stop", "stay", "review")
PARTS_OF_DAY: Final = ("morning", "noon", "afternoon", "evening", "bedtime")

Ends = Literal["stop", "stay", "review"]

# Only to put a day's doses in order; a part of the day is never turned into a clock time.
_ORDER: Final = {
    "morning": "08:00",
    "noon": "12:00",
    "afternoon": "15:00",
    "evening": "19:00",
    "bedtime": "22:00",
}


def time_order(at: str | None) -> tuple[str, int]:
    """Sort key of a time of day.

    A named part of the day comes after the same clock time, a blank comes last.
    """
    if at is None:
        return ("99:99", 0)
    return (_ORDER[at], 1) if at in _ORDER else (at, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of one strength, as the label says: strength in the medication's unit, count of pieces."""

    strength: Decimal
    count: Decimal


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose of a day: `at` is "HH:MM" or one of PARTS_OF_DAY, `amount` in the medication's unit."""

    at: str | None
    amount: Decimal | None
    parts: tuple[Part, ...] = ()
    volume: str | None = None


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """Medicine for when it is needed, as written; never due, never scheduled."""

    amount: Decimal | None
    for_: str | None = None
    at_most: int | None = None
    per_hours: int | None = None
    as_written: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What was taken before this plan, as typed (`from_` and `to` may be "2019" or a date).

    Never scheduled.
    """

    from_: str | None
    to: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stair of the plan: a day's `doses` every `every_days` days, or a `cycle` of days repeated."""

    starts_on: date | None
    starts_when: str | None = None
    until: str | None = None
    doses: tuple[Dose, ...] = ()
    every_days: int = 1
    cycle: tuple[tuple[Dose, ...], ...] = ()
    as_needed: tuple[AsNeeded, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Medication:
    """The medicine as its label names it. Raises Invalid for an unknown unit, form, release or may_split."""

    name: str | None
    form: str | None = None
    unit: str | None = None
    strengths: tuple[Decimal, ...] = ()
    release: str = "unknown"
    may_split: str = "unknown"
    concentration: str | None = None

    def __post_init__(self) -> None:
        if self.unit is not None and self.unit not in UNITS:
            raise Invalid("unknown_unit", "medication.unit")
        if self.form is not None and self.form not in FORMS:
            raise Invalid("unknown_form", "medication.form")
        if self.release not in RELEASES:
            raise Invalid("unknown_release", "medication.release")
        if self.may_split not in SPLITS:
            raise Invalid("unknown_may_split", "medication.may_split")


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan as first written (revision 1). It may be a draft with blanks: see validate.blanks."""

    medication: Medication
    prescriber: str | None = None
    history: tuple[History, ...] = ()
    steps: tuple[Step, ...] = ()
    ends: Ends | None = None
    last_day: date | None = None
    review_on: date | None = None

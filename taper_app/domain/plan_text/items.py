"""What a clause is made of, once its words were looked at. Values are as written; None is a blank, `code` says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something read; `words` are its words in the source, filled in by the scan."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Item):
    """How much: an amount in `unit`, or pieces of a strength. `parts` are (strength, count)."""

    amount: str | None = None
    unit: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    volume: str | None = None
    code: str = ""
    per_day: bool = False
    total: bool = False  # said to be the day's total, in so many words
    strength: str | None = None  # "15 mg tablets" without a number of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Often(Item):
    """So many doses a day, or one every so many days. `interval`: said as hours, not as a number of times."""

    doses: int = 0
    every_days: int = 1
    interval: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class When(Item):
    """A time of day."""

    at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed(Item):
    """As needed."""

    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Item):
    """How much at most, of what is taken as needed."""

    at_most: int | None = None
    per_hours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Item):
    """A date and what it is for."""

    role: Literal["start", "until", "last", "review", "none"]
    day: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Item):
    """Words kept as they are: how long ("span", "until"), or what a step waits for ("later")."""

    role: Literal["span", "until", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Item):
    """What comes after the last step."""

    ends: Literal["stop", "stay", "review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine(Item):
    """The medicine's name; `known` is what it is, whatever its trade name."""

    known: str
    release: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration(Item):
    """How much is in so much of a liquid, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber(Item):
    """Who wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing(Item):
    """A word that changes nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Item):
    """A word or number that is not understood."""

    code: str

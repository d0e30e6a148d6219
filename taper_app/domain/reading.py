"""Reading JSON values one by one, collecting every error with its field instead of stopping at the first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from taper_app.domain.amounts import parse_amount
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.domain.plan import PARTS_OF_DAY

T = TypeVar("T")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-5][0-9])"
)
# Far enough from both ends of the calendar that no hold can push a date over the edge.
FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(2200, 12, 31)
MAX_ERRORS = 200


class Reader:
    """Reads values and keeps the errors.

    A value that is wrong reads as None; `done` raises what was found.
    """

    def __init__(self) -> None:
        self.errors: list[Invalid] = []

    def wrong(self, code: str, field: str) -> None:
        """Note one error; a body of rubbish yields at most MAX_ERRORS of them."""
        if len(self.errors) < MAX_ERRORS:
            self.errors.append(Invalid(code, field or None))

    def done(self) -> None:
        """Raise InvalidMany when anything was wrong."""
        if self.errors:
            raise InvalidMany(self.errors)

    def mapping(self, value: object, keys: Collection[str], path: str) -> dict[str, Any]:
        """A JSON object with no other keys than these; {} when it is not one."""
        if not isinstance(value, dict):
            self.wrong("missing" if value is None else "wrong_type", path)
            return {}
        for key in value:
            if key not in keys:
                # The key itself came from outside, so it is named only when it is short and plain.
                plain = isinstance(key, str) and re.fullmatch(r"[A-Za-z0-9_]{1,40}", key) is not None
                self.wrong("unknown_key", join(path, key) if plain else path)
        return value

    def items(
        self, value: object, path: str, most: int, read: Callable[[object, str], T], code: str = "too_many"
    ) -> tuple[T, ...]:
        """A JSON list (null counts as empty), each item read with its own path."""
        if value is None:
            return ()
        if not isinstance(value, list):
            self.wrong("wrong_type", path)
            return ()
        if len(value) > most:
            self.wrong(code, path)
            return ()
        return tuple(read(item, join(path, str(i))) for i, item in enumerate(value))

    def text(
        self, value: object, path: str, most: int, *, lines: bool = False, need: bool = False
    ) -> str | None:
        """Trimmed text without control characters (line ends only where `lines`); empty reads as None."""
        if value is None:
            if need:
                self.wrong("missing", path)
            return None
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return None
        if len(value) > most * 2 + 1000:
            self.wrong("too_long", path)
            return None
        text = value.replace("\r\n", "\n").strip() if lines else value.strip()
        allowed = "\n\t" if lines else ""
        # Lone surrogates are valid JSON and break every encoder downstream.
        if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in text):
            self.wrong("control_character", path)
            return None
        if len(text) > most:
            self.wrong("too_long", path)
            return None
        if not text:
            if need:
                self.wrong("missing", path)
            return None
        return text

    def choice(
        self, value: object, path: str, among: Collection[str], code: str, default: str | None
    ) -> str | None:
        """One of a few words; null reads as the default."""
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return default
        if value not in among:
            self.wrong(code, path)
            return default
        return value

    def amount(
        self, value: object, path: str, *, need: bool = False, whole_numbers: bool = False
    ) -> Decimal | None:
        """A decimal string above 0; `whole_numbers` also takes a JSON integer (a count of pieces)."""
        if value is None:
            if need:
                self.wrong("missing", path)
            return None
        if whole_numbers and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**6:
            value = str(value)
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return None
        try:
            return parse_amount(value, path)
        except Invalid as refusal:
            self.wrong(refusal.code, path)
            return None

    def day(self, value: object, path: str, *, need: bool = False) -> date | None:
        """A date YYYY-MM-DD that exists, from 1900 to 2200."""
        if value is None:
            if need:
                self.wrong("missing", path)
            return None
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return None
        try:
            found = date.fromisoformat(value) if _DATE.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None:
            self.wrong("not_a_date", path)
        elif not FIRST_DATE <= found <= LAST_DATE:
            self.wrong("date_out_of_range", path)
            return None
        return found

    def time(self, value: object, path: str) -> str | None:
        """A wall time "HH:MM" or a named part of the day."""
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return None
        if value not in PARTS_OF_DAY and not _TIME.fullmatch(value):
            self.wrong("not_a_time", path)
            return None
        return value

    def integer(self, value: object, path: str, low: int, high: int, *, need: bool = False) -> int | None:
        """A whole number between two others, both counted."""
        if value is None:
            if need:
                self.wrong("missing", path)
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong("wrong_type", path)
            return None
        if not low <= value <= high:
            self.wrong("out_of_range", path)
            return None
        return value

    def truth(self, value: object, path: str) -> bool:
        """true or false; null reads as false."""
        if value is not None and not isinstance(value, bool):
            self.wrong("wrong_type", path)
        return value is True

    def instant(self, value: object, path: str, *, need: bool = False) -> datetime | None:
        """An RFC 3339 instant with its offset."""
        if value is None:
            if need:
                self.wrong("missing", path)
            return None
        if not isinstance(value, str):
            self.wrong("wrong_type", path)
            return None
        try:
            return parse_instant(value)
        except Invalid as refusal:
            self.wrong(refusal.code, path)
            return None


def parse_instant(text: str) -> datetime:
    """Read an RFC 3339 instant with offset. Raises Invalid: not_an_instant, date_out_of_range."""
    if not _INSTANT.fullmatch(text):
        raise Invalid("not_an_instant")
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        raise Invalid("not_an_instant") from None
    if not FIRST_DATE <= found.date() <= LAST_DATE:
        # Also keeps every later change of zone away from the ends of the calendar.
        raise Invalid("date_out_of_range")
    return found


def join(path: str, name: str) -> str:
    """A dotted path one step deeper."""
    return f"{path}.{name}" if path else name

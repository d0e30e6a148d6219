"""What a patient may say of a share, read and judged: label, scopes, how far back, until when, a PIN, paused, frozen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from taper_app.domain.access import SCOPES
from taper_app.domain.reading import Reader, parse_instant

# From the least to the most that is shown.
BACK: Final = ("now", "30_days", "all")
LONGEST = timedelta(days=365)
# An end that was read as a date of a year from now may be a whole day past 365 days, and the hour that a clock was set back.
_SLACK = timedelta(hours=26)
_PIN: Final = (4, 12)
NEW_KEYS: Final = ("label", "scopes", "expires_at", "back", "by_hour", "pin")
KEYS: Final = (*NEW_KEYS, "paused", "frozen")


def read_label(reader: Reader, given: Mapping[str, Any]) -> str:
    """Whom it is for, at most 80 characters; "" when nothing was said."""
    return reader.text(given.get("label"), "label", 80) or ""


def read_scopes(reader: Reader, value: object) -> list[str]:
    """The scopes in the order of API.md, each once; at least one."""
    if value is None:
        reader.wrong("missing", "scopes")
        return []
    found = reader.items(
        value,
        "scopes",
        len(SCOPES),
        lambda item, path: reader.choice("" if item is None else item, path, SCOPES, "unknown_scope", None),
    )
    if isinstance(value, list) and not value:
        reader.wrong("missing", "scopes")
    return [scope for scope in SCOPES if scope in found]


def read_end(reader: Reader, value: object, now: datetime) -> datetime | None:
    """When it ends: later than now, within a year."""
    if reader.instant(value, "expires_at") is None:
        return None
    found = parse_instant(str(value))
    if found <= now:
        reader.wrong("already_over", "expires_at")
    elif found > now + LONGEST + _SLACK:
        reader.wrong("share_too_long", "expires_at")
    return found


def read_back(reader: Reader, given: Mapping[str, Any], default: str) -> str:
    """How far back the log is shown."""
    return reader.choice(given.get("back"), "back", BACK, "choose_one", default) or default


def read_switch(reader: Reader, given: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """A yes or no; null is what it was."""
    value = given.get(name)
    if value is not None and not isinstance(value, bool):
        reader.wrong("wrong_type", name)
    return value if isinstance(value, bool) else default


def read_pin(reader: Reader, value: object) -> str | None:
    """A PIN of 4 to 12 characters without spaces around it; null or "" is none."""
    pin = reader.text(value, "pin", 200)
    if pin is not None and not _PIN[0] <= len(pin) <= _PIN[1]:
        reader.wrong("pin_length", "pin")
    return pin

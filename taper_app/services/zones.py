"""Time zones by their IANA names, and today in one."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every zone this server knows; not "Factory", which stands for none and which browsers refuse."""
    return frozenset(name for name in available_timezones() if name not in ("localtime", "Factory") and not name.startswith("posix"))


def today_in(zone: str, now: datetime) -> date:
    """The wall date in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def wall(at: datetime, zone: str) -> datetime:
    """The instant as clocks showed it in a zone; UTC for a zone this server does not know any more."""
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ValueError, OSError, OverflowError):
        return at.astimezone(UTC)

"""Time zones by their IANA names, and today in one."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Every zone this server knows; not "Factory", which stands for none and which browsers refuse."""
    return frozenset(name for name in available_timezones() if name not in ("localtime", "Factory") and not name.startswith("posix"))


def today_in(zone: str, now: datetime) -> date:
    """The wall date in a zone."""
    return now.astimezone(ZoneInfo(zone)).date()


def day_ends(zone: str, now: datetime, days: int) -> datetime:
    """The last second of the day that comes so many days after today in a zone."""
    return datetime.combine(today_in(zone, now) + timedelta(days=days), time(23, 59, 59), ZoneInfo(zone))


def wall(at: datetime, zone: str) -> datetime:
    """The instant as clocks showed it in a zone; UTC for a zone this server does not know any more."""
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ValueError, OSError, OverflowError):
        return at.astimezone(UTC)

"""When a reminder rings: wall times in a zone, over both daylight-saving nights, and never in quiet hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from taper_app.domain.events import Ledger, is_draft
from taper_app.domain.schedule import schedule

KINDS: Final = ("dose", "check_in")
Kind = Literal["dose", "check_in"]
# How long after its time a reminder still makes sense.
LATE: Final = timedelta(minutes=60)
SNOOZE: Final = timedelta(minutes=15)
MOST_SNOOZES: Final = 3
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One time of day. "dose" rings on days on which a plan has a dose due, "check_in" on every day."""

    id: str
    kind: Kind
    at: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of silence: `from_` is in it, `to` is not; they may span midnight."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A reminder on one wall date, and the instant at which that is."""

    reminder: Reminder
    on: date
    at: datetime


def moment(day: date, at: str, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall time, in UTC.

    One that the clocks jump over is the first instant after the jump; one that comes twice is the first of the two.
    None when the whole date was jumped over (Samoa, 30 December 2011).
    """
    found = _instant(datetime.combine(day, time.fromisoformat(at)), zone)
    midnight = _instant(datetime.combine(day, time.min), zone)
    return found if midnight.astimezone(zone).date() == day else None


def occurrences(reminder: Reminder, zone: ZoneInfo, after: datetime, until: datetime) -> list[Occurrence]:
    """Each time the reminder comes later than `after` and no later than `until`: windows in a row lose and double none."""
    # A day to spare on both sides: an instant after a jump can lie on the next date.
    day, last = after.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    found: list[Occurrence] = []
    while day <= last:
        at = moment(day, reminder.at, zone)
        if at is not None and after < at <= until:
            found.append(Occurrence(reminder, day, at))
        day += DAY
    return found


def is_quiet(quiet: Quiet | None, at: datetime, zone: ZoneInfo) -> bool:
    """Whether an instant lies in the quiet hours, by the clock on the wall."""
    if quiet is None:
        return False
    wall = at.astimezone(zone).strftime("%H:%M")
    if quiet.from_ <= quiet.to:
        return quiet.from_ <= wall < quiet.to
    return wall >= quiet.from_ or wall < quiet.to


def due_dates(ledgers: Iterable[Ledger], first: date, last: date) -> frozenset[date]:
    """The dates on which any plan has a dose due; held days go on, drafts have none, and neither has an ended plan."""
    return frozenset(
        day.date for ledger in ledgers if not is_draft(ledger) for day in schedule(ledger, first, last) if day.doses
    )


def clock_times(ledgers: Iterable[Ledger], first: date, last: date) -> tuple[str, ...]:
    """The clock times of doses on these days, in order. Parts of the day are no clock times and are never turned into one."""
    found = {
        dose.at
        for ledger in ledgers
        if not is_draft(ledger)
        for day in schedule(ledger, first, last)
        for dose in day.doses
        if dose.at is not None and ":" in dose.at
    }
    return tuple(sorted(found))


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    # Clocks jump over this time: the jump lies between its two readings, and is found by halving.
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), found
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after

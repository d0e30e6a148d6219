"""When reminders ring: over both daylight-saving nights, in zones of whole, half and odd hours, and never in quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.reminders import Quiet, Reminder, clock_times, due_dates, is_quiet, moment, occurrences
from tests.builders import closed, dose, held, ledger, on, plan, resumed, step

DAY = timedelta(days=1)
# North, south, half an hour of shift, a jump at midnight, a jump into the next date, a date that was skipped, no shift at all.
ZONES = (
    "America/New_York", "Europe/Vienna", "Australia/Sydney", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo",
    "America/Nuuk", "America/Havana", "Asia/Kolkata", "Pacific/Chatham", "Pacific/Apia", "UTC",
)  # fmt: skip
zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.times().map(lambda t: t.strftime("%H:%M"))
instants = st.integers(0, 3 * 366 * 86400).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n))
spans = st.timedeltas(timedelta(), timedelta(days=9))


def reminder(at: str, kind: str = "check_in") -> Reminder:
    """A reminder at a wall time."""
    return Reminder("r1", "dose" if kind == "dose" else "check_in", at)


def rings(at: str, zone: str, first: str, days: int) -> list[str]:
    """What the clock on the wall shows, with its offset, when it rings in some days from a midnight on."""
    place = ZoneInfo(zone)
    start = datetime.fromisoformat(first).replace(tzinfo=place)
    found = occurrences(reminder(at), place, start - timedelta(seconds=1), start + days * DAY)
    return [one.at.astimezone(place).isoformat(timespec="minutes") for one in found]


@pytest.mark.parametrize(
    ("zone", "first", "at", "expected"),
    [
        # Clocks go forward: 2:30 is not there, and the first instant that is there is 3:00.
        ("America/New_York", "2027-03-13", "02:30", ["2027-03-13T02:30-05:00", "2027-03-14T03:00-04:00", "2027-03-15T02:30-04:00"]),
        ("America/New_York", "2027-03-13", "08:00", ["2027-03-13T08:00-05:00", "2027-03-14T08:00-04:00", "2027-03-15T08:00-04:00"]),
        # Clocks go back: 1:30 comes twice, and the first one rings.
        ("America/New_York", "2026-10-31", "01:30", ["2026-10-31T01:30-04:00", "2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00"]),
        # The south, where spring is in October.
        ("Australia/Sydney", "2026-10-03", "02:15", ["2026-10-03T02:15+10:00", "2026-10-04T03:00+11:00", "2026-10-05T02:15+11:00"]),
        ("Australia/Sydney", "2027-04-03", "02:15", ["2027-04-03T02:15+11:00", "2027-04-04T02:15+11:00", "2027-04-05T02:15+10:00"]),
        # Half an hour of shift.
        ("Australia/Lord_Howe", "2026-10-03", "02:10", ["2026-10-03T02:10+10:30", "2026-10-04T02:30+11:00", "2026-10-05T02:10+11:00"]),
        ("Australia/Lord_Howe", "2027-04-03", "01:45", ["2027-04-03T01:45+11:00", "2027-04-04T01:45+11:00", "2027-04-05T01:45+10:30"]),
        # A jump at midnight, and one that ends on the next date.
        ("Africa/Cairo", "2027-04-29", "00:20", ["2027-04-29T00:20+02:00", "2027-04-30T01:00+03:00", "2027-05-01T00:20+03:00"]),
        ("America/Nuuk", "2027-03-26", "23:30", ["2027-03-26T23:30-02:00", "2027-03-28T00:00-01:00", "2027-03-28T23:30-01:00"]),
    ],
)
def test_both_nights_when_the_clocks_change(zone: str, first: str, at: str, expected: list[str]) -> None:
    """A time that is jumped over rings at the first instant after the jump; one that comes twice rings the first time."""
    assert rings(at, zone, first, 3) == expected


def test_a_date_that_was_skipped_rings_not_at_all() -> None:
    """Samoa had no 30 December 2011, so nobody was reminded on it, nor twice on the 31st."""
    assert moment(date(2011, 12, 30), "08:00", ZoneInfo("Pacific/Apia")) is None
    found = rings("08:00", "Pacific/Apia", "2011-12-29", 4)
    assert [one[:10] for one in found] == ["2011-12-29", "2011-12-31", "2012-01-01"]


@given(zones, times, instants, spans)
def test_each_date_rings_once(zone: ZoneInfo, at: str, start: datetime, span: timedelta) -> None:
    """Every wall date in a span has one ringing, in the order of the dates, and at its time wherever that time is there."""
    found = occurrences(reminder(at), zone, start, start + span)
    dates = [one.on for one in found]
    assert dates == [dates[0] + n * DAY for n in range(len(dates))] if dates else True
    # Whole dates inside the span are all there: a ringing is at most hours away from its own date.
    inner_first, inner_last = start.astimezone(zone).date() + DAY, (start + span).astimezone(zone).date() - DAY
    assert [day for day in dates if inner_first <= day <= inner_last] == [
        inner_first + n * DAY for n in range(max(0, (inner_last - inner_first).days + 1))
    ]
    for one in found:
        wall = one.at.astimezone(zone)
        is_there = datetime.fromisoformat(f"{one.on}T{at}").replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
        if is_there.strftime("%H:%M") == at:
            assert (wall.date(), wall.strftime("%H:%M"), wall.fold) == (one.on, at, 0)
        else:
            before = (one.at - timedelta(seconds=1)).astimezone(zone)
            assert before.strftime("%Y-%m-%dT%H:%M") < f"{one.on}T{at}" < wall.strftime("%Y-%m-%dT%H:%M")


@given(zones, times, instants, spans, spans)
def test_windows_in_a_row_lose_and_double_nothing(zone: ZoneInfo, at: str, a: datetime, first: timedelta, second: timedelta) -> None:
    """What rings in (a, b] and then in (b, c] is what rings in (a, c], wherever b lies."""
    b = a + first
    c = b + second
    one = reminder(at)
    assert occurrences(one, zone, a, b) + occurrences(one, zone, b, c) == occurrences(one, zone, a, c)


@given(zones, times, instants)
def test_a_window_that_ends_on_the_instant_has_it(zone: ZoneInfo, at: str, start: datetime) -> None:
    """The end of a window belongs to it and the beginning does not."""
    found = occurrences(reminder(at), zone, start, start + 3 * DAY)
    for one in found:
        assert one in occurrences(one.reminder, zone, one.at - timedelta(seconds=1), one.at)
        assert one not in occurrences(one.reminder, zone, one.at, one.at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("quiet", "wall", "expected"),
    [
        (Quiet("22:00", "07:00"), "21:59", False),
        (Quiet("22:00", "07:00"), "22:00", True),
        (Quiet("22:00", "07:00"), "03:00", True),
        (Quiet("22:00", "07:00"), "06:59", True),
        (Quiet("22:00", "07:00"), "07:00", False),
        (Quiet("13:00", "15:00"), "14:00", True),
        (Quiet("13:00", "15:00"), "15:00", False),
        (Quiet("13:00", "15:00"), "03:00", False),
        (None, "03:00", False),
    ],
)
def test_quiet_hours(quiet: Quiet | None, wall: str, expected: bool) -> None:
    """Quiet hours begin on their first minute, end before their last, and may span midnight."""
    zone = ZoneInfo("America/New_York")
    at = moment(date(2026, 11, 24), wall, zone)
    assert at is not None and is_quiet(quiet, at, zone) is expected


def test_quiet_hours_follow_the_clock_on_the_wall() -> None:
    """In the night when clocks go forward, what rings at 3:00 in place of 2:30 is judged as 3:00."""
    zone = ZoneInfo("America/New_York")
    at = moment(date(2027, 3, 14), "02:30", zone)
    assert at is not None
    assert is_quiet(Quiet("03:00", "04:00"), at, zone) and not is_quiet(Quiet("02:00", "03:00"), at, zone)


def test_doses_are_due_within_the_plan_only() -> None:
    """Every second day from the first to the last: not before, not between, not after; a draft has none."""
    given_plan = plan(step(1, "15", every_days=2), ends="stop", last=6)
    found = due_dates([ledger(given_plan)], on(-5), on(20))
    assert found == {on(1), on(3), on(5)}
    assert due_dates([ledger(given_plan, active=False)], on(-5), on(20)) == frozenset()


def test_held_days_go_on_and_closed_ones_do_not() -> None:
    """A hold keeps its step's doses coming past the last day, and a plan that was closed has none from then on."""
    short = plan(step(1, "15"), ends="stop", last=6)
    assert due_dates([ledger(short, held(3))], on(1), on(9)) == {on(n) for n in range(1, 10)}
    assert due_dates([ledger(short, held(3), resumed(5))], on(1), on(9)) == {on(n) for n in range(1, 7)}
    assert due_dates([ledger(short, closed(4))], on(1), on(9)) == {on(1), on(2), on(3)}


def test_two_plans_are_due_together() -> None:
    """A day counts when any plan has a dose on it."""
    one, two = plan(step(1, "15"), ends="stop", last=2), plan(step(4, "15"), ends="stop", last=5)
    assert due_dates([ledger(one), ledger(two)], on(1), on(9)) == {on(1), on(2), on(4), on(5)}


def test_parts_of_the_day_are_no_clock_times() -> None:
    """Only clock times are offered, each once and in order."""
    found = plan(step(1, dose("15", "20:00"), dose("15", "bedtime"), dose("15", "08:00")), step(4, dose("15", "08:00")))
    assert clock_times([ledger(found)], on(1), on(9)) == ("08:00", "20:00")

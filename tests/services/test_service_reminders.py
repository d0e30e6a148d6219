"""Setting reminders, and the calendar feed read back by the library that calendars use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from taper_app.data.engine import session_scope
from taper_app.domain.errors import InvalidMany
from taper_app.domain.reminders import Quiet, Reminder, occurrences
from taper_app.services import accounts, calendar, reminders
from taper_app.services.errors import LinkMissing
from taper_app.services.export import export_account
from tests.services.world import NOW, Person, active_plan, dose, plan_body, sign_up

UNSPOKEN = ("morphine", "opioid", "dose", " mg", "tablet", "medicine", "osei", "plan")


def put(person: Person, body: Any, now: datetime = NOW) -> reminders.RemindersView:
    """Set the whole list."""
    with session_scope() as session:
        return reminders.set_reminders(session, person.actor, body, now)


def one(kind: Any, at: Any, **more: Any) -> dict[str, Any]:
    """A reminder as it is sent."""
    return {"kind": kind, "at": at, **more}


def test_what_is_set_is_there() -> None:
    """The list comes back by time, with ids, and says which of them the quiet hours keep silent."""
    ana = sign_up()
    view = put(ana, {"reminders": [one("check_in", "23:00"), one("dose", "08:00")], "quiet": {"from": "22:00", "to": "07:00"}})
    assert [(r.kind, r.at, r.silent) for r in view.reminders] == [("dose", "08:00", False), ("check_in", "23:00", True)]
    assert view.quiet == Quiet("22:00", "07:00")
    again = put(ana, {"reminders": [{"id": r.id, "kind": r.kind, "at": r.at} for r in view.reminders]})
    assert [r.id for r in again.reminders] == [r.id for r in view.reminders]
    assert again.quiet is None


def test_a_list_without_ids_keeps_what_is_there() -> None:
    """A program that sends only times changes nothing about those that are there already."""
    ana = sign_up()
    first = put(ana, {"reminders": [one("dose", "08:00"), one("check_in", "20:00")]})
    later = put(ana, {"reminders": [one("check_in", "20:00"), one("dose", "08:00"), one("dose", "12:00")]}, NOW + timedelta(hours=1))
    ids = {r.at: r.id for r in later.reminders}
    assert [ids[r.at] for r in first.reminders] == [r.id for r in first.reminders]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "reminders", "missing"),
        ({"reminders": [one("dose", "8:00")]}, "reminders.0.at", "not_a_clock_time"),
        ({"reminders": [one("dose", "bedtime")]}, "reminders.0.at", "not_a_clock_time"),
        ({"reminders": [one("dose", None)]}, "reminders.0.at", "not_a_clock_time"),
        ({"reminders": [one(None, "08:00")]}, "reminders.0.kind", "unknown_reminder"),
        ({"reminders": [one("alarm", "08:00")]}, "reminders.0.kind", "unknown_reminder"),
        ({"reminders": [one("dose", "08:00", id="mine")]}, "reminders.0.id", "not_an_id"),
        ({"reminders": [one("dose", "08:00"), one("dose", "08:00")]}, "reminders.1.at", "same_reminder_twice"),
        ({"reminders": [one("dose", f"08:{n:02}") for n in range(13)]}, "reminders", "too_many_reminders"),
        ({"reminders": [], "quiet": {"from": "08:00", "to": "08:00"}}, "quiet.to", "quiet_all_day"),
        ({"reminders": [], "quiet": {"from": "08:00"}}, "quiet.to", "not_a_clock_time"),
        ({"reminders": [], "quiet": {"from": "24:00", "to": "07:00"}}, "quiet.from", "not_a_clock_time"),
    ],
)
def test_a_wrong_list_names_its_field(body: Any, field: str, code: str) -> None:
    """What cannot be is refused beside its field, and nothing of the list is kept."""
    ana = sign_up()
    with pytest.raises(InvalidMany) as found:
        put(ana, body)
    assert (found.value.errors[0].field, found.value.errors[0].code) == (field, code)
    with session_scope() as session:
        assert reminders.get_reminders(session, ana.actor, NOW).reminders == ()


def test_the_plans_clock_times_are_offered() -> None:
    """Clock times of coming doses are offered as long as they have no reminder; parts of the day never are."""
    ana = sign_up()
    steps = [{"starts_on": "2026-11-24", "doses": [dose("20:00", "60"), dose("08:00", "60"), dose("bedtime", "60")]}]
    active_plan(ana, plan_body(steps=steps))
    assert put(ana, {"reminders": []}).offered == ("08:00", "20:00")
    assert put(ana, {"reminders": [one("dose", "08:00"), one("check_in", "20:00")]}).offered == ("20:00",)


def test_a_copy_of_everything_has_the_reminders() -> None:
    """The export holds times, quiet hours and that there is a calendar link, and not the link."""
    ana = sign_up()
    put(ana, {"reminders": [one("dose", "08:00")], "quiet": {"from": "22:00", "to": "07:00"}})
    with session_scope() as session:
        url = calendar.make_feed(session, ana.actor, NOW)
        found = export_account(session, ana.actor, NOW)
    assert [(r["kind"], r["at"]) for r in found["account"]["reminders"]] == [("dose", "08:00")]
    assert found["account"]["quiet"] == {"from": "22:00", "to": "07:00"}
    assert found["account"]["calendar_since"] and url.split("/")[-1].removesuffix(".ics") not in str(found)


def feed(person: Person, now: datetime = NOW) -> tuple[str, Calendar]:
    """A new link's token, and what it gives."""
    with session_scope() as session:
        token = calendar.make_feed(session, person.actor, now).removeprefix("/calendar/").removesuffix(".ics")
        return token, Calendar.from_ical(calendar.read_feed(session, token, now))


def events(found: Calendar) -> list[Event]:
    """The events of a calendar."""
    return list(found.walk("VEVENT"))


def expand(found: Calendar, days: int, zone: ZoneInfo) -> list[datetime]:
    """Every instant at which a calendar program would ring, from the rules in the file alone."""
    rung: list[datetime] = []
    for event in events(found):
        start = event.decoded("dtstart")
        if "rrule" not in event:
            rung.append(start.astimezone(UTC))
            continue
        assert event["rrule"] == {"FREQ": ["DAILY"]}
        out = event.get("exdate")
        excluded = {d.dt.replace(tzinfo=None) for d in out.dts} if out else set()
        wall = [start.replace(tzinfo=None) + timedelta(days=n) for n in range(days)]
        rung += [day.replace(tzinfo=zone).astimezone(UTC) for day in wall if day not in excluded]
    return sorted(rung)


@pytest.mark.parametrize(
    ("zone", "now", "at"),
    [
        ("America/New_York", "2026-10-10T15:00:00+00:00", "01:30"),
        ("America/New_York", "2027-02-20T15:00:00+00:00", "02:30"),
        ("America/New_York", "2027-02-20T15:00:00+00:00", "08:00"),
        ("Australia/Lord_Howe", "2027-03-01T15:00:00+00:00", "01:45"),
        ("Australia/Lord_Howe", "2026-09-10T15:00:00+00:00", "02:10"),
        ("Asia/Kolkata", "2027-03-01T15:00:00+00:00", "08:00"),
        ("UTC", "2027-03-01T15:00:00+00:00", "08:00"),
    ],
)
@pytest.mark.parametrize("kind", ["check_in", "dose"])
def test_the_feed_rings_when_the_app_rings(zone: str, now: str, at: str, kind: str) -> None:
    """Read back over a change of the clocks, the calendar has exactly the instants of the domain, for 59 days."""
    place, when = ZoneInfo(zone), datetime.fromisoformat(now)
    ana = sign_up(zone=zone, now=when)
    first = when.astimezone(place).date()
    steps = [{"starts_on": str(first + timedelta(days=3)), "doses": [dose("morning", "60")], "every_days": 2}]
    active_plan(ana, plan_body(steps=steps, ends="stop", review_on=None, last_day=str(first + timedelta(days=50))), now=when)
    put(ana, {"reminders": [one(kind, at)]}, when)
    _, found = feed(ana, when)
    until = when + timedelta(days=59)
    plan_first, plan_last = first + timedelta(days=3), first + timedelta(days=50)
    expected = [
        o.at
        for o in occurrences(Reminder("r", "dose", at), place, when, until)
        if kind == "check_in" or (plan_first <= o.on <= plan_last and (o.on - plan_first).days % 2 == 0)
    ]
    assert expected
    assert [rung for rung in expand(found, 90, place) if when < rung <= until] == expected


def test_the_feed_carries_its_own_time_zone() -> None:
    """Times stand with their TZID, and the VTIMEZONE in the file knows both of its offsets."""
    ana = sign_up()
    put(ana, {"reminders": [one("check_in", "08:00")]})
    token, found = feed(ana)
    assert events(found)[0]["dtstart"].params["TZID"] == "America/New_York"
    [zone] = found.walk("VTIMEZONE")
    assert zone["tzid"] == "America/New_York"
    assert {str(part["tzoffsetto"].to_ical()) for part in zone.walk() if "tzoffsetto" in part} == {"-0500", "-0400"}
    assert found["refresh-interval"].td == timedelta(hours=6)
    assert found["x-published-ttl"] == "PT6H"
    assert token


def test_the_feed_tells_nothing() -> None:
    """No word of the file names a medicine, a dose or a plan; every event rings and none shows the person as busy."""
    ana = sign_up()
    active_plan(ana)
    put(ana, {"reminders": [one("dose", "08:00"), one("check_in", "20:00")]})
    token, found = feed(ana)
    with session_scope() as session:
        text = calendar.read_feed(session, token, NOW).decode().lower()
    assert not [word for word in UNSPOKEN if word in text]
    assert ana.login not in text and ana.id not in text
    for event in events(found):
        assert [str(alarm["action"]) for alarm in event.walk("VALARM")] == ["DISPLAY"]
        assert event["transp"] == "TRANSPARENT"


def test_events_keep_their_ids() -> None:
    """Read an hour later, the same times have the same ids, so no calendar shows them twice."""
    ana = sign_up()
    active_plan(ana)
    put(ana, {"reminders": [one("dose", "08:00"), one("check_in", "20:00")]})
    token, found = feed(ana)
    with session_scope() as session:
        later = Calendar.from_ical(calendar.read_feed(session, token, NOW + timedelta(hours=1)))
    ids = [str(event["uid"]) for event in events(found)]
    assert ids == [str(event["uid"]) for event in events(later)]
    assert len(set(ids)) == len(ids) > 20


def test_quiet_hours_hold_for_the_calendar_too() -> None:
    """A time in the quiet hours is not in the file."""
    ana = sign_up()
    put(ana, {"reminders": [one("check_in", "23:00"), one("check_in", "12:00")], "quiet": {"from": "22:00", "to": "07:00"}})
    _, found = feed(ana)
    assert [event.decoded("dtstart").strftime("%H:%M") for event in events(found)] == ["12:00"]


def test_a_link_ends_when_it_is_taken_back_or_replaced() -> None:
    """The old link, an ended one and one that never was are refused alike; so is one whose account is gone."""
    ana = sign_up()
    old, _ = feed(ana)
    new, _ = feed(ana)
    with session_scope() as session, pytest.raises(LinkMissing):
        calendar.read_feed(session, old, NOW)
    with session_scope() as session:
        calendar.end_feed(session, ana.actor, NOW)
    for token in (new, "x", "", "\ud800", "x" * 5000):
        with session_scope() as session, pytest.raises(LinkMissing):
            calendar.read_feed(session, token, NOW)
    last, _ = feed(ana)
    with session_scope() as session:
        accounts.delete_account(session, ana.actor, NOW)
    with session_scope() as session, pytest.raises(LinkMissing):
        calendar.read_feed(session, last, NOW)

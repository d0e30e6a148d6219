"""The reminders as a calendar feed, for phones without push. Whoever has the link sees the times and nothing else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from taper_app.content.loader import translate
from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, reminders
from taper_app.data.tables import Account, CalendarFeed
from taper_app.data.tables import Reminder as Row
from taper_app.domain.access import Actor
from taper_app.domain.reminders import DAY, Occurrence, Reminder, due_dates, is_quiet, moment, occurrences
from taper_app.services.errors import LinkMissing
from taper_app.services.owning import changed, own_account
from taper_app.services.reminders import domain_quiet, domain_reminder, ledgers_of
from taper_app.services.tokens import hash_token, new_token

AHEAD = timedelta(days=60)
LASTS = timedelta(minutes=5)
# How often a calendar should look again.
REFRESH = timedelta(hours=6)
LANG = "en"


def make_feed(session: Session, actor: Actor, now: datetime, *, base_url: str = "") -> str:
    """A new link, which is shown this once; one from before stops working."""
    account = own_account(session, actor, "write")
    token = new_token()
    reminders.set_feed(session, CalendarFeed(account_id=account.id, token_hash=hash_token(token), created_at=now))
    accounts.note(session, account.id, "calendar_made", now)
    changed(session, account.id)
    return f"{base_url}/calendar/{token}.ics"


def end_feed(session: Session, actor: Actor, now: datetime) -> None:
    """The link stops working; nothing happens when there is none."""
    account = own_account(session, actor, "write")
    reminders.end_feed(session, account.id)
    accounts.note(session, account.id, "calendar_ended", now)
    changed(session, account.id)


def read_feed(session: Session, token: str, now: datetime) -> bytes:
    """The calendar of a link. Raises LinkMissing: unknown and ended look the same."""
    feed = reminders.feed_by_hash(session, hash_token(token)) if 0 < len(token) <= 200 else None
    account = accounts.by_id(session, feed.account_id) if feed else None
    if account is None:
        raise LinkMissing()
    found: bytes = _calendar(session, account, now).to_ical()
    return found


def _calendar(session: Session, account: Account, now: datetime) -> Calendar:
    zone, quiet = ZoneInfo(account.zone), domain_quiet(reminders.quiet_of(session, account.id))
    start = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = reminders.of_account(session, account.id)
    ledgers = ledgers_of(session, account.id) if any(row.kind == "dose" for row in rows) else []
    due = due_dates(ledgers, start.date(), start.date() + AHEAD)
    calendar = Calendar()
    calendar.add("prodid", "-//Taper//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", translate(LANG, "push.calendar"))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for row in rows:
        reminder = domain_reminder(row)
        coming = [one for one in occurrences(reminder, zone, start, start + AHEAD) if not is_quiet(quiet, one.at, zone)]
        if reminder.kind == "check_in":
            for event in _daily(row, coming, zone):
                calendar.add_component(event)
        else:
            for one in coming:
                if one.on in due:
                    calendar.add_component(_event(one, zone, now))
    calendar.add_missing_timezones(first_date=start.date() - DAY, last_date=start.date() + timedelta(days=800))
    return calendar


def _daily(row: Row, coming: list[Occurrence], zone: ZoneInfo) -> list[Event]:
    """One event that repeats; a day on which clocks jump over its time gets an event of its own."""
    reminder = domain_reminder(row)
    first = _first_day(row, reminder, zone)
    if not coming:
        return []
    event = _event(Occurrence(reminder, first, moment(first, reminder.at, zone) or row.since), zone, row.since, series=True)
    event.add("rrule", {"freq": "daily"})
    moved = [one for one in coming if one.at.astimezone(zone).strftime("%H:%M") != reminder.at]
    for one in moved:
        event.add("exdate", datetime.combine(one.on, datetime.strptime(reminder.at, "%H:%M").time(), zone))  # noqa: DTZ007 - a wall time
    return [event, *(_event(one, zone, row.since) for one in moved)]


def _first_day(row: Row, reminder: Reminder, zone: ZoneInfo) -> date:
    """The date from which it repeats: the first on which its time is there as it stands."""
    day = row.since.astimezone(zone).date()
    at = moment(day, reminder.at, zone)
    return day if at is not None and at.astimezone(zone).strftime("%H:%M") == reminder.at else day + DAY


def _event(one: Occurrence, zone: ZoneInfo, stamp: datetime, *, series: bool = False) -> Event:
    """One time, with words that tell nothing. Its id stays the same from one reading to the next."""
    start = one.at.astimezone(zone)
    event = Event()
    event.add("uid", f"{one.reminder.id}{'' if series else f'-{one.on.isoformat()}'}@taper")
    event.add("dtstamp", stamp)
    event.add("dtstart", start)
    event.add("duration", LASTS)
    event.add("summary", translate(LANG, "push.title"))
    event.add("description", translate(LANG, f"push.text_{one.reminder.kind}"))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", translate(LANG, "push.title"))
    alarm.add("trigger", timedelta())
    event.add_component(alarm)
    return event

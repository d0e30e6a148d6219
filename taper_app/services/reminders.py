"""The times at which an account wants to be reminded, and its quiet hours. Sending them is in `ringing.py`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, reminders, ringing
from taper_app.data.tables import Account, QuietHours
from taper_app.data.tables import Reminder as Row
from taper_app.domain.access import Actor
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.domain.events import Ledger
from taper_app.domain.reading import Reader, join
from taper_app.domain.reminders import KINDS, Kind, Quiet, Reminder, clock_times, is_quiet, moment
from taper_app.services.ledgers import load_all
from taper_app.services.owning import changed, own_account
from taper_app.services.tokens import new_id
from taper_app.services.zones import today_in

MOST_REMINDERS = 12
# How far ahead the plans are looked through for clock times to offer.
OFFERED = timedelta(days=13)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class ReminderView:
    """One reminder. `silent`: its time lies in the quiet hours, so it does not ring."""

    id: str
    kind: Kind
    at: str
    silent: bool


@dataclass(frozen=True)
class MissedView:
    """A reminder that could not be sent within its hour."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class RemindersView:
    """What is set. `offered`: clock times in the plan that have no reminder yet; `missed`: of the last days."""

    reminders: tuple[ReminderView, ...]
    quiet: Quiet | None
    zone: str
    offered: tuple[str, ...]
    missed: tuple[MissedView, ...]
    has_calendar: bool


def get_reminders(session: Session, actor: Actor, now: datetime) -> RemindersView:
    """What the account has set."""
    return _view(session, own_account(session, actor), now)


def set_reminders(session: Session, actor: Actor, body: object, now: datetime) -> RemindersView:
    """Set the whole list: {reminders: [{id, kind, at}], quiet: {from, to} or null}. An `id` that is left out is made here.

    A reminder that stays as it is keeps what was sent of it; a new time rings from now on. Raises InvalidMany.
    """
    account = own_account(session, actor, "write")
    reader = Reader()
    given = reader.mapping(body, ("reminders", "quiet"), "")
    wanted = reader.items(
        given.get("reminders"), "reminders", MOST_REMINDERS, lambda item, path: _reminder(reader, item, path), "too_many_reminders"
    )
    if given.get("reminders") is None:
        reader.wrong("missing", "reminders")
    quiet = _quiet(reader, given.get("quiet"))
    _no_twins(reader, wanted)
    reader.done()
    before = _body(session, account, _list(session, account.id))
    reminders.replace(session, account.id, _rows(session, account.id, wanted, now))
    reminders.set_quiet(session, account.id, (quiet.from_, quiet.to) if quiet else None)
    if _body(session, account, _list(session, account.id)) != before:
        accounts.note(session, account.id, "reminders_changed", now)
    changed(session, account.id)
    return _view(session, account, now)


def add_reminders(session: Session, actor: Actor, wanted: list[tuple[object, object]], now: datetime) -> RemindersView:
    """Add some (kind, at) to the list. Raises InvalidMany with the fields `kind` and `at`: only what is new can be wrong."""
    account = own_account(session, actor, "write")
    added = [{"kind": kind, "at": at} for kind, at in wanted]
    try:
        return set_reminders(session, actor, _body(session, account, [*_list(session, account.id), *added]), now)
    except InvalidMany as refusal:
        raise InvalidMany(Invalid(one.code, "kind" if str(one.field).endswith(".kind") else "at") for one in refusal.errors) from None


def remove_reminder(session: Session, actor: Actor, reminder_id: str, now: datetime) -> RemindersView:
    """Take one out of the list; nothing happens when it is not there."""
    account = own_account(session, actor, "write")
    left = [one for one in _list(session, account.id) if one["id"] != reminder_id]
    return set_reminders(session, actor, _body(session, account, left), now)


def set_quiet(session: Session, actor: Actor, quiet: object, now: datetime) -> RemindersView:
    """Set the quiet hours {from, to}, or take them out with None. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    return set_reminders(session, actor, {"reminders": _list(session, account.id), "quiet": quiet}, now)


def domain_reminder(row: Row) -> Reminder:
    """A row as the domain knows it."""
    return Reminder(row.id, "dose" if row.kind == "dose" else "check_in", row.at)


def domain_quiet(row: QuietHours | None) -> Quiet | None:
    """Quiet hours as the domain knows them."""
    return Quiet(row.starts, row.ends) if row else None


def ledgers_of(session: Session, account_id: str) -> list[Ledger]:
    """Every plan of the account."""
    return [ledger for _, ledger in load_all(session, account_id)]


def _rows(session: Session, account_id: str, wanted: tuple[Reminder, ...], now: datetime) -> list[Row]:
    """The list as it is to be kept: one that is there already keeps its id and its `since`, with or without its id sent."""
    before = reminders.of_account(session, account_id)
    named = {one.id for one in wanted}
    by_id = {row.id: row for row in before}
    by_time = {(row.kind, row.at): row for row in before if row.id not in named}
    rows = []
    for one in wanted:
        old = by_id.get(one.id) if one.id else by_time.get((one.kind, one.at))
        since = old.since if old and (old.kind, old.at) == (one.kind, one.at) else now
        id_ = one.id or (old.id if old else new_id())
        rows.append(Row(account_id=account_id, id=id_, kind=one.kind, at=one.at, since=since))
    return rows


def _list(session: Session, account_id: str) -> list[dict[str, object]]:
    return [{"id": row.id, "kind": row.kind, "at": row.at} for row in reminders.of_account(session, account_id)]


def _body(session: Session, account: Account, listed: list[dict[str, object]]) -> dict[str, object]:
    quiet = reminders.quiet_of(session, account.id)
    return {"reminders": listed, "quiet": {"from": quiet.starts, "to": quiet.ends} if quiet else None}


def _view(session: Session, account: Account, now: datetime) -> RemindersView:
    zone, today = ZoneInfo(account.zone), today_in(account.zone, now)
    quiet = domain_quiet(reminders.quiet_of(session, account.id))
    listed = [domain_reminder(row) for row in reminders.of_account(session, account.id)]

    def silent(one: Reminder) -> bool:
        at = moment(today, one.at, zone)
        return at is not None and is_quiet(quiet, at, zone)

    taken = {one.at for one in listed if one.kind == "dose"}
    times = clock_times(ledgers_of(session, account.id), today, today + OFFERED)
    kinds = {one.id: one.kind for one in listed}
    return RemindersView(
        reminders=tuple(ReminderView(one.id, one.kind, one.at, silent(one)) for one in listed),
        quiet=quiet,
        zone=account.zone,
        offered=tuple(at for at in times if at not in taken)[: MOST_REMINDERS - len(listed)],
        missed=tuple(
            MissedView(kinds[one.reminder_id], one.due_at)
            for one in ringing.of_account(session, account.id)
            if one.state == "missed"
        ),
        has_calendar=reminders.feed_of(session, account.id) is not None,
    )


def _reminder(reader: Reader, value: object, path: str) -> Reminder:
    body = reader.mapping(value, ("id", "kind", "at"), path)
    id_ = reader.text(body.get("id"), join(path, "id"), 64)
    if id_ and not _ID.fullmatch(id_):
        reader.wrong("not_an_id", join(path, "id"))
    kind = reader.choice(body.get("kind"), join(path, "kind"), KINDS, "unknown_reminder", None)
    if body.get("kind") is None:
        reader.wrong("unknown_reminder", join(path, "kind"))
    return Reminder(id_ or "", "dose" if kind == "dose" else "check_in", _clock(reader, body.get("at"), join(path, "at")))


def _quiet(reader: Reader, value: object) -> Quiet | None:
    if value is None:
        return None
    body = reader.mapping(value, ("from", "to"), "quiet")
    quiet = Quiet(_clock(reader, body.get("from"), "quiet.from"), _clock(reader, body.get("to"), "quiet.to"))
    if quiet.from_ and quiet.from_ == quiet.to:
        reader.wrong("quiet_all_day", "quiet.to")
    return quiet


def _clock(reader: Reader, value: object, path: str) -> str:
    # Blank is said in the same words: a summary of "please fill this in" would not say what.
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return value
    reader.wrong("not_a_clock_time", path)
    return ""


def _no_twins(reader: Reader, wanted: tuple[Reminder, ...]) -> None:
    seen: set[object] = set()
    for i, one in enumerate(wanted):
        if one.at and (one.kind, one.at) in seen:
            reader.wrong("same_reminder_twice", f"reminders.{i}.at")
        if one.id and one.id in seen:
            reader.wrong("same_id_twice", f"reminders.{i}.id")
        seen |= {(one.kind, one.at), one.id}

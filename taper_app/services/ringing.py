"""Ringing: each reminder once, whatever restarts, and however many processes look.

A tick first notes what has become due (a row with a unique key: that is the claim), then takes each open row by moving its next
try ahead, sends it outside any transaction, and notes what became of it. A process that dies in between leaves an open row, which
is taken again when its lease is over; push service and phone show a doubled push once, by its topic and its tag.
"""

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from taper_app.content.loader import translate
from taper_app.data.engine import Clash, Session, session_scope
from taper_app.data.repositories import accounts, reminders, ringing
from taper_app.data.tables import Account, ReminderSending
from taper_app.domain.access import Actor
from taper_app.domain.reminders import LATE, MOST_SNOOZES, SNOOZE, Occurrence, due_dates, is_quiet, occurrences
from taper_app.services.errors import InQuietHours, NoMoreSnoozes, ReminderMissing
from taper_app.services.owning import own_account
from taper_app.services.pushing import LEASE, Push, Send, Taken, tell
from taper_app.services.reminders import domain_quiet, domain_reminder, ledgers_of
from taper_app.services.signing import is_over
from taper_app.services.tokens import new_id

# How far back a tick looks for what was due while the server was down, and how long a ringing is kept.
LOOK_BACK = timedelta(hours=24)
KEPT = timedelta(days=3)
LANG = "en"


def send_due_reminders(clock: Callable[[], datetime], send: Send, threads: int = 8) -> None:
    """One tick: note what is due, and send what is open. `clock` is asked again for each, since sending takes time."""
    now = clock()
    with session_scope(write=False) as session:
        is_old = ringing.any_before(session, now - KEPT)
    if is_old:
        with session_scope() as session:
            ringing.forget(session, now - KEPT)
    for account_id, found in _due(now).items():
        _note(account_id, found, now)
    with session_scope(write=False) as session:
        ready = ringing.ready(session, now)
    if ready:
        with ThreadPoolExecutor(min(threads, len(ready))) as pool:
            list(pool.map(lambda one: _ring(one[0], one[1], clock, send), ready))


def snooze(session: Session, actor: Actor, token: object, now: datetime) -> datetime:
    """Ring again in 15 minutes; when that is. Asked twice for one ringing, it rings once.

    Raises ReminderMissing, NoMoreSnoozes, InQuietHours.
    """
    account = own_account(session, actor, "write")
    row = _own(session, account.id, token)
    after = ringing.snoozed(session, row)
    if after:
        return after[0].due_at
    at = now + SNOOZE
    if row.snooze >= MOST_SNOOZES:
        raise NoMoreSnoozes()
    if is_quiet(domain_quiet(reminders.quiet_of(session, account.id)), at, ZoneInfo(account.zone)):
        raise InQuietHours()
    ringing.settle(session, row.id, state="done")
    ringing.add(session, _sending(account.id, row.reminder_id, row.on_date, at, row.snooze + 1))
    return at


def acknowledge(session: Session, actor: Actor, token: object) -> None:
    """The reminder was seen: it rings no more on this date. Nothing is logged (docs/decisions/0010). Raises ReminderMissing."""
    account = own_account(session, actor, "write")
    row = _own(session, account.id, token)
    for one in (row, *ringing.snoozed(session, row)):
        ringing.settle(session, one.id, state="done")


def trial_payload() -> dict[str, Any]:
    """What a push that only tries the phone says."""
    return {"title": _words("title"), "body": _words("test"), "tag": "test", "url": "/reminders", "again": True, "actions": []}


def _due(now: datetime) -> dict[str, list[Occurrence]]:
    """What has come for accounts that ring somewhere and was not noted yet, by account."""
    with session_scope(write=False) as session:
        first: dict[str, datetime] = {}
        for place, login in ringing.subscriptions(session):
            if not is_over(login, now):
                # Nobody is rung for what was due before they asked to be.
                first[place.account_id] = min(place.created_at, first.get(place.account_id, place.created_at))
        noted = ringing.keys(session)
        found: dict[str, list[Occurrence]] = {}
        for row, zone in reminders.that_ring(session):
            if row.account_id not in first:
                continue
            since = max(now - LOOK_BACK, first[row.account_id], row.since)
            for one in occurrences(domain_reminder(row), ZoneInfo(zone), since, now):
                if (row.account_id, row.id, one.on.isoformat()) not in noted:
                    found.setdefault(row.account_id, []).append(one)
        return found


def _note(account_id: str, found: list[Occurrence], now: datetime) -> None:
    """Write down what has come. Another process may do so at the same moment: one of the two writes it."""
    try:
        with session_scope() as session:
            account = accounts.lock(session, account_id)
            if account is None:
                return
            noted = ringing.keys(session, account_id)
            # Somebody may have changed the list since it was looked at.
            there = {domain_reminder(row) for row in reminders.of_account(session, account_id)}
            silent = _silent(session, account, found)
            for one in found:
                on = one.on.isoformat()
                if (account_id, one.reminder.id, on) not in noted and one.reminder in there:
                    state = "silent" if one in silent else "missed" if now - one.at > LATE else "open"
                    ringing.add(session, _sending(account_id, one.reminder.id, on, one.at, 0, state))
    except Clash:
        return


def _silent(session: Session, account: Account, found: list[Occurrence]) -> set[Occurrence]:
    """Those that do not ring: in quiet hours, and for a dose on days without one."""
    quiet = domain_quiet(reminders.quiet_of(session, account.id))
    days = [one.on for one in found if one.reminder.kind == "dose"]
    due: frozenset[date] = due_dates(ledgers_of(session, account.id), min(days), max(days)) if days else frozenset()
    return {
        one
        for one in found
        if is_quiet(quiet, one.at, ZoneInfo(account.zone)) or (one.reminder.kind == "dose" and one.on not in due)
    }


def _ring(account_id: str, sending_id: str, clock: Callable[[], datetime], send: Send) -> None:
    """Take one, send it, note what became of it."""
    with session_scope() as session:
        taken = _take(session, account_id, sending_id, clock())
    if taken is None:
        return
    told = tell(taken, send)
    with session_scope() as session:
        for session_id in told.gone:
            ringing.unsubscribe(session, session_id, taken.pushes[session_id].endpoint)
        state = "open" if told.waiting else _over(told.rang)
        ringing.settle(session, sending_id, waiting=json.dumps(told.waiting), again_at=clock() + told.wait, rang=told.rang, state=state)


def _over(rang: bool) -> str:
    return "sent" if rang else "missed"


def _take(session: Session, account_id: str, sending_id: str, now: datetime) -> Taken | None:
    account = accounts.lock(session, account_id)
    if account is None or not ringing.take(session, sending_id, now, now + LEASE):
        return None
    row = ringing.by_id(session, account_id, sending_id)
    assert row is not None
    quiet = domain_quiet(reminders.quiet_of(session, account_id))
    left = row.due_at + LATE - now
    reached = None if row.waiting is None else set(json.loads(row.waiting))
    found = [
        one
        for one, login in ringing.subscriptions(session, account_id)
        if not is_over(login, now) and (reached is None or one.session_id in reached)
    ]
    if left < timedelta() or is_quiet(quiet, now, ZoneInfo(account.zone)) or not found:
        ringing.settle(session, row.id, state=_over(row.rang))
        return None
    payload = _payload(session, account, row)
    topic, ttl = str(payload["tag"]), int(left.total_seconds())
    pushes = {one.session_id: Push(one.endpoint, one.p256dh, one.auth, payload, topic, ttl) for one in found}
    return Taken(row.tries, row.rang, pushes)


def _payload(session: Session, account: Account, row: ReminderSending) -> dict[str, Any]:
    """All that a phone needs; it never names a medicine, a dose, or what either is for."""
    kind = next(one.kind for one in reminders.of_account(session, account.id) if one.id == row.reminder_id)
    actions = [{"action": "done", "title": _words("done")}]
    if row.snooze < MOST_SNOOZES:
        actions.append({"action": "later", "title": _words("later")})
    return {
        "title": _words("title"),
        "body": _words(f"text_{kind}"),
        # One for a reminder and date: a push that comes twice, or again later, takes the place of the first.
        "tag": hashlib.sha256(f"{row.reminder_id} {row.on_date}".encode()).hexdigest()[:32],
        "url": "/check-in" if kind == "check_in" else "/",
        "token": row.id,
        "again": row.snooze > 0,
        "actions": actions,
    }


def _sending(account_id: str, reminder_id: str, on: str, at: datetime, snooze_no: int, state: str = "open") -> ReminderSending:
    return ReminderSending(
        id=new_id(),
        account_id=account_id,
        reminder_id=reminder_id,
        on_date=on,
        snooze=snooze_no,
        due_at=at,
        again_at=at,
        state=state,
    )


def _own(session: Session, account_id: str, token: object) -> ReminderSending:
    may_be = isinstance(token, str) and len(token) <= 64 and token.isascii() and token.isprintable()
    row = ringing.by_id(session, account_id, str(token)) if may_be else None
    if row is None:
        raise ReminderMissing()
    return row


def _words(name: str) -> str:
    return translate(LANG, f"push.{name}")

"""People whose phones ring, for tests: subscribe, set reminders, look at the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from taper_app.data.engine import session_scope
from taper_app.data.repositories import ringing as rows
from taper_app.services import accounts, pushing, reminders, ringing, subscribing
from tests.services.push_service import Browser
from tests.services.world import NOW, PASSWORD, Person

# 8:00 in New York on 24 November 2026, a day of the plan of `world.plan_body`.
EIGHT = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def sign_in(person: Person, now: datetime = NOW) -> str:
    """Another browser of this person; its token."""
    with session_scope() as session:
        return accounts.sign_in(session, login=person.login, password=PASSWORD, now=now).token


def subscribe(person: Person, browser: Browser, token: str = "", now: datetime = NOW) -> Browser:
    """Ring on this browser."""
    with session_scope() as session:
        subscribing.subscribe(session, person.actor, token or person.token, browser.subscription, now)
    return browser


def remind(person: Person, *wanted: tuple[str, str], quiet: tuple[str, str] | None = None, now: datetime = NOW) -> None:
    """Set reminders (kind, at)."""
    body = {
        "reminders": [{"kind": kind, "at": at} for kind, at in wanted],
        "quiet": {"from": quiet[0], "to": quiet[1]} if quiet else None,
    }
    with session_scope() as session:
        reminders.set_reminders(session, person.actor, body, now)


def tick(now: datetime, send: Any = pushing.send) -> None:
    """One look at the clock."""
    ringing.send_due_reminders(lambda: now, send)


def states(person: Person) -> list[str]:
    """What became of each ringing, oldest first."""
    with session_scope(write=False) as session:
        return [one.state for one in reversed(rows.of_account(session, person.id))]


def snooze(person: Person, token: str, now: datetime) -> datetime:
    """Tap "later"."""
    with session_scope() as session:
        return ringing.snooze(session, person.actor, token, now)

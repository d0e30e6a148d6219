"""A small world for service tests: a database, a fixed clock, people, and one believable plan."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import text

from taper_app.data.engine import Session, database, session_scope
from taper_app.domain.access import Patient
from taper_app.domain.errors import Refusal
from taper_app.services import accounts, entries, passwords, plans
from taper_app.services.views import SignedIn

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PASSWORD = "seven quiet lamps burning"
# Argon2 at its weakest: these tests are about who may, not about how long it takes.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TABLES = (
    "account", "login_session", "plan", "plan_event", "entry", "share", "share_opening", "share_view", "audit", "invite", "wrong_tries",
    "reminder", "quiet_hours", "push_subscription", "reminder_sending", "calendar_feed",
    "plan_source", "plan_photo", "import_file", "passkey", "passkey_challenge", "recovery_code",
    "share_care", "share_reply", "care_message", "care_push", "care_sending", "helper_grant", "account_key",
)  # fmt: skip


def empty() -> None:
    """Take everything out of the database of this process."""
    with session_scope() as session:
        for table in ("account", "invite", "passkey_challenge"):
            session.connection().execute(text(f"DELETE FROM {table}"))


def counts() -> dict[str, int]:
    """How many rows each table has."""
    with database().reader.connect() as connection:
        return {t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in TABLES}


class Person:
    """Somebody with an account."""

    def __init__(self, signed_in: SignedIn, login: str) -> None:
        self.id = signed_in.account_id
        self.token = signed_in.token
        self.recovery_code = signed_in.recovery_code
        self.actor = Patient(self.id)
        self.login = login


def sign_up(login: str = "ana", now: datetime = NOW, zone: str = "America/New_York", **more: Any) -> Person:
    """A new account."""
    with session_scope() as session:
        made = accounts.create_account(session, login=login, password=PASSWORD, display_name=login.title(), zone=zone, now=now, **more)
    return Person(made, login)


@contextmanager
def asking(now: datetime = NOW) -> Iterator[tuple[Session, datetime]]:
    """A transaction and the time."""
    with session_scope() as session:
        yield session, now


def uuid(n: int) -> str:
    """The n-th id of a test."""
    return str(UUID(int=(0x0193A0000000700080000000 << 32) + n))


def at(hours: float = 0) -> str:
    """An instant some hours from NOW, as a phone writes it."""
    return (NOW + timedelta(hours=hours)).isoformat()


def dose(when: str, amount: str | None, **more: Any) -> dict[str, Any]:
    """A dose of a plan."""
    return {"at": when, "amount": amount, **more}


def plan_body(**changes: Any) -> dict[str, Any]:
    """Three steps down, review on the last day."""
    body = {
        "medication": {"name": "morphine sulfate", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "extended"},
        "prescriber": "Dr. Osei",
        "steps": [
            {"starts_on": "2026-11-20", "doses": [dose("morning", "60"), dose("evening", "60")], "note": "with food"},
            {"starts_on": "2026-11-30", "doses": [dose("morning", "45"), dose("evening", "60")]},
            {"starts_on": "2026-12-10", "doses": [dose("morning", "45"), dose("evening", "45")]},
        ],
        "ends": "review",
        "review_on": "2026-12-19",
    }
    return {**body, **changes}


def draft(person: Person, body: dict[str, Any] | None = None, now: datetime = NOW) -> str:
    """A draft of this person; its id."""
    with session_scope() as session:
        return plans.create_plan(session, person.actor, body or plan_body(), now).id


def active_plan(person: Person, body: dict[str, Any] | None = None, now: datetime = NOW) -> str:
    """An active plan of this person; its id."""
    plan_id = draft(person, body, now)
    with session_scope() as session:
        plans.activate_plan(session, person.actor, plan_id, {"confirmed_with_prescriber": True}, now)
    return plan_id


def entry(n: int, kind: str, data: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An entry as a phone sends it."""
    return {"id": uuid(n), "kind": kind, "at": at(), "zone": "America/New_York", "data": data or {}, **more}


def flare(n: int = 1, **data: Any) -> dict[str, Any]:
    """A flare that began an hour ago."""
    return entry(n, "flare", {"started_at": at(-1), "severity_now": 6, **data})


def record(person: Person, *items: Any, now: datetime = NOW) -> list[entries.EntryResult]:
    """Send entries."""
    with session_scope() as session:
        return entries.record_entries(session, person.actor, list(items), now)


def quick_passwords(monkeypatch: Any) -> None:
    """Argon2 at its weakest."""
    monkeypatch.setattr(passwords, "hasher", QUICK)
    passwords._nobody.cache_clear()


def at_once(many: int, do: Callable[[], Any]) -> list[Any]:
    """What came of doing one thing several times at the same moment: a result or a refusal each."""
    ready, found = threading.Barrier(many), []

    def run() -> None:
        ready.wait()
        try:
            found.append(do())
        except Refusal as refusal:
            found.append(refusal)

    threads = [threading.Thread(target=run) for _ in range(many)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found

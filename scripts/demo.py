"""Fill an empty database with three believable months of two invented people, through the services alone.

    python scripts/demo.py

Prints both logins and the link that Ana shares. Refuses a database in which there is anybody.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts import demo_data as data
from taper_app.data.engine import Session, migrate, session_scope
from taper_app.data.repositories.accounts import count
from taper_app.domain.access import Patient
from taper_app.services import accounts, entries, ledger, plans, reminders, shares
from taper_app.services.schedule import plan_schedule

BATCH = 400
SCOPES = ["plan_dates", "plan", "flares", "check_ins", "safety"]
EVENTS = {"hold": ledger.hold_plan, "resume": ledger.resume_plan, "revise": ledger.revise_plan}


@dataclass(frozen=True)
class Demo:
    """What there is to open. `account` is Ana's id."""

    logins: tuple[str, str]
    password: str
    share_path: str
    account: str


def fill(now: datetime | None = None) -> Demo:
    """Write everything; `now` is the end of the three months."""
    now = now or datetime.now(UTC)
    first = now.astimezone(ZoneInfo(data.ZONE)).date() - timedelta(data.DAYS)
    start = datetime.combine(first, datetime.min.time(), ZoneInfo(data.ZONE)) - timedelta(hours=6)
    with session_scope() as session:
        if count(session):
            raise SystemExit("There is somebody in this database already. The demo fills an empty one: set TAPER_DATA to a new folder.")
        ana = _account(session, "ana", "Ana", start)
        sam = _account(session, "sam", "Sam", start)
        people = [{"name": "Maria (sister)", "phone": "555-0134"}, {"name": "Dr. Osei, clinic", "phone": "555-0160"}]
        reminders.set_reminders(session, ana, data.REMINDERS, start)
        accounts.change_settings(session, ana, {"people": people, "after_hours": "555-0161"}, start)
        _ana(session, ana, data.Logbook(first, now, 7), start)
        _sam(session, sam, data.Logbook(first, now, 8), start)
        body = {"label": "Maria", "scopes": SCOPES, "expires_at": (now + timedelta(60)).isoformat()}
        link = shares.create_share(session, ana, body, now - timedelta(20)).url
    return Demo(("ana", "sam"), data.PASSWORD, link, ana.account_id)


def _account(session: Session, login: str, name: str, at: datetime) -> Patient:
    made = accounts.create_account(session, login=login, password=data.PASSWORD, display_name=name, zone=data.ZONE, now=at)
    return Patient(made.account_id)


def _plan(session: Session, actor: Patient, body: dict[str, Any], at: datetime) -> str:
    made = plans.create_plan(session, actor, body, at)
    plans.activate_plan(session, actor, made.id, {"confirmed_with_prescriber": True}, at)
    return made.id


def _ana(session: Session, actor: Patient, book: data.Logbook, start: datetime) -> None:
    plan_id = _plan(session, actor, data.ana_plan(book.first), start)
    for day, what, body in data.ana_events(book.first):
        EVENTS[what](session, actor, plan_id, body, book.at(day, 10))
    # The schedule of today tells what was due: nothing in it changed after its day.
    data.doses(book, plan_id, _days(session, actor, plan_id, book), frozenset({5, 31, 32, 50, 77}))
    data.ana_log(book)
    _record(session, actor, book)


def _sam(session: Session, actor: Patient, book: data.Logbook, start: datetime) -> None:
    patch, needed = (_plan(session, actor, body, start) for body in data.sam_plans(book.first))
    data.doses(book, patch, _days(session, actor, patch, book))
    data.sam_log(book, needed)
    _record(session, actor, book)


def _days(session: Session, actor: Patient, plan_id: str, book: data.Logbook) -> list[dict[str, Any]]:
    last = book.first + timedelta(data.DAYS)
    days = plan_schedule(session, actor, plan_id, book.first, last)
    return [
        {"date": day.date.isoformat(), "doses": [{"at": dose.at, "amount": str(dose.amount)} for dose in day.doses]} for day in days
    ]


def _record(session: Session, actor: Patient, book: data.Logbook) -> None:
    """Each batch as if it had come at the end of its last day, so "recorded at" reads like a life."""
    written = list(book.in_order())
    for begin in range(0, len(written), BATCH):
        batch = written[begin : begin + BATCH]
        came = datetime.fromisoformat(batch[-1]["at"])
        for result in entries.record_entries(session, actor, batch, came):
            if result.status != "stored":
                raise RuntimeError(f"the demo's own entry was refused: {result}")


def main() -> None:
    """Fill the database of the settings and say what to open."""
    os.chdir(ROOT)
    from scripts.keys import unlocked
    from taper_app.settings import settings

    with unlocked():
        migrate()
    demo = fill()
    port = settings().port
    base = settings().public_url.rstrip("/") or f"http://127.0.0.1:{port}"
    print(f"Two people with three months each. Sign in at {base}/auth/sign-in")
    for login in demo.logins:
        print(f"  login: {login:5} password: {demo.password}")
    print(f"Ana shares with Maria: {base}{demo.share_path}")


if __name__ == "__main__":
    main()

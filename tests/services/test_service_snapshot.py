"""The snapshot, today and the export: shapes, and how many questions they ask the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from taper_app.data.engine import database, session_scope
from taper_app.services import accounts, entries, ledger, plans, share_door, shares
from taper_app.services.export import export_account
from taper_app.services.snapshot import snapshot
from taper_app.services.summary import shared_summary
from taper_app.services.today import today
from tests.services.world import NOW, active_plan, asking, at, dose, draft, entry, flare, plan_body, record, sign_up


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside."""
    seen: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(database().writer, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database().writer, "before_cursor_execute", note)


def test_the_snapshot_has_the_contracts_shape() -> None:
    """Names and forms are those of docs/architecture.md, and all of it is JSON."""
    ana = sign_up()
    plan_id = active_plan(ana)
    draft(ana)
    record(ana, flare(1))
    with asking() as (session, now):
        found = json.loads(json.dumps(snapshot(session, ana.actor, now)))
    assert list(found) == ["account", "date", "known_at", "plans", "drafts", "entries", "guard", "safety"]
    plan = found["plans"][0]
    assert list(plan) == [
        "id", "status", "medication", "prescriber", "ends", "last_day", "review_on", "revision", "steps", "uneven", "changed_on",
        "held_by", "stairs", "days", "next_change",
    ]  # fmt: skip
    assert (plan["id"], plan["steps"], len(plan["days"])) == (plan_id, 3, 46)
    assert [plan["days"][0]["date"], plan["days"][-1]["date"]] == ["2026-10-23", "2026-12-07"]
    assert plan["days"][31] == {
        "date": "2026-11-23", "status": "active", "step": 1, "revision": 1, "as_needed": [],
        "doses": [
            {"at": "morning", "amount": "60", "unit": "mg", "parts": [], "volume": None},
            {"at": "evening", "amount": "60", "unit": "mg", "parts": [], "volume": None},
        ],
    }  # fmt: skip
    assert plan["stairs"][0] == {
        "from": "2026-11-20", "to": "2026-11-29", "level": "120", "status": "active", "step": 1, "revision": 1,
    }  # fmt: skip
    assert plan["next_change"] == {"on": "2026-11-30", "what": "step", "starts_when": None, "level": "105"}
    assert found["entries"][0]["data"] == {"started_at": at(-1), "severity_now": 6}
    assert (found["date"], found["guard"], len(found["drafts"])) == ("2026-11-23", [], 1)


def test_the_snapshot_asks_little() -> None:
    """At most six questions, however many plans and entries there are; sign-in is one more."""
    ana = sign_up()
    for _ in range(3):
        active_plan(ana)
    record(ana, *[flare(n) for n in range(1, 60)])
    with session_scope(write=False) as session, counted() as seen:
        snapshot(session, ana.actor, NOW)
    assert len(seen) <= 6, seen
    with session_scope(write=False) as session, counted() as seen:
        assert accounts.authenticate(session, ana.token, NOW)
    assert len(seen) == 1


def test_other_calls_ask_little_too() -> None:
    """A batch of entries, a summary and a plan take a handful of statements each; one of them asks for the account's key."""
    ana = sign_up()
    plan_id = active_plan(ana)
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {}, now)
        opened = share_door.open_share(session, made.token, now)
    with session_scope() as session, counted() as seen:
        entries.record_entries(session, ana.actor, [flare(n) for n in range(1, 200)], NOW)
    assert len(seen) <= 8, seen
    with session_scope(write=False) as session, counted() as seen:
        looking = share_door.authenticate_share(session, opened.token, NOW)
        assert looking
        shared_summary(session, looking, NOW)
    assert len(seen) <= 8, seen
    with session_scope(write=False) as session, counted() as seen:
        plans.get_plan(session, ana.actor, plan_id, NOW)
    assert len(seen) <= 4, seen


def test_the_guard_opens_in_the_snapshot() -> None:
    """A dose logged above the step opens the guard; a day without entries does not."""
    ana = sign_up()
    plan_id = active_plan(ana)
    due = {"date": "2026-11-23", "at": "morning"}
    record(ana, entry(1, "dose", {"plan_id": plan_id, "action": "different", "due": due, "amount": "75"}))
    with asking() as (session, now):
        assert snapshot(session, ana.actor, now)["guard"] == ["above_step"]


def test_a_revision_shows_its_day() -> None:
    """`changed_on` is the day from which the latest revision governs."""
    ana = sign_up()
    plan_id = active_plan(ana)
    steps = [{"starts_on": "2026-11-25", "doses": [dose("08:00", "90")]}]
    body = {"effective_on": "2026-11-25", "said_by": "Dr. Osei", "steps": steps, "ends": "stay"}
    with asking() as (session, now):
        ledger.revise_plan(session, ana.actor, plan_id, body, now)
        plan = snapshot(session, ana.actor, now)["plans"][0]
    assert (plan["revision"], plan["changed_on"], plan["steps"]) == (2, "2026-11-25", 1)


@pytest.mark.parametrize(
    ("rhythm", "uneven"),
    [
        ({}, False),
        ({"every_days": 2}, True),
        ({"doses": [], "cycle": [[{"at": "08:00", "amount": "30"}], [{"at": "08:00", "amount": "15"}]]}, True),
    ],
)
def test_a_plan_with_days_that_differ_says_so(rhythm: dict[str, Any], uneven: bool) -> None:
    """`uneven` says that a stair's level is that of its largest day, and not what is taken each day."""
    ana = sign_up()
    step = {"starts_on": "2026-11-20", "doses": [{"at": "08:00", "amount": "30"}], **rhythm}
    active_plan(ana, plan_body(steps=[step], ends="stay", last_day=None))
    with asking() as (session, now):
        (plan,) = snapshot(session, ana.actor, now)["plans"]
    assert plan["uneven"] is uneven


def test_today_shows_what_was_logged() -> None:
    """A ticked dose is taken, the other is open, and an unplanned one is counted."""
    ana = sign_up()
    plan_id = active_plan(ana)
    due = {"date": "2026-11-23", "at": "morning"}
    record(
        ana,
        entry(1, "dose", {"plan_id": plan_id, "action": "taken", "due": due}),
        entry(2, "dose", {"plan_id": plan_id, "action": "taken", "amount": "5"}, at=at(-1)),
    )
    with asking() as (session, now):
        plan = today(session, ana.actor, now)["plans"][0]
        assert [one["state"] for one in plan["doses"]] == ["taken", "open"]
        assert (plan["logged_in_24h"], len(plan["unplanned"])) == (1, 1)
        tomorrow = (now + timedelta(days=1)).date()
        assert [one["state"] for one in today(session, ana.actor, now, tomorrow)["plans"][0]["doses"]] == ["open", "open"]


@pytest.mark.promise(15)
def test_the_export_holds_everything_and_no_secret() -> None:
    """Plans with status and ledger, entries, shares and audit are in it; numbers of order and secrets are not."""
    ana = sign_up()
    active_plan(ana)
    draft(ana, plan_body(prescriber="Dr. Lee"))
    record(ana, flare(1), entry(2, "flare", {"retracted": True}, changes=flare(1)["id"]))
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {"label": "Sam"}, now)
        found = export_account(session, ana.actor, now)
    text = json.dumps(found)
    assert (found["format"], found["version"]) == ("taper-export", 1)
    assert sorted(plan["status"] for plan in found["plans"]) == ["active", "draft"]
    assert [len(plan["events"]) for plan in found["plans"] if plan["status"] == "active"] == [1]
    assert len(found["entries"]) == 2
    for secret in (made.token, ana.token, ana.recovery_code, "argon2", '"seq"', "token_hash"):
        assert secret not in text


def test_two_accounts_with_the_same_log_export_alike() -> None:
    """What is not the account's own reads the same in both exports, but for ids that the server made."""
    texts = []
    for login in ("ana", "bea"):
        person = sign_up(login)
        record(person, flare(2), flare(1))
        with asking() as (session, now):
            found = export_account(session, person.actor, now)
        for own in ("account", "exported_at", "audit", "sessions"):
            found.pop(own)
        texts.append(json.dumps(found))
    assert texts[0] == texts[1]

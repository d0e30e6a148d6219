"""The trail: what was done with an account, written once, read by its patient, changed by nobody."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from taper_app.content.loader import catalog, languages
from taper_app.data import engine
from taper_app.data.repositories import accounts as rows
from taper_app.domain.access import SCOPES, Caregiver, Stranger
from taper_app.domain.errors import Forbidden, Invalid
from taper_app.domain.trail import CODES, WHO
from taper_app.services import accounts, audit, ledger, plans, reminders
from taper_app.services.errors import NotSignedIn
from tests.house.files import calls, named, short
from tests.services.world import NOW, PASSWORD, Person, active_plan, asking, counts, draft, flare, record, sign_up

HOUR = timedelta(hours=1)


def trail(person: Person) -> list[str]:
    """The codes of somebody's trail, oldest first."""
    with asking() as (session, _):
        return [one.what for one in audit.list_audit(session, person.actor).lines]


def test_what_is_done_with_an_account_is_written_down() -> None:
    """Signing up, a plan and each of its changes, settings and sessions leave a line each, in order, with the id of what it was."""
    ana = sign_up()
    plan = active_plan(ana)
    other = draft(ana)
    with asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan, {"from": "2026-11-24", "said_by": "Dr. Osei"}, now)
        ledger.resume_plan(session, ana.actor, plan, {"on": "2026-11-25", "said_by": "Dr. Osei"}, now)
        ledger.close_plan(session, ana.actor, plan, {"on": "2026-11-26", "said_by": "Dr. Osei"}, now, preview=True)
        ledger.close_plan(session, ana.actor, plan, {"on": "2026-11-26", "said_by": "Dr. Osei"}, now)
        plans.delete_draft(session, ana.actor, other, now)
        accounts.change_settings(session, ana.actor, {"display_name": "Ana B"}, now)
        again = accounts.sign_in(session, login="ana", password=PASSWORD, now=now)
        accounts.end_session(session, ana.actor, again.session_id, now=now)
        accounts.sign_out(session, ana.token, now)
    found = [
        "signed_up", "signed_in", "plan_activated", "plan_held", "plan_resumed", "plan_closed", "plan_deleted", "settings_changed",
        "signed_in", "session_ended", "signed_out",
    ]  # fmt: skip
    assert trail(ana) == found
    with asking() as (session, _):
        lines = audit.list_audit(session, ana.actor).lines
    assert {one.subject for one in lines if one.what.startswith("plan_")} == {plan, other}
    assert [one.subject for one in lines if one.what == "session_ended"] == [again.session_id]
    assert {one.actor for one in lines} == {"self"}


def test_reminders_leave_a_line_when_they_change() -> None:
    """A list that is saved as it was leaves none; another time, and other quiet hours, leave one each."""
    ana = sign_up()
    eight, quiet = {"kind": "dose", "at": "08:00"}, {"from": "22:00", "to": "07:00"}
    for listed, hours in (([eight], None), ([eight], None), ([], None), ([], quiet), ([], quiet)):
        with asking() as (session, now):
            reminders.set_reminders(session, ana.actor, {"reminders": listed, "quiet": hours}, now)
    assert trail(ana)[2:] == ["reminders_changed"] * 3


@pytest.mark.promise(7)
def test_the_trail_holds_no_value() -> None:
    """Nothing that somebody typed is in any column of it."""
    ana = sign_up("canarylogin")
    record(ana, flare(1, note="canarynote"))
    with asking() as (session, now):
        accounts.change_settings(session, ana.actor, {"display_name": "canaryname", "after_hours": "canaryphone"}, now)
        audit.note_wrong_try(session, "canarylogin", now)
    with engine.database().reader.connect() as connection:
        assert "canary" not in str(connection.execute(text("SELECT * FROM audit")).all())


@pytest.mark.parametrize("statement", ["UPDATE audit SET what = 'signed_up'", "UPDATE audit SET at = NULL", "DELETE FROM audit"])
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    """Whatever the app might do by mistake, a line stays as it was written."""
    ana = sign_up()
    before = trail(ana)
    with pytest.raises(DBAPIError, match="append-only"), engine.database().writer.begin() as connection:
        connection.execute(text(statement))
    assert trail(ana) == before


def test_the_whole_table_cannot_be_emptied() -> None:
    """On a server, TRUNCATE is refused too; SQLite has none."""
    sign_up()
    with engine.database().writer.connect() as connection:
        if connection.dialect.name == "postgresql":
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text("TRUNCATE audit"))
    assert counts()["audit"] == 2


@pytest.mark.promise(15)
def test_the_trail_goes_with_its_account() -> None:
    """Deleting the account takes its lines and its counts, and nobody else's."""
    ana, bea = sign_up(), sign_up("bea")
    with asking() as (session, now):
        audit.note_wrong_try(session, "ana", now)
        accounts.delete_account(session, ana.actor, now)
    assert counts()["wrong_tries"] == 0
    assert counts()["audit"] == len(trail(bea)) == 2


@pytest.mark.promise(5)
def test_wrong_tries_are_one_line_an_hour() -> None:
    """A hundred guesses are one line that counts them; an hour later a new one begins; a login that is nobody's leaves nothing."""
    ana = sign_up()
    for n in range(100):
        with asking() as (session, _):
            audit.note_wrong_try(session, " ANA ", NOW + HOUR * n / 101)
    with asking() as (session, _):
        audit.note_wrong_try(session, "ana", NOW + HOUR * 2)
        for login in ("nobody", None, 7, "\ud800", "x" * 9999):
            audit.note_wrong_try(session, login, NOW)
        found = [(one.what, one.actor, one.tries, one.subject) for one in audit.list_audit(session, ana.actor).lines[2:]]
    assert found == [("wrong_try", "nobody", 100, None), ("wrong_try", "nobody", 1, None)]


def test_the_trail_is_read_in_pages() -> None:
    """Both ways round, page after page, each line comes once; a cursor that is none is refused."""
    ana, bea = sign_up(), sign_up("bea")
    with asking() as (session, now):
        for n in range(10):
            rows.note(session, ana.id, "share_made", now + HOUR * n, subject=str(n))
            rows.note(session, bea.id, "share_ended", now)
    with asking() as (session, _):
        whole = audit.list_audit(session, ana.actor).lines
        pages: list[Any] = []
        after: str | None = None
        for _ in range(4):
            page = audit.list_audit(session, ana.actor, after, 3)
            pages += page.lines
            after = page.next
        assert after is None
        assert tuple(pages) == whole
        back = [line for skip in (0, 5, 10) for line in audit.latest_audit(session, ana.actor, skip, 5).lines]
        assert tuple(reversed(back)) == whole
        for cursor, limit in (("x", 3), ("-1", 3), ("²", 3), ("1" * 10, 3), (None, 0), (None, 501)):
            with pytest.raises(Invalid):
                audit.list_audit(session, ana.actor, cursor, limit)


@pytest.mark.parametrize("actor", [Stranger(), "caregiver"])
def test_only_its_patient_reads_it(actor: Any) -> None:
    """A stranger, and a caregiver with every scope, are refused."""
    ana = sign_up()
    asks = Caregiver("s", ana.id, frozenset(SCOPES)) if actor == "caregiver" else actor
    with asking() as (session, now):
        for ask in (
            lambda: audit.list_audit(session, asks),
            lambda: audit.latest_audit(session, asks, 0, 50),
            lambda: audit.note_done(session, asks, "data_exported", now),
        ):
            with pytest.raises((Forbidden, NotSignedIn)):
                ask()


def test_the_host_notes_for_everybody() -> None:
    """What is done with everybody's data is a line in everybody's trail."""
    people = [sign_up(), sign_up("bea")]
    with asking() as (session, now):
        audit.note_for_all(session, "key_rotated", now)
        for one in people:
            line = audit.list_audit(session, one.actor).lines[-1]
            assert (line.what, line.actor, line.at) == ("key_rotated", "host", NOW)


@pytest.mark.parametrize(("what", "who"), [("looked_out_of_the_window", "self"), ("signed_in", "the_cat")])
def test_an_unknown_code_is_a_mistake(what: str, who: Any) -> None:
    """Nothing that nobody has words for gets into a trail."""
    ana = sign_up()
    with asking() as (session, now), pytest.raises(ValueError, match="no line of a trail"):
        rows.note(session, ana.id, what, now, actor=who)


@pytest.mark.parametrize("lang", languages())
def test_every_code_has_its_words(lang: str) -> None:
    """The page can say each line, and no words are left over."""
    keys = catalog(lang)
    assert {key.split(".")[2] for key in keys if key.startswith("audit.what.")} == CODES
    assert {key.split(".")[2] for key in keys if key.startswith("audit.who.")} == set(WHO)


def test_every_code_in_the_app_is_known() -> None:
    """What the code notes, also where it puts the code together, is in the list."""
    wrong = []
    for path in named(".py", under="taper_app"):
        for name, call in calls(path):
            if name in ("note", "note_done", "note_for_all", "noted") and len(call.args) >= 3 - (name == "noted"):
                what = call.args[1 if name in ("noted", "note_for_all") else 2]
                if isinstance(what, ast.JoinedStr):
                    parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in what.values]
                    known = any(re.fullmatch("".join(parts), code) for code in CODES)
                else:
                    known = not isinstance(what, ast.Constant) or not isinstance(what.value, str) or what.value in CODES
                if not known:
                    wrong.append(f"{short(path)}:{call.lineno}")
    assert wrong == []


def test_every_code_is_noted_by_something() -> None:
    """No line has words and is never written: each code stands in the app or a command, whole or put together."""
    code = "|".join(re.escape(one) for one in sorted(CODES))
    found: set[str] = set()
    for path in (*named(".py", under="taper_app"), *named(".py", under="scripts")):
        text = "" if short(path) == "taper_app/domain/trail.py" else path.read_text("utf-8")
        found |= set(re.findall(rf'"({code})"', text))
        for start in re.findall(r'f"([a-z]+_)\{\w+\}"', text):
            found |= {one for one in CODES if one.startswith(start)}
    assert CODES - found == set()

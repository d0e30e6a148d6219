"""A diary waits for an hour for its owner alone, and is added all at once, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Stranger
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.services import importing_diary as diaries
from taper_app.services.entries import list_entries
from taper_app.services.errors import DiaryMissing, NotSignedIn
from tests.services.world import NOW, Person, counts, sign_up

TEXT = "day,pain,note\n2026-11-02,4,walked\n2026-11-03,5,\n2026-11-04,,\n"
COLUMNS = {"date": 0, "pain": 1, "note": 2}


def receive(person: Person, text: str = TEXT, now: Any = NOW) -> str:
    """Send a diary; its id."""
    with session_scope() as session:
        return diaries.receive_diary(session, person.actor, text, now).id


def add(person: Person, file_id: str, columns: Any = None, date_format: object = "YYYY-MM-DD", now: Any = NOW) -> int:
    """Add it."""
    with session_scope() as session:
        diary = diaries.open_diary(session, person.actor, file_id, now)
    found = diaries.match_diary(diary, columns or COLUMNS, date_format, now)
    with session_scope() as session:
        return diaries.add_diary(session, person.actor, diary, found, now)


def log(person: Person) -> list[tuple[str, dict[str, Any]]]:
    """The log as (at, data)."""
    with session_scope() as session:
        return [(one.at, one.data) for one in list_entries(session, person.actor, None, 500).entries]


def test_the_same_file_twice_is_the_same_as_once() -> None:
    """The days are check-ins in the account's zone; sent again, nothing is new; another account has its own."""
    ana, bea = sign_up("ana"), sign_up("bea")
    assert add(ana, receive(ana)) == 2
    once = log(ana)
    assert once == [("2026-11-02T12:00:00-05:00", {"pain": 4, "note": "walked"}), ("2026-11-03T12:00:00-05:00", {"pain": 5})]
    assert add(ana, receive(ana)) == 0
    assert log(ana) == once
    assert add(bea, receive(bea)) == 2
    assert counts()["import_file"] == 0


def test_all_or_nothing() -> None:
    """With one row that cannot be read nothing is added, and each is named by its line."""
    ana = sign_up("ana")
    file_id = receive(ana, TEXT + "2026-11-05,11,\n2030-01-01,3,\n")
    before = counts()
    with pytest.raises(InvalidMany) as refusal:
        add(ana, file_id)
    assert [(one.code, one.field, one.params["line"]) for one in refusal.value.errors] == [
        ("not_0_to_10", "pain", "5"), ("from_the_future", "date", "6"),
    ]  # fmt: skip
    assert counts() == before


def test_it_waits_for_its_owner_for_an_hour() -> None:
    """Another account, an unknown id and a file that is too old look the same; the clock takes old ones away."""
    ana, bea = sign_up("ana"), sign_up("bea")
    file_id = receive(ana)
    for person, name, now in ((bea, file_id, NOW), (ana, "unknown", NOW), (ana, "\0", NOW), (ana, file_id, NOW + timedelta(minutes=61))):
        with session_scope() as session, pytest.raises(DiaryMissing):
            diaries.waiting_diary(session, person.actor, name, now)
        with pytest.raises(DiaryMissing):
            add(person, name, now=now)
    with session_scope() as session:
        diaries.forget_diaries(session, NOW + timedelta(minutes=59))
    assert counts()["import_file"] == 1
    with session_scope() as session:
        diaries.forget_diaries(session, NOW + timedelta(minutes=61))
    assert counts()["import_file"] == 0


def test_a_new_file_takes_the_place_of_the_one_before() -> None:
    """An account has one diary that waits."""
    ana = sign_up("ana")
    first = receive(ana)
    second = receive(ana, TEXT + "2026-11-05,1,\n")
    with session_scope() as session, pytest.raises(DiaryMissing):
        diaries.waiting_diary(session, ana.actor, first, NOW)
    with session_scope() as session:
        found = diaries.waiting_diary(session, ana.actor, second, NOW)
    assert (found.columns, found.rows, found.sample[0]) == (("day", "pain", "note"), 4, ("2026-11-02", "4", "walked"))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, {("date", "no_date_column")}),
        ({"pain": 1}, {("date", "no_date_column")}),
        ({"date": 0}, {("pain", "no_value_column")}),
        ({"date": 0, "pain": 0}, {("pain", "column_twice")}),
        ({"date": 9, "pain": -1}, {("date", "unknown_column"), ("pain", "unknown_column")}),
        ({"date": "0", "pain": True}, {("date", "unknown_column"), ("pain", "unknown_column")}),
    ],
)
def test_columns_that_are_none_are_refused(columns: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    """A column is a number of the file, each for one thing, and a date and something to log are needed."""
    ana = sign_up("ana")
    file_id = receive(ana)
    with session_scope() as session:
        diary = diaries.open_diary(session, ana.actor, file_id, NOW)
    with pytest.raises(InvalidMany) as refusal:
        diaries.match_diary(diary, columns, None, NOW)
    assert {(one.field, one.code) for one in refusal.value.errors} == expected


def test_a_way_to_write_dates_is_chosen_and_never_assumed() -> None:
    """Only what fits every row is on offer; without a choice nothing is read and nothing is added."""
    ana = sign_up("ana")
    file_id = receive(ana, "day,pain\n02/11/2026,4\n03/11/2026,5\n")
    columns = {"date": 0, "pain": 1}
    with session_scope() as session:
        diary = diaries.open_diary(session, ana.actor, file_id, NOW)
    unread = diaries.match_diary(diary, columns, None, NOW)
    read = diaries.match_diary(diary, columns, "DD/MM/YYYY", NOW)
    assert (unread.formats, unread.days) == (("DD/MM/YYYY", "MM/DD/YYYY"), ())
    assert [day.day.isoformat() for day in read.days] == ["2026-11-02", "2026-11-03"]
    for wrong in (None, "YYYY-MM-DD", 5, "x"):
        with pytest.raises(Invalid) as refusal:
            add(ana, file_id, columns, wrong)
        assert refusal.value.code == "choose_date_format"
    assert log(ana) == []


def test_what_was_read_for_one_account_is_added_to_no_other() -> None:
    """A diary that was opened by its owner cannot be added by somebody else."""
    ana, bea = sign_up("ana"), sign_up("bea")
    file_id = receive(ana)
    with session_scope() as session:
        diary = diaries.open_diary(session, ana.actor, file_id, NOW)
    found = diaries.match_diary(diary, COLUMNS, "YYYY-MM-DD", NOW)
    with session_scope() as session, pytest.raises(DiaryMissing):
        diaries.add_diary(session, bea.actor, diary, found, NOW)
    assert log(ana) == log(bea) == []


def test_a_stranger_sends_nothing() -> None:
    """Without an account there is nothing to add to."""
    with session_scope() as session, pytest.raises(NotSignedIn):
        diaries.receive_diary(session, Stranger(), TEXT, NOW)

"""The screen of a diary without a browser: columns are matched, read back, added; and nothing is shown to anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from taper_app.data import engine
from taper_app.services import accounts, importing_diary
from taper_app.services.entries import list_entries
from taper_app.states.import_diary import ImportDiaryState
from tests.services.world import Person
from tests.states.phone import Phone, call

TEXT = "day,pain,<b>note</b>\n02/11/2025,4,walked\n03/11/2025,5,\n04/11/2025,,\n"
FORM = {"date": "0", "pain": "1", "note": "2", "date_format": "DD/MM/YYYY"}


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("import-states")))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    """Somebody new."""
    login, now = request.node.name[:80], datetime.now(UTC)
    with engine.session_scope() as session:
        made = accounts.create_account(
            session, login=login, password="three quiet green rivers", display_name="Ana", zone="UTC", now=now
        )
    return Person(made, login)


def opened(person: Person, text: str = TEXT) -> ImportDiaryState:
    """The screen of a file that was just sent."""
    with engine.session_scope() as session:
        file_id = importing_diary.receive_diary(session, person.actor, text, datetime.now(UTC)).id
    return Phone(person.token).open(ImportDiaryState, "/import/diary", id=file_id)


def logged(person: Person) -> int:
    """How many entries there are."""
    with engine.session_scope() as session:
        return len(list_entries(session, person.actor, None, 500).entries)


@pytest.mark.parametrize("handler", ["load", "match", "add"])
def test_nothing_is_shown_to_somebody_whose_session_has_ended(handler: str) -> None:
    """Without a session the screen stays empty and says that one is signed out."""
    state = Phone("not-a-session").at(ImportDiaryState, "/import/diary", id="x")
    state.ready = True
    call(state, handler, *([FORM] if handler == "match" else []))
    assert state.signed_out
    assert not state.loaded and state.columns == [] and state.added == -1


def test_the_columns_stand_there_as_text(person: Person) -> None:
    """A column is shown by its name, whatever it holds, and by what its first row says."""
    state = opened(person)
    assert [(one.value, one.name, one.sample) for one in state.columns] == [
        ("0", "day", "02/11/2025"), ("1", "pain", "4"), ("2", "<b>note</b>", "walked"),
    ]  # fmt: skip
    assert (state.rows, state.missing) == (3, False)


def test_how_dates_are_written_is_asked_and_then_needed(person: Person) -> None:
    """The question comes up with the ways that fit; not answering it then is told beside it."""
    state = opened(person)
    call(state, "match", {**FORM, "date_format": ""})
    assert (state.formats, state.asks_format, state.wrong) == (["DD/MM/YYYY", "MM/DD/YYYY"], True, {})
    call(state, "match", {**FORM, "date_format": ""})
    assert set(state.wrong) == {"date_format"} and not state.ready


def test_what_was_read_back_is_added(person: Person) -> None:
    """The rows are read back in words; one tap adds all of them, once."""
    state = opened(person)
    call(state, "match", FORM)
    assert [(one.when, one.words, one.note) for one in state.days] == [
        ("Sun 2 Nov 2025 12:00", "pain 4", "walked"), ("Mon 3 Nov 2025 12:00", "pain 5", ""),
    ]  # fmt: skip
    assert (state.count, state.left_out, state.error_count, state.ready) == (2, 1, 0, True)
    call(state, "add")
    assert (state.added, logged(person)) == (2, 2)
    again = opened(person)
    call(again, "match", FORM)
    call(again, "add")
    assert (again.added, logged(person)) == (0, 2)


def test_one_bad_row_keeps_all_out(person: Person) -> None:
    """Each bad row is told with its line, and there is nothing to add."""
    state = opened(person, TEXT + "05/11/2025,eleven,\n06/11/2025,11,\n")
    call(state, "match", FORM)
    assert [one.line for one in state.row_errors] == [5, 6]
    assert state.row_errors[0].words == "Pain: This is not a whole number from 0 to 10."
    call(state, "add")
    assert (state.added, logged(person)) == (-1, 0)


@pytest.mark.parametrize("form", [None, [], "x", {"date": "99"}, {"date": ["0"]}, {"date": "0", "pain": "\u0661"}, {"pain": "-1"}])
def test_any_form_is_refused_in_words(person: Person, form: object) -> None:
    """A client may send anything in place of the form."""
    state = opened(person)
    call(state, "match", form)
    assert state.errors and not state.ready


def test_somebody_elses_file_is_not_there(person: Person) -> None:
    """The id of another account's file opens nothing."""
    with engine.session_scope() as session:
        made = accounts.create_account(
            session, login=f"{person.login}-2", password="three quiet green rivers", display_name="B", zone="UTC", now=datetime.now(UTC)
        )
    other = Person(made, "other")
    with engine.session_scope() as session:
        file_id = importing_diary.receive_diary(session, other.actor, TEXT, datetime.now(UTC)).id
    state = Phone(person.token).open(ImportDiaryState, "/import/diary", id=file_id)
    assert state.missing and not state.loaded and state.columns == []


def test_leaving_forgets_everything(person: Person) -> None:
    """Nothing of the file stays in the screen."""
    state = opened(person)
    call(state, "match", FORM)
    call(state, "leave")
    assert (state.columns, state.days, state._file, state._matched) == ([], [], "", {})

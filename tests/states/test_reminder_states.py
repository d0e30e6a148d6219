"""The Reminders screen without a browser: what it shows, adds, refuses, and whom it shows nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from taper_app.data import engine
from taper_app.data.repositories import doors
from taper_app.services import accounts
from taper_app.services.tokens import hash_token
from taper_app.states.reminders import RemindersState
from tests.services.world import Person, active_plan, dose, plan_body
from tests.states.phone import Phone, call


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("reminder-states")))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    """Somebody new."""
    login = request.node.name
    with engine.session_scope() as session:
        made = accounts.create_account(
            session, login=login, password="three quiet green rivers", display_name="Ana", zone="UTC", now=datetime.now(UTC)
        )
    return Person(made, login)


@pytest.fixture
def state(person: Person) -> RemindersState:
    """The screen, opened."""
    return Phone(person.token).open(RemindersState, "/reminders")


def again(person: Person) -> RemindersState:
    """The screen, opened anew."""
    return Phone(person.token).open(RemindersState, "/reminders")


@pytest.mark.parametrize("handler", ["load", "use_plan", "no_quiet", "make_link", "end_link"])
def test_nothing_is_shown_or_made_for_somebody_whose_session_has_ended(handler: str) -> None:
    """Without a session the screen stays empty and says that one is signed out."""
    state = Phone("not-a-session").at(RemindersState, "/reminders")
    call(state, handler)
    assert state.signed_out
    assert not state.loaded and state.url == "" and state.reminders == []


def test_a_time_is_added_and_taken_out(person: Person, state: RemindersState) -> None:
    """A time that was added is there when the screen is opened again, until it is taken out."""
    call(state, "add", {"at": "20:00", "kind": "check_in"})
    call(state, "add", {"at": "08:00", "kind": "dose"})
    assert (state.saved, state.added) == ("time", 2)
    assert [(row.at, row.kind) for row in again(person).reminders] == [("08:00", "dose"), ("20:00", "check_in")]
    call(state, "remove", state.reminders[0].id)
    assert [row.at for row in again(person).reminders] == ["20:00"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "dose"}, "at"),
        ({"at": "", "kind": "dose"}, "at"),
        ({"at": "08:00"}, "kind"),
        ({"at": "08:00", "kind": "alarm"}, "kind"),
        ({"at": ["08:00"], "kind": "dose"}, "at"),
        ({"at": "20:00", "kind": "check_in"}, "at"),
    ],
)
def test_a_time_that_cannot_be_is_named_beside_its_field(
    person: Person, state: RemindersState, typed: dict[str, object], field: str
) -> None:
    """What is missing, wrong or there already gets words beside its field; what was typed stays."""
    call(state, "add", {"at": "20:00", "kind": "check_in"})
    call(state, "add", typed)
    assert state.wrong[field]
    assert state.added == 1
    assert len(again(person).reminders) == 1


@pytest.mark.parametrize("form", [None, 7, "at", []])
def test_a_form_that_is_none_is_refused(state: RemindersState, form: object) -> None:
    """Anything that a client may send in place of a form is refused in words."""
    for handler in ("add", "save_quiet"):
        call(state, handler, form)
        assert state.errors


def test_the_plans_times_are_an_offer(person: Person) -> None:
    """Clock times of the plan are shown and set only when the person says so."""
    steps = [{"starts_on": (datetime.now(UTC) - timedelta(days=1)).date().isoformat(), "doses": [dose("08:00", "60"), dose("20:00", "60")]}]
    active_plan(person, plan_body(steps=steps, ends="stay", review_on=None), now=datetime.now(UTC))
    state = again(person)
    assert (state.offered, state.reminders) == (["08:00", "20:00"], [])
    call(state, "use_plan")
    assert [(row.at, row.kind) for row in state.reminders] == [("08:00", "dose"), ("20:00", "dose")]
    assert state.offered == []


def test_quiet_hours_are_kept_and_taken_out(person: Person, state: RemindersState) -> None:
    """Quiet hours silence a time in them; without them it rings again; a wrong one is named beside its field."""
    call(state, "add", {"at": "23:00", "kind": "check_in"})
    call(state, "save_quiet", {"quiet-from": "22:00", "quiet-to": "07:00"})
    assert [row.silent for row in again(person).reminders] == [True]
    call(state, "save_quiet", {"quiet-from": "22:00", "quiet-to": ""})
    assert state.wrong["quiet-to"]
    call(state, "no_quiet")
    found = again(person)
    assert (found.quiet_from, found.reminders[0].silent, state.errors) == ("", False, [])


def test_a_calendar_link_is_shown_once(person: Person, state: RemindersState) -> None:
    """A new link is shown until it is put away, and on no later opening; ended, the screen offers a new one."""
    call(state, "make_link")
    assert state.url.startswith("http://localhost/calendar/")
    assert (again(person).url, again(person).has_calendar) == ("", True)
    call(state, "put_away")
    assert state.url == ""
    call(state, "ask_end", True)
    assert state.asks_end
    call(state, "end_link")
    assert (state.asks_end, again(person).has_calendar) == (False, False)


def test_leaving_forgets_everything(state: RemindersState) -> None:
    """Nothing of the person stays in the tab after the screen was left."""
    call(state, "make_link")
    call(state, "leave")
    assert (state.url, state.reminders, state.place, state.loaded) == ("", [], "", False)


def test_a_calendar_link_waits_for_a_proof(person: Person, state: RemindersState) -> None:
    """Eleven minutes after signing in none is made until it is proved whose phone this is."""
    with engine.session_scope() as session:
        doors.prove_session(session, hash_token(person.token), datetime.now(UTC) - timedelta(minutes=11))
    call(state, "make_link")
    call(state, "go_on")
    assert (state.proving, state.url, again(person).has_calendar) == ("make_link", "", False)
    with engine.session_scope() as session:
        doors.prove_session(session, hash_token(person.token), datetime.now(UTC))
    call(state, "go_on")
    assert state.url and again(person).has_calendar

"""The screen of words and alerts without a browser: what it shows, what it refuses, and what a hostile client gets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from taper_app.data import engine
from taper_app.services import accounts, shares
from taper_app.states.care import CareState
from tests.states.phone import Phone, call


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("care-states")))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def phone(request: pytest.FixtureRequest) -> Phone:
    """The phone of somebody new, with one open link."""
    now = datetime.now(UTC)
    with engine.session_scope() as session:
        login = f"care{abs(hash(request.node.name))}"
        made = accounts.create_account(session, login=login, password="three quiet green rivers", display_name="Ana", zone="UTC", now=now)
        actor = accounts.authenticate(session, made.token, now)
        assert actor is not None
        shares.create_share(session, actor, {"label": "Sam"}, now)
    return Phone(made.token)


def test_nothing_is_shown_to_somebody_whose_session_has_ended() -> None:
    """Without a session the screen stays empty."""
    state = Phone("not-a-session").open(CareState, "/care")
    assert state.signed_out and not state.loaded


def test_choices_are_kept_and_shown(phone: Phone) -> None:
    """What is chosen for a link is there when the screen is opened again; a blank choice is no alert."""
    state = phone.open(CareState, "/care")
    [row] = state.rows
    assert (row.label, row.replies, row.flare, row.quiet_days, row.company) == ("Sam", False, "", "", False)
    call(state, "choose", {"id": row.id, "replies": "on", "flare": "7", "quiet_days": "", "company": "on"})
    assert state.saved == row.id
    [row] = phone.open(CareState, "/care").rows
    assert (row.replies, row.flare, row.quiet_days, row.company) == (True, "7", "", True)


def test_saying_and_taking_back(phone: Phone) -> None:
    """What is said is shown until it is taken back."""
    state = phone.open(CareState, "/care")
    call(state, "say", "ok")
    assert state.says == ["ok"]
    call(state, "unsay")
    assert state.says == []


@pytest.mark.parametrize("wrong", [None, 7, [], {"a": 1}, "x" * 5000, "\0"])
def test_rubbish_is_refused_in_words(phone: Phone, wrong: Any) -> None:
    """Whatever a hostile client sends is refused, and nothing is chosen or said."""
    state = phone.open(CareState, "/care")
    share_id = state.rows[0].id
    for handler, argument in (
        ("say", wrong),
        ("clear", wrong),
        ("choose", wrong),
        ("choose", {"id": wrong}),
        ("choose", {"id": share_id, "flare": "99" if wrong in (None, 7, []) else wrong}),
    ):
        call(state, handler, argument)
        assert state.errors, handler
        state._well()
    again = phone.open(CareState, "/care")
    assert (again.says, again.rows[0].flare) == ([], "")

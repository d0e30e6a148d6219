"""Settings, people and shares without a browser: what they show, what they refuse, and whom they show nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from taper_app.data import engine
from taper_app.services import accounts
from taper_app.states.people import PeopleState
from taper_app.states.settings import SettingsState
from taper_app.states.share import NewShareState, ShareState
from taper_app.states.share_one import OneShareState
from tests.states.phone import Phone, call


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("account-states")))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def phone(request: pytest.FixtureRequest) -> Phone:
    """The phone of somebody new."""
    return Phone(sign_up(request.node.name))


def sign_up(login: str) -> str:
    """A new account; its session's token."""
    with engine.session_scope() as session:
        signed_in = accounts.create_account(
            session,
            login=login,
            password="three quiet green rivers",
            display_name="Ana",
            zone="America/New_York",
            now=datetime.now(UTC),
        )
    return signed_in.token


@pytest.mark.parametrize("cls", [SettingsState, PeopleState, ShareState, NewShareState])
def test_a_screen_shows_nothing_to_somebody_whose_session_has_ended(cls: type) -> None:
    """Without a session a screen of the account stays empty and says that one is signed out."""
    state = Phone("not-a-session").open(cls, "/settings")
    assert state.signed_out
    assert not state.loaded


def test_name_and_zone_are_changed(phone: Phone) -> None:
    """What is saved in Settings is there when they are opened again."""
    state = phone.open(SettingsState, "/settings")
    call(state, "save", {"display_name": "Anna", "zone": "Europe/Vienna"})
    assert state.saved
    again = phone.open(SettingsState, "/settings")
    assert (again.display_name, again.zone) == ("Anna", "Europe/Vienna")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"display_name": "", "zone": "Europe/Vienna"}, "display_name"),
        ({"display_name": "x" * 5000, "zone": "Europe/Vienna"}, "display_name"),
        ({"display_name": "Ana", "zone": "Mars/Olympus"}, "zone"),
        ({"display_name": "Ana"}, "zone"),
        ({"display_name": {"a": 1}, "zone": "Europe/Vienna"}, "display_name"),
    ],
)
def test_a_setting_that_cannot_be_is_named_beside_its_field(phone: Phone, typed: dict[str, object], field: str) -> None:
    """A wrong setting gets words beside its field, and nothing is half-written."""
    state = phone.open(SettingsState, "/settings")
    call(state, "save", typed)
    assert not state.saved
    assert state.wrong[field]
    assert phone.open(SettingsState, "/settings").zone == "America/New_York"


def test_people_left_blank_are_no_one(phone: Phone) -> None:
    """Only rows with something in them are kept, and the form shows three rows again."""
    state = phone.open(PeopleState, "/people")
    call(state, "save", {"name_0": "", "phone_0": "", "name_1": "Mum", "phone_1": "555 0100", "after_hours": "555 0199"})
    assert [one.name for one in state.people] == ["Mum", "", ""]
    assert state.after_hours == "555 0199"


@pytest.mark.parametrize("sent", [None, 7, "text", ["a"], [["label", "x"]]])
@pytest.mark.parametrize(
    ("cls", "handler"), [(SettingsState, "save"), (PeopleState, "save"), (NewShareState, "make"), (OneShareState, "change")]
)
def test_what_is_no_form_is_refused_in_words(phone: Phone, cls: type, handler: str, sent: object) -> None:
    """What a client sends in place of a form is refused, not an error that nobody handles, and nothing changes."""
    call(phone.open(PeopleState, "/people"), "save", {"name_0": "Mum", "phone_0": "555 0100", "after_hours": ""})
    state = phone.open(cls, "/settings")
    call(state, handler, sent)
    assert state.errors
    assert phone.open(SettingsState, "/settings").display_name == "Ana"
    assert phone.open(PeopleState, "/people").people[0].name == "Mum"
    assert phone.open(ShareState, "/share").shares == []


@pytest.mark.parametrize("path", ["/xx/settings", "/zz", "/e\u0301/settings"])
def test_an_address_in_no_language_is_answered(phone: Phone, path: str) -> None:
    """A client may claim any address: one in a language that is not there is read in English."""
    state = phone.open(SettingsState, path)
    call(state, "save", {"display_name": "", "zone": "Europe/Vienna"})
    assert state.loaded
    assert state.wrong["display_name"]

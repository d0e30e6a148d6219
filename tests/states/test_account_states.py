"""Settings, people and shares without a browser: what they show, what they refuse, and whom they show nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from taper_app.data import engine
from taper_app.services import accounts, shares
from taper_app.states.people import PeopleState
from taper_app.states.settings import SettingsState
from taper_app.states.share import ShareState
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


@pytest.mark.parametrize("cls", [SettingsState, PeopleState, ShareState])
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


def test_another_browser_is_signed_out_from_here(phone: Phone) -> None:
    """Ending the other session in the list leaves only this one."""
    with engine.session_scope() as session:
        accounts.sign_in(
            session,
            login="test_another_browser_is_signed_out_from_here",
            password="three quiet green rivers",
            now=datetime.now(UTC),
        )
    state = phone.open(SettingsState, "/settings")
    (other,) = [one for one in state.sessions if not one.current]
    call(state, "end_session", other.id)
    assert [one.current for one in state.sessions] == [True]


def test_people_left_blank_are_no_one(phone: Phone) -> None:
    """Only rows with something in them are kept, and the form shows three rows again."""
    state = phone.open(PeopleState, "/people")
    call(state, "save", {"name_0": "", "phone_0": "", "name_1": "Mum", "phone_1": "555 0100", "after_hours": "555 0199"})
    assert [one.name for one in state.people] == ["Mum", "", ""]
    assert state.after_hours == "555 0199"


def test_a_share_is_made_changed_and_ended(phone: Phone) -> None:
    """The link is shown once; its scopes follow what is ticked; ended, it is off the list and opens nothing."""
    state = phone.open(ShareState, "/share")
    call(state, "make", {"label": "Mum", "plan_dates": "on", "flares": "on", "days": "7"})
    token = state.url.split("#")[1]
    assert state.url.startswith("http://localhost/s#")
    (row,) = state.shares
    assert row.scopes == ["plan_dates", "flares"]
    call(state, "put_away")
    assert state.url == ""
    call(state, "change", {"id": row.id, "plan_dates": "on"})
    assert state.shares[0].scopes == ["plan_dates"]
    call(state, "end", row.id)
    assert state.shares == []
    with engine.session_scope() as session, pytest.raises(Exception, match="link"):
        shares.open_share(session, token, datetime.now(UTC))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"label": "Mum", "days": "7"}, "scopes"),
        ({"label": "Mum", "plan": "on", "days": "9999"}, "days"),
        ({"label": "Mum", "plan": "on"}, "days"),
        ({"label": "x" * 500, "plan": "on", "days": "7"}, "label"),
    ],
)
def test_a_share_that_cannot_be_is_named_beside_its_field(phone: Phone, typed: dict[str, object], field: str) -> None:
    """A share with no scope, an unknown length or a huge name is refused in words, and none is made."""
    state = phone.open(ShareState, "/share")
    call(state, "make", typed)
    assert state.wrong[field]
    assert state.shares == []


@pytest.mark.parametrize("handler", ["end", "change"])
@pytest.mark.promise(6)
def test_the_share_of_somebody_else_is_out_of_reach(phone: Phone, handler: str) -> None:
    """Another account's share is neither ended nor changed, whatever id is sent."""
    other = Phone(sign_up(f"other-{handler}"))
    theirs = other.open(ShareState, "/share")
    call(theirs, "make", {"label": "Dad", "flares": "on", "days": "30"})
    mine = phone.open(ShareState, "/share")
    call(mine, handler, theirs.shares[0].id if handler == "end" else {"id": theirs.shares[0].id, "notes": "on"})
    assert mine.errors
    assert other.open(ShareState, "/share").shares[0].scopes == ["flares"]


@pytest.mark.parametrize("sent", [None, 7, "text", ["a"], [["label", "x"]]])
@pytest.mark.parametrize(("cls", "handler"), [(SettingsState, "save"), (PeopleState, "save"), (ShareState, "make"), (ShareState, "change")])
@pytest.mark.promise(13)
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

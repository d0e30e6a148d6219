"""Helpers and helping without a browser: what the screens show, to whom, and what a hostile client gets."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import reflex as rx

from taper_app.data import engine
from taper_app.domain.access import Patient
from taper_app.services import accounts, plans
from taper_app.services.entries import list_entries
from taper_app.states.helpers import HelpersState
from taper_app.states.helping import HelpingState
from tests.services.world import plan_body
from tests.states.phone import Phone, call

_numbers = itertools.count()
ALL = {"dose": "on", "flare": "on", "check_in": "on", "option_tried": "on"}


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("helper-states")))
    engine.migrate()
    yield
    engine.use(None)


class Someone:
    """Somebody with an account and a phone."""

    def __init__(self, name: str) -> None:
        with engine.session_scope() as session:
            made = accounts.create_account(
                session,
                login=f"{name}-{next(_numbers)}",
                password="three quiet green rivers",
                display_name=name,
                zone="UTC",
                now=datetime.now(UTC),
            )
        self.id, self.phone = made.account_id, Phone(made.token)

    def helpers(self) -> Any:
        """Their page of helpers, opened."""
        return self.phone.open(HelpersState, "/helpers")

    def helping(self) -> Any:
        """Their page of helping, opened."""
        return self.phone.open(HelpingState, "/helping")

    def entries(self) -> list[tuple[str, str, dict[str, Any]]]:
        """What is in their log: kind, who wrote it, data."""
        with engine.session_scope(write=False) as session:
            return [(one.kind, one.by.name if one.by else "", one.data) for one in list_entries(session, Patient(self.id)).entries]


def asked(ana: Someone, **kinds: str) -> str:
    """A code of Ana's."""
    state = ana.helpers()
    call(state, "make", {"label": "Sam", **(kinds or ALL)})
    assert state.errors == []
    return str(state.code)


def helping(ana: Someone, sam: Someone, **kinds: str) -> str:
    """Sam helps Ana; the grant's id."""
    call(sam.helping(), "offer", {"code": asked(ana, **kinds)})
    state = ana.helpers()
    row = next(one for one in state.helpers if one.state == "waiting")
    call(state, "confirm", row.id)
    assert state.errors == []
    return str(row.id)


@pytest.fixture
def ana() -> Someone:
    """Ana, with a plan that runs today."""
    ana = Someone("Ana")
    body = plan_body()
    step = {**body["steps"][0], "starts_on": (datetime.now(UTC) - timedelta(3)).date().isoformat()}
    with engine.session_scope() as session:
        plan = plans.create_plan(session, Patient(ana.id), {**body, "steps": [step], "ends": "stay", "review_on": None}, datetime.now(UTC))
        plans.activate_plan(session, Patient(ana.id), plan.id, {"confirmed_with_prescriber": True}, datetime.now(UTC))
    return ana


@pytest.fixture
def sam() -> Someone:
    """Sam."""
    return Someone("Sam")


@pytest.mark.parametrize("cls", [HelpersState, HelpingState])
def test_nothing_is_shown_without_a_session(cls: type) -> None:
    """Whoever is signed out sees that, and no more."""
    state = Phone("not-a-session").open(cls, "/helpers")
    assert state.signed_out
    assert not state.loaded


def test_the_link_is_shown_once(ana: Someone) -> None:
    """The link and code are there until they are put away."""
    state = ana.helpers()
    call(state, "make", {"label": "Sam", "flare": "on"})
    assert state.url == f"http://localhost/helping#{state.code}"
    call(state, "put_away")
    assert (state.url, state.code) == ("", "")
    assert [(one.name, one.state, one.kinds) for one in ana.helpers().helpers] == [("Sam", "asked", "Flares")]


def test_nothing_is_ticked_for_the_patient(ana: Someone) -> None:
    """Without a choice of what may be entered nobody is asked."""
    state = ana.helpers()
    call(state, "make", {"label": "Sam"})
    assert state.wrong["kinds"]
    assert ana.helpers().helpers == []


def test_an_open_page_shows_who_asks(ana: Someone, sam: Someone) -> None:
    """After the store said that something changed, the patient's page has the name and login of who took the code."""
    code = asked(ana)
    page = ana.helpers()
    call(sam.helping(), "offer", {"code": code})
    call(page, "refresh")
    (row,) = page.helpers
    assert (row.state, row.name) == ("waiting", "Sam")
    assert row.login.startswith("sam-")


def test_until_they_say_yes_nothing_opens(ana: Someone, sam: Someone) -> None:
    """The one who waits sees a name and no day, whatever their client sends."""
    state = sam.helping()
    call(state, "offer", {"code": asked(ana)})
    assert [(one.name, one.account) for one in state.people] == [("Ana", "")]
    call(state, "pick", ana.id)
    assert (state.who, state.due, state.logged) == ("", [], [])
    assert state.errors


def test_a_day_is_entered(ana: Someone, sam: Someone) -> None:
    """A dose, a flare in one number, a check-in and an option land in the patient's log under the helper's name."""
    helping(ana, sam)
    state = sam.helping()
    assert (state.who, state.name) == (ana.id, "Ana")
    call(state, "log_dose", state.due[0].key, "taken")
    call(state, "log_dose", state.due[0].key, "taken")
    call(state, "log_dose", state.due[1].key, "skipped")
    for kind, form in (
        ("flare", {"severity_now": "6", "note": ""}),
        ("check_in", {"pain": "4", "sleep": "", "relief": "0"}),
        ("option_tried", {"option": "yoga", "before": "5", "after": "3"}),
    ):
        call(state, "start", kind)
        call(state, "save", form)
        call(state, "save", form)
        assert (state.form, state.note, state.errors) == ("", "saved", [])
    found = ana.entries()
    assert [(kind, by) for kind, by, _ in found] == [(kind, "Sam") for kind in ("dose", "dose", "flare", "check_in", "option_tried")]
    assert [one["action"] for _, _, one in found[:2]] == ["taken", "skipped"]
    assert (found[0][2]["amount"], found[2][2]["severity_now"], found[3][2]) == ("60", 6, {"pain": 4, "relief": 0})
    assert [one.state for one in state.due] == ["taken", "skipped"]
    assert {one.words for one in state.logged} >= {"Flare, 6 of 10", "Tried: Yoga", "Skipped", "Taken: 60 mg"}


def test_only_ones_own_is_corrected(ana: Someone, sam: Someone) -> None:
    """A correction changes what it says and clears what was emptied; taken out, it is off the list; the patient's cannot be touched."""
    helping(ana, sam)
    state = sam.helping()
    call(state, "start", "check_in")
    call(state, "save", {"pain": "4", "sleep": "2"})
    (row,) = state.logged
    call(state, "correct", row.id)
    assert (state.form, state.given["pain"], state.given["sleep"]) == ("check_in", "4", "2")
    call(state, "save", {"pain": "5"})
    assert ana.entries()[1] == ("check_in", "Sam", {"pain": 5, "relief": None, "sleep": None, "note": None})
    call(state, "take_out", row.id)
    assert state.logged == []
    for handler in ("correct", "take_out"):
        call(state, handler, row.id)
        assert state.errors


def test_what_was_ended_is_gone_from_the_open_page(ana: Someone, sam: Someone) -> None:
    """After the end nothing of the patient is in the helper's page, and the next tap writes nothing."""
    grant = helping(ana, sam)
    pages = [sam.helping(), Phone(sam.phone.token).open(HelpingState, "/helping")]
    keys = [page.due[0].key for page in pages]
    state = ana.helpers()
    call(state, "end", grant)
    call(pages[0], "refresh")
    call(pages[1], "log_dose", keys[1], "taken")
    for page in pages:
        assert (page.who, page.name, page.due, page.logged, page.people, page.note) == ("", "", [], [], [], "over")
    assert ana.entries() == []


def test_several_people_stand_apart(ana: Someone, sam: Someone) -> None:
    """With two people none is open by itself; of the other's day nothing is left when one is chosen."""
    bea = Someone("Bea")
    helping(ana, sam)
    helping(bea, sam, flare="on")
    state = sam.helping()
    assert (state.who, [one.name for one in state.people]) == ("", ["Ana", "Bea"])
    call(state, "pick", ana.id)
    assert len(state.due) == 2
    call(state, "start", "check_in")
    call(state, "pick", bea.id)
    assert (state.name, state.due, state.may, state.form) == ("Bea", [], ["flare"], "")
    call(state, "start", "check_in")
    assert state.form == ""
    call(state, "start", "flare")
    call(state, "save", {"severity_now": "3"})
    assert (len(ana.entries()), len(bea.entries())) == (0, 1)


def test_the_helper_stops(ana: Someone, sam: Someone) -> None:
    """Both lists are empty then."""
    grant = helping(ana, sam)
    state = sam.helping()
    call(state, "ask", grant)
    call(state, "stop", grant)
    assert (state.people, state.who, ana.helpers().helpers) == ([], "", [])


def screens() -> Iterator[type]:
    """Every State of ours that loads something."""
    import taper_app.pages.routes  # noqa: F401  # so that all of them are there

    waiting = list(rx.State.get_substates())
    while waiting:
        one = waiting.pop()
        waiting += one.get_substates()
        if one.__module__.startswith("taper_app.") and "load" in one.event_handlers:
            yield one


def test_a_helper_finds_nothing_of_the_patient_on_any_other_screen(ana: Someone, sam: Someone) -> None:
    """With the patient's plan in the address, no screen but /helping holds the plan, its prescriber or the log for a helper."""
    helping(ana, sam)
    with engine.session_scope() as session:
        plan = plans.list_plans(session, Patient(ana.id), datetime.now(UTC))[0].id
    found = [cls for cls in screens() if cls is not HelpingState]
    assert len(found) > 10
    for token, wanted in ((sam.phone.token, False), (ana.phone.token, True)):
        held = ""
        for cls in found:
            # A new tab each: it knows the screens that were imported after the phone began.
            state = Phone(token).open(cls, "/plan", id=plan, kind="hold", step="1")
            held += repr({name: getattr(state, name) for name in cls.base_vars})
        # The patient's own screens hold both: else this would prove nothing.
        assert [word in held for word in ("Osei", "morphine")] == [wanted, wanted]
        assert wanted or ana.id not in held


HOSTILE: list[Any] = [None, 7, "", "text", "\0", "\ud800", ["a"], {"a": 1}, [["x", 1]], {"severity_now": {"$": 1}, "note": 3, "pain": []}]


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_hostile_client_gets_words(ana: Someone, sam: Someone, sent: Any) -> None:
    """Whatever stands in the place of an argument, nothing is raised, written or shown of anybody else."""
    other = Someone("Bea")
    helping(ana, sam, flare="on")
    for state, names in (
        (sam.helping(), ("offer", "pick", "ask", "stop", "start", "correct", "save", "take_out")),
        (ana.helpers(), ("make", "confirm", "end", "ask")),
        (other.helping(), ("offer", "pick", "stop", "correct", "save", "take_out")),
    ):
        for name in names:
            call(state, name, sent)
    state = sam.helping()
    call(state, "start", "flare")
    call(state, "save", sent)
    call(state, "log_dose", sent, sent)
    assert ana.entries() == []
    assert other.entries() == []


def test_others_ids_open_nothing(ana: Someone, sam: Someone) -> None:
    """Somebody with the ids of a patient, a grant and an entry can confirm, end, choose, correct and stop nothing."""
    grant = helping(ana, sam)
    state = sam.helping()
    call(state, "start", "flare")
    call(state, "save", {"severity_now": "3"})
    entry = state.logged[0].id
    eve = Someone("Eve")
    for page, name, sent in (
        (eve.helpers(), "confirm", grant),
        (eve.helpers(), "end", grant),
        (eve.helping(), "pick", ana.id),
        (eve.helping(), "stop", grant),
        (eve.helping(), "correct", entry),
        (eve.helping(), "take_out", entry),
        (sam.helpers(), "end", grant),
        (sam.helpers(), "confirm", grant),
    ):
        call(page, name, sent)
        assert page.errors, name
    assert [one.state for one in ana.helpers().helpers] == ["helping"]
    assert len(ana.entries()) == 1


def test_the_question_stands_under_the_one_who_is_let_in(ana: Someone, sam: Someone) -> None:
    """With two helpers waiting and a proof from long ago, the question is about the one whose "yes" was tapped, and lets in that one."""
    for one in (sam, Someone("Eva")):
        call(one.helping(), "offer", {"code": asked(ana)})
    state = ana.helpers()
    first, second = [one.id for one in state.helpers if one.state == "waiting"]
    with engine.session_scope() as session:
        session.connection().exec_driver_sql("UPDATE login_session SET proved_at = NULL")
    call(state, "confirm", first)
    call(state, "confirm", second)
    assert (state.proving, state.confirming) == ("confirm", second)
    assert [one.state for one in ana.helpers().helpers] == ["waiting", "waiting"]

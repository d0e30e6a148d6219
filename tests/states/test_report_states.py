"""The screen for the clinician's page without a browser: choosing, seeing it gone, refusals, and whom it shows nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from taper_app.data import engine
from taper_app.services import accounts
from taper_app.states.report import BLANK, ReportState
from tests.services.world import Person, active_plan, dose, entry, plan_body, record, uuid
from tests.states.phone import Phone, call

NOW = datetime.now(UTC)


@pytest.fixture(scope="module", autouse=True)
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp("report-states")))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def person() -> Person:
    """Somebody with a plan, a flare, a check-in and four questions."""
    with engine.session_scope() as session:
        login = uuid4().hex
        made = accounts.create_account(session, login=login, password="three quiet green rivers", display_name="Ana", zone="UTC", now=NOW)
    person = Person(made, login)
    first = (NOW - timedelta(days=20)).date().isoformat()
    active_plan(person, plan_body(steps=[{"starts_on": first, "doses": [dose("08:00", "60")]}], ends="stay", review_on=None), NOW)
    items = [
        entry(n, kind, data, at=(NOW - timedelta(hours=n)).isoformat())
        for n, (kind, data) in enumerate(
            [
                ("flare", {"started_at": (NOW - timedelta(hours=9)).isoformat(), "severity_now": 7}),
                ("check_in", {"pain": 4, "body": ["yawning"], "mood": 0}),
                *[("question", {"text": f"Question {n}?"}) for n in range(4)],
            ],
            1,
        )
    ]
    assert {one.status for one in record(person, *items, now=NOW)} == {"stored"}
    return person


@pytest.fixture
def state(person: Person) -> ReportState:
    """The screen, opened."""
    return Phone(person.token).open(ReportState, "/report")


def blocks(state: ReportState) -> set[str]:
    """The parts that the page has."""
    return {one.id for one in state.page.blocks}


def query(state: ReportState) -> dict[str, list[str]]:
    """What the PDF's address asks for."""
    return parse_qs(urlsplit(state.pdf).query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("handler", "given"),
    [("load", ()), ("choose_days", (30,)), ("choose_part", ("taken", True)), ("choose_plan", ("",)), ("choose_dates", ({},))],
)
def test_nothing_is_shown_to_somebody_whose_session_has_ended(handler: str, given: tuple[object, ...]) -> None:
    """Without a session the page stays blank and the screen says that one is signed out."""
    state = Phone("not-a-session").at(ReportState, "/report")
    state.today = NOW.date().isoformat()
    call(state, handler, *given)
    assert state.signed_out and not state.loaded
    assert (state.page, state.pdf, state.questions) == (BLANK, "", [])


def test_it_opens_with_every_part_but_the_doses_taken(state: ReportState) -> None:
    """The page is there at once, no question is picked beforehand, and the doses taken are off."""
    assert state.loaded and state.page.title == "Pain log of Ana"
    assert [part for part, on in state.parts.items() if not on] == ["taken"]
    assert [one.on for one in state.questions] == [False] * 4 and state.page.questions == []
    assert len(state.charts) == 1 and state.charts[0].box


def test_an_unticked_part_leaves_the_page_and_the_pdf(state: ReportState) -> None:
    """What is unticked is gone from the page and from the PDF's address, and comes back when it is ticked again."""
    assert "flares" in blocks(state) and "flares" in query(state)["parts"][0].split(",")
    call(state, "choose_part", "flares", False)
    assert "flares" not in blocks(state) and "flares" not in query(state)["parts"][0].split(",")
    assert [one.label for one in state.page.stats] == ["Period", "Pain logged", "Pain, 0 to 10"]
    call(state, "choose_part", "flares", True)
    assert "flares" in blocks(state)


def test_three_questions_can_be_picked_and_no_fourth(state: ReportState) -> None:
    """A fourth is refused in words, and the three stay; one that is taken off makes room."""
    ids = [one.id for one in state.questions]
    for one in ids:
        call(state, "choose_question", one, True)
    assert state.wrong["questions"] and [one.on for one in state.questions] == [True, True, True, False]
    assert state.page.questions == [one.words for one in state.questions[:3]]
    call(state, "choose_question", ids[0], False)
    call(state, "choose_question", ids[3], True)
    assert state.errors == [] and query(state)["questions"] == [",".join([ids[1], ids[2], ids[3]])]


def test_days_are_chosen_by_a_tap_or_typed(state: ReportState) -> None:
    """30 days are 30, one's own are those that were typed, and 90 is back to the usual."""
    usual = (state.first, state.last)
    call(state, "choose_days", 30)
    assert state.page.stats[0].more == "30 days"
    call(state, "choose_days", 0)
    day = (NOW - timedelta(days=3)).date().isoformat()
    call(state, "choose_dates", {"from": day, "to": day})
    assert (state.days, state.page.stats[0].more) == (0, "1 day") and query(state)["from"] == query(state)["to"] == [day]
    call(state, "choose_days", 90)
    assert (state.first, state.last) == usual


@pytest.mark.parametrize(
    ("handler", "given", "field"),
    [
        ("choose_dates", ({"from": "soon", "to": ""},), "from"),
        ("choose_dates", ({"from": "2026-02-02", "to": "2026-02-01"},), "to"),
        ("choose_dates", ({"from": "2199-01-01", "to": ""},), "from"),
        ("choose_dates", (7,), "form"),
        ("choose_days", ("many",), "days"),
        ("choose_part", ("mood", True), "parts"),
        ("choose_question", (uuid(99), True), "questions"),
        ("choose_paper", ("A3",), "paper"),
        ("choose_plan", (uuid(99),), "plan"),
    ],
)
def test_what_cannot_be_is_refused_and_the_page_stays(state: ReportState, handler: str, given: tuple[object, ...], field: str) -> None:
    """A client may send anything: it gets words beside the field, and the page stays as it was."""
    before = (state.page, state.pdf)
    call(state, handler, *given)
    assert state.wrong[field]
    assert (state.page, state.pdf) == before


def test_paper_is_chosen(state: ReportState) -> None:
    """A4 outside America, and Letter once it is tapped."""
    assert state.paper == "a4"
    call(state, "choose_paper", "letter")
    assert query(state)["paper"] == ["letter"]


def test_leaving_forgets_everything(state: ReportState) -> None:
    """Nothing of the person is left once the screen is left."""
    call(state, "leave")
    assert (state.page, state.pdf, state.questions, state.loaded) == (BLANK, "", [], False)

"""A pasted plan through the States: read, filled, ticked line by line, and only then confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from taper_app.states.plan import PlanState
from taper_app.states.plan_check import PlanCheckState
from taper_app.states.plan_draft import PlanDraftState
from taper_app.states.plan_end import PlanEndState
from taper_app.states.plan_medicine import PlanMedicineState
from taper_app.states.plan_paste import PlanPasteState
from taper_app.states.plan_step import PlanStepState
from tests.states.phone import Phone, call, path_of

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
WHOLE = """Morphine ER
Dec 1, 2026: 30 mg in the morning and 15 mg at bedtime
Dec 15, 2026: 15 mg at bedtime
Last day Dec 28, 2026
Call the clinic if you feel unwell."""


def pasted(phone: Phone, text: str) -> str:
    """A draft read from a text; its id."""
    to = path_of(call(phone.open(PlanPasteState, "/plan/paste"), "save", {"text": text}))
    assert to.startswith("/plan/draft?id=")
    return to.split("=")[1]


def check(phone: Phone, id: str) -> Any:
    """The read-back, loaded."""
    return phone.open(PlanCheckState, "/plan/check", id=id)


def tick_all(state: Any) -> None:
    """Hold each line against the paper."""
    places = [state.medicine_sources, state.end_sources, state.rest_sources, *(step.sources for step in state.steps)]
    for one in [one for found in places for one in found if one.home]:
        call(state, "tick", one.line, True)


def test_a_pasted_plan_is_confirmed_only_line_by_line(phone: Phone) -> None:
    """Every line has one tick; confirming is refused until the last of them, and then the plan is active."""
    id = pasted(phone, WHOLE)
    state = check(phone, id)
    assert (state.from_words, state.left, state.gaps) == (True, 5, [])
    call(state, "confirm")
    assert [error.id for error in state.errors] == ["form"] and check(phone, id).loaded
    tick_all(state)
    assert (state.left, state.errors) == (0, [])
    assert path_of(call(state, "confirm")) == f"/plan?id={id}"
    assert phone.open(PlanState, id=id).status == "before"


def test_the_words_stand_beside_what_was_read_from_them(phone: Phone) -> None:
    """Each step has its own line, the end has its, and what was not read is kept apart and marked."""
    state = check(phone, pasted(phone, WHOLE))
    assert [one.words for one in state.medicine_sources] == ["Morphine ER"]
    assert [[one.words for one in step.sources] for step in state.steps] == [
        ["Dec 1, 2026: 30 mg in the morning and 15 mg at bedtime"],
        ["Dec 15, 2026: 15 mg at bedtime"],
    ]
    assert [one.words for one in state.end_sources] == ["Last day Dec 28, 2026"]
    assert [(one.words, one.read) for one in state.rest_sources] == [("Call the clinic if you feel unwell.", False)]
    assert all(state.rest_sources[0].questions)


def test_a_line_of_two_places_is_ticked_at_one(phone: Phone) -> None:
    """A sentence that names medicine and dose stands beside both, and has its question and its tick at the dose."""
    state = check(phone, pasted(phone, "Morphine ER 30 mg at night"))
    (medicine,), (step,) = state.medicine_sources, state.steps[0].sources
    assert (medicine.words, medicine.home, medicine.questions) == ("Morphine ER 30 mg at night", False, [])
    assert step.home and any("at night" in words for words in step.questions)


def test_blanks_lead_to_their_fields_and_a_change_takes_the_ticks_back(phone: Phone) -> None:
    """What was ticked was the draft as it was; saving a form without a change leaves the ticks."""
    id = pasted(phone, WHOLE)
    call(check(phone, id), "tick", 1, True)
    call(check(phone, id), "tick", 2, True)
    assert check(phone, id).left == 3
    same = {"ends": "stop", "last_day": "2026-12-28"}
    call(phone.open(PlanEndState, "/plan/end", id=id), "save", same)
    assert check(phone, id).left == 3
    call(phone.open(PlanEndState, "/plan/end", id=id), "save", same | {"last_day": "2026-12-29"})
    assert check(phone, id).left == 5


def test_a_tick_can_be_taken_back(phone: Phone) -> None:
    """Whoever looks again can untick a line, and the button goes."""
    state = check(phone, pasted(phone, WHOLE))
    tick_all(state)
    call(state, "tick", 3, False)
    assert state.left == 1 and [one.ticked for one in state.steps[1].sources] == [False]


def test_taking_out_a_step_moves_the_words_of_the_later_ones(phone: Phone) -> None:
    """Words never stand beside a step they were not read into."""
    text = "Morphine ER 30 mg at 9 and 9\nDec 1, 2026: 30 mg in the morning\nDec 15, 2026: 15 mg in the morning"
    id = pasted(phone, text)
    assert [len(step.lines[0].doses) for step in check(phone, id).steps] == [0, 1, 1]
    draft = phone.open(PlanDraftState, "/plan/draft", id=id)
    call(draft, "ask_take_out", 1)
    call(draft, "take_out")
    state = check(phone, id)
    assert [[one.words for one in step.sources] for step in state.steps] == [
        ["Dec 1, 2026: 30 mg in the morning"],
        ["Dec 15, 2026: 15 mg in the morning"],
    ]
    assert [one.words for one in state.rest_sources] == ["Morphine ER 30 mg at 9 and 9"]


def test_with_a_step_put_in_the_words_stand_with_none(phone: Phone) -> None:
    """Nobody knows any more which words belong to which step, so all are listed, each with its tick."""
    id = pasted(phone, WHOLE)
    form = phone.open(PlanStepState, "/plan/step", id=id, n="2", new="1", copy="1")
    call(form, "save", {"starts_by": "date", "starts_on": "2026-12-08", "doses-0-at": "morning", "doses-0-amount": "30"})
    state = check(phone, id)
    assert [step.sources for step in state.steps] == [[], [], []]
    assert [one.home for one in state.rest_sources] == [True, True, True]


@pytest.mark.parametrize(
    ("text", "field"),
    [("See you soon", "text"), ("", "text"), (None, "text"), ("a" * 20_001, "text"), ("\x00 30 mg bid", "text"), (3, "text")],
)
def test_what_cannot_be_read_is_said_beside_the_field(phone: Phone, text: Any, field: str) -> None:
    """Nothing is stored, the screen stays with the words in it, and the error is in words."""
    state = phone.open(PlanPasteState, "/plan/paste")
    opened = state.opened
    assert call(state, "save", {"text": text}) is None
    assert list(state.wrong) == [field] and state.wrong[field] and (state.loaded, state.opened) == (True, opened)


def test_two_medicines_are_refused_in_words_of_their_own(phone: Phone) -> None:
    """A text about two medicines makes no plan, and says so."""
    state = phone.open(PlanPasteState, "/plan/paste")
    call(state, "save", {"text": "Morphine 15 mg bid. Oxycodone 5 mg qhs."})
    assert "two medicines" in state.wrong["text"]


@pytest.mark.parametrize("rubbish", [None, "x", [], {"a": 1}, 10**9, -1, True])
def test_rubbish_from_the_socket_ticks_nothing(phone: Phone, rubbish: Any) -> None:
    """Any client can call any handler: what is no line of this draft is refused, on every screen."""
    id = pasted(phone, WHOLE.removeprefix("Morphine ER\n"))
    state = check(phone, id)
    call(state, "tick", rubbish, True)
    call(phone.open(PlanPasteState, "/plan/paste"), "save", rubbish)
    assert check(phone, id).left == (3 if rubbish is True else 4)


def test_a_typed_draft_has_no_ticks(phone: Phone) -> None:
    """A plan that was entered line by line is confirmed as ever, and a tick on it is refused."""
    medicine = phone.open(PlanMedicineState, "/plan/new")
    id = path_of(call(medicine, "save", {"name": "morphine", "unit": "mg"})).split("=")[1]
    state = check(phone, id)
    assert (state.from_words, state.left) == (False, 0)
    call(state, "tick", 1, True)
    assert state.errors


def test_signed_out_shows_nothing(database: None) -> None:
    """Without a session the page loads nothing and reads nothing."""
    state = Phone().open(PlanPasteState, "/plan/paste")
    assert (state.signed_out, state.loaded) == (True, False)
    assert call(state, "save", {"text": WHOLE}) is None


def test_what_another_window_changed_is_read_again_before_it_counts(phone: Phone) -> None:
    """A tick or the button of a page that shows the draft as it was does nothing but show it as it is."""
    id = pasted(phone, WHOLE)
    other = Phone(phone.token)
    old = check(phone, id)
    call(other.open(PlanEndState, "/plan/end", id=id), "save", {"ends": "stop", "last_day": "2026-12-29"})
    call(old, "tick", 1, True)
    assert old.errors and old.loaded and check(other, id).left == 5
    tick_all(old)
    assert old.left == 0
    call(other.open(PlanEndState, "/plan/end", id=id), "save", {"ends": "stop", "last_day": "2026-12-30"})
    tick_all(check(other, id))
    assert call(old, "confirm") is None and old.errors and "30" in old.end.day
    assert path_of(call(old, "confirm")) == f"/plan?id={id}"

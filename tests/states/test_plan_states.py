"""The plan's States without a browser: what they show, what they refuse, and whom they show nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from taper_app.states.plan import PlanState
from taper_app.states.plan_check import PlanCheckState
from taper_app.states.plan_draft import PlanDraftState
from taper_app.states.plan_end import PlanEndState
from taper_app.states.plan_event import PlanEventState
from taper_app.states.plan_medicine import PlanMedicineState
from taper_app.states.plan_needed import PlanNeededState
from taper_app.states.plan_revise import PlanReviseState
from taper_app.states.plan_step import PlanStepState
from taper_app.states.plans import PlansState
from tests.states.phone import Phone, call, path_of, sign_up

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MEDICINE = {"name": "morphine", "form": "tablet", "unit": "mg", "strengths": "15", "release": "immediate", "may_split": "yes"}
STATES = (
    PlansState,
    PlanMedicineState,
    PlanDraftState,
    PlanStepState,
    PlanNeededState,
    PlanEndState,
    PlanCheckState,
    PlanState,
    PlanEventState,
    PlanReviseState,
)


def a_draft(phone: Phone, steps: int = 1) -> str:
    """A draft with its medicine and complete steps, without an end; its id."""
    medicine = phone.open(PlanMedicineState, "/plan/new")
    id = path_of(call(medicine, "save", dict(MEDICINE, prescriber="Dr. Osei"))).split("=")[1]
    for n in range(1, steps + 1):
        form = phone.open(PlanStepState, "/plan/step", id=id, n=str(n), new="1")
        call(
            form,
            "save",
            {"starts_by": "date", "starts_on": f"2026-11-{n:02}", "doses-0-at": "morning", "doses-0-amount": str(45 - 15 * n)},
        )
    return id


def an_active_plan(phone: Phone) -> str:
    """An active plan of two steps that stays; its id."""
    id = a_draft(phone, 2)
    call(phone.open(PlanEndState, "/plan/end", id=id), "save", {"ends": "stay"})
    call(phone.open(PlanCheckState, "/plan/check", id=id), "confirm")
    return id


@pytest.mark.parametrize("cls", STATES)
def test_signed_out_shows_nothing(cls: Any, database: None) -> None:
    """Without a session no page loads anything, and it says so."""
    state = Phone().open(cls, id="x", kind="hold")
    assert (state.signed_out, state.loaded) == (True, False)


@pytest.mark.parametrize("cls", [s for s in STATES if s is not PlansState])
@pytest.mark.promise(6)
def test_another_persons_plan_is_not_there(cls: Any, phone: Phone) -> None:
    """Someone else's plan looks as if there were none, on every page."""
    theirs = a_draft(Phone(sign_up(NOW)))
    for id in (theirs, "no-such-plan", "../../etc", "x" * 300):
        state = phone.open(cls, id=id, kind="hold", n="1")
        assert (state.missing, state.loaded) == (True, False)


def test_leaving_forgets(phone: Phone) -> None:
    """Nothing of a plan stays in the page that was left."""
    state = phone.open(PlanDraftState, "/plan/draft", id=a_draft(phone))
    assert state.medicine.name == "morphine"
    call(state, "leave")
    assert (state.medicine.name, state.steps, state.loaded, state.plan_id) == ("", [], False, "")


def test_a_half_done_draft_is_saved_and_its_blanks_are_named(phone: Phone) -> None:
    """Blanks keep it a draft; each is a way to its field."""
    id = a_draft(phone)
    form = phone.open(PlanStepState, "/plan/step", id=id, n="2", new="1")
    call(form, "save", {"doses-0-at": "evening", "rhythm": "every_day"})
    check = phone.open(PlanCheckState, "/plan/check", id=id)
    paths = [gap.path for gap in check.gaps]
    assert f"/plan/step?id={id}&n=2&at=doses-0-amount" in paths and f"/plan/end?id={id}&at=ends" in paths
    assert all(gap.message for gap in check.gaps)


def test_a_refusal_stands_beside_its_field_and_nothing_is_written(phone: Phone) -> None:
    """The words stand at the input's id, and the saved step is as it was."""
    id = a_draft(phone)
    form = phone.open(PlanStepState, "/plan/step", id=id, n="1")
    assert call(form, "save", {"starts_by": "date", "starts_on": "2027-02-29", "doses-0-amount": "30 mcg"}) is None
    assert set(form.wrong) == {"starts_on", "doses-0-amount"} and all(form.wrong.values())
    assert [error.id for error in form.errors] == ["starts_on", "doses-0-amount"]
    again = phone.open(PlanStepState, "/plan/step", id=id, n="1")
    assert (again.step.starts_on, again.days[0].rows[0].amount) == ("2026-11-01", "30")


def test_a_copy_leaves_blank_what_belongs_to_one_step(phone: Phone) -> None:
    """The doses come along, the start does not: nobody said it yet."""
    id = a_draft(phone)
    form = phone.open(PlanStepState, "/plan/step", id=id, n="2", new="1", copy="1")
    assert (form.copied, form.step.starts_on, form.step.starts_by) == (1, "", "")
    assert form.days[0].rows[0].amount == "30"
    assert phone.open(PlanDraftState, "/plan/draft", id=id).steps[-1].n == 1


def test_rows_come_and_go_by_their_keys(phone: Phone) -> None:
    """Adding and taking out touches no other row, and odd arguments touch none at all."""
    form = phone.open(PlanStepState, "/plan/step", id=a_draft(phone), n="1")
    day = form.days[0].key
    call(form, "add_dose", day)
    call(form, "add_dose", day)
    keys = [row.key for row in form.days[0].rows]
    call(form, "remove_dose", day, keys[1])
    assert [row.key for row in form.days[0].rows] == [keys[0], keys[2]]
    for odd in (None, "x", [], {"a": 1}, 10**9):
        call(form, "add_dose", odd)
        call(form, "remove_dose", odd, odd)
        call(form, "remove_day", odd)
        call(form, "remove_needed", odd)
        call(form, "choose_rhythm", odd)
    assert len(form.days) == 1 and len(form.days[0].rows) == 2 and form.rhythm == "every_day"
    for _ in range(60):
        call(form, "add_dose", day)
        call(form, "add_needed")
    assert (len(form.days[0].rows), len(form.needed)) == (24, 10)


def test_days_that_take_turns_are_at_least_two(phone: Phone) -> None:
    """Choosing turns brings a second day, and the last two stay."""
    form = phone.open(PlanStepState, "/plan/step", id=a_draft(phone), n="1")
    call(form, "choose_rhythm", "cycle")
    assert len(form.days) == 2
    call(form, "remove_day", form.days[0].key)
    assert len(form.days) == 2


@pytest.mark.parametrize("rubbish", [None, 3, [], "x", {"doses-0-amount": 3}, {"a" * 200: "b"}])
@pytest.mark.promise(13)
def test_rubbish_from_the_socket_breaks_nothing(phone: Phone, rubbish: Any) -> None:
    """A form that is none reads as nothing typed; the handler answers, and never raises."""
    id = an_active_plan(phone)
    for cls in (PlanMedicineState, PlanStepState, PlanNeededState, PlanEndState, PlanReviseState):
        call(phone.at(cls, id=id), "save", rubbish)
    event = phone.open(PlanEventState, "/plan/event", id=id, kind="hold")
    call(event, "preview", rubbish)
    assert event.read is False and set(event.wrong) == {"on", "said_by"}


def test_handlers_without_a_loaded_page_do_nothing(phone: Phone) -> None:
    """A client may call any handler at any time: without a plan there is nothing to change."""
    for cls, name, args in (
        (PlanDraftState, "take_out", ()),
        (PlanDraftState, "delete", ()),
        (PlanCheckState, "confirm", ()),
        (PlanEventState, "preview", ({},)),
        (PlanEventState, "save", ()),
        (PlanState, "draw", ()),
        (PlanStepState, "save", ({},)),
        (PlanEndState, "save", ({},)),
        (PlanNeededState, "save", ({},)),
        (PlanReviseState, "save", ({},)),
    ):
        state = phone.at(cls)
        call(state, "leave")
        call(state, name, *args)
        assert not state.loaded


def test_nothing_is_recorded_before_it_was_read_back(phone: Phone) -> None:
    """The preview keeps nothing; Save records exactly what was read; a second Save nothing more."""
    id = an_active_plan(phone)
    event = phone.open(PlanEventState, "/plan/event", id=id, kind="hold")
    assert call(event, "save") is None
    call(event, "preview", {"on": "2026-11-15", "said_by": "Dr. Osei", "reason": "by phone"})
    assert event.read and sum(day.days for day in event.days) == 14
    assert len(phone.open(PlanState, id=id).events) == 1
    assert path_of(call(event, "save")) == f"/plan?id={id}"
    call(event, "save")
    plan = phone.open(PlanState, id=id)
    assert [line.kind for line in plan.events] == ["held", "activated"]
    assert (plan.status, plan.events[0].said_by, plan.events[0].reason) == ("held", "Dr. Osei", "by phone")


def test_going_on_asks_whether_the_dates_move(phone: Phone) -> None:
    """No answer is no answer."""
    id = an_active_plan(phone)
    event = phone.open(PlanEventState, "/plan/event", id=id, kind="hold")
    call(event, "preview", {"on": "2026-11-15", "said_by": "Dr. Osei"})
    call(event, "save")
    event = phone.open(PlanEventState, "/plan/event", id=id, kind="resume")
    call(event, "preview", {"on": "2026-11-25", "said_by": "Dr. Osei"})
    assert set(event.wrong) == {"shift_later_dates"} and not event.read


def test_a_pause_with_a_known_end_says_both_days(phone: Phone) -> None:
    """Paused today, going on in five days: both are told, and no pause is open any more."""
    id = an_active_plan(phone)
    for kind, form in (
        ("hold", {"on": "2026-11-15", "said_by": "Dr. Osei"}),
        ("resume", {"on": "2026-11-25", "said_by": "Dr. Osei", "shift_later_dates": "yes"}),
    ):
        event = phone.open(PlanEventState, "/plan/event", id=id, kind=kind)
        call(event, "preview", form)
        call(event, "save")
    plan = phone.open(PlanState, id=id)
    assert (plan.status, plan.held_since, plan.goes_on, plan.hold_open) == ("held", "Sun 15 Nov", "Wed 25 Nov", False)


def test_a_revision_is_typed_read_back_and_recorded_once(phone: Phone) -> None:
    """The working copy stays on the server until it is confirmed, and is gone then."""
    id = an_active_plan(phone)
    head = phone.open(PlanReviseState, "/plan/revise", id=id)
    call(head, "save", {"on": "2026-12-01", "said_by": "Dr. Osei", "reason": "slower"})
    form = phone.open(PlanStepState, "/plan/step", id=id, n="1", new="1", rev="1", copy="force")
    assert (form.copied, form.step.starts_on) == (2, "2026-12-01")
    call(form, "save", {"starts_by": "date", "starts_on": "2026-12-01", "doses-0-at": "morning", "doses-0-amount": "15"})
    call(phone.open(PlanEndState, "/plan/end", id=id, rev="1"), "save", {"ends": "stay"})
    check = phone.open(PlanCheckState, "/plan/check", id=id, rev="1")
    assert not check.gaps and check.said_by == "Dr. Osei" and sum(day.days for day in check.days) == 14
    assert len(phone.open(PlanState, id=id).events) == 1
    call(check, "confirm")
    call(check, "confirm")
    assert [line.kind for line in phone.open(PlanState, id=id).events] == ["revised", "activated"]


def test_a_revision_that_starts_on_another_day_is_sent_to_its_field(phone: Phone) -> None:
    """The read-back names what does not fit, with the way to it, and offers no button."""
    id = an_active_plan(phone)
    call(phone.open(PlanReviseState, "/plan/revise", id=id), "save", {"on": "2026-12-01", "said_by": "Dr. Osei"})
    form = phone.open(PlanStepState, "/plan/step", id=id, n="1", new="1", rev="1")
    call(form, "save", {"starts_by": "date", "starts_on": "2026-12-05", "doses-0-at": "morning", "doses-0-amount": "15"})
    call(phone.open(PlanEndState, "/plan/end", id=id, rev="1"), "save", {"ends": "stay"})
    check = phone.open(PlanCheckState, "/plan/check", id=id, rev="1")
    assert [gap.path for gap in check.gaps] == [f"/plan/step?id={id}&n=1&at=starts_on&rev=1"] and not check.errors


def test_an_active_plan_is_not_typed_over(phone: Phone) -> None:
    """The draft's pages refuse it in words."""
    id = an_active_plan(phone)
    for cls in (PlanMedicineState, PlanDraftState, PlanStepState, PlanEndState):
        state = phone.open(cls, id=id, n="1")
        assert state.errors and not state.loaded


def test_the_draft_is_deleted_only_after_the_question(phone: Phone) -> None:
    """Asking changes nothing; answering deletes it."""
    id = a_draft(phone)
    state = phone.open(PlanDraftState, "/plan/draft", id=id)
    call(state, "ask_delete", True)
    assert state.deleting and len(phone.open(PlansState, "/plans").plans) == 1
    assert path_of(call(state, "delete")) == "/plans"
    assert phone.open(PlansState, "/plans").plans == []


def test_as_needed_is_put_into_the_steps_that_were_ticked(phone: Phone) -> None:
    """One line for several steps; nothing typed or nothing ticked is asked for."""
    id = a_draft(phone, 2)
    form = phone.open(PlanNeededState, "/plan/as-needed", id=id)
    call(form, "save", {})
    assert set(form.wrong) == {"as_written", "step-1"}
    call(form, "save", {"as_written": "5 mg for strong pain", "amount": "5 mg", "step-2": "on", "step-99": "on"})
    steps = phone.open(PlanDraftState, "/plan/draft", id=id).steps
    assert [len(step.needed) for step in steps] == [0, 1]


def test_a_second_tap_on_save_does_nothing_more(phone: Phone) -> None:
    """An impatient thumb makes one plan, one step, one line."""
    medicine = phone.open(PlanMedicineState, "/plan/new")
    id = path_of(call(medicine, "save", MEDICINE)).split("=")[1]
    call(medicine, "save", MEDICINE)
    assert len(phone.open(PlansState, "/plans").plans) == 1
    form = phone.open(PlanStepState, "/plan/step", id=id, n="1", new="1")
    typed = {"doses-0-at": "morning", "doses-0-amount": "15"}
    call(form, "save", typed)
    call(form, "save", typed)
    needed = phone.open(PlanNeededState, "/plan/as-needed", id=id)
    call(needed, "save", {"as_written": "5 mg for strong pain"})
    call(needed, "save", {"as_written": "5 mg for strong pain"})
    steps = phone.open(PlanDraftState, "/plan/draft", id=id).steps
    assert [len(step.needed) for step in steps] == [1]


def test_the_picture_is_drawn_when_asked(phone: Phone) -> None:
    """The words come first, the figure after the first paint."""
    state = phone.open(PlanState, id=an_active_plan(phone))
    assert not state.drawn and state.step_now == 2 and [s.mark for s in state.steps] == ["", "active"]
    call(state, "draw")
    assert state.drawn and len(state.picture.data) == 4

"""Plans and their ledgers."""

from __future__ import annotations

from datetime import date

import pytest

from taper_app.domain.errors import HoldOpen, Invalid, InvalidMany, IsDraft, NotConfirmed, NotDraft, PlanBlank
from taper_app.services import ledger, plans
from taper_app.services.errors import PlanMissing
from taper_app.services.schedule import plan_schedule
from tests.services.world import active_plan, asking, counts, dose, draft, plan_body, sign_up

HOLD = {"from": "2026-11-24", "said_by": "Dr. Osei", "reason": "by phone"}


def test_drafts_hold_blanks() -> None:
    """A draft is kept as it is, and says what it still lacks."""
    ana = sign_up()
    with asking() as (session, now):
        view = plans.create_plan(session, ana.actor, {"medication": {"name": "morphine"}}, now)
    assert view.status == "draft"
    assert {blank.code for blank in view.blanks} >= {"no_unit", "no_steps", "no_end"}


def test_drafts_are_replaced_and_deleted() -> None:
    """A draft takes another text, and can go away."""
    ana = sign_up()
    plan_id = draft(ana)
    with asking() as (session, now):
        view = plans.replace_draft(session, ana.actor, plan_id, plan_body(prescriber="Dr. Lee"), now)
        assert view.plan.prescriber == "Dr. Lee"
        plans.delete_draft(session, ana.actor, plan_id)
    assert counts()["plan"] == 0


def test_activation_names_each_blank() -> None:
    """A plan with blanks stays a draft, and every blank has its field."""
    ana = sign_up()
    plan_id = draft(ana, plan_body(ends=None, steps=[{"starts_on": None, "doses": [dose(None, None)]}]))  # type: ignore[arg-type]
    with asking() as (session, now):
        with pytest.raises(PlanBlank) as found:
            plans.activate_plan(session, ana.actor, plan_id, {"confirmed_with_prescriber": True}, now)
        assert {(e.field, e.code) for e in found.value.errors} == {
            ("steps.0.starts_on", "no_start"),
            ("steps.0.doses.0.at", "no_time"),
            ("steps.0.doses.0.amount", "no_amount"),
            ("ends", "no_end"),
        }
        assert plans.get_plan(session, ana.actor, plan_id, now).status == "draft"


@pytest.mark.parametrize("body", [{}, {"confirmed_with_prescriber": False}, {"confirmed_with_prescriber": "true"}])
def test_activation_needs_the_prescribers_word(body: dict[str, object]) -> None:
    """Without confirmation nothing is activated."""
    ana = sign_up()
    plan_id = draft(ana)
    with pytest.raises(NotConfirmed), asking() as (session, now):
        plans.activate_plan(session, ana.actor, plan_id, body, now)


def test_active_plans_are_no_drafts() -> None:
    """An active plan is not rewritten, deleted or activated again."""
    ana = sign_up()
    plan_id = active_plan(ana)
    with asking() as (session, now):
        for deed in (
            lambda: plans.replace_draft(session, ana.actor, plan_id, plan_body(), now),
            lambda: plans.delete_draft(session, ana.actor, plan_id),
            lambda: plans.activate_plan(session, ana.actor, plan_id, {"confirmed_with_prescriber": True}, now),
        ):
            with pytest.raises(NotDraft):
                deed()
    assert counts()["plan"] == 1


def test_the_ledger_keeps_every_event() -> None:
    """Hold, resumption, revision and close stand in the ledger in order, with who said so and when it was recorded."""
    ana = sign_up()
    plan_id = active_plan(ana)
    with asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan_id, HOLD, now)
        ledger.resume_plan(session, ana.actor, plan_id, {"on": "2026-11-27", "said_by": "Dr. Osei", "shift_later_dates": True}, now)
        steps = [{"starts_on": "2026-12-05", "doses": [dose("08:00", "30")]}]
        body = {"effective_on": "2026-12-05", "said_by": "Dr. Osei", "reason": "slower", "steps": steps, "ends": "stay"}
        assert ledger.revise_plan(session, ana.actor, plan_id, body, now).revision == 2
        closed = ledger.close_plan(session, ana.actor, plan_id, {"on": "2027-01-01", "said_by": "Dr. Osei"}, now)
        assert closed.recorded
        view = plans.get_plan(session, ana.actor, plan_id, now)
    assert [type(event).__name__ for event in view.events] == ["Activated", "Held", "Resumed", "Revised", "Closed"]
    assert all(event.recorded_at == now for event in view.events)
    assert (view.plan.steps[0].note, view.current.ends) == ("with food", "stay")


def test_a_preview_records_nothing() -> None:
    """Every event can be read back with its 14 days, and nothing is kept."""
    ana = sign_up()
    plan_id = active_plan(ana)
    before = counts()
    with asking() as (session, now):
        view = ledger.hold_plan(session, ana.actor, plan_id, HOLD, now, preview=True)
        assert not view.recorded
        assert [day.date for day in view.days][:: len(view.days) - 1] == [date(2026, 11, 24), date(2026, 12, 7)]
        assert {day.status for day in view.days} == {"held"}
        assert len(plans.get_plan(session, ana.actor, plan_id, now).events) == 1
    assert counts() == before


def test_drafts_take_no_events() -> None:
    """A draft cannot be held."""
    ana = sign_up()
    plan_id = draft(ana)
    with pytest.raises(IsDraft), asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan_id, HOLD, now)


def test_refused_events_leave_nothing() -> None:
    """A second hold is refused by name, and the ledger is as before."""
    ana = sign_up()
    plan_id = active_plan(ana)
    with asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan_id, HOLD, now)
    before = counts()
    with pytest.raises(HoldOpen), asking() as (session, now):
        ledger.hold_plan(session, ana.actor, plan_id, HOLD, now)
    with pytest.raises(InvalidMany), asking() as (session, now):
        ledger.resume_plan(session, ana.actor, plan_id, {"on": "2026-02-29"}, now)
    assert counts() == before


def test_undated_steps_wait_for_their_day() -> None:
    """A step without a date starts when somebody says so."""
    ana = sign_up()
    steps = [
        {"starts_on": "2026-11-20", "doses": [dose("08:00", "15")]},
        {"starts_on": None, "starts_when": "when the box is empty", "doses": [dose("08:00", "7.5")]},
    ]
    plan_id = active_plan(ana, plan_body(steps=steps, ends="stay", review_on=None))
    with asking() as (session, now):
        view = ledger.start_step(session, ana.actor, plan_id, {"on": "2026-11-25", "said_by": "Dr. Osei"}, now)
        assert [day.step for day in view.days] == [2] * 14
        days = plan_schedule(session, ana.actor, plan_id, date(2026, 11, 24), date(2026, 11, 25))
    assert [(day.step, str(day.doses[0].amount)) for day in days] == [(1, "15.0"), (2, "7.5")]


def test_schedules_have_a_row_a_day() -> None:
    """Every day of the window is a row, before the plan too, and 801 days are too many."""
    ana = sign_up()
    plan_id = active_plan(ana)
    with asking() as (session, _):
        days = plan_schedule(session, ana.actor, plan_id, date(2026, 11, 1), date(2026, 11, 30))
        assert [day.status for day in days].count("before") == 19
        with pytest.raises(Invalid):
            plan_schedule(session, ana.actor, plan_id, date(2026, 1, 1), date(2028, 12, 31))


def test_plans_of_others_are_not_there() -> None:
    """Another account's plan and an unknown one look the same."""
    ana, bea = sign_up("ana"), sign_up("bea")
    plan_id = active_plan(ana)
    with asking() as (session, now):
        assert plans.list_plans(session, bea.actor, now) == []
        for unknown in (plan_id, "nothing", "", "\0", "x" * 500):
            with pytest.raises(PlanMissing):
                plans.get_plan(session, bea.actor, unknown, now)
            with pytest.raises(PlanMissing):
                ledger.hold_plan(session, bea.actor, unknown, HOLD, now)


def test_plans_are_listed_with_their_status() -> None:
    """The list has drafts, active and ended plans."""
    ana = sign_up()
    draft(ana)
    active_plan(ana)
    old = [{"starts_on": "2026-10-01", "doses": [dose("08:00", "5")]}]
    active_plan(ana, plan_body(steps=old, ends="stop", last_day="2026-10-10", review_on=None))
    with asking() as (session, now):
        assert sorted(one.status for one in plans.list_plans(session, ana.actor, now)) == ["active", "draft", "ended"]

"""The lens as a service: whose log, which plan, which days, and how few questions it asks the database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Caregiver, Stranger
from taper_app.domain.errors import Forbidden, Invalid
from taper_app.services import ledger
from taper_app.services.errors import NotSignedIn, PlanMissing
from taper_app.services.lens import LensView, known_order, known_zoom, lens
from taper_app.services.logs import ABOUT_PAIN
from tests.services.test_service_snapshot import counted
from tests.services.world import NOW, Person, active_plan, asking, at, dose, draft, entry, flare, plan_body, record, sign_up

TODAY = date(2026, 11, 23)


def look(person: Person, **asked: Any) -> LensView:
    """One call."""
    with asking() as (session, now):
        return lens(session, person.actor, now, **asked)


def check_in(n: int, days: float, pain: int | None) -> dict[str, Any]:
    """Pain some days from now."""
    return entry(n, "check_in", {"pain": pain}, at=at(24 * days))


def needed_body() -> dict[str, Any]:
    """A plan that is all as needed."""
    line = {"amount": "5", "for": "pain", "at_most": 2, "per_hours": 24, "as_written": "1 if needed"}
    medicine = {"name": "oxycodone", "form": "tablet", "unit": "mg", "strengths": ["5"], "release": "immediate"}
    steps = [{"starts_on": "2026-11-01", "doses": [], "as_needed": [line]}]
    return plan_body(medication=medicine, steps=steps, ends="stay", review_on=None)


@pytest.mark.parametrize(("actor", "refusal"), [(Stranger(), NotSignedIn), ("caregiver", Forbidden)])
def test_only_the_patient_looks(actor: Any, refusal: type[Exception]) -> None:
    """A stranger and a caregiver with every scope are refused."""
    ana = sign_up()
    who = Caregiver(ana.id, "share", frozenset({"flares", "check_ins", "plan"})) if actor == "caregiver" else actor
    with asking() as (session, now), pytest.raises(refusal):
        lens(session, who, now)


def test_another_persons_plan_is_not_there() -> None:
    """Nor is a draft, nor an id that nobody has."""
    ana, sam = sign_up(), sign_up("sam")
    for plan_id in (active_plan(sam), draft(ana), "no-such-plan"):
        with pytest.raises(PlanMissing):
            look(ana, plan_id=plan_id)


def test_nobody_sees_another_persons_log() -> None:
    """What Sam logged is in none of Ana's numbers."""
    ana, sam = sign_up(), sign_up("sam")
    record(sam, flare(1), check_in(2, -1, 7))
    assert look(ana).facts.first_day() is None and look(sam).main.logged == 2


def test_an_empty_account_has_one_day() -> None:
    """Today, with nothing on it, is still a view."""
    view = look(sign_up())
    assert (view.whole.first, view.whole.last, view.plan, view.plans) == (TODAY, TODAY, None, ())
    assert (view.main.logged, view.main.days, view.patterns.steps, view.tried) == (0, 1, (), ())


def test_all_days_go_from_the_first_of_plan_or_log_to_today() -> None:
    """Whichever began first."""
    ana = sign_up()
    active_plan(ana)
    assert look(ana).whole.first == date(2026, 11, 20)
    record(ana, check_in(1, -30, 4))
    view = look(ana)
    assert (view.whole.first, view.whole.last) == (TODAY - timedelta(30), TODAY)
    assert (view.main.days, view.main.logged) == (31, 1)


def test_what_is_dated_ahead_waits_for_its_day() -> None:
    """An entry of tomorrow, as a phone in a zone ahead writes it, is in no panel today: every number is over the same days."""
    ana = sign_up()
    ahead = {"at": at(9), "zone": "Pacific/Kiritimati"}
    record(
        ana,
        entry(1, "peg", {"average": 3, "enjoyment": 3, "activity": 3}, **ahead),
        entry(2, "option_tried", {"option": "yoga"}, **ahead),
        flare(3, started_at=at(30), places=["neck"], allodynia=["clothing"]),
        check_in(4, 0, 5),
    )
    view = look(ana)
    assert (view.weekly.points, view.tried, view.facts.pegs, view.facts.flares, view.main.logged) == ((), (), (), (), 1)


def test_a_zoom_shows_its_days_and_where_to_turn() -> None:
    """A week is seven days up to the day asked for; the panels stay over all days."""
    ana = sign_up()
    active_plan(ana)
    record(ana, check_in(1, -40, 9), check_in(2, -8, 3), check_in(3, -1, 5))
    week = look(ana, zoom="week")
    assert (week.window.first, week.window.last, week.window.later) == (TODAY - timedelta(6), TODAY, None)
    assert ([value for _, value in week.main.pain.points], week.patterns.days) == ([5], 3)
    before = look(ana, zoom="week", at=week.window.earlier)
    assert (before.window.last, before.window.later) == (TODAY - timedelta(7), TODAY)
    step = look(ana, zoom="step")
    assert (step.window.first, step.window.last, step.window.earlier) == (date(2026, 11, 20), TODAY, None)
    assert look(ana, zoom="month").window.first == TODAY - timedelta(29)


def test_a_day_far_away_is_brought_into_view() -> None:
    """What a client may claim about days does no harm."""
    ana = sign_up()
    record(ana, check_in(1, -3, 5))
    for day in (date.min, date.max):
        for zoom in ("week", "month", "step", "all"):
            view = look(ana, zoom=zoom, at=day)
            assert TODAY - timedelta(3) <= view.window.first <= view.window.last <= TODAY


def test_of_several_plans_one_is_shown() -> None:
    """The first with a daily amount that has not ended; the others can be chosen, and nothing is summed."""
    ana = sign_up()
    needed, first, second = active_plan(ana, needed_body()), active_plan(ana), active_plan(ana)
    view = look(ana)
    assert {one.id for one in view.plans} == {needed, first, second} and view.plan is not None
    assert view.plan.id != needed and view.laid
    assert {one.level for one in view.main.stairs} == {120}
    chosen = look(ana, plan_id=needed)
    assert chosen.plan is not None and (chosen.plan.id, chosen.laid, chosen.main.stairs) == (needed, False, ())


def test_an_ended_plan_gives_way() -> None:
    """With another running it is only there to be chosen; alone it is shown."""
    ana = sign_up()
    ended = active_plan(ana)
    with session_scope() as session:
        ledger.close_plan(session, ana.actor, ended, {"on": "2026-11-22", "said_by": "Dr. Osei"}, NOW)
    assert getattr(look(ana).plan, "id", "") == ended
    running = active_plan(ana)
    assert getattr(look(ana).plan, "id", "") == running


def test_a_retracted_entry_is_in_no_number() -> None:
    """Neither as a dot nor as a flare, a place or a week."""
    ana = sign_up()
    record(ana, flare(1, places=["neck"], spread="wider"), check_in(2, -1, 7))
    out = [entry(n + 10, kind, {"retracted": True}, changes=id) for n, (kind, id) in enumerate(_ids(ana))]
    record(ana, *out)
    view = look(ana)
    assert (view.main.logged, view.main.flare_count, view.patterns.spread) == (0, 0, ())


def _ids(person: Person) -> list[tuple[str, str]]:
    found = look(person).facts
    return [*(("flare", one.id) for one in found.flares), *(("check_in", one.id) for one in found.check_ins)]


def test_it_asks_few_questions_and_reads_no_dose() -> None:
    """At most six statements, however many plans and entries, and doses are not among what is read."""
    ana = sign_up()
    plan_id = active_plan(ana)
    active_plan(ana)
    due = {"date": "2026-11-23", "at": "morning"}
    record(ana, entry(1, "dose", {"plan_id": plan_id, "action": "taken", "due": due}), *(check_in(n, -n, 5) for n in range(2, 60)))
    with asking() as (session, now), counted() as seen:
        view = lens(session, ana.actor, now)
    assert len(seen) <= 6 and "dose" not in ABOUT_PAIN and view.main.logged == 58


def test_what_was_tried_comes_in_the_order_asked_for() -> None:
    """Most tried, least time, latest; each with its own times."""
    ana = sign_up()
    for n, (option, minutes, days) in enumerate([("yoga", 30, -9), ("yoga", 30, -8), ("massage", 10, -7), ("cbt", None, -1)]):
        record(ana, entry(n, "option_tried", {"option": option, "before": 6, "after": 5, "minutes": minutes}, at=at(24 * days)))
    orders = {order: [one.option for one in look(ana, order=order).tried] for order in ("most", "effort", "latest")}
    assert orders == {"most": ["yoga", "cbt", "massage"], "effort": ["massage", "yoga", "cbt"], "latest": ["cbt", "massage", "yoga"]}


@pytest.mark.parametrize("odd", [None, "", "year", 7, [], {"a": 1}])
def test_an_unknown_zoom_or_order_is_refused(odd: object) -> None:
    """By name, before anything is read."""
    with pytest.raises(Invalid):
        known_zoom(odd)
    with pytest.raises(Invalid):
        known_order(odd)


def test_a_patch_and_turns_are_said() -> None:
    """A patch's level is a rate, and an uneven plan's that of a day with doses."""
    ana = sign_up()
    patch = {"name": "fentanyl", "form": "patch", "unit": "mcg/h", "strengths": ["25"], "release": "extended"}
    steps = [{"starts_on": "2026-11-20", "every_days": 3, "doses": [dose("09:00", "25")]}]
    active_plan(ana, plan_body(medication=patch, steps=steps))
    plan = look(ana).plan
    assert plan is not None and (plan.rate, plan.uneven, plan.unit) == (True, True, "mcg/h")

"""The lens without a browser: what it says, what it draws and when, and whom it shows nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from reflex.utils.format import json_dumps

from taper_app.data import engine
from taper_app.services import entries, plans
from taper_app.services.signing import authenticate
from taper_app.states.lens import LensState
from taper_app.states.lens_figures import KINDS
from tests.services.world import plan_body
from tests.states.phone import Phone, call

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PANELS = ("main", "falls", "spread", "severity", "rises", "steps", "places", "touch", "weekly")


def logs(phone: Phone, *found: tuple[str, float, dict[str, Any]]) -> None:
    """Entries of (kind, days ago, data); a flare begins when it is written."""
    lines = []
    for kind, ago, own in found:
        at = (NOW - timedelta(days=ago)).isoformat()
        data = {"started_at": at, **own} if kind == "flare" else own
        lines.append({"id": str(uuid4()), "kind": kind, "at": at, "zone": "America/New_York", "data": data})
    with engine.session_scope() as session:
        actor = authenticate(session, phone.token, NOW)
        assert actor is not None
        assert {one.status for one in entries.record_entries(session, actor, lines, NOW)} == {"stored"}


def has_plan(phone: Phone, *steps: tuple[str, str], name: str = "morphine") -> str:
    """An active plan of steps (day, amount)."""
    made = [{"starts_on": day, "doses": [{"at": "morning", "amount": amount}]} for day, amount in steps]
    medicine = {"name": name, "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "extended"}
    with engine.session_scope() as session:
        actor = authenticate(session, phone.token, NOW)
        assert actor is not None
        plan = plans.create_plan(session, actor, plan_body(medication=medicine, steps=made, ends="stay", review_on=None), NOW)
        plans.activate_plan(session, actor, plan.id, {"confirmed_with_prescriber": True}, NOW)
    return plan.id


def a_month(phone: Phone) -> None:
    """A plan that went down twice and up once, and some of everything logged beside it."""
    has_plan(phone, ("2026-10-24", "60"), ("2026-11-03", "45"), ("2026-11-10", "30"), ("2026-11-17", "45"))
    logs(
        phone,
        *(("check_in", ago, {"pain": 3 + ago % 4}) for ago in range(0, 30, 2)),
        ("flare", 5, {"severity_now": 6, "severity_worst": 8, "places": ["neck"], "spread": "wider", "allodynia": ["clothing"]}),
        ("flare", 15, {"severity_now": 5, "places": ["neck", "head"]}),
        ("peg", 7, {"average": 5, "enjoyment": 6, "activity": 6}),
        ("option_tried", 4, {"option": "yoga", "before": 6, "after": 4, "minutes": 20, "note": "slow"}),
        ("condition", 9, {"said_by": "Dr. Osei", "state": "same"}),
        ("baseline", 29, {"allodynia": ["thermal"], "pain": 4}),
    )


def everything(state: Any) -> str:
    """All that the page would be sent, as text."""
    return str(json_dumps({name: getattr(state, name) for name in (*PANELS, "tried", "said")}))


def test_signed_out_shows_nothing(database: None) -> None:
    """Without a session every handler says so and shows nothing."""
    state = Phone().open(LensState, "/lens")
    calls = {"choose": ("x",), "show": ("week",), "earlier": (), "later": (), "sort": ("most",), "draw": ("main",)}
    for name, arguments in calls.items():
        call(state, name, *arguments)
        assert (state.signed_out, state.loaded, state.main.says, state.drawn) == (True, False, "", [])


def test_an_empty_log_teaches_in_a_sentence(phone: Phone) -> None:
    """Nothing is drawn, and every panel has words."""
    state = phone.open(LensState, "/lens")
    assert state.loaded and state.empty
    assert all(getattr(state, name).says and not getattr(state, name).chart.box for name in PANELS)


def test_what_was_counted_is_said(phone: Phone) -> None:
    """Facts: of how many days, which numbers, how many flares; the same in the table."""
    a_month(phone)
    state = phone.open(LensState, "/lens")
    assert state.over == "What you logged, 24 Oct to 23 Nov"
    assert state.main.says == (
        "You logged pain on 17 of 31 days. 15 days have a number for pain: the lowest 3, the middle 3, the highest 5. "
        "You logged 2 flares. The highest number given to a flare was 8."
    )
    assert state.main.heads == ["Day", "Pain", "Flares", "Plan"] and len(state.main.rows) == 17
    assert ["Wed 18 Nov", "", "1", "45 mg"] in state.main.rows
    assert state.falls.says.startswith("2 changes down have numbers around them.")
    assert state.falls.notes == ["1. Tue 3 Nov: 60 mg to 45 mg", "2. Tue 10 Nov: 45 mg to 30 mg"]
    assert state.rises.notes == ["1. Tue 17 Nov: 30 mg to 45 mg"]
    assert state.spread.rows == [["Wed 18 Nov", "Wider than before", "Neck"]]
    assert [row[0] for row in state.steps.rows] == ["60 mg", "45 mg", "30 mg", "45 mg"]
    assert state.touch.rows[0][:3] == ["Before this plan", "", "no"] and "yes" in state.touch.rows[0]
    assert state.weekly.rows == [["Mon 16 Nov", "5", "6", "6", "5.7"]]
    assert state.said == ["The same, Sat 14 Nov, Dr. Osei"]
    (tried,) = state.tried
    assert (tried.name, tried.pain) == ("Yoga", "Pain 6 before, 4 after") and "Once is too little" in tried.says
    assert tried.rows == [["Thu 19 Nov", "6", "4", "20", "slow"]]


def test_the_four_patterns_are_asked_and_not_found() -> None:
    """Each title is a question, on the lens and on the clinician's page: seen alone it says nothing of what was logged."""
    from taper_app.content.loader import catalog

    known = catalog("en")
    titles = [known[f"lens.look.{name}"] for name in ("spread", "severity", "rise", "fewer")]
    titles += [text for key, text in known.items() if key.startswith("sheet.pattern.")]
    assert len(titles) == 8 and [one for one in titles if not one.endswith("?")] == []


def test_nothing_it_says_is_a_verdict(phone: Phone) -> None:
    """No word of cause, trend or judgement stands in any sentence of the page."""
    from taper_app.content.loader import catalog

    a_month(phone)
    said = everything(phone.open(LensState, "/lens"))
    words = " ".join(text for key, text in catalog("en").items() if key.startswith("lens."))
    banned = r"\b(because|caused?|due to|leads? to|improv\w+|worsen\w*|rose|rising|fell|trend\w*|likely|score|success\w*|fail\w*|best)\b"
    # "the cause" is what the clinician speaks of: the illness itself.
    assert re.findall(banned, said.replace("the cause", ""), re.IGNORECASE) == []
    assert re.findall(banned, words.replace("the cause", ""), re.IGNORECASE) == []


def test_plotly_comes_where_somebody_looks(phone: Phone) -> None:
    """Loading sends all sketches and the first chart; each other comes when it is asked for."""
    a_month(phone)
    state = phone.open(LensState, "/lens")
    assert state.drawn == ["main"] and all(getattr(state, name).chart.paths for name in KINDS)
    for name in KINDS:
        call(state, "draw", name)
        assert state.drawn[-1] == name and len(getattr(state, f"{name}_figure").data) == len(KINDS[name]) - (
            # Three of the four lines that could be are not there.
            sum(f"line{n}" in KINDS[name] for n in range(len(getattr(state, name).notes) + 1, 5))
        )
    for odd in (None, "spread", "__class__", 7, [], "main_figure"):
        call(state, "draw", odd)
        assert state.drawn == list(KINDS)


def test_turning_and_zooming(phone: Phone) -> None:
    """Only the main picture moves; beyond the ends nothing happens; odd arguments are refused."""
    a_month(phone)
    state = phone.open(LensState, "/lens")
    call(state, "show", "week")
    assert (state.zoom, state.span, state.later_day) == ("week", "17 Nov to 23 Nov", "")
    assert len(state.main.rows) == 5 and len(state.main_figure.data[3].x) == 4 and len(state.steps.rows) == 4
    call(state, "earlier")
    assert state.span == "10 Nov to 16 Nov"
    call(state, "show", "step")
    assert state.span == "10 Nov to 16 Nov" and state.over.startswith("What you logged, 10 Nov")
    for _ in range(9):
        call(state, "later")
    assert state.span == "17 Nov to 23 Nov"
    for odd in (None, "year", {}, 3):
        call(state, "show", odd)
        assert state.errors and state.zoom == "step"


def test_another_plan_is_chosen_and_never_added(phone: Phone) -> None:
    """Both are offered, one is shown; a plan of nobody's is refused and what stood there stays."""
    ids = {has_plan(phone, ("2026-11-12", "60")), has_plan(phone, ("2026-11-12", "20"), name="oxycodone")}
    logs(phone, ("check_in", 1, {"pain": 4}))
    state = phone.open(LensState, "/lens")
    assert {one.name for one in state.plans} == {"morphine", "oxycodone"}
    first, before = state.plan_id, list(state.main.notes)
    (second,) = ids - {first}
    call(state, "choose", second)
    assert {*before, *state.main.notes} == {"From Thu 12 Nov: 20 mg", "From Thu 12 Nov: 60 mg"} and len(before) == 1
    call(state, "choose", "nobody's")
    assert state.plan_id == second and state.errors
    call(state, "choose", first)
    assert state.drawn == ["main"] and f": {max(state.main_figure.data[1].y):g} mg" in before[0]


def test_sorting_and_leaving(phone: Phone) -> None:
    """The order is the reader's; leaving forgets everything."""
    tries = [("yoga", 9, 30), ("yoga", 8, 30), ("massage", 7, 10)]
    logs(phone, *(("option_tried", ago, {"option": o, "before": 5, "after": 5, "minutes": m}) for o, ago, m in tries))
    state = phone.open(LensState, "/lens")
    assert [one.name for one in state.tried] == ["Yoga", "Massage"]
    call(state, "sort", "effort")
    assert [one.name for one in state.tried] == ["Massage", "Yoga"]
    call(state, "sort", "best")
    assert [one.name for one in state.tried] == ["Massage", "Yoga"] and state.errors
    call(state, "leave")
    assert (state.tried, state.main.says, state.loaded, state.over) == ([], "", False, "")


def test_long_lists_are_cut_and_say_so(phone: Phone) -> None:
    """Two thousand flares are a hundred rows, and the count is of all."""
    for block in range(4):
        logs(phone, *(("flare", 1 + block + n / 1000, {"severity_now": 5, "places": ["neck"], "spread": "wider"}) for n in range(500)))
    state = phone.open(LensState, "/lens")
    assert len(state.spread.rows) == 100 and state.spread.notes == ["The newest 100 of 2000 are listed."]
    assert "2000 flares" in state.spread.says and len(everything(state)) < 60_000

"""The questions: each code where it is asked, and where it is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.checks import CODES, event_checks, plan_checks
from taper_app.domain.events import Event, Ledger
from taper_app.domain.plan import Plan, Step
from taper_app.domain.stairs import next_change, stairs
from tests.builders import closed, dose, held, ledger, medication, on, plan, resumed, revised, started, step

PATCH = medication(form="patch", unit="mcg/h", strengths=(Decimal(25), Decimal(12)), may_split="no")
ER = medication(release="extended", may_split="no")


def codes(made: Plan, today: date | None = None) -> list[tuple[str, int | None]]:
    return [(c.code, c.step) for c in plan_checks(made, today)]


def level(*amounts: str, **more: Any) -> Plan:
    """Steps of ten days with one dose each, in tablets of 1 mg."""
    med = medication(strengths=(Decimal(1),))
    return plan(*(step(1 + 10 * i, a) for i, a in enumerate(amounts)), medication=med, **more)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (level("30", "20"), []),
        (level("30", "40"), [("higher", 2)]),
        (level("30", "15"), []),
        (level("30", "14"), [("less_than_half", 2)]),
        (level("30", "20", "15"), [("largest_fall", 2)]),
        (level("30", "20", "10"), []),
        (level("60", "50", "40", ends="stop", last=40), [("largest_fall", 3), ("big_change", 3)]),
        (level("30", ends=None), [("no_end", 1)]),
        (plan(step(1, "15", every_days=2), step(11, "15")), [("higher", 2)]),
        (plan(step(1, "15"), step(11, "15", every_days=3)), [("less_than_half", 2)]),
        (plan(step(1, *["15"] * 6)), []),
        (plan(step(1, *["15"] * 7)), [("many_doses", 1)]),
        (plan(step(1, dose("45", "08:00", ("15", "2")))), [("parts_differ", 1)]),
        (plan(step(1, dose("7.5", "08:00", ("15", "0.5")))), []),
        (plan(step(1, dose("7.5"))), []),
        (plan(step(1, dose("5"))), [("not_whole_or_half", 1)]),
        (plan(step(1, dose("3.75", "08:00", ("15", "0.25")))), [("not_whole_or_half", 1)]),
        (plan(step(1, dose("7.5")), medication=medication(may_split="unknown")), [("not_whole_or_half", 1)]),
        (plan(step(1, dose("7.5")), medication=ER), [("not_whole_or_half", 1), ("part_of_extended", 1)]),
        (plan(step(1, dose("37")), medication=PATCH), []),
        (plan(step(1, "15", until="2026-11-11"), step(11, "15")), []),
        (plan(step(1, "15", until="2026-11-10"), step(11, "15")), [("gap", 1)]),
        (plan(step(1, "15", until="2026-11-12"), step(11, "15")), [("overlap", 1)]),
        (plan(step(1, "15", until="about two weeks"), step(11, "15")), []),
        (
            plan(step(1, "25", every_days=3), step(11, "12", every_days=3), medication=PATCH),
            [("less_than_half", 2), ("patch_interval", 2)],
        ),
        (plan(step(1, "25", every_days=3), step(10, "25", every_days=2), medication=PATCH), []),
    ],
)
def test_questions_about_a_plan(made: Plan, expected: list[tuple[str, int | None]]) -> None:
    """A plan is asked about exactly where its own numbers do not agree."""
    assert codes(made) == expected
    assert all(code in CODES for code, _ in expected)


@pytest.mark.parametrize(
    ("volume", "expected"), [("5 mL", []), ("2.5 mL", [("parts_differ", 1)]), ("a spoon", [])]
)
def test_a_volume_is_compared(volume: str, expected: list[tuple[str, int | None]]) -> None:
    """A volume in plain figures is compared with the amount by the concentration as printed."""
    med = medication(form="liquid", strengths=(), concentration="10 mg/5 mL")
    assert codes(plan(step(1, dose("10", volume=volume)), medication=med)) == expected


@given(st.integers(1, 120), st.lists(st.integers(2, 40), min_size=1, max_size=5, unique=True))
def test_pieces_are_counted_as_by_hand(amount: int, strengths: list[int]) -> None:
    """A dose is asked about exactly when no count of the label's whole pieces comes to it."""
    made = {0}
    for n in range(1, amount + 1):
        if any(n - size in made for size in strengths):
            made.add(n)
    med = medication(strengths=tuple(Decimal(s) for s in strengths), may_split="no")
    asked = ("not_whole_or_half", 1) in codes(plan(step(1, str(amount)), medication=med))
    assert asked == (amount not in made)


def test_a_plan_as_large_as_a_body_is_checked_at_once() -> None:
    """A thousand doses against twenty strengths take no time that anybody else's write would have to wait for."""
    med = medication(strengths=tuple(Decimal(1003 + 17 * i) for i in range(20)), may_split="no")
    steps = [step(1 + k, *(str(19990 - k - 3 * hour) for hour in range(14))) for k in range(72)]
    began = process_time()
    plan_checks(plan(*steps, medication=med))
    assert process_time() - began < 3


def test_a_past_date_is_asked_once() -> None:
    """A plan that already runs is asked about its past once, and not at all without a day to compare."""
    assert codes(plan(), on(20)) == [("in_past", 1)]
    assert codes(plan(), on(1)) == []


@pytest.mark.parametrize(
    ("before", "event", "expected"),
    [
        (ledger(), held(5), []),
        (ledger(), held(11), ["hold_on_change_day"]),
        (ledger(plan(), held(5)), resumed(15), ["big_change"]),
        (ledger(plan(), held(5)), resumed(15, shift=True), []),
        (ledger(plan(), held(11)), resumed(11), []),
        (ledger(), revised(5, step(5, "30")), []),
        (ledger(), revised(5, step(5, "15")), ["big_change"]),
        (ledger(), revised(5, step(5, "45")), ["big_change", "higher"]),
        (ledger(), closed(5), ["big_change"]),
    ],
)
def test_questions_about_an_event(before: Ledger, event: Event, expected: list[str]) -> None:
    """A resumption, a revision and a close are asked about against the dose in force."""
    assert [c.code for c in event_checks(before, event, on(1))] == expected


def test_a_question_carries_both_doses() -> None:
    """A big change names the dose in force and the one that would follow, with the unit."""
    (check,) = event_checks(ledger(), closed(5))
    assert check.params == {"from": "30", "to": "0", "unit": "mg"}


def test_a_patch_after_a_resumption_is_asked_about() -> None:
    """Going on with dates that were set before a hold may bring a patch early, and that is asked."""
    made = ledger(plan(step(1, "25", every_days=3), step(13, "25", every_days=3), medication=PATCH), held(5))
    assert "patch_interval" not in [c.code for c in event_checks(made, resumed(14))]
    other = ledger(plan(step(1, "25", every_days=3), step(12, "25", every_days=3), medication=PATCH), held(5))
    late = event_checks(other, resumed(14))
    assert [c.params["days"] for c in late if c.code == "patch_interval"] == ["2"]
    early = event_checks(made, revised(8, step(8, "25", every_days=3)))
    assert [c.params["days"] for c in early if c.code == "patch_interval"] == ["1"]


def test_a_patch_in_a_cycle_is_asked_about() -> None:
    """Where days take turns, a patch is early by the days between the patches, not by the turn's single days."""
    turn = Step(on(1), cycle=((dose("25"),), (), ()))
    early = [c for c in plan_checks(plan(turn, step(5, "25", every_days=3), medication=PATCH)) if c.code == "patch_interval"]
    assert [c.params["days"] for c in early] == ["1"]
    assert "patch_interval" not in [code for code, _ in codes(plan(turn, step(7, "25", every_days=3), medication=PATCH))]


def test_a_dose_after_the_end_is_asked_about() -> None:
    """A revision that starts again after the plan was over is asked about against nothing."""
    for made in (ledger(plan(), closed(5)), ledger(plan(ends="stop", last=20))):
        again = event_checks(made, revised(25, step(25, "30")))
        assert [(c.params["from"], c.params["to"]) for c in again if c.code == "big_change"] == [("0", "30")]


def test_stairs_go_down_to_nothing() -> None:
    """The staircase has one stair a segment and ends at 0."""
    made = ledger(plan(ends="stop", last=20), held(5), resumed(8, shift=True))
    assert [(s.first, s.level, s.status) for s in stairs(made)] == [
        (on(1), Decimal(30), "active"),
        (on(5), Decimal(30), "held"),
        (on(8), Decimal(30), "active"),
        (on(14), Decimal(15), "active"),
        (on(24), Decimal(0), "ended"),
    ]


def test_next_change() -> None:
    """The next change is a step, an end, a resumption, an undated step, or nothing that is known."""
    stop = plan(ends="stop", last=20)
    found = [next_change(ledger(stop), on(n)) for n in (1, 11, 21)]
    assert [(c.what, c.on) if c else None for c in found] == [("step", on(11)), ("stop", on(21)), None]
    assert next_change(ledger(stop, held(5)), on(5)) is None
    open_ = plan(step(1, "30"), step(None, "15", starts_when="soon"))
    change = next_change(ledger(open_), on(5))
    assert change and (change.what, change.on, change.starts_when, change.step) == (
        "undated",
        None,
        "soon",
        2,
    )
    assert next_change(ledger(open_, started(9)), on(9)) is None

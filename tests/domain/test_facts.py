"""What records say, read once: only what was answered, on the day it happened, and nothing that was taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.facts import Baseline, Health, read_facts
from tests.builders import entry, on, records

SCALE = st.integers(0, 10)
ODD: Any = st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.lists(st.integers(), max_size=2))


def test_a_check_in_has_only_what_was_answered() -> None:
    """What was left out is None, and a 0 is a 0."""
    (one,) = read_facts(records(entry("check_in", day=3, pain=0, body=["sweating"]))).check_ins
    assert (one.day, one.pain, one.relief, one.sleep, one.mood, one.body, one.note) == (on(3), 0, None, None, None, ("sweating",), "")


def test_a_fact_belongs_to_the_wall_date_of_its_own_zone() -> None:
    """An hour before midnight in New York is that day there, whatever UTC says."""
    late = replace(entry("check_in", day=4, hour=3, pain=5), zone="America/New_York")
    (one,) = read_facts(records(late)).check_ins
    assert one.day == on(3)


def test_a_flare_lies_on_the_day_it_began() -> None:
    """Not on the day it was written; its length is in whole minutes, and its severity the highest number given."""
    began, ended = "2026-11-03T20:00:00+00:00", "2026-11-04T01:30:30+00:00"
    (one,) = read_facts(records(entry("flare", day=6, started_at=began, ended_at=ended, severity_now=4, severity_worst=7))).flares
    assert (one.day, one.minutes, one.severity) == (on(2), 330, 7)
    (bare,) = read_facts(records(entry("flare", day=6))).flares
    assert (bare.day, bare.minutes, bare.severity, bare.ended_at) == (on(6), None, None, None)


def test_a_change_is_read_in_place_of_what_it_changed() -> None:
    """Facts are of the folded record."""
    first = entry("check_in", "a", day=1, pain=8, sleep=2)
    facts = read_facts(records(first, entry("check_in", "b", day=2, changes="a", pain=3, sleep=None)))
    assert [(one.day, one.pain, one.sleep) for one in facts.check_ins] == [(on(1), 3, None)]


def test_the_weekly_three_questions_belong_together() -> None:
    """With one of the three missing there is no fact; the mean is to a tenth."""
    facts = read_facts(records(entry("peg", "a", average=5, enjoyment=6, activity=6), entry("peg", "b", average=5, enjoyment=6)))
    assert [str(one.mean) for one in facts.pegs] == ["5.7"]


def test_of_baseline_and_health_the_newest_counts() -> None:
    """Asked once; a second answer is the one that stands."""
    facts = read_facts(
        records(
            entry("baseline", "a", day=1, allodynia=["thermal"], pain=4),
            entry("baseline", "b", day=2, allodynia=[]),
            entry("health", "c", day=1, conditions=["migraine"], risks=[], note="x"),
        )
    )
    assert facts.baseline == Baseline((), None)
    assert facts.health == Health(("migraine",), (), "x")


@given(st.lists(st.tuples(st.sampled_from(["check_in", "flare", "peg", "option_tried", "condition", "question"]), ODD), max_size=8))
def test_odd_data_never_stops_the_reading(found: list[tuple[str, Any]]) -> None:
    """Whatever stands in a field, it is read as not answered."""
    names = ("pain", "average", "places", "started_at", "before", "option", "state", "text", "happened_at", "spread", "ended_at")
    facts = read_facts(records(*(entry(kind, str(n), **dict.fromkeys(names, odd)) for n, (kind, odd) in enumerate(found))))
    assert all(one.pain is None for one in facts.check_ins) and facts.pegs == ()


@given(st.lists(st.tuples(st.sampled_from(["check_in", "flare", "option_tried"]), SCALE, st.booleans()), max_size=12))
def test_what_was_taken_out_is_no_fact(found: list[tuple[str, int, bool]]) -> None:
    """A retracted entry is in no list, and all others are."""
    lines = []
    for n, (kind, value, out) in enumerate(found):
        lines.append(entry(kind, f"{n}", day=n + 1, pain=value))
        if out:
            lines.append(entry(kind, f"{n}-out", day=n + 2, changes=f"{n}", retracted=True))
    facts = read_facts(records(*lines))
    kept = {str(n) for n, (_, _, out) in enumerate(found) if not out}
    assert {one.id for one in (*facts.check_ins, *facts.flares, *facts.tried)} == kept


def test_a_window_holds_its_first_and_last_day() -> None:
    """Both ends count; what has no day of its own stays."""
    facts = read_facts(records(*(entry("check_in", str(n), day=n, pain=1) for n in range(1, 8)), entry("baseline", "b", pain=3)))
    inside = facts.within(on(2), on(4))
    assert ([one.day for one in inside.check_ins], inside.baseline) == ([on(2), on(3), on(4)], Baseline((), 3))
    assert (facts.first_day(), inside.days()) == (on(1), {on(2), on(3), on(4)})


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "x" * 80])
def test_an_unknown_zone_is_no_reason_to_lose_a_flare(zone: str) -> None:
    """The day is then that of UTC."""
    (one,) = read_facts(records(replace(entry("flare", day=2, severity_now=3), zone=zone))).flares
    assert (one.day, one.started_at) == (on(2), datetime(2026, 11, 3, 9, tzinfo=UTC))

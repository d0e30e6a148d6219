"""The small pictures: geometry of what was logged, nothing joined over what was not, never longer than a screen is wide."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taper_app.domain.evidence import align, level_changes, pain_by_day
from taper_app.domain.facts import Facts, read_facts
from taper_app.domain.overview import Overview, overview, series
from taper_app.domain.patterns import places_in_bins
from taper_app.domain.stairs import Stair, stairs
from taper_app.figures import sketches
from taper_app.figures.sketch import FILLED, LEFT, RIGHT, Days, Sketch, apart, hatch, runs
from tests.builders import entry, held, ledger, on, plan, records, resumed, step

WORDS = ("-7", "change", "+14")


def say(day: date) -> str:
    """A day as these tests write it."""
    return f"{day.day}.{day.month}."


def path(found: Sketch, kind: str) -> str:
    """All paths of one kind."""
    return "".join(one.path for one in found.shapes if one.kind == kind)


def points(text: str) -> list[tuple[float, float]]:
    """Where the moves and lines of a path go."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", text)]


def facts(*pains: tuple[int, int], flares: tuple[int, ...] = ()) -> Facts:
    """Check-ins of (day, pain), and flares on days."""
    lines = [entry("check_in", f"c{day}", day=day, pain=pain) for day, pain in pains]
    return read_facts(records(*lines, *(entry("flare", f"f{day}", day=day, severity_now=5, places=["neck"]) for day in flares)))


def beside(found: Facts, laid: list[Stair], last: int = 20) -> Overview:
    """The first days of a plan."""
    return overview(laid, found, on(1), on(last))


def test_pain_over_dose() -> None:
    """A dot a logged day in its own column, the stairs with their levels, a triangle a flare, the days below."""
    laid = stairs(ledger(plan(step(1, "30"), step(11, "20"))))
    found = sketches.pain_over_dose(beside(facts((1, 0), (20, 10), flares=(5,)), laid), "mg", say, "Paused", "Pain")
    half = (RIGHT - LEFT) / 40
    dots = points(path(found, "dots"))
    assert [round(x + 3.2, 1) for x, _ in dots] == [round(LEFT + half, 1), round(RIGHT - half, 1)]
    assert [y for _, y in dots] == [sketches.PAIN.bottom, sketches.PAIN.top]
    middle = (LEFT + RIGHT) / 2
    low = round(sketches.STAIRS_FLOOR - (sketches.STAIRS_FLOOR - sketches.STAIRS_TOP) * 2 / 3, 1)
    top = sketches.STAIRS_TOP
    assert points(path(found, "stairs")) == [(LEFT, top), (middle, top), (middle, low), (RIGHT, low)]
    assert [one.text for one in found.labels if one.kind == "level"] == ["30 mg", "20 mg"]
    assert path(found, "flares").count("M") == 1
    assert [one.text for one in found.labels if one.kind == "axis"] == ["0", "5", "10", "Pain", "2.11.", "11.11.", "21.11."]


def test_a_pause_is_striped_and_keeps_its_level() -> None:
    """It is seen by stripes, not by colour alone, and the stair goes on through it."""
    laid = stairs(ledger(plan(step(1, "30")), held(5), resumed(15)))
    found = sketches.pain_over_dose(beside(facts((1, 4)), laid), "mg", say, "Paused")
    assert path(found, "held").count("Z") == 1 and path(found, "hatch").count("M") > 5
    assert {y for _, y in points(path(found, "stairs"))} == {sketches.STAIRS_TOP}
    assert [one.text for one in found.labels if one.kind == "level"] == ["30 mg"]
    assert "Paused" in [one.text for one in found.labels]


def test_without_a_plan_pain_stands_alone() -> None:
    """No stairs, and a lower picture."""
    with_plan = sketches.pain_over_dose(beside(facts((1, 4)), stairs(ledger(plan()))), "mg", say, "")
    alone = sketches.pain_over_dose(beside(facts((1, 4)), []), "", say, "")
    assert path(alone, "stairs") == path(alone, "area") == "" and alone.height < with_plan.height


def test_lines_are_not_joined_over_a_day_without_entries() -> None:
    """A gap of one day parts a line in two."""
    laid = stairs(ledger(plan(step(1, "30"), step(11, "20"))))
    logged = facts((9, 3), (10, 4), (12, 6), (13, 5))
    found = align(level_changes(laid, on(30)), pain_by_day(logged))
    drawn = sketches.aligned(found, WORDS)
    assert path(drawn, "line1").count("M") == 2 and path(drawn, "line1").count("L") == 2
    assert [one.text for one in drawn.labels if one.kind == "line"] == ["1"] and path(drawn, "range") == path(drawn, "middle") == ""


def test_from_five_changes_on_there_is_a_middle_and_a_range() -> None:
    """Four are lines of their own with marks of their own, five are laid together."""
    many = [step(1 + 5 * n, str(90 - 10 * n)) for n in range(7)]
    logged = facts(*((day, day % 5) for day in range(1, 34)))
    changes = level_changes(stairs(ledger(plan(*many))), on(60))
    four = sketches.aligned(align(changes[:4], pain_by_day(logged)), WORDS)
    assert all(path(four, f"line{n}") for n in range(1, 5)) and path(four, "range") == ""
    five = sketches.aligned(align(changes[:5], pain_by_day(logged)), WORDS)
    assert path(five, "range") and path(five, "middle") and not any(path(five, f"line{n}") for n in range(1, 5))


def test_forty_steps_are_forty_columns() -> None:
    """Each has its own, and only as many levels are written as there is room for."""
    many = [step(1 + n, str(80 - n)) for n in range(40)]
    laid = stairs(ledger(plan(*many)))
    from taper_app.domain.evidence import by_step

    found = by_step(laid, facts(*((day, 5) for day in range(1, 41))), on(1), on(40))
    drawn = sketches.pain_by_step(found, "mg")
    assert path(drawn, "dots").count("Z") == 40
    written = sorted(one.x for one in drawn.labels if one.kind == "level")
    assert 5 < len(written) < 20 and all(b - a > 2 * sketches.LETTER for a, b in itertools.pairwise(written))


@given(st.integers(1, 4000), st.integers(0, 2000))
@settings(max_examples=12, deadline=None)
def test_a_picture_is_never_longer_than_a_screen_is_wide(days: int, count: int) -> None:
    """Ten years of flares and pain come to a path that a phone draws at ease."""
    first = on(1)
    pain = {first + timedelta(days=n): Decimal(n % 11) for n in range(min(days, count))}
    one = read_facts(records(entry("flare", "f", day=1, severity_now=5))).flares[0]
    flares = tuple(replace(one, id=f"{n}", day=first + timedelta(days=n * days // max(count, 1))) for n in range(count))
    whole = overview([], replace(Facts(), flares=flares), first, first + timedelta(days=days - 1))
    found = sketches.pain_over_dose(replace(whole, pain=series(pain, first, whole.pain.last)), "mg", say, "")
    assert sum(len(shape.path) for shape in found.shapes) < 40_000
    assert all(LEFT - 30 <= label.x <= RIGHT + 10 for label in found.labels)


def test_where_it_hurts_has_a_row_a_place() -> None:
    """A dot for every stretch in which the place was named, none where it was not."""
    found = places_in_bins(facts(flares=(1, 2, 10)), [(on(1), on(7)), (on(8), on(14))])
    drawn = sketches.places(found, [("neck", "Neck"), ("head", "Head")], say)
    assert path(drawn, "dots").count("Z") == 2 and path(drawn, "grid").count("M") == 2


def test_nothing_logged_is_still_a_picture() -> None:
    """Without a single entry nothing but the frame is drawn."""
    drawn = sketches.pain_over_dose(beside(Facts(), []), "", say, "")
    assert {shape.kind for shape in drawn.shapes} == {"grid", "base"}
    assert sketches.values_over_time(series({}, on(1), on(1)), say).view_box.startswith("0 0 326 ")
    assert {shape.kind for shape in sketches.spread([], Days(on(1), on(9)), say, ("a", "b", "c")).shapes} == {"grid"}


@pytest.mark.parametrize(("numbers", "expected"), [([], []), ([1], [1]), ([1, 2, 4, 5, 6, 9], [2, 3, 1])])
def test_runs_end_where_a_number_is_missing(numbers: list[int], expected: list[int]) -> None:
    """Only what follows each other stays together."""
    assert [len(run) for run in runs([(n, (float(n), 0.0)) for n in numbers])] == expected


def test_stripes_stay_in_their_rectangle() -> None:
    """No stripe leaves it on any side."""
    assert all(10 <= x <= 40 and 5 <= y <= 95 for x, y in points(hatch(10, 5, 40, 95)))


def test_marks_on_one_point_of_the_screen_are_one() -> None:
    """Half a pixel is as fine as it gets."""
    assert apart([1.0, 1.1, 1.2, 5.0]) == [1.0, 5.0]


def test_every_kind_is_dressed() -> None:
    """Each kind that a sketch can hold has its look in the stylesheet, or is plain pain."""
    from pathlib import Path

    css = (Path(__file__).parents[2] / "assets" / "taper.css").read_text()
    plain = {"flares", "same", "wider", "new_place", "line1"}
    kinds = FILLED | {"grid", "base", "hatch", "stairs", "whisker", "middle", "line1", "line2", "line3", "line4", "change"}
    assert [kind for kind in kinds - plain if f".sketch .{kind}" not in css] == []

"""The charts of the lens: golden series, gaps that stay gaps, and shapes that can be told without colour."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from taper_app.domain.evidence import Bin, StepPain, align, by_step, level_changes, pain_by_day, summarise
from taper_app.domain.facts import Facts, read_facts
from taper_app.domain.overview import overview, series
from taper_app.domain.patterns import PlacesBin, places_in_bins
from taper_app.domain.stairs import stairs
from taper_app.figures import aligned, over_time, pain_by_step, pain_dose, places
from taper_app.figures.look import DARK, LIGHT, NOTHING, chart_template
from tests.builders import entry, held, ledger, on, plan, records, resumed, step

PLAN = ledger(plan(step(1, "30"), step(11, "20"), step(15, "10")), held(4), resumed(6))


def facts(*pains: tuple[int, int], flares: tuple[int, ...] = ()) -> Facts:
    """Check-ins of (day, pain), and flares on days."""
    lines = [entry("check_in", f"c{day}-{pain}", day=day, pain=pain) for day, pain in pains]
    more = [entry("flare", f"f{day}", day=day, severity_now=5, places=["neck"]) for day in flares]
    return read_facts(records(*lines, *more))


def say(day: date) -> str:
    """A day as these tests write it."""
    return f"{day.day}"


def tell(*found: object) -> str:
    """What a tap says, here: the words it was made of."""
    return " ".join(str(one) for one in found)


def trace(figure: go.Figure, n: int) -> list[tuple[object, object]]:
    """The points of one trace."""
    return list(zip(figure.data[n].x or (), figure.data[n].y or (), strict=True))


def main(found: Facts, last: int = 16, most: int = 400) -> go.Figure:
    """Pain over dose for the first days."""
    laid = overview(stairs(PLAN), found, on(1), on(last), most)
    return pain_dose.pain_dose(laid, "mg", say, tell, lambda one: f"{one.logged}", tell, "Pain")


def test_pain_over_dose_series() -> None:
    """Dots at noon of their days, one middle a day; stairs from each first day to the day after its last; the pause; flares."""
    figure = main(facts((2, 3), (2, 6), (9, 0), flares=(9, 9, 12)))
    kinds = dict(enumerate(pain_dose.KINDS))
    assert kinds == {0: "held", 1: "stairs", 2: "levels", 3: "dots", 4: "flares"}
    assert trace(figure, 3) == [("2026-11-03T12:00", 4.5), ("2026-11-10T12:00", 0.0)]
    assert trace(figure, 1) == [
        ("2026-11-02", 30.0), ("2026-11-05", 30.0), ("2026-11-05", 30.0), ("2026-11-07", 30.0), ("2026-11-07", 30.0), ("2026-11-12", 30.0),
        ("2026-11-12", 20.0), ("2026-11-16", 20.0), ("2026-11-16", 10.0), ("2026-11-18", 10.0),
    ]  # fmt: skip
    assert trace(figure, 0)[:2] == [("2026-11-05", 0), ("2026-11-07", 0)]
    assert trace(figure, 4) == [("2026-11-10T12:00", 0.5), ("2026-11-13T12:00", 0.5)]
    assert figure.data[3].mode == "markers" and list(figure.data[3].text) == ["2026-11-03 4.5", "2026-11-10 0.0"]


def test_too_many_days_are_stretches_with_a_range() -> None:
    """The middle is the point, the error bar goes from the lowest to the highest; a stretch without numbers is not there."""
    figure = main(facts((1, 2), (2, 8), (3, 3), (16, 5)), most=3)
    dots = figure.data[3]
    assert list(dots.y) == [3.0, 5.0] and list(dots.x) == ["2026-11-05T12:00", "2026-11-17T00:00"]
    assert (list(dots.error_y.array), list(dots.error_y.arrayminus)) == ([5.0, 0.0], [1.0, 0.0])


def test_a_line_stops_where_a_day_is_missing() -> None:
    """A None parts it, and nothing connects the gap."""
    found = align(level_changes(stairs(PLAN), on(30)), pain_by_day(facts((9, 3), (10, 4), (12, 6), (13, 5))))
    figure = aligned.aligned(found, ("a", "b", "c"), tell, tell)
    assert trace(figure, 3) == [(-2, 3.0), (-1, 4.0), (None, None), (1, 6.0), (2, 5.0)]
    assert figure.data[3].connectgaps is False and trace(figure, 1) == trace(figure, 2) == []


def test_five_changes_are_one_band() -> None:
    """Then the lines are gone, and the band goes out along the highest and back along the lowest."""
    many = ledger(plan(*[step(1 + 3 * n, str(90 - 10 * n)) for n in range(6)]))
    found = align(level_changes(stairs(many), on(40)), pain_by_day(facts(*((day, day % 7) for day in range(1, 40) if day != 4))))
    figure = aligned.aligned(found, ("a", "b", "c"), tell, tell)
    assert len(figure.data) == 3 and figure.data[1].fill == "toself"
    assert len(trace(figure, 2)) == len(found.days) and (None, None) in trace(figure, 1)


def test_steps_and_places_series() -> None:
    """A column a stair, empty where nothing was logged; a row a place, the most often named one on top."""
    found: list[StepPain] = by_step(stairs(PLAN), facts((2, 4), (12, 6)), on(1), on(16))
    figure = pain_by_step.pain_by_step(found, "mg", lambda one: f"{one.logged}")
    assert trace(figure, 1) == [(0, 4.0), (3, 6.0)] and trace(figure, 0)[0] == (0.5, 0)
    bins: list[PlacesBin] = places_in_bins(facts(flares=(1, 2, 10)), [(on(1), on(7)), (on(8), on(14))])
    drawn = places.places(bins, [("neck", "Neck"), ("head", "Head")], say, lambda _, code, n: f"{code} {n}")
    assert trace(drawn, 0) == [("2026-11-05T12:00", 0), ("2026-11-12T12:00", 0)]
    assert list(drawn.data[0].text) == ["neck 2", "neck 1"] and drawn.data[0].marker.size[0] > drawn.data[0].marker.size[1]


def test_the_weeks_have_no_line_through_them() -> None:
    """Dots only, from 0 to 10; no shape marks a pass."""
    figure = over_time.over_time(series({on(1): Decimal("5.7"), on(8): Decimal("6.0")}, on(1), on(14)), say, tell, tell)
    assert trace(figure, 0) == [("2026-11-02T12:00", 5.7), ("2026-11-09T12:00", 6.0)]
    assert figure.data[0].mode == "markers" and len(figure.data) == 1 and not figure.layout.shapes
    assert tuple(figure.layout.yaxis.range) == (0, 10)


@pytest.mark.parametrize("count", [0, 1, 20, 2000])
def test_any_number_of_points_is_a_small_figure(count: int) -> None:
    """None, one, twenty and two thousand days: at most 40 KB, and at most 400 points."""
    first = on(1)
    pain = {date.fromordinal(first.toordinal() + n): Decimal(n % 11) for n in range(count)}
    last = max(pain, default=first)
    figure = over_time.over_time(series(pain, first, last), say, tell, lambda _: "x")
    assert len(figure.data[0].x or ()) <= 400 and len(figure.to_json()) < 40_000


def test_nothing_can_be_dragged_and_a_tap_shows_a_value() -> None:
    """A finger on a chart scrolls the page."""
    layout = main(facts((2, 3))).layout
    assert layout.dragmode is False and layout.hovermode == "closest" and layout.xaxis.fixedrange
    assert all(getattr(layout, name).fixedrange for name in ("yaxis", "yaxis2", "yaxis3", "yaxis4"))
    assert len(NOTHING.to_json()) < 100


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_it_reads_without_colour(tokens: object) -> None:
    """Dots, triangles, stripes and four kinds of dashes with four marks tell the traces apart."""
    held_, _, _, dots, flares = chart_template(tokens, pain_dose.KINDS).data.scatter  # type: ignore[arg-type]
    assert held_.fillpattern.shape == "/" and flares.marker.symbol == "triangle-up" and dots.marker.symbol is None
    lines = chart_template(tokens, aligned.KINDS).data.scatter[3:]  # type: ignore[arg-type]
    assert len({one.line.dash for one in lines}) == len({one.marker.symbol for one in lines}) == 4


def test_a_bin_without_numbers_is_left_out() -> None:
    """An empty stretch has no point, no text and no range."""
    from taper_app.figures.layout import ranges

    empty, full = Bin(on(1), on(7), 0, None), Bin(on(8), on(14), 1, summarise([4]))
    found = ranges([empty, full], ["x"])
    assert (len(found.x), len(found.error_y.array), list(found.text)) == (1, 1, ["x"])

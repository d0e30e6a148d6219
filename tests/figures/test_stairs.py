"""The staircase shows exactly the stairs of the ledger, in the clothes of the tokens."""

import re
from datetime import date, timedelta
from pathlib import Path

import plotly.graph_objects as go
import pytest

from taper_app.domain.stairs import stairs
from taper_app.figures.look import DARK, LIGHT, Tokens, stairs_template
from taper_app.figures.stairs import plan_stairs, treads
from tests.builders import held, ledger, on, plan, step

CSS = Path(__file__).parents[2] / "assets" / "taper.css"


def line(figure: go.Figure, n: int) -> list[tuple[str, float]]:
    """The points of a trace: 0 past, 1 ahead, 2 in force, 3 today."""
    return list(zip(figure.data[n].x or (), figure.data[n].y or (), strict=True))


def test_a_plan_half_way() -> None:
    """Behind, in force and ahead, each from its own first day to the day after its last."""
    made = ledger(plan(step(1, "30"), step(11, "20"), step(21, "10"), ends="stop", last=30))
    figure = plan_stairs(stairs(made), on(15))
    assert line(figure, 0) == [
        ("2026-11-02", 30.0),
        ("2026-11-12", 30.0),
        ("2026-11-12", 20.0),
        ("2026-11-16", 20.0),
    ]
    assert line(figure, 1)[:3] == [("2026-11-22", 20.0), ("2026-11-22", 10.0), ("2026-12-02", 10.0)]
    assert line(figure, 1)[-1][1] == 0.0
    assert line(figure, 2) == [("2026-11-12", 20.0), ("2026-11-22", 20.0)]
    assert line(figure, 3) == [("2026-11-16", 20.0)]
    assert list(figure.layout.yaxis.tickvals) == [0.0, 10.0, 20.0, 30.0]
    assert list(figure.layout.yaxis.ticktext) == ["0", "10", "20", "30"]


def test_before_the_first_day_nothing_is_in_force() -> None:
    """A plan that has not begun lies wholly ahead."""
    figure = plan_stairs(stairs(ledger()), on(1) - timedelta(days=5))
    assert line(figure, 2) == line(figure, 3) == []
    assert line(figure, 1)[0] == ("2026-11-02", 30.0)


def test_a_hold_is_one_level_line() -> None:
    """While held the stair in force goes on, at the level it had."""
    figure = plan_stairs(stairs(ledger(plan(), held(5))), on(8))
    assert {y for _, y in line(figure, 2)} == {30.0}
    assert line(figure, 1) == []


def test_a_step_up_looks_like_a_step_down() -> None:
    """Up and down differ in height and in nothing else."""
    down, up = (plan_stairs(stairs(ledger(plan(step(1, a), step(11, b)))), on(3)) for a, b in (("30", "20"), ("20", "30")))
    shape = [[(type(t).__name__, t.mode, t.fill) for t in figure.data] for figure in (down, up)]
    assert shape[0] == shape[1]


def test_nothing_to_draw_is_still_a_figure() -> None:
    """A plan without any known amount gives an empty picture, not an error."""
    assert treads([], on(1)) == []
    assert isinstance(plan_stairs([], on(1)), go.Figure)


def test_no_dose_is_drawn_between_two_stairs() -> None:
    """Every drawn level is one that the plan contains: nothing is interpolated."""
    made = ledger(plan(step(1, "30"), step(11, "20"), step(21, "7.5")))
    for day in (on(-3), on(1), on(10), on(11), on(25), date(2030, 1, 1)):
        levels = {y for n in range(3) for _, y in line(plan_stairs(stairs(made), day), n)}
        assert levels <= {30.0, 20.0, 7.5}


def test_it_stays_still() -> None:
    """No drag, no zoom, no hover, no legend, no grid."""
    layout = plan_stairs(stairs(ledger()), on(1)).layout
    assert (layout.dragmode, layout.hovermode, layout.showlegend) == (False, False, False)
    assert layout.xaxis.fixedrange and layout.yaxis.fixedrange and not layout.xaxis.showgrid and not layout.yaxis.showgrid


@pytest.mark.parametrize(("tokens", "selector"), [(LIGHT, ":root"), (DARK, ".dark")])
def test_the_tokens_are_those_of_the_stylesheet(tokens: Tokens, selector: str) -> None:
    """A chart wears the values of assets/taper.css, in light and in dark."""
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", CSS.read_text(), re.DOTALL)
    assert block is not None
    values = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[1]))
    for name, value in vars(tokens).items():
        assert value == values[name.replace("_", "-")], name


def test_what_is_ahead_is_told_without_colour() -> None:
    """Dashes, thickness and a dot say it too."""
    past, ahead, here, today = stairs_template(LIGHT).data.scatter
    assert ahead.line.dash == "dash" and past.line.dash is None
    assert here.line.width > 2 * past.line.width and today.marker.size > here.line.width

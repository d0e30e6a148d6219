"""What the plotly charts of the lens share: they lie exactly where the sketch lay that was there before them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from taper_app.domain.evidence import Bin
from taper_app.figures.sketch import LEFT, RIGHT, WIDTH, Label

Numbers = list[float | None]
# Above the highest line.
TOP = 8.0


def noon(day: date, last: date | None = None) -> str:
    """The middle of a day, or of the days up to `last`, on plotly's axis of dates."""
    hours = 12 + ((last or day) - day).days * 12
    return f"{day + timedelta(days=hours // 24)}T{hours % 24:02}:00"


def frame(height: float, bottom: float, under: Sequence[Label], left: float = LEFT, **axes: Any) -> dict[str, Any]:
    """A layout in which nothing is dragged and a tap shows a value. `bottom`: the lowest line, from which `under` hangs."""
    return {
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverdistance": 30,
        "autosize": True,
        "margin": {"l": left, "r": WIDTH - RIGHT, "t": TOP, "b": height - bottom, "pad": 0},
        "annotations": [_annotation(one, left, bottom) for one in under],
        **axes,
    }


def _annotation(one: Label, left: float, bottom: float) -> dict[str, Any]:
    """A label at its place in the plotting area; what lies under it keeps its distance on a small screen too."""
    inside = max(bottom - one.y, 0.0)
    return {
        "text": one.text,
        "x": round((one.x - left) / (RIGHT - left), 4),
        "xref": "paper",
        "xanchor": _ANCHORS[one.anchor],
        "y": round(inside / (bottom - TOP), 4),
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": bottom - one.y - inside - 4,
    }


_ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def ten(top: float, bottom: float, lowest: float) -> dict[str, Any]:
    """A y axis from 0 to 10 between two heights of the sketch."""
    return {
        "range": [0, 10],
        "domain": domain(top, bottom, lowest),
        "fixedrange": True,
        "tickvals": [0, 5, 10],
        "ticks": "",
        "zeroline": True,
        "showgrid": True,
        "anchor": "x",
    }


def bare(top: float, bottom: float, lowest: float, high: float) -> dict[str, Any]:
    """A y axis without lines or numbers."""
    lines = {"showgrid": False, "showticklabels": False, "zeroline": False, "ticks": "", "fixedrange": True, "anchor": "x"}
    return {"range": [0, high], "domain": domain(top, bottom, lowest), **lines}


def still(first: Any, last: Any, **more: Any) -> dict[str, Any]:
    """An x axis that stays; what stands under it is written by `frame`."""
    return {
        "range": [first, last], "fixedrange": True, "showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", **more,
    }  # fmt: skip


def domain(top: float, bottom: float, lowest: float) -> list[float]:
    """Heights of the sketch as the share of the plotting area that plotly wants."""
    whole = lowest - TOP
    return [round((lowest - bottom) / whole, 4), round((lowest - top) / whole, 4)]


def ranges(found: Sequence[Bin], text: Sequence[str]) -> go.Scatter:
    """The middles of stretches with their ranges; a stretch without numbers is left out."""
    given = [(one, one.pain) for one in found if one.pain is not None]
    return go.Scatter(
        x=[noon(one.first, one.last) for one, _ in given],
        y=[float(pain.middle) for _, pain in given],
        error_y=whiskers([(float(pain.low), float(pain.middle), float(pain.high)) for _, pain in given]),
        text=list(text),
        hoverinfo="text",
        mode="markers",
        marker={"size": 7 if len(given) < 70 else 5},
        cliponaxis=False,
    )


def whiskers(found: Sequence[tuple[float, float, float]]) -> dict[str, Any]:
    """Error bars from the lowest to the highest."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(high - middle, 1) for _, middle, high in found],
        "arrayminus": [round(middle - low, 1) for low, middle, _ in found],
        "thickness": 1.5,
        "width": 0,
    }

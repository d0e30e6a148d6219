"""Pain on each step of the plan, oldest first: the middle day and the range."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from taper_app.domain.evidence import StepPain
from taper_app.figures import layout
from taper_app.figures.sketches import AROUND, UNDER
from taper_app.figures.sketches import pain_by_step as sketch

KINDS = ("held", "dots")


def pain_by_step(found: Sequence[StepPain], axis: str, tell: Callable[[StepPain], str]) -> go.Figure:
    """The picture. `axis` stands under the levels; a step without numbers stays empty."""
    given = [(n, one, one.pain) for n, one in enumerate(found) if one.pain is not None]
    figure = go.Figure(
        [
            _held(found),
            go.Scatter(
                x=[n for n, _, _ in given],
                y=[float(pain.middle) for _, _, pain in given],
                error_y=layout.whiskers([(float(pain.low), float(pain.middle), float(pain.high)) for _, _, pain in given]),
                text=[tell(one) for _, one, _ in given],
                hoverinfo="text",
                mode="markers",
                marker={"size": 8 if len(found) < 30 else 5},
                cliponaxis=False,
            ),
        ]
    )
    drawn = sketch(found, axis)
    figure.layout = layout.frame(
        drawn.height,
        AROUND.bottom,
        [one for one in drawn.labels if one.y >= AROUND.bottom + UNDER],
        xaxis=layout.still(-0.5, max(len(found), 1) - 0.5),
        yaxis=layout.ten(AROUND.top, AROUND.bottom, AROUND.bottom),
    )
    return figure


def _held(found: Sequence[StepPain]) -> go.Scatter:
    x: layout.Numbers = []
    y: layout.Numbers = []
    for n, one in enumerate(found):
        if one.stair.status == "held":
            x += [n - 0.5, n + 0.5, n + 0.5, n - 0.5, n - 0.5, None]
            y += [0, 0, 10, 10, 0, None]
    return go.Scatter(x=x, y=y, mode="lines", fill="toself", hoverinfo="skip")

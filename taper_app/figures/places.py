"""Where it hurt, a row a place and a column a stretch of days: the larger the dot, the more flares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import plotly.graph_objects as go

from taper_app.domain.patterns import PlacesBin
from taper_app.figures import layout
from taper_app.figures.sketch import Say
from taper_app.figures.sketches import ROW, ROW_TOP
from taper_app.figures.sketches import places as sketch

KINDS = ("dots",)


def places(found: Sequence[PlacesBin], rows: Sequence[tuple[str, str]], say: Say, tell: Callable[[PlacesBin, str, int], str]) -> go.Figure:
    """The picture. `rows` are places (code, words), the most often named one first."""
    dots = [(one, n, code, count) for n, (code, _) in enumerate(rows) for one in found if (count := one.places.get(code, 0))]
    most = max((count for *_, count in dots), default=1)
    drawn = sketch(found, rows, say)
    bottom = ROW_TOP + (len(rows) - 1) * ROW
    largest = max(min(16.0, 500 / len(found)), 6.0)
    figure = go.Figure(
        [
            go.Scatter(
                x=[layout.noon(one.first, one.last) for one, *_ in dots],
                y=[-n for _, n, *_ in dots],
                mode="markers",
                marker={"opacity": 1, "size": [round(max(largest * (count / most) ** 0.5, 4), 1) for *_, count in dots]},
                text=[tell(one, code, count) for one, _, code, count in dots],
                hoverinfo="text",
                cliponaxis=False,
            )
        ]
    )
    figure.layout = layout.frame(
        drawn.height,
        bottom,
        drawn.labels,
        8,
        xaxis=layout.still(found[0].first.isoformat(), (found[-1].last + timedelta(days=1)).isoformat(), type="date"),
        yaxis={
            "range": [-len(rows) + 1 or -1, 0],
            "domain": layout.domain(ROW_TOP, bottom, bottom) if len(rows) > 1 else [0, 0.5],
            "fixedrange": True,
            "showticklabels": False,
            "tickvals": [-n for n in range(len(rows))],
            "zeroline": False,
        },
    )
    return figure

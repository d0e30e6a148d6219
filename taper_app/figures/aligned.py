"""The days around several changes, laid over each other: a line each while there are few, then the middle and the range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from taper_app.domain.evidence import LINES, Aligned, AlignedDay
from taper_app.figures import layout
from taper_app.figures.sketch import LEFT, RIGHT, Label
from taper_app.figures.sketches import AROUND, UNDER

KINDS = ("change", "range", "middle", *(f"line{n}" for n in range(1, LINES)))


def aligned(
    found: Aligned,
    words: tuple[str, str, str],
    day: Callable[[AlignedDay], str],
    point: Callable[[int, int, Decimal], str],
    before: int = 7,
    after: int = 14,
) -> go.Figure:
    """The picture. `words` stand under the left end, the change and the right end; `point` tells of a line's own day."""
    together = found.days if found.together else ()
    lines = () if found.together else found.lines
    figure = go.Figure(
        [
            go.Scatter(x=[0, 0], y=[0, 10.6], mode="lines", hoverinfo="skip", cliponaxis=False),
            _range(together),
            _line(
                [one.offset for one in together],
                [float(one.pain.middle) for one in together],
                [day(one) for one in together],
            ),
            *(
                _line(
                    [offset for offset, _ in line],
                    [float(value) for _, value in line],
                    [point(n, offset, value) for offset, value in line],
                )
                for n, line in enumerate(lines, 1)
            ),
        ]
    )
    under = AROUND.bottom + UNDER
    change = LEFT + (before + 0.5) * (RIGHT - LEFT) / (before + after + 1)
    labels = [Label(LEFT, under, words[0]), Label(change, under, words[1], "middle"), Label(RIGHT, under, words[2], "end")]
    figure.layout = layout.frame(
        under + 6,
        AROUND.bottom,
        labels,
        xaxis=layout.still(-before - 0.5, after + 0.5),
        yaxis=layout.ten(AROUND.top, AROUND.bottom, AROUND.bottom),
    )
    for n, line in enumerate(lines, 1):
        offset, value = line[-1]
        figure.add_annotation(text=str(n), x=offset, y=float(value), xanchor="left", xshift=6)
    return figure


def _line(offsets: Sequence[int], values: Sequence[float], text: Sequence[str]) -> go.Scatter:
    """A line that stops wherever a day is missing."""
    x: list[int | None] = []
    y: layout.Numbers = []
    told: list[str] = []
    for n, offset in enumerate(offsets):
        if n and offset != offsets[n - 1] + 1:
            x.append(None)
            y.append(None)
            told.append("")
        x.append(offset)
        y.append(values[n])
        told.append(text[n])
    return go.Scatter(x=x, y=y, text=told, hoverinfo="text", mode="lines+markers", connectgaps=False, cliponaxis=False)


def _range(days: Sequence[AlignedDay]) -> go.Scatter:
    """The band, in pieces: a day that is missing parts it."""
    x: list[int | None] = []
    y: layout.Numbers = []
    run: list[AlignedDay] = []
    for n, one in enumerate(days):
        run.append(one)
        if n + 1 == len(days) or days[n + 1].offset != one.offset + 1:
            x += [*(each.offset for each in run), *(each.offset for each in reversed(run)), None]
            y += [*(float(each.pain.high) for each in run), *(float(each.pain.low) for each in reversed(run)), None]
            run = []
    return go.Scatter(x=x, y=y, mode="lines", fill="toself", hoverinfo="skip")

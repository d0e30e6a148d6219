"""Pain over the stairs of the plan, flares below, on one axis of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go

from taper_app.domain.evidence import Bin
from taper_app.domain.overview import Overview, Series
from taper_app.domain.stairs import Stair
from taper_app.figures import layout
from taper_app.figures.sketch import LEFT, RIGHT, Days, Say, day_labels
from taper_app.figures.sketches import PAIN, STAIRS_FLOOR, STAIRS_TOP, UNDER, highest, levels, pain_label

KINDS = ("held", "stairs", "levels", "dots", "flares")
TellDay = Callable[[date, Decimal], str]
TellBin = Callable[[Bin], str]
TellFlares = Callable[[date, int], str]


def pain_dose(
    found: Overview, unit: str, say: Say, day: TellDay, stretch: TellBin, flares: TellFlares, pain: str = ""
) -> go.Figure:
    """The picture. The words beside points come from outside, and `pain` for the upper scale; colours from the template."""
    first, last = found.pain.first, found.pain.last
    known = [one for one in found.stairs if one.level is not None]
    floor = STAIRS_FLOOR if known else PAIN.bottom
    lowest = floor + 20 if found.flares else floor
    under = lowest + UNDER
    figure = go.Figure(
        [
            _held(found.stairs),
            _stairs(known),
            _levels(known, Days(first, last), unit),
            values(found.pain, day, stretch, "y2"),
            go.Scatter(
                x=[layout.noon(one) for one, _ in found.flares],
                y=[0.5] * len(found.flares),
                yaxis="y4",
                mode="markers",
                text=[flares(one, count) for one, count in found.flares],
                hoverinfo="text",
                cliponaxis=False,
            ),
        ]
    )
    figure.layout = layout.frame(
        under + 6,
        lowest,
        [*day_labels(Days(first, last), under, say), *pain_label(pain)],
        xaxis=layout.still(first.isoformat(), (last + timedelta(days=1)).isoformat(), type="date", anchor="y4"),
        yaxis=layout.bare(PAIN.top, floor, lowest, 1),
        yaxis2=layout.ten(PAIN.top, PAIN.bottom, lowest),
        yaxis3=layout.bare(STAIRS_TOP, floor, lowest, highest(known)) if known else layout.bare(floor - 1, floor, lowest, 1),
        yaxis4=layout.bare(lowest - 13, lowest - 1, lowest, 1),
    )
    return figure


def values(found: Series, day: TellDay, stretch: TellBin, axis: str = "y") -> go.Scatter:
    """Dots, one a day and never joined; or the middles of stretches with their ranges."""
    if found.bins:
        trace = layout.ranges(found.bins, [stretch(one) for one in found.bins if one.pain is not None])
        return trace.update(yaxis=axis)
    return go.Scatter(
        x=[layout.noon(one) for one, _ in found.points],
        y=[float(value) for _, value in found.points],
        yaxis=axis,
        mode="markers",
        marker={"size": 7 if len(found.points) < 90 else 5},
        text=[day(one, value) for one, value in found.points],
        hoverinfo="text",
        cliponaxis=False,
    )


def _held(stairs: Sequence[Stair]) -> go.Scatter:
    x: list[str | None] = []
    y: list[float | None] = []
    for one in stairs:
        if one.status == "held" and one.last is not None:
            begins, ends = one.first.isoformat(), (one.last + timedelta(days=1)).isoformat()
            x += [begins, ends, ends, begins, begins, None]
            y += [0, 0, 1, 1, 0, None]
    return go.Scatter(x=x, y=y, mode="lines", fill="toself", hoverinfo="skip")


def _stairs(known: Sequence[Stair]) -> go.Scatter:
    x: list[str | None] = []
    y: list[float | None] = []
    before: date | None = None
    for one in known:
        if before is not None and before + timedelta(days=1) != one.first:
            x.append(None)
            y.append(None)
        last = one.last or one.first
        x += [one.first.isoformat(), (last + timedelta(days=1)).isoformat()]
        y += [float(one.level or 0)] * 2
        before = last
    return go.Scatter(x=x, y=y, yaxis="y3", mode="lines", fill="tozeroy", hoverinfo="skip", cliponaxis=False)


def _levels(known: Sequence[Stair], days: Days, unit: str) -> go.Scatter:
    """The levels where the sketch has them."""
    count = (days.last - days.first).days + 1
    written = levels(known, days, unit)
    hours = [round((x - LEFT) / (RIGHT - LEFT) * count * 24) for x, _, _ in written]
    return go.Scatter(
        x=[f"{days.first + timedelta(days=n // 24)}T{n % 24:02}:00" for n in hours],
        y=[float(level) for _, level, _ in written],
        text=[text for _, _, text in written],
        yaxis="y3",
        mode="text",
        textposition="top center",
        hoverinfo="skip",
        cliponaxis=False,
    )

"""The plan as a staircase: what lies behind filled, what is in force strong, what lies ahead dashed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import plotly.graph_objects as go

from taper_app.domain.stairs import Stair

AHEAD = timedelta(days=14)  # how far a stair without an end is drawn
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tread:
    """One stair cut to the picture: from the start of `first` to the start of `last` plus a day."""

    first: date
    last: date
    level: Decimal
    where: str


def treads(stairs: Sequence[Stair], today: date) -> list[Tread]:
    """The stairs that can be drawn, cut at today: past, here or ahead. A blank level is left out."""
    known = [s for s in stairs if s.level is not None]
    if not known:
        return []
    end = max(today, *(s.last or s.first for s in known)) + AHEAD
    found: list[Tread] = []
    for s in known:
        last = end if s.last is None else s.last
        level = s.level if s.level is not None else Decimal(0)
        if s.first <= today <= last:
            if s.first < today:
                found.append(Tread(s.first, today - DAY, level, "past"))
            found.append(Tread(today, last, level, "here"))
        else:
            found.append(Tread(s.first, last, level, "past" if last < today else "ahead"))
    return found


def plan_stairs(stairs: Sequence[Stair], today: date) -> go.Figure:
    """The picture of a whole plan. Words (the unit beside the axis) belong to the page, colours to the template."""
    cut = treads(stairs, today)
    here = [t for t in cut if t.where == "here"]
    figure = go.Figure(
        [
            _line([t for t in cut if t.where == "past"], fill=True),
            _line([t for t in cut if t.where == "ahead"], before=here[-1] if here else None),
            _line(_whole(here, cut), fill=True),
            go.Scatter(
                x=[today.isoformat()] if here else [],
                y=[_number(t.level) for t in here],
                mode="markers",
                cliponaxis=False,
                hoverinfo="skip",
            ),
        ]
    )
    top = max((t.level for t in cut), default=Decimal(1))
    figure.update_layout(
        showlegend=False,
        dragmode=False,
        hovermode=False,
        autosize=True,
        height=240,
        margin={"l": 44, "r": 12, "t": 12, "b": 34},
        xaxis={
            "type": "date",
            "fixedrange": True,
            "showgrid": False,
            "nticks": 4,
            "tickformat": "%-d %b",
            "tickangle": 0,
        },
        yaxis={
            "fixedrange": True,
            "range": [0, float(top) * 1.12 or 1],
            "showgrid": False,
            "ticks": "",
            "tickvals": _levels(cut),
            "ticktext": [format(level.normalize(), "f") for level in map(Decimal, _levels(cut))],
        },
    )
    return figure


def _whole(here: list[Tread], cut: list[Tread]) -> list[Tread]:
    """The stair in force from its own first day, so that it reads as one."""
    if not here:
        return []
    t = here[0]
    before = [p for p in cut if p.where == "past" and p.level == t.level and p.last == t.first - DAY]
    return [Tread(before[-1].first if before else t.first, t.last, t.level, "here")]


def _line(cut: Sequence[Tread], *, fill: bool = False, before: Tread | None = None) -> go.Scatter:
    """Level lines joined by upright ones; `before` is the tread that the line comes down from."""
    x: list[str] = []
    y: list[float] = []
    if before is not None and cut:
        x.append(cut[0].first.isoformat())
        y.append(_number(before.level))
    for t in cut:
        x += [t.first.isoformat(), (t.last + DAY).isoformat()]
        y += [_number(t.level), _number(t.level)]
    return go.Scatter(x=x, y=y, mode="lines", fill="tozeroy" if fill else None, hoverinfo="skip", cliponaxis=False)


def _levels(cut: Sequence[Tread]) -> list[float]:
    """At most five levels to write beside the axis: the highest, the lowest, the one in force."""
    levels = sorted({t.level for t in cut})
    if len(levels) <= 5:
        return [_number(level) for level in levels]
    keep = {levels[0], levels[-1], levels[len(levels) // 2], *(t.level for t in cut if t.where == "here")}
    return [_number(level) for level in sorted(keep)]


def _number(level: Decimal) -> float:
    """Plotly draws with floats; nothing is computed from them."""
    return float(level)

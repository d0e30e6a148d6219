"""Numbers from 0 to 10 over days: the weekly three questions, and pain in stretches. No pass line, nothing joined."""

from __future__ import annotations

from datetime import timedelta

import plotly.graph_objects as go

from taper_app.domain.overview import Series
from taper_app.figures import layout
from taper_app.figures.pain_dose import TellBin, TellDay, values
from taper_app.figures.sketch import Days, Say, day_labels
from taper_app.figures.sketches import PAIN, UNDER

KINDS = ("dots",)


def over_time(found: Series, say: Say, day: TellDay, stretch: TellBin) -> go.Figure:
    """The picture."""
    under = PAIN.bottom + UNDER
    figure = go.Figure([values(found, day, stretch)])
    figure.layout = layout.frame(
        under + 6,
        PAIN.bottom,
        day_labels(Days(found.first, found.last), under, say),
        xaxis=layout.still(found.first.isoformat(), (found.last + timedelta(days=1)).isoformat(), type="date"),
        yaxis=layout.ten(PAIN.top, PAIN.bottom, PAIN.bottom),
    )
    return figure

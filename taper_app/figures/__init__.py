"""Pictures: series in, plotly figure out. No queries, no clock."""

import plotly.io  # type: ignore[import-untyped]  # plotly brings no types

# Figures wear the templates of look.py alone; plotly would put 7 KB of its own into each.
plotly.io.templates.default = None

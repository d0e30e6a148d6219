"""Pictures: series in, plotly figure out. No queries, no clock."""

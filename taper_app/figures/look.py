"""The tokens of assets/taper.css as plotly templates, light and dark. A figure itself holds no colour."""

from dataclasses import dataclass

import plotly.graph_objects as go

SANS = 'system-ui, -apple-system, Roboto, "Noto Sans", sans-serif'


@dataclass(frozen=True)
class Tokens:
    """The values a chart wears."""

    surface: str
    sunk: str
    ink: str
    ink_soft: str
    line: str
    edge: str
    accent: str
    accent_soft: str


LIGHT = Tokens("#fffdf8", "#ece4d6", "#20302f", "#55635f", "#d9cfbd", "#857a68", "#0f5c57", "#d7e7e1")
DARK = Tokens("#1a2324", "#0c1213", "#eae4d8", "#a9b3ae", "#2c3839", "#7b8885", "#7fc8bd", "#1f3a39")


def stairs_template(tokens: Tokens) -> go.layout.Template:
    """Clothes for figures/stairs.py: its traces come in the order past, ahead, in force, today."""
    axis = {
        "color": tokens.ink_soft,
        "gridcolor": tokens.line,
        "linecolor": tokens.edge,
        "zeroline": False,
        "tickfont": {"size": 13, "color": tokens.ink_soft},
        "title": {"font": {"size": 13, "color": tokens.ink_soft}},
    }
    layout = {
        "font": {"family": SANS, "color": tokens.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
    }
    template = go.layout.Template(layout=layout)
    template.data.scatter = [
        go.Scatter(line={"color": tokens.edge, "width": 1.75}, fillcolor=tokens.sunk),
        go.Scatter(line={"color": tokens.edge, "width": 1.75, "dash": "dash"}),
        go.Scatter(line={"color": tokens.accent, "width": 4}, fillcolor=tokens.accent_soft),
        go.Scatter(marker={"color": tokens.accent, "size": 13, "line": {"color": tokens.surface, "width": 2.5}}),
    ]
    return template

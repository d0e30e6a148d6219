"""The tokens of assets/taper.css as plotly templates, light and dark. A figure itself holds no colour."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

# A figure before there is one.
NOTHING = go.Figure()
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
    flare: str
    flare_soft: str


LIGHT = Tokens("#fffdf8", "#ece4d6", "#20302f", "#55635f", "#d9cfbd", "#857a68", "#0f5c57", "#d7e7e1", "#6a2f5e", "#efdfea")
DARK = Tokens("#1a2324", "#0c1213", "#eae4d8", "#a9b3ae", "#2c3839", "#7b8885", "#7fc8bd", "#1f3a39", "#d9a2cd", "#38233a")


def chart_template(tokens: Tokens, kinds: Sequence[str]) -> go.layout.Template:
    """Clothes for a chart of the lens, whose traces are of these kinds, in this order."""
    clear = "rgba(0,0,0,0)"
    label = {"size": 13, "color": tokens.ink_soft, "family": SANS}
    axis = {"color": tokens.ink_soft, "gridcolor": tokens.line, "linecolor": tokens.edge, "zerolinecolor": tokens.edge, "tickfont": label}
    template = go.layout.Template(
        layout={
            "font": {"family": SANS, "color": tokens.ink},
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"font": label, "showarrow": False},
            "hoverlabel": {"bgcolor": tokens.ink, "bordercolor": tokens.ink, "font": {"family": SANS, "size": 15, "color": tokens.surface}},
        }
    )
    template.data.scatter = [_style(tokens, kind) for kind in kinds]
    return template


def _style(tokens: Tokens, kind: str) -> go.Scatter:
    """One kind of trace; the same shapes, dashes and stripes as the sketches have, so that it reads without colour."""
    pain = {"color": tokens.flare}
    lines = {"line1": ("solid", "circle"), "line2": ("dash", "triangle-up"), "line3": ("dot", "diamond"), "line4": ("dashdot", "square")}
    if kind in lines:
        dash, symbol = lines[kind]
        return go.Scatter(line={**pain, "width": 2.25, "dash": dash}, marker={**pain, "size": 7, "symbol": symbol})
    match kind:
        case "held":
            stripes = {"shape": "/", "size": 6, "solidity": 0.15, "fgcolor": tokens.edge, "bgcolor": tokens.sunk}
            return go.Scatter(line={"width": 0}, fillpattern=stripes)
        case "stairs":
            return go.Scatter(line={"color": tokens.accent, "width": 3}, fillcolor=tokens.accent_soft)
        case "flares":
            return go.Scatter(marker={**pain, "size": 11, "symbol": "triangle-up"})
        case "range":
            return go.Scatter(line={"width": 0, **pain}, fillcolor=tokens.flare_soft)
        case "middle":
            return go.Scatter(line={**pain, "width": 3}, marker={**pain, "size": 6})
        case "change":
            return go.Scatter(line={"color": tokens.accent, "width": 2, "dash": "dash"})
        case "levels":
            return go.Scatter(textfont={"size": 13, "color": tokens.ink_soft, "family": SANS})
        case _:
            return go.Scatter(marker=pain, error_y={"color": tokens.flare})


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

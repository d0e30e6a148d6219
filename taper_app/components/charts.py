"""A chart: a small picture at once, plotly in its place once it is asked for, its sentences, and the same as a table."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import reflex as rx
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from taper_app.components.icons import svg
from taper_app.components.words import t
from taper_app.figures.look import DARK, LIGHT, chart_template

# Nothing is dragged or zoomed by a finger: the page scrolls, and a tap shows a value.
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False, "showTips": False}


def panel(
    found: Any, name: str = "", *, figure: Any = None, kinds: Sequence[str] = (), drawn: Any = None, draw: Any = None
) -> rx.Component:
    """One panel of the lens. With `figure` plotly draws it once `name` is among `drawn`; with `draw` a button asks for that."""
    there = found.chart.box != ""
    picture = sketch(found.chart, found.says)
    if figure is not None:
        picture = rx.cond(drawn.contains(name), _plotly(figure, kinds, found), picture)
    offer = rx.fragment()
    if draw is not None:
        button = rx.el.button(t("lens.touch"), type="button", class_name="link small", on_click=draw)
        offer = rx.cond(there & ~drawn.contains(name), button, rx.fragment())
    return rx.fragment(
        rx.cond(there, rx.el.div(picture, class_name="chart-box"), rx.fragment()),
        rx.el.p(found.says),
        rx.cond(found.key != "", rx.el.p(found.key, class_name="soft small key"), rx.fragment()),
        rx.el.div(rx.cond(found.rows.length() > 0, folded_table(found), rx.fragment()), offer, class_name="offers"),
    )


def sketch(chart: Any, label: Any) -> rx.Component:
    """The picture as inline SVG."""
    return svg(
        rx.foreach(chart.paths, lambda one: rx.el.path(d=one.d, class_name=one.kind)),
        rx.foreach(
            chart.labels,
            lambda one: rx.el.text(one.text, x=one.x, y=one.y, class_name=one.kind, custom_attrs={"textAnchor": one.anchor}),
        ),
        box=chart.box,
        class_name="sketch",
        role="img",
        aria_label=label,
    )


def folded_table(found: Any, *, unfolded: Any = False) -> rx.Component:
    """The numbers of a chart, folded away."""
    return rx.el.details(
        rx.el.summary(t("lens.table"), class_name="small"),
        table(found.heads, found.rows),
        rx.el.ul(rx.foreach(found.notes, rx.el.li), class_name="plain small gap-s"),
        open=unfolded,
    )


def table(heads: Any, rows: Any) -> rx.Component:
    """A table whose first column names the row."""
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.foreach(heads, lambda head: rx.el.th(head, scope="col")))),
            rx.el.tbody(rx.foreach(rows, _row)),
        ),
        class_name="scroll numbers",
        tab_index=0,
        role="region",
        aria_label=t("lens.table"),
    )


def _row(cells: Any) -> rx.Component:
    return rx.el.tr(rx.foreach(cells, lambda cell, n: rx.cond(n == 0, rx.el.th(cell, scope="row"), rx.el.td(cell))))


def fetch_plotly() -> FunctionVar:
    """Begin to load plotly (for `on_mount`) while the figure is on its way, in an installed app, where it costs no data."""
    load = "import('plotly.js-basic-dist-min').catch(() => {})"
    return FunctionStringVar.create(f"(() => {{ if (navigator.serviceWorker?.controller) {load}; }})")


def _plotly(figure: Any, kinds: Sequence[str], found: Any) -> rx.Component:
    template = rx.color_mode_cond(
        rx.Var.create(chart_template(LIGHT, kinds)).to(go.layout.Template),
        rx.Var.create(chart_template(DARK, kinds)).to(go.layout.Template),
    )
    # The sketch stays below: it gives the size, so that nothing moves, and is seen until plotly has come.
    return rx.fragment(
        rx.el.div(sketch(found.chart, found.says), class_name="under-chart"),
        rx.el.div(
            rx.plotly.basic(data=figure, template=template, config=CONFIG, use_resize_handler=True, class_name="chart"),
            aria_hidden="true",
            class_name="over-chart",
        ),
    )

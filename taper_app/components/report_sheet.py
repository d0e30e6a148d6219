"""The clinician's page on the screen and on a printer: the same words as in the PDF."""

from typing import Any

import reflex as rx

from taper_app.components.charts import sketch
from taper_app.components.words import t


def report_sheet(page: Any, charts: Any) -> rx.Component:
    """The page as an article of its own; what is not on it takes no room."""
    return rx.el.article(
        rx.el.h2(page.title, class_name="flush", id="report-title"),
        rx.el.p(page.lead, class_name="soft small"),
        rx.el.dl(rx.foreach(page.stats, _stat), class_name="stats"),
        _if(page.questions.length() > 0, _asks(page)),
        rx.foreach(page.plans, lambda plan, n: _plan(plan, charts[n])),
        _if(page.more_plans != "", rx.el.p(page.more_plans, class_name="soft small")),
        rx.el.div(rx.foreach(page.blocks, _block), class_name="parts"),
        rx.el.p(page.foot, class_name="soft small foot"),
        class_name="paper sheet pad",
        aria_labelledby="report-title",
    )


def _stat(stat: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(stat.label, class_name="soft small"),
        rx.el.dd(stat.value, class_name="value"),
        _if(stat.more != "", rx.el.dd(stat.more, class_name="soft small")),
    )


def _asks(page: Any) -> rx.Component:
    return rx.el.section(rx.el.h3(page.asks, class_name="flush"), rx.el.ol(rx.foreach(page.questions, rx.el.li)), class_name="asks")


def _plan(plan: Any, chart: Any) -> rx.Component:
    return rx.el.section(
        _if(plan.title != "", rx.fragment(rx.el.h3(plan.title), rx.el.p(plan.line, class_name="soft small"))),
        _if(chart.box != "", rx.fragment(sketch(chart, plan.picture), rx.el.p(plan.key, class_name="soft small"))),
        _if(plan.table.rows.length() > 0, _table(plan.table)),
    )


def _table(table: Any) -> rx.Component:
    wide = rx.el.p(t("report.steps_table"), class_name="soft small no-print")
    # Above the table, not in it: a caption is as wide as all columns and would be cut off with them.
    says = rx.el.p(table.caption, rx.cond(table.earlier[0] != "", " · ", ""), table.earlier[0], class_name="soft small gap-s")
    whole = rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(rx.foreach(table.head, lambda words: rx.el.th(words, scope="col")))),
            rx.el.tbody(rx.foreach(table.rows, _row)),
        ),
        class_name="scroll",
        tab_index=0,
        role="region",
        aria_label=table.caption,
    )
    return rx.fragment(says, whole, wide)


def _row(cells: Any) -> rx.Component:
    return rx.el.tr(rx.foreach(cells, lambda cell, n: rx.cond(n == 0, rx.el.th(cell, scope="row"), rx.el.td(cell))))


def _block(block: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(block.title),
        rx.el.dl(rx.foreach(block.lines, lambda line: rx.el.div(rx.el.dt(line.label, class_name="soft"), rx.el.dd(line.text)))),
        _if(block.note != "", rx.el.p(block.note, class_name="soft small")),
        class_name=rx.cond(block.wide, "part wide", "part"),
    )


def _if(condition: Any, built: rx.Component) -> rx.Component:
    return rx.cond(condition, built, rx.fragment())

"""The plan as a staircase going down, drawn from the store's geometry, with the same as a table behind it."""

from typing import Any

import reflex as rx

from taper_app.components.icons import svg
from taper_app.components.words import t


def staircase(stairs: Any, label: Any) -> rx.Component:
    """The picture. `label` says in words what it shows."""
    return svg(
        _path(stairs.past_area, "past"),
        _path(stairs.band, "band"),
        _path(stairs.past, "line"),
        _path(stairs.future, "line ahead"),
        _path(stairs.undated, "line undated"),
        _path(stairs.base, "base"),
        _path(stairs.now, "here"),
        rx.cond(
            stairs.has_dot,
            rx.el.circle(cx=stairs.dot_x.to(str), cy=stairs.dot_y.to(str), r="7", class_name="dot"),
            rx.fragment(),
        ),
        rx.foreach(stairs.flares, lambda mark: rx.el.path(d=mark.path, class_name="mark")),
        rx.foreach(stairs.labels, _label),
        box=stairs.view_box,
        class_name="stairs",
        role="img",
        aria_label=label,
    )


def stairs_table(stairs: Any, unit: Any, *, patch: Any = False, uneven: Any = False, numbers: Any = True) -> rx.Component:
    """The same as rows, folded away. `numbers` is False where the doses are not for the reader."""
    a_day = rx.cond(uneven, t("today.plan.column.most"), t("today.plan.column.level"))
    level = rx.cond(patch, t("today.plan.column.rate"), a_day)
    return rx.el.details(
        rx.el.summary(t("today.plan.table"), class_name="small"),
        rx.el.div(
            rx.el.table(
                rx.el.caption(t("today.plan.table_title"), class_name="hide"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th(t("today.plan.column.step"), scope="col"),
                        rx.el.th(t("today.plan.column.dates"), scope="col"),
                        rx.cond(numbers, rx.el.th(level, scope="col"), rx.fragment()),
                    )
                ),
                rx.el.tbody(rx.foreach(stairs.rows, lambda row: _row(row, unit, numbers))),
            ),
            class_name="scroll",
            tab_index=0,
            role="region",
            aria_label=t("today.plan.table_title"),
        ),
    )


def _row(row: Any, unit: Any, numbers: Any) -> rx.Component:
    amount = rx.cond(row.level != "", t("today.amount.with_unit", amount=row.level, unit=unit), "")
    level = rx.cond(row.status == "ended", t("today.plan.end_level"), amount)
    return rx.el.tr(
        rx.el.td(
            rx.cond(row.status == "ended", t("today.plan.end_row"), row.step.to(str)),
            rx.cond(row.when == "now", rx.el.strong(" ", t("today.plan.now")), ""),
            rx.cond(row.status == "held", rx.fragment(" ", t("today.plan.held_row")), ""),
        ),
        rx.el.td(
            rx.cond(
                row.starts.date == "",
                t("today.plan.dates_none"),
                rx.cond(
                    row.ends.date == "",
                    t("today.plan.dates_open", **{"from": row.starts.short}),
                    t("today.plan.dates", **{"from": row.starts.short, "to": row.ends.short}),
                ),
            )
        ),
        rx.cond(numbers, rx.el.td(level), rx.fragment()),
    )


def _path(d: Any, name: str) -> rx.Component:
    return rx.cond(d != "", rx.el.path(d=d, class_name=name), rx.fragment())


def _label(label: Any) -> rx.Component:
    return rx.el.text(
        label.text,
        x=label.x.to(str),
        y=label.y.to(str),
        custom_attrs={"textAnchor": label.anchor},
        class_name=rx.cond(label.role == "now", "now-label", ""),
    )

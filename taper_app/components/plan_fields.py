"""Fields that the plan's forms share: a choice that opens what belongs to it, and the rows of a day's doses."""

from typing import Any

import reflex as rx

from taper_app.components.forms import field, text_input
from taper_app.components.words import t
from taper_app.domain.plan import PARTS_OF_DAY


def choice(name: str, key: str, words: Any, value: Any, *opened: rx.Component, **props: Any) -> rx.Component:
    """One answer of a question; what belongs to it shows below while it is chosen."""
    label = rx.el.label(
        rx.el.input(type="radio", name=name, value=key, id=f"{name}-{key}", default_checked=value == key, **props),
        rx.el.span(words),
        class_name="choice",
    )
    return rx.fragment(label, rx.el.div(*opened, class_name="opened")) if opened else label


def said_fields(state: Any, wrong: Any, on_label: Any, values: Any = None) -> rx.Component:
    """The day, who said so, and why."""

    def value(name: str) -> Any:
        if values is None:
            return ""
        return rx.cond(values[name], values[name], "")

    on, said, why = wrong(state, "on"), wrong(state, "said_by"), wrong(state, "reason")
    return rx.fragment(
        field(on_label, text_input("on", value=value("on"), error=on, type="date"), id="on", error=on),
        field(t("plan_event.said_by"), text_input("said_by", value=value("said_by"), error=said), id="said_by", error=said),
        field(
            t("plan_event.reason"),
            rx.el.textarea(id="reason", name="reason", default_value=value("reason"), class_name="input", rows="2"),
            id="reason",
            hint=t("plan_event.reason_hint"),
            error=why,
        ),
    )


def when_field(id: Any, row: Any, error: Any, focus: Any, time_error: Any = "") -> rx.Component:
    """The time of a dose: a part of the day, or a clock time that is asked for only then."""
    words = [("", t("plan_step.choose")), ("clock", t("plan_step.clock"))]
    words += [(part, t(f"plan_step.{part}")) for part in PARTS_OF_DAY]
    return rx.el.div(
        field(
            t("plan_step.when"),
            rx.el.select(
                *[rx.el.option(label, value=key) for key, label in words],
                id=id + "-at",
                name=id + "-at",
                default_value=row.at,
                class_name="input",
                auto_focus=focus == id + "-at",
                aria_describedby=id + "-at-error",
            ),
            id=id + "-at",
            error=error,
        ),
        field(t("plan_step.time"), text_input(id + "-time", value=row.time, type="time"), id=id + "-time"),
        class_name="when",
    )

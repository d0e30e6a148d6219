"""The words a draft was read from, beside what was read, with their questions and a tick for each line."""

from typing import Any

import reflex as rx

from taper_app.components.plan_words import questions
from taper_app.components.words import t


def sources(found: Any, on_tick: Any, can_tick: Any) -> rx.Component:
    """The lines that belong to one place of the read-back."""
    return rx.foreach(found, lambda one: _line(one, on_tick, can_tick))


def _line(one: Any, on_tick: Any, can_tick: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.cond(one.read, t("plan_source.said"), rx.el.strong(t("plan_source.not_read"))),
            ": ",
            rx.el.q(one.words),
            class_name="soft small gap",
        ),
        questions(one.questions),
        rx.cond(one.home & can_tick, _tick(one, on_tick), rx.fragment()),
    )


def _tick(one: Any, on_tick: Any) -> rx.Component:
    return rx.el.label(
        # Ticked is what the server has kept.
        rx.el.input(type="checkbox", checked=one.ticked, on_change=on_tick(one.line, ~one.ticked)),
        rx.el.span(
            rx.cond(one.read, t("plan_source.tick"), t("plan_source.tick_unread")),
            rx.el.span(": ", one.words, class_name="hide"),
        ),
        class_name="choice",
    )

"""What a store screen shows before there is a person's day to show: loading, no line yet, signed out."""

from typing import Any

import reflex as rx

from taper_app.components.panels import signed_out
from taper_app.components.words import t
from taper_app.pwa.store import refresh, store


def when_ready(skeleton: rx.Component, *children: Any) -> rx.Component:
    """The children once the store has something; before that the skeleton, which is what the prerendered page holds."""
    return rx.match(
        store.phase,
        ("ready", rx.fragment(*children)),
        ("signed_out", signed_out()),
        ("offline", _offline()),
        skeleton,
    )


def bones(*heights: int) -> rx.Component:
    """Shapes where text will stand. They say nothing; the words around them do."""
    return rx.el.div(
        *[rx.el.div(class_name=f"skeleton h{height}") for height in heights],
        class_name="sheet pad stack",
        aria_hidden="true",
    )


def stale_line() -> rx.Component:
    """How old the plan on the screen is, when the line is down."""
    return rx.cond(
        store.stale,
        rx.el.p(t("today.offline.stale", day=store.known_day.short, time=store.known_time), class_name="note small", role="status"),
        rx.fragment(),
    )


def _offline() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("today.offline.title")),
        rx.el.p(t("today.offline.words")),
        rx.el.button(t("today.offline.again"), type="button", class_name="btn quiet gap", on_click=refresh()),
        class_name="sheet pad",
    )

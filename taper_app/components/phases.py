"""What a store screen shows before there is a person's day to show: loading, no line yet, signed out."""

from typing import Any

import reflex as rx

from taper_app.components.panels import signed_out
from taper_app.components.sync import trouble
from taper_app.components.words import t, tn
from taper_app.pwa.store import refresh, store


def when_ready(skeleton: rx.Component, *children: Any) -> rx.Component:
    """The children once the store has something; before that the skeleton, which is what the prerendered page holds."""
    return rx.match(
        store.phase,
        ("ready", rx.fragment(line_words(), trouble(), *children)),
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


def line_words() -> rx.Component:
    """A small line while there is no network: since when the plan is known, and that logging goes on."""
    known = {"day": store.known_day.short, "time": store.known_time}
    return rx.el.p(
        rx.cond(
            store.stale,
            rx.fragment(rx.cond(store.online, "", t("today.offline.line")), " ", t("today.offline.stale", **known)),
            rx.cond(store.online, "", rx.fragment(t("today.offline.line"), " ", t("today.offline.known", **known))),
        ),
        rx.cond(~store.online & (store.waiting > 0), rx.fragment(" ", tn("today.offline.waiting", store.waiting)), ""),
        class_name="since small",
        role="status",
    )


def _offline() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("today.offline.title")),
        rx.el.p(t("today.offline.words")),
        rx.el.button(t("today.offline.again"), type="button", class_name="btn quiet gap", on_click=refresh()),
        class_name="sheet pad",
    )

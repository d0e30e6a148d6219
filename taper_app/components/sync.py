"""Where an entry is: on this phone, or saved. Only the server says "saved"."""

from typing import Any

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.store import discard, store


def sync_tag(sync: Any) -> rx.Component:
    """A small word beside a logged thing."""
    return rx.match(
        sync,
        ("waiting", rx.el.span(t("today.sync.waiting"), class_name="tag wait")),
        ("saved", rx.el.span(t("today.sync.saved"), class_name="tag saved")),
        ("rejected", rx.el.span(t("today.sync.rejected"), class_name="tag wrong")),
        rx.fragment(),
    )


def sync_words(sync: Any) -> rx.Var[str]:
    """The same as a sentence."""
    return rx.match(
        sync,
        ("waiting", t("today.sync.said_waiting")),
        ("saved", t("today.sync.said_saved")),
        ("rejected", t("today.sync.said_rejected")),
        "",
    )


def said() -> rx.Component:
    """Tells a screen reader what became of the last tap. It stands on the page before anything is logged."""
    return rx.el.p(rx.cond(store.last_saved != "", sync_words(store.last_sync), ""), role="status", class_name="hide")


def refused() -> rx.Component:
    """Entries that the server would not take: they stay until they are let go."""
    return rx.cond(
        store.rejected.length() > 0,
        rx.el.section(
            rx.el.h2(t("today.sync.refused")),
            rx.el.p(t("today.sync.refused_lead")),
            rx.el.ul(
                rx.foreach(
                    store.rejected,
                    lambda entry: rx.el.li(
                        rx.el.span(entry.message, class_name="grow"),
                        rx.el.button(t("today.sync.let_go"), type="button", class_name="link", on_click=discard(entry.id)),
                        class_name="row",
                    ),
                ),
                class_name="plain",
            ),
            class_name="error-summary",
        ),
        rx.fragment(),
    )

"""What a State's page shows while it loads; offline it says so, since it has nothing to show and can change nothing."""

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.store import store


def loading(what: str) -> rx.Component:
    """`what`: plan, share, settings or people. The store knows about the line: it tries again until it is back."""
    return rx.cond(
        store.online,
        rx.el.p(t("shell.loading"), class_name="soft", role="status"),
        rx.el.section(
            rx.el.h2(t("needs_network.title")),
            rx.el.p(t(f"needs_network.{what}"), " ", t("needs_network.waits")),
            rx.el.p(t("needs_network.today")),
            class_name="sheet pad",
            role="status",
        ),
    )

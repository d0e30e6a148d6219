"""A State's page and the network: what it shows while it loads, offline before it has anything, and when the line breaks later."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from taper_app.components.words import t
from taper_app.pwa.store import store


def loading(what: str) -> rx.Component:
    """`what`: plan, share, settings, reminders, people, helpers, helping or import_diary.

    The store knows about the line: it tries again until it is back.
    """
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


def reconnecting() -> rx.Component:
    """One calm line over a page that is being filled in, until its socket is back."""
    return rx.cond(has_connection_errors, rx.el.p(t("shell.away"), class_name="away", role="status"), rx.fragment())

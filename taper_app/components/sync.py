"""Where an entry is: on this phone, or saved. Only the server says "saved"."""

from typing import Any

import reflex as rx

from taper_app.components.words import t, tn
from taper_app.pwa.store import discard, discard_damaged, export_entries, start_edit, store

# Kinds with a page of their own to correct them on.
MENDED = ("dose", "flare", "check_in", "peg", "option_tried", "condition", "note")


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
                        rx.el.span(rx.el.span(_written(entry), class_name="strong"), " ", entry.message, class_name="grow"),
                        rx.cond(
                            rx.Var.create(list(MENDED)).contains(entry.kind),
                            rx.el.button(
                                t("today.sync.mend"),
                                rx.el.span(" ", _written(entry), class_name="hide"),
                                type="button",
                                class_name="link",
                                on_click=start_edit(entry.record_id, "/entry/" + entry.kind),
                            ),
                            rx.fragment(),
                        ),
                        rx.el.button(
                            t("today.sync.let_go"),
                            rx.el.span(" ", _written(entry), class_name="hide"),
                            type="button",
                            class_name="link",
                            on_click=discard(entry.id),
                        ),
                        class_name="row",
                    ),
                ),
                class_name="plain",
            ),
            save_as_file(),
            class_name="error-summary",
        ),
        rx.fragment(),
    )


def _written(entry: Any) -> Any:
    return t("today.sync.written", day=entry.day.short, time=entry.time)


def trouble() -> rx.Component:
    """What this phone could not keep, and what on it cannot be read: said at once."""
    return rx.fragment(
        rx.cond(
            store.loose > 0,
            rx.el.div(
                rx.el.p(rx.cond(store.trouble == "full", t("today.trouble.full"), t("today.trouble.blocked")), class_name="strong"),
                rx.el.p(t("today.trouble.stay")),
                save_as_file(),
                class_name="error-summary",
                role="alert",
            ),
            rx.fragment(),
        ),
        rx.cond(
            store.damaged > 0,
            rx.el.div(
                rx.el.p(tn("today.trouble.damaged", store.damaged)),
                rx.el.button(t("today.trouble.damaged_go"), type="button", class_name="link", on_click=discard_damaged()),
                class_name="note small",
                role="status",
            ),
            rx.fragment(),
        ),
    )


def save_as_file() -> rx.Component:
    """Everything that the server does not have, as a file."""
    return rx.el.button(t("today.trouble.file"), type="button", class_name="link", on_click=export_entries())

"""The lock of the open app on this phone: a PIN, when it asks, and what stays open. Nothing of it reaches the server."""

from typing import Any

import reflex as rx

from taper_app.components.panels import signed_in
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.pwa.locking import locking, look, set_after, toggle_flare, turn_off, turn_on

MINUTES = (0, 1, 5, 15)


def lock() -> rx.Component:
    """The page behind "Lock this app"."""
    return page(
        t("lock.title"),
        signed_in(
            rx.el.div(on_mount=look()),
            rx.el.p(t("lock.lead"), class_name="large soft"),
            rx.el.p(t("lock.honest"), class_name="note"),
            _pin(),
            _when(),
            _rest(),
        ),
        back=("/settings", t("settings.title")),
        tab="more",
    )


def _pin() -> rx.Component:
    return rx.el.section(
        rx.el.p(rx.cond(locking.on, t("lock.on"), t("lock.off")), class_name="tag"),
        rx.el.h2(rx.cond(locking.on, t("lock.change"), t("lock.new"))),
        _field("new-pin", t("lock.pin"), "short", hint=t("lock.pin_hint")),
        _field("same-pin", t("lock.same"), "differ"),
        rx.el.button(
            rx.cond(locking.on, t("lock.save"), t("lock.turn_on")),
            type="button",
            class_name="btn",
            aria_disabled=rx.cond(locking.busy, "true", "false"),
            on_click=turn_on(),
        ),
        rx.el.p(
            rx.match(
                locking.problem,
                ("blocked", t("lock.blocked")),
                rx.cond(locking.saved, t("lock.saved"), ""),
            ),
            class_name="strong gap-s",
            role="status",
        ),
        rx.cond(
            locking.on,
            rx.el.button(t("lock.turn_off"), type="button", class_name="btn quiet gap", on_click=turn_off()),
            rx.fragment(),
        ),
        class_name="sheet pad gap",
    )


def _field(id_: str, label: Any, problem: str, hint: Any = "") -> rx.Component:
    wrong = locking.problem == problem
    return rx.el.div(
        rx.el.label(label, html_for=id_),
        rx.el.p(hint, id=f"{id_}-hint", class_name="soft small") if hint else rx.fragment(),
        rx.el.input(
            id=id_,
            type="password",
            input_mode="numeric",
            auto_complete="off",
            max_length=12,
            class_name="input",
            aria_invalid=rx.cond(wrong, "true", "false"),
            aria_describedby=f"{id_}-wrong {id_}-hint" if hint else f"{id_}-wrong",
        ),
        rx.el.p(rx.cond(wrong, t(f"lock.{problem}"), ""), id=f"{id_}-wrong", role="alert", class_name="strong"),
        class_name=rx.cond(wrong, "field wrong", "field"),
    )


def _when() -> rx.Component:
    return rx.el.section(
        rx.el.fieldset(
            rx.el.legend(t("lock.when")),
            *[
                rx.el.label(
                    rx.el.input(type="radio", name="after", checked=locking.after == minutes, on_change=set_after(minutes)),
                    rx.el.span(t(f"lock.after_{minutes}")),
                    class_name="choice",
                )
                for minutes in MINUTES
            ],
            class_name="field",
        ),
        rx.el.p(t("lock.cold"), class_name="soft small"),
        rx.el.label(
            rx.el.input(type="checkbox", checked=locking.flare, on_change=toggle_flare()),
            rx.el.span(t("lock.flare"), rx.el.br(), rx.el.span(t("lock.flare_hint"), class_name="soft small")),
            class_name="choice gap",
        ),
    )


def _rest() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("lock.open_title")),
        rx.el.p(t("lock.open_words")),
        rx.el.h2(t("lock.forgot_title")),
        rx.el.p(t("lock.forgot_words")),
    )

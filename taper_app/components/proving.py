"""The question "is it you?" beside a form, for screens whose State is a `Proving`."""

from typing import Any

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.proving import asked, with_passkey, with_password, with_password_at_enter


def prove_here(state: Any, handler: str) -> rx.Component:
    """The question, when this handler of the State waits for a proof; put it beside what starts the handler.

    No form of its own, so that it can stand inside one. The field has no name, and no `id` that Reflex knows: it never goes along
    with that form.
    """
    return rx.cond(state.proving == handler, _box(state), rx.fragment())


def _box(state: Any) -> rx.Component:
    words = {"wrong": t("doors.prove.wrong"), "offline": t("doors.prove.offline"), "stopped": t("doors.passkeys.stopped_enter")}
    return rx.el.div(
        rx.el.h3(t("doors.prove.title"), class_name="flush"),
        rx.el.div(
            rx.el.label(t("doors.prove.again"), html_for="prove-password"),
            rx.el.span(class_name="error", id="prove-error", role="alert", hidden=True),
            rx.el.input(
                type="password",
                class_name="input",
                auto_complete="current-password",
                aria_describedby="prove-error",
                on_key_down=with_password_at_enter(words),
                # As `id` Reflex's form around it would find it, and send what is typed here along with its fields.
                custom_attrs={"id": "prove-password"},
            ),
            class_name="field",
        ),
        rx.el.button(t("doors.prove.button"), type="button", class_name="btn", on_click=with_password(words)),
        rx.el.button(
            t("doors.passkeys.prove"), type="button", class_name="btn quiet", id="prove-passkey", hidden=True, on_click=with_passkey(words)
        ),
        rx.el.button(t("doors.prove.stay"), type="button", class_name="btn quiet", on_click=state.stop_proving),
        # Tapped by the script once it is proved.
        rx.el.button(type="button", id="prove-on", hidden=True, on_click=state.go_on),
        on_mount=asked(),
        id="prove",
        class_name="sheet pad gap",
    )

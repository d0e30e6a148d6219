"""Settings: who and where, how it looks on this phone, signing in, and the way out with everything."""

import reflex as rx
from reflex_base.style import color_mode, set_color_mode

from taper_app.components.device import set_text_size, show_text_size
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import nav_list, nav_row, signed_in, when_loaded
from taper_app.components.shell import door, link, page
from taper_app.components.words import t
from taper_app.states.settings import SettingsState


def settings() -> rx.Component:
    """One sheet a subject; the forms that end something are plain HTML, so a password never travels over the socket."""
    return page(
        t("settings.title"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=SettingsState.leave),
            when_loaded(SettingsState, _you(), what="settings"),
            _look(),
            rx.el.div(
                nav_list(
                    nav_row("/reminders", t("reminders.title"), t("more.reminders_hint")),
                    nav_row("/lock", t("lock.title"), t("lock.settings_hint")),
                ),
                class_name="gap-l",
            ),
            _data(),
            _signing_in(),
            _leaving(),
        ),
        over=t("more.title"),
        tab="more",
    )


def _you() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("settings.you")),
        error_summary(SettingsState.errors),
        field(
            t("settings.name"),
            text_input("display_name", value=SettingsState.display_name, error=wrong(SettingsState, "display_name")),
            id="display_name",
            hint=t("settings.name_hint"),
            error=wrong(SettingsState, "display_name"),
        ),
        field(
            t("settings.zone"),
            rx.el.select(
                rx.foreach(SettingsState.zones, lambda zone: rx.el.option(zone, value=zone)),
                id="zone",
                name="zone",
                default_value=SettingsState.zone,
                class_name="input",
            ),
            id="zone",
            hint=t("settings.zone_hint"),
            error=wrong(SettingsState, "zone"),
        ),
        rx.el.button(t("settings.save"), type="submit", class_name="btn"),
        rx.cond(SettingsState.saved, rx.el.p(t("settings.saved"), class_name="note", role="status"), rx.fragment()),
        on_submit=SettingsState.save,
        reset_on_submit=False,
    )


def _look() -> rx.Component:
    sizes = (("", "normal"), ("large", "large"), ("larger", "larger"))
    return rx.el.section(
        rx.el.h2(t("settings.look")),
        rx.el.fieldset(
            rx.el.legend(t("settings.text")),
            *[
                rx.el.label(
                    rx.el.input(type="radio", name="text-size", value=size, on_change=set_text_size(size)),
                    rx.el.span(t(f"settings.text_{name}")),
                    class_name="choice",
                )
                for size, name in sizes
            ],
            on_mount=show_text_size("text-size"),
            class_name="field",
        ),
        rx.el.p(t("settings.theme"), class_name="label gap"),
        rx.el.div(
            *[
                rx.el.button(
                    t(f"settings.theme_{mode}"),
                    type="button",
                    class_name="chip",
                    aria_pressed=rx.cond(color_mode == mode, "true", "false"),
                    on_click=set_color_mode(mode),
                )
                for mode in ("system", "light", "dark")
            ],
            class_name="chips",
        ),
    )


def _data() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("settings.data")),
        link(t("export.title"), path="/export", class_name="btn quiet"),
        rx.el.p(t("settings.export_hint"), class_name="soft small"),
        link(t("bring.title"), path="/import", class_name="btn quiet"),
        link(t("audit.title"), path="/audit", class_name="btn quiet"),
    )


def _signing_in() -> rx.Component:
    # A page of the server's own: a password never travels over the socket.
    row = door(
        rx.el.span(
            rx.el.span(t("doors.title"), class_name="strong"),
            rx.el.br(),
            rx.el.span(t("doors.hint"), class_name="soft small"),
            class_name="grow",
        ),
        path="/auth/signing-in",
        class_name="row",
    )
    return rx.el.div(rx.el.ul(rx.el.li(row), class_name="sheet plain"), class_name="gap-l")


def _leaving() -> rx.Component:
    return rx.el.section(
        # The server's own page asks: here, or everywhere. Reflex's forms never reach a server by themselves.
        link(t("settings.sign_out"), path="/sign-out", class_name="btn quiet"),
        door(t("settings.delete"), path="/auth/delete", class_name="btn quiet gap-l"),
        rx.el.p(t("settings.delete_hint"), class_name="soft small"),
        class_name="gap-l",
    )

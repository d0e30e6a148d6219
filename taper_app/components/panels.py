"""What a screen shows while there is nothing of the person's to show: loading, or signed out."""

from typing import Any

import reflex as rx

from taper_app.components.needs_network import loading, reconnecting
from taper_app.components.shell import door, link
from taper_app.components.words import t, tn
from taper_app.pwa.installed import pwa
from taper_app.pwa.store import store


def signed_in(*children: rx.Component) -> rx.Component:
    """The children; when the session has ended, the way back in."""
    return rx.cond(store.phase == "signed_out", signed_out(), rx.fragment(*children))


def when_loaded(state: Any, *children: rx.Component, what: str) -> rx.Component:
    """The children once a State's page was allowed to load, made anew each time it opens. `what`: for `loading`."""
    return rx.cond(state.loaded, rx.el.div(*children, reconnecting(), key=state.opened.to(str)), loading(what))


def signed_out() -> rx.Component:
    """A calm way back in."""
    return rx.el.section(
        rx.el.h2(t("panel.title")),
        rx.el.p(t("panel.words")),
        rx.cond(store.waiting > 0, rx.el.p(tn("panel.waiting", store.waiting), class_name="note small"), rx.fragment()),
        first_time(),
        door(t("panel.sign_in"), path="/auth/sign-in", class_name="btn gap"),
        door(t("panel.sign_up"), path="/auth/sign-up", class_name="btn quiet"),
        link(t("panel.about"), path="/welcome", class_name="link gap-s"),
        class_name="sheet pad",
    )


def first_time() -> rx.Component:
    """An installed app begins signed out where it shares nothing with the browser it came from, as on iOS."""
    return rx.cond(pwa.standalone, rx.el.p(t("install.first_time"), class_name="note"), rx.fragment())


def nav_row(path: str, title: object, hint: object = "") -> rx.Component:
    """A row that leads somewhere."""
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span(title, class_name="strong"),
                rx.el.span(rx.el.br(), rx.el.span(hint, class_name="soft small")) if hint else rx.fragment(),
                class_name="grow",
            ),
            path=path,
            class_name="row",
        )
    )


def nav_list(*rows: rx.Component) -> rx.Component:
    """A sheet of rows."""
    return rx.el.ul(*rows, class_name="sheet plain")

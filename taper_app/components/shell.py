"""What stands around every screen: title, safety in its corner, the bar at the thumb."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A as Anchor  # rx.el.a is the router's link, which moves no focus

from taper_app.components import icons
from taper_app.components.words import href, t


def page(
    title: Any,
    *children: Any,
    over: Any = "",
    tab: str | None = None,
    back: tuple[str, str] | None = None,
    bar: bool = True,
) -> rx.Component:
    """A whole screen.

    title: the h1. over: the small line above it. tab: which of "today", "log", "history", "more" is current.
    back: (path, label) of the place this page hangs under. bar: False where nothing may lead away (sign-up, shared).
    """
    return rx.fragment(
        Anchor.create(t("shell.skip"), href="#main", class_name="skip"),
        rx.el.header(
            rx.el.div(
                back_link(*back) if back else rx.fragment(),
                rx.el.p(over, class_name="over") if not isinstance(over, str) or over else rx.fragment(),
                rx.el.h1(title),
            ),
            safety_button(),
            class_name="top",
        ),
        rx.el.main(*children, id="main", tab_index=-1, class_name="" if bar else "bare"),
        tab_bar(tab) if bar else rx.fragment(),
    )


def safety_button() -> rx.Component:
    """The way to the safety card: the same corner of every page."""
    return rx.el.a(icons.shield(), t("shell.safety"), href=href("/safety"), class_name="safety")


def back_link(path: str, label: str) -> rx.Component:
    """The way up."""
    return link(icons.back(), label, path=path, class_name="back")


def link(*children: Any, path: Any, **props: Any) -> rx.Component:
    """A link inside the app: no page load, so what the store holds stays."""
    target = href(path) if isinstance(path, str) else path
    return rx.el.a(*children, href=target, **props)


def door(*children: Any, path: str, **props: Any) -> rx.Component:
    """A link to a page that the server makes (sign-in, export): the browser loads it. `rx.el.a` alone would stay in the app."""
    return rx.el.a(*children, href=path, reload_document=True, **props)


def tab_bar(current: str | None) -> rx.Component:
    """Today, Log, History, More."""
    return rx.el.nav(
        rx.el.ul(
            _tab("today", "/", icons.stairs(), current),
            _tab("log", "/log", None, current),
            _tab("history", "/history", icons.lines(), current),
            _tab("more", "/more", icons.dots(), current),
        ),
        class_name="bar",
        aria_label=t("shell.bar"),
    )


def _tab(name: str, path: str, icon: rx.Component | None, current: str | None) -> rx.Component:
    props: dict[str, Any] = {"aria_current": "page"} if name == current else {}
    if name == "log":
        props["class_name"] = "log"
    return rx.el.li(link(icon or rx.fragment(), t(f"shell.{name}"), path=path, **props))

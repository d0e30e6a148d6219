"""The first page of somebody who is not signed in, and the page for an address that is not there."""

import reflex as rx

from taper_app.components.icons import svg
from taper_app.components.panels import first_time, nav_list, nav_row
from taper_app.components.quick_exit import leave_calmly, leave_hint
from taper_app.components.shell import door, link, page
from taper_app.components.words import t


def welcome() -> rx.Component:
    """What this is, what it never does, and the way in."""
    return page(
        t("welcome.title"),
        leave_calmly(),
        rx.el.p(t("welcome.lead"), class_name="large"),
        first_time(),
        rx.el.div(_picture(), class_name="sheet pad gap"),
        rx.el.ul(*[rx.el.li(t(f"welcome.{name}")) for name in ("one", "two", "three")], class_name="gap"),
        rx.el.p(t("welcome.never"), class_name="note"),
        door(t("welcome.sign_up"), path="/auth/sign-up", class_name="btn gap-l"),
        door(t("welcome.sign_in"), path="/auth/sign-in", class_name="btn quiet"),
        rx.el.h2(t("welcome.look")),
        nav_list(
            nav_row("/learn", t("more.learn")),
            nav_row("/options", t("more.options")),
            nav_row("/about", t("more.about")),
            nav_row("/privacy", t("more.privacy")),
        ),
        leave_hint(),
        over=t("welcome.over"),
        bar=False,
    )


def missing() -> rx.Component:
    """An address that is not there."""
    return page(
        t("missing.title"),
        rx.el.p(t("missing.words")),
        link(t("missing.today"), path="/", class_name="btn gap"),
        bar=False,
    )


def _picture() -> rx.Component:
    return svg(
        rx.el.path(d="M4 16H80V34H156V96H4Z", class_name="past"),
        rx.el.path(d="M156 52H212V96H156Z", class_name="band"),
        rx.el.path(d="M4 16H80V34H156V52", class_name="line"),
        rx.el.path(d="M212 52V66H264V80H316", class_name="line ahead"),
        rx.el.path(d="M4 96H316", class_name="base"),
        rx.el.path(d="M156 52H212", class_name="here"),
        rx.el.circle(cx="180", cy="52", r="7", class_name="dot"),
        box="0 0 320 104",
        class_name="stairs",
        role="img",
        aria_label=t("welcome.picture"),
    )

"""More: everything that is not needed every day."""

import reflex as rx

from taper_app.components.panels import nav_list, nav_row
from taper_app.components.shell import link, page
from taper_app.components.words import t


def more() -> rx.Component:
    """The list of everything else, by what it is for."""
    return page(
        t("more.title"),
        rx.el.h2(t("more.day")),
        nav_list(
            _row("/check-in", "check_in"),
            _row("/lens", "lens"),
            _row("/plans", "plans"),
            _row("/options", "options"),
            _row("/learn", "learn"),
            _row("/questions", "questions"),
            _row("/report", "report"),
            _row("/background", "background"),
        ),
        rx.el.h2(t("more.help")),
        nav_list(_row("/running-out", "running_out"), _row("/very-low", "very_low"), _row("/people", "people")),
        rx.el.h2(t("more.app")),
        nav_list(
            _row("/reminders", "reminders"),
            _row("/share", "share"),
            nav_row("/care", t("care.title"), t("care.hint")),
            _row("/helpers", "helpers"),
            _row("/settings", "settings"),
            nav_row("/import", t("bring.title"), t("more.bring_hint")),
            _row("/export", "export"),
            _row("/about", "about"),
            _row("/privacy", "privacy"),
        ),
        link(t("more.sign_out"), path="/sign-out", class_name="btn quiet gap-l"),
        tab="more",
    )


def _row(path: str, name: str) -> rx.Component:
    hint = f"more.{name}_hint"
    return nav_row(path, t(f"more.{name}"), t(hint) if name not in {"running_out", "very_low", "about", "privacy"} else "")

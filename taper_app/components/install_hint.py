"""A gentle hint that Taper can live on the home screen: once something was logged, and at most once in 30 days."""

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.installed import dismiss_install, hint_shown, install, pwa
from taper_app.pwa.store import store


def install_hint() -> rx.Component:
    """The phone's own question where there is one, the steps where there is none."""
    return rx.cond((pwa.can_install != "") & _logged(), _card(), rx.fragment())


def _logged() -> rx.Var[bool]:
    """Whether any of the last 31 days has something in it."""
    return rx.Var(f"{store.history!s}.some((day) => day.items.length > 0)", _var_type=bool, _var_data=store._get_all_var_data())


def _card() -> rx.Component:
    ios = rx.el.ol(*[rx.el.li(t(f"install.ios_{step}")) for step in ("share", "add", "open")])
    return rx.el.section(
        rx.el.h2(t("install.title")),
        rx.el.p(t("install.words")),
        rx.cond(pwa.can_install == "ios", ios, rx.el.button(t("install.add"), type="button", class_name="btn gap", on_click=install())),
        rx.el.button(t("install.not_now"), type="button", class_name="link", on_click=dismiss_install()),
        class_name="sheet pad gap-l",
        on_mount=hint_shown(),
    )

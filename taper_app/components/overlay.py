"""What lies over any page: one quiet line when a new version waits."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from taper_app.components.words import t
from taper_app.pwa.installed import later, pwa, update


def overlay() -> rx.Component:
    """Reflex looks for the id before it shows a banner of its own, in English only: ours stands there already."""
    shown = pwa.update_ready & ~has_connection_errors
    return rx.el.div(rx.cond(shown, _new_version(), rx.fragment()), id="reflex-new-version-banner", role="status")


def _new_version() -> rx.Component:
    """It asks; and while something is half-filled it offers nothing that would lose it."""
    return rx.el.div(
        rx.el.p(rx.cond(pwa.unsaved, t("update.finish"), t("update.ready"))),
        rx.cond(pwa.unsaved, rx.fragment(), _button("now", update())),
        _button("later", later()),
        class_name="away",
    )


def _button(name: str, on_click: rx.EventHandler) -> rx.Component:
    return rx.el.button(t(f"update.{name}"), type="button", class_name="link", on_click=on_click)

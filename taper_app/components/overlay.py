"""One calm line instead of a wall while the socket is away. Only screens with a State need it."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from taper_app.components.words import t


def overlay() -> rx.Component:
    """Shown when the connection of a State screen is lost, until it is back."""
    return rx.cond(
        has_connection_errors,
        rx.el.p(t("shell.away"), class_name="away", role="status"),
        rx.fragment(),
    )

"""For a State's page that others change: it asks again whenever the store has heard "changed"."""

from typing import Any

import reflex as rx

from taper_app.pwa.store import store


def on_change(refresh: Any) -> rx.Component:
    """Fire an event after each fetch of the store, which follows each "changed" of the server."""
    # The key is on a parent: Reflex puts `on_mount` around the element itself, where its key would change nothing.
    return rx.el.div(rx.el.span(hidden=True, on_mount=refresh), hidden=True, key=store.fetched)

"""Take your data with you: three files, what each is for, and a word about who can read them."""

import reflex as rx

from taper_app.components.panels import signed_in
from taper_app.components.shell import door, page
from taper_app.components.words import t
from taper_app.pwa.store import store

# Format -> its words in the catalog.
FORMATS = {"json": "whole", "csv": "tables", "fhir": "clinic"}


def export() -> rx.Component:
    """Plain links: the server makes the file, and the browser keeps it."""
    return page(
        t("export.title"),
        signed_in(
            rx.el.p(t("export.lead"), class_name="soft"),
            rx.el.p(t("export.warning"), class_name="note"),
            rx.cond(store.online, rx.fragment(), rx.el.p(t("export.offline"), role="status")),
            *[_one(format, name) for format, name in FORMATS.items()],
        ),
        tab="more",
        back=("/settings", t("settings.title")),
    )


def _one(format: str, name: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t(f"export.{name}"), class_name="flush"),
        rx.el.p(t(f"export.{name}_words")),
        # Without `download`: the server names the file, and may first ask for the password.
        door(t(f"export.{name}_get"), path=f"/api/v1/export?format={format}", class_name="btn quiet gap-s"),
        class_name="sheet pad gap",
    )

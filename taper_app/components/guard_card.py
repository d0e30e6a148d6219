"""The guard: words about calling first, when something that was logged or recorded asks for them. Never blame."""

import reflex as rx

from taper_app.components import reading
from taper_app.components.urgent import calm_text
from taper_app.components.words import lang, t
from taper_app.content.loader import Note, load_page
from taper_app.pwa.store import store

_REASONS = ("above_step", "skipped_two_days", "resumed_after_hold", "at_end")


def guard_card() -> rx.Component:
    """What is urgent once, then the words of each reason, the most urgent first."""
    pages = {reason: load_page(lang(), f"safety/guard-{reason.replace('_', '-')}") for reason in _REASONS}
    notes = [block for block in pages["above_step"].blocks if isinstance(block, Note)]
    return rx.cond(
        store.guard.open,
        rx.el.section(
            rx.el.h2(t("today.guard.title")),
            reading.text(notes),
            *[rx.cond(getattr(store.guard, reason), calm_text(found.blocks), rx.fragment()) for reason, found in pages.items()],
            class_name="urgent plain-notes stack",
        ),
        rx.fragment(),
    )

"""Urgent signs and comfort, from `content/`: a page's notes are what is urgent, and stand first, whatever follows."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from taper_app.components import reading
from taper_app.components.words import lang, t
from taper_app.content.loader import Block, Note, load_page


def flare_urgent() -> rx.Component:
    """When to call 911 in a flare, and when to get care the same day."""
    return urgent_box(load_page(lang(), "safety/flare-reassurance").blocks)


def flare_comfort() -> rx.Component:
    """Pain can get worse for a while; not everyone has it; tell the prescriber."""
    return calm_text(load_page(lang(), "safety/flare-reassurance").blocks)


def urgent_box(blocks: Iterable[Block], names: dict[str, Any] | None = None) -> rx.Component:
    """The notes of a text, in the colour of safety."""
    return rx.el.section(
        rx.el.h2(t("urgent.title"), class_name="hide"),
        reading.text([block for block in blocks if isinstance(block, Note)], names),
        class_name="urgent plain-notes",
    )


def calm_text(blocks: Iterable[Block], names: dict[str, Any] | None = None, *, level: int = 2) -> rx.Component:
    """What is left of a text without its notes."""
    return reading.text([block for block in blocks if not isinstance(block, Note)], names, level=level)

"""The few icons, drawn as inline SVG: no icon font, nothing to load."""

import reflex as rx


def icon(*paths: str) -> rx.Component:
    """A 24 by 24 line icon from path data; it says nothing to a screen reader, the word beside it does."""
    return svg(*[rx.el.path(d=d) for d in paths], box="0 0 24 24", aria_hidden="true")


def svg(*children: rx.Component, box: str, **props: object) -> rx.Component:
    """An svg element with its viewBox."""
    return rx.el.svg(*children, view_box=box, **props)


def shield() -> rx.Component:
    """Safety."""
    return icon("M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z", "M12 9v6M9 12h6")


def stairs() -> rx.Component:
    """Today."""
    return icon("M3 5h5v5h5v5h5v4h3")


def lines() -> rx.Component:
    """History."""
    return icon("M5 6h14M5 12h10M5 18h14")


def dots() -> rx.Component:
    """More."""
    return icon("M5 12h.01M12 12h.01M19 12h.01")


def back() -> rx.Component:
    """Up."""
    return icon("M15 5l-7 7 7 7")

"""How an entry came to say what it says: every writing of it, oldest first."""

from typing import Any

import reflex as rx

from taper_app.components.named import group, named, named_list
from taper_app.components.words import t
from taper_app.pwa.store import store

_CODES = ("feels", "allodynia", "spread", "triggers", "body", "options", "places", "condition_states", "entry.action")


def versions(record_id: Any) -> rx.Component:
    """The versions of the record with this id, when it was ever changed."""
    return rx.foreach(
        store.history,
        lambda day: rx.foreach(
            day["items"],
            lambda item: rx.cond((item.id == record_id) & (item.versions.length() > 0), _list(item.versions), rx.fragment()),
        ),
    )


def written_by(record_id: Any) -> rx.Component:
    """Who wrote the record first, where that was a helper."""
    return rx.foreach(
        store.history,
        lambda day: rx.foreach(
            day["items"],
            lambda item: rx.cond(
                (item.id == record_id) & (item.by != ""), rx.el.p(t("history.by", name=item.by), class_name="note small"), rx.fragment()
            ),
        ),
    )


def _list(found: Any) -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("entry.versions")),
        rx.el.ol(rx.foreach(found, _version), class_name="plain stack small"),
    )


def _version(version: Any) -> rx.Component:
    return rx.el.li(
        rx.el.strong(
            rx.match(
                version.what,
                ("first", t("entry.first", day=version.day.short, time=version.time)),
                ("out", t("entry.out", day=version.day.short, time=version.time)),
                ("back", t("entry.back", day=version.day.short, time=version.time)),
                t("entry.changed", day=version.day.short, time=version.time),
            )
        ),
        rx.cond(version.by != "", rx.el.span(t("history.by", name=version.by), class_name="piece"), rx.fragment()),
        rx.foreach(
            version.said,
            lambda said: rx.el.span(
                named("entry.field", said.name),
                ": ",
                rx.cond(said.given.length() > 0, named_list(_all_codes(), said.given), t("entry.cleared")),
                class_name="piece",
            ),
        ),
    )


def _all_codes() -> dict[str, str]:
    """Words of every code that an entry may hold; the lists share no code with two meanings."""
    return {code: words for area in _CODES for code, words in group(area).items()}

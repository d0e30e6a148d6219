"""What a caregiver sees of the log, each part only in its scope. The mood is left out: a very low answer is never shared."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from taper_app.components.named import named, named_list
from taper_app.components.words import t
from taper_app.pwa.store import store

_IN_SIGHT = 4


def shares(scope: str) -> Any:
    """Whether the patient shares this."""
    return store.shared.scopes.contains(scope)


def shared_row(title: Any, words: Any) -> rx.Component:
    """A line and a quieter line under it."""
    return rx.el.li(
        rx.el.div(rx.el.p(title, class_name="strong"), rx.el.p(words, class_name="soft small"), class_name="grow"), class_name="row"
    )


def shared_log() -> rx.Component:
    """Check-ins, options tried, and notes."""
    view = store.shared
    return rx.fragment(
        _section("check_ins", t("shared.check_ins", name=view.display_name), view.check_ins, _check_in),
        _section("options", t("shared.options", name=view.display_name), view.options, _option),
        _section("notes", t("shared.notes"), view.notes, _note),
    )


def _section(scope: str, title: Any, entries: Any, row: Callable[[Any], rx.Component]) -> rx.Component:
    return rx.cond(
        shares(scope) & (entries.length() > 0),
        rx.el.section(rx.el.h2(title), newest_first(entries, row)),
        rx.fragment(),
    )


def newest_first(entries: Any, row: Callable[[Any], rx.Component]) -> rx.Component:
    """The newest few in sight, the rest one tap away: a month of days would bury what comes after it."""
    return rx.fragment(
        rx.el.ul(rx.foreach(entries[:_IN_SIGHT], row), class_name="sheet plain"),
        rx.cond(
            entries.length() > _IN_SIGHT,
            rx.el.details(
                rx.el.summary(t("shared.before_that")),
                rx.el.ul(rx.foreach(entries[_IN_SIGHT:], row), class_name="sheet plain"),
            ),
            rx.fragment(),
        ),
    )


def _check_in(entry: Any) -> rx.Component:
    numbers = [_piece(getattr(entry, name) != "", t(f"shared.{name}", n=getattr(entry, name))) for name in ("pain", "relief", "sleep")]
    peg = t("history.peg_numbers", average=entry.average, enjoyment=entry.enjoyment, activity=entry.activity)
    return _entry(
        entry,
        *numbers,
        _piece(entry.kind == "peg", peg),
        _piece(entry.body.length() > 0, named_list("body", entry.body, inside=True)),
    )


def _option(entry: Any) -> rx.Component:
    change = t("shared.change", before=entry.before, after=entry.after)
    return _entry(entry, _piece(True, named("options", entry.option)), _piece((entry.before != "") & (entry.after != ""), change))


def _note(entry: Any) -> rx.Component:
    return _entry(
        entry,
        rx.match(
            entry.kind,
            ("question", _piece(True, t("shared.question"))),
            ("condition", _piece(True, t("history.condition", state=named("history.state", entry.state)))),
            ("baseline", _piece(True, t("shared.baseline", words=named_list("allodynia", entry.allodynia, inside=True)))),
            rx.fragment(),
        ),
        _piece(entry.said_by != "", t("history.said_by", name=entry.said_by)),
    )


def _entry(entry: Any, *pieces: rx.Component) -> rx.Component:
    words = rx.cond(entry.note != "", rx.el.span("“", entry.note, "”", class_name="block"), rx.fragment())
    return shared_row(entry.day.short, rx.fragment(rx.el.span(*pieces, class_name="pieces"), words))


def _piece(shown: Any, words: Any) -> rx.Component:
    piece = rx.el.span(words, class_name="piece")
    return piece if shown is True else rx.cond(shown, piece, rx.fragment())

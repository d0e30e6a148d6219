"""One entry on a day of History, as a row to tap."""

from typing import Any

import reflex as rx

from taper_app.components.amounts import when
from taper_app.components.flare_card import flare_name
from taper_app.components.named import named, named_list
from taper_app.components.sync import sync_tag
from taper_app.components.words import t
from taper_app.pwa.store import restore, start_edit

KINDS = ("dose", "flare", "check_in", "peg", "option_tried", "condition", "note")


def history_item(item: Any) -> rx.Component:
    """`item` is a Var of `views.HistoryItem`."""
    return rx.el.li(rx.cond(item.retracted, _taken_out(item), _row(item)))


def _row(item: Any) -> rx.Component:
    return rx.el.button(
        rx.el.span(item.time, class_name="soft small clock"),
        rx.el.span(
            rx.el.span(entry_name(item), class_name="strong"),
            rx.el.span(
                rx.match(
                    item.kind,
                    ("dose", _dose(item)),
                    ("flare", _flare(item)),
                    ("check_in", _check_in(item)),
                    ("peg", _peg(item)),
                    ("option_tried", _tried(item)),
                    ("condition", _part(item.said_by != "", t("history.said_by", name=item.said_by))),
                    rx.fragment(),
                ),
                class_name="pieces soft small",
            ),
            rx.cond(item.note != "", rx.el.span("“", item.note, "”", class_name="block"), rx.fragment()),
            rx.cond(item.by != "", rx.el.span(t("history.by", name=item.by), class_name="tag"), rx.fragment()),
            rx.cond(item.changed, rx.el.span(t("history.changed"), class_name="tag"), rx.fragment()),
            rx.cond(item.sync != "saved", sync_tag(item.sync), rx.fragment()),
            class_name="grow",
        ),
        type="button",
        class_name="row item",
        on_click=start_edit(item.id, "/entry/" + item.kind),
    )


def _taken_out(item: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(item.time, class_name="soft small clock"),
        rx.el.span(entry_name(item), " ", rx.el.span(t("history.out"), class_name="tag"), class_name="grow soft"),
        rx.el.button(
            t("history.put_back"),
            rx.el.span(" ", entry_name(item), class_name="hide"),
            type="button",
            class_name="link small",
            on_click=restore(item.id),
        ),
        class_name="row item",
    )


def entry_name(item: Any) -> rx.Var[str]:
    """What an entry is, in a few words."""
    dose = rx.match(
        item.action,
        ("skipped", t("history.dose.skipped")),
        ("removed", t("history.dose.removed")),
        ("different", t("history.dose.different", amount=item.amount, unit=item.unit)),
        rx.cond(item.amount != "", t("history.dose.taken", amount=item.amount, unit=item.unit), t("history.dose.taken_plain")),
    )
    return rx.match(
        item.kind,
        ("dose", dose),
        ("flare", flare_name(item.severity_now)),
        ("check_in", t("history.check_in")),
        ("peg", t("history.peg")),
        ("option_tried", t("history.tried", option=named("options", item.option))),
        ("condition", t("history.condition", state=named("history.state", item.state))),
        t("history.note"),
    )


def _dose(item: Any) -> rx.Component:
    return rx.fragment(
        _part(item.medication != "", item.medication),
        rx.cond(
            item.planned,
            _part(
                True, rx.cond(item.due_time != "", t("history.planned", at=item.due_time), when(_Due(item.due_time, item.due_part_of_day)))
            ),
            _part(True, t("history.unplanned")),
        ),
        rx.cond(item.twice, rx.el.span(t("history.twice"), class_name="tag"), rx.fragment()),
    )


class _Due:
    """The time of a dose under the names that `when` reads."""

    def __init__(self, time: Any, part_of_day: Any) -> None:
        self.time = time
        self.part_of_day = part_of_day


def _flare(item: Any) -> rx.Component:
    eased = rx.cond(
        (item.ended.date == "") | (item.ended_time == ""),
        "",
        rx.cond(
            item.ended.away == 0,
            t("history.eased", time=item.ended_time),
            t("history.eased_day", day=item.ended.short, time=item.ended_time),
        ),
    )
    return rx.fragment(
        _part(item.places.length() > 0, named_list("places", item.places)),
        _part(item.severity_worst != "", t("history.worst", severity=item.severity_worst)),
        _part(item.feels.length() > 0, named_list("feels", item.feels, inside=True)),
        _part(item.allodynia.length() > 0, t("history.unusual", words=named_list("allodynia", item.allodynia, inside=True))),
        _part(item.triggers.length() > 0, t("history.triggers", words=named_list("triggers", item.triggers, inside=True))),
        _part(item.helped.length() > 0, t("history.helped", words=named_list("options", item.helped, inside=True))),
        rx.cond(item.going, _part(True, t("history.going")), _part(eased != "", eased)),
    )


def _check_in(item: Any) -> rx.Component:
    return rx.fragment(
        *[_part(getattr(item, name) != "", t(f"history.{name}", n=getattr(item, name))) for name in ("pain", "relief", "sleep", "mood")],
        _part(item.body.length() > 0, named_list("body", item.body, inside=True)),
    )


def _peg(item: Any) -> rx.Component:
    return _part(True, t("history.peg_numbers", average=item.average, enjoyment=item.enjoyment, activity=item.activity))


def _tried(item: Any) -> rx.Component:
    return rx.fragment(
        _part((item.before != "") & (item.after != ""), t("history.tried_change", before=item.before, after=item.after)),
        _part(item.minutes != "", t("history.minutes", n=item.minutes)),
    )


def _part(shown: Any, words: Any) -> rx.Component:
    piece = rx.el.span(words, class_name="piece")
    return piece if shown is True else rx.cond(shown, piece, rx.fragment())

"""Words and alerts: "I'm OK", what came from people with a link, and what each of them is told."""

import reflex as rx

from taper_app.components.forms import error_summary
from taper_app.components.panels import nav_list, nav_row, signed_in, when_loaded
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.states.care import CareRow, CareState, WordRow

FLARES = (5, 6, 7, 8, 9, 10)
QUIET = (1, 2, 3, 5, 7, 14)


def care() -> rx.Component:
    """Saying comes first, then what came, then the choices for each link."""
    return page(
        t("care.title"),
        signed_in(
            rx.el.p(t("care.lead"), class_name="soft"),
            rx.el.span(hidden=True, on_unmount=CareState.leave),
            when_loaded(CareState, error_summary(CareState.errors), _say(), _words(), _links(), what="care"),
        ),
        over=t("more.title"),
        tab="more",
    )


def _say() -> rx.Component:
    return rx.el.section(
        rx.cond(
            CareState.says.length() > 0,
            rx.el.div(
                rx.foreach(CareState.says, lambda kind: rx.el.p(rx.cond(kind == "ok", t("care.says_ok"), t("care.says_company")))),
                rx.el.p(t("care.until"), class_name="soft small"),
                rx.el.button(t("care.unsay"), type="button", class_name="link", on_click=CareState.unsay),
                class_name="note",
                role="status",
            ),
            rx.fragment(),
        ),
        rx.el.button(t("care.ok"), type="button", class_name="btn", on_click=CareState.say("ok")),
        rx.el.button(t("care.company"), type="button", class_name="btn quiet", on_click=CareState.say("company")),
        rx.el.p(t("care.say_hint"), class_name="soft small"),
        class_name="sheet pad gap",
    )


def _words() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("care.words")),
        rx.cond(
            CareState.words.length() > 0,
            rx.el.ul(rx.foreach(CareState.words, _word), class_name="sheet plain lines"),
            rx.el.p(t("care.no_words"), class_name="note"),
        ),
        class_name="gap-l",
    )


def _word(row: rx.vars.ObjectVar[WordRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="strong"),
            rx.el.p(rx.cond(row.text == "", t("care.heart"), row.text)),
            rx.el.p(row.at, class_name="soft small num"),
            rx.el.button(
                t("care.clear"),
                type="button",
                class_name="link",
                aria_label=t("care.clear_of", label=row.label),
                on_click=CareState.clear(row.id),
            ),
            class_name="pad",
        )
    )


def _links() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("care.links")),
        rx.el.p(t("care.links_hint"), class_name="soft"),
        rx.cond(
            CareState.rows.length() > 0,
            rx.el.div(rx.foreach(CareState.rows, _link), class_name="sheet folds gap"),
            rx.el.p(t("care.no_links"), class_name="note"),
        ),
        rx.el.div(nav_list(nav_row("/share", t("share.title"))), class_name="gap"),
        class_name="gap-l",
    )


def _link(row: rx.vars.ObjectVar[CareRow]) -> rx.Component:
    """Its name and what is on; its choices open on a tap, and stay open while they are saved."""
    return rx.el.details(
        rx.el.summary(rx.el.div(rx.el.h3(row.label, class_name="flush"), rx.el.p(_state(row), class_name="soft small"))),
        rx.el.form(
            _tick("replies", row.replies, row, t("care.replies"), t("care.replies_hint")),
            _tick("muted", row.muted, row, t("care.muted"), t("care.muted_hint")),
            rx.el.p(t("care.alerts"), class_name="strong gap"),
            rx.cond(row.sees_flares, _number("flare", row.flare, row, t("care.flare"), FLARES), rx.fragment()),
            _number("quiet_days", row.quiet_days, row, t("care.quiet_days"), QUIET),
            _tick("company", row.company, row, t("care.alert_company"), ""),
            rx.el.p(t("care.discreet"), class_name="soft small"),
            rx.el.button(t("care.save"), type="submit", class_name="btn gap"),
            rx.cond(CareState.saved == row.id, rx.el.p(t("care.saved"), role="status"), rx.fragment()),
            rx.el.input(type="hidden", name="id", value=row.id),
            on_submit=CareState.choose,
            reset_on_submit=False,
            class_name="under",
        ),
    )


def _state(row: rx.vars.ObjectVar[CareRow]) -> rx.Component:
    """What is on for a link, in one line."""
    told = (row.flare != "") | (row.quiet_days != "") | row.company
    words = rx.cond(row.muted, t("care.on_muted"), t("care.on_replies"))
    return rx.cond(
        row.replies,
        rx.cond(told, rx.fragment(words, " · ", t("care.on_alerts")), words),
        rx.cond(told, t("care.on_alerts"), t("care.on_none")),
    )


def _tick(name: str, checked: rx.Var, row: rx.vars.ObjectVar[CareRow], words: object, hint: object) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, id=row.id + "-" + name, default_checked=checked),
        rx.el.span(words, rx.el.span(hint, class_name="hint") if hint else rx.fragment()),
        class_name="choice",
    )


def _number(name: str, value: rx.Var, row: rx.vars.ObjectVar[CareRow], words: object, numbers: tuple[int, ...]) -> rx.Component:
    id_ = row.id + "-" + name
    return rx.el.div(
        rx.el.label(words, html_for=id_),
        rx.el.select(
            rx.el.option(t("care.none"), value=""),
            *[rx.el.option(str(n), value=str(n)) for n in numbers],
            id=id_,
            name=name,
            default_value=value,
            class_name="input",
        ),
        class_name="field",
    )

"""Helping: whom one enters for, and for the one chosen their day. Online only; every tap goes through the server."""

from typing import Any

import reflex as rx

from taper_app.components.forms import error_summary, field, scale, text_input, wrong
from taper_app.components.from_address import fill_from_address
from taper_app.components.named import group
from taper_app.components.on_change import on_change
from taper_app.components.panels import signed_in, when_loaded
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.states.helping import HelpingState as S
from taper_app.states.helping_views import NUMBERS, DueRow, HelpedRow, LoggedRow


def helping() -> rx.Component:
    """The list, or one person's day."""
    return page(
        rx.cond(S.who == "", t("helping.title"), t("helping.title_for", name=S.name)),
        signed_in(
            rx.el.span(hidden=True, on_unmount=S.leave),
            on_change(S.refresh),
            when_loaded(S, _note(), rx.cond(S.who == "", _everyone(), _day()), what="helping"),
        ),
        back=("/helpers", t("helpers.title")),
        tab="more",
    )


def _note() -> rx.Component:
    words = rx.match(S.note, ("offered", t("helping.offered")), ("saved", t("helping.saved")), ("over", t("helping.over")), "")
    return rx.el.div(rx.cond(words != "", rx.el.p(words, class_name="note"), rx.fragment()), role="status")


def _everyone() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("helping.lead"), class_name="soft"),
        rx.cond(
            S.people.length() > 0,
            rx.el.section(
                rx.el.h2(t("helping.people")),
                rx.el.ul(rx.foreach(S.people, _person), class_name="plain stack"),
            ),
            rx.el.p(t("helping.none"), class_name="note"),
        ),
        rx.el.form(
            rx.el.h2(t("helping.have_code")),
            error_summary(S.errors),
            field(
                t("helping.code"),
                text_input("code", error=wrong(S, "code"), auto_capitalize="characters", spell_check=False),
                id="code",
                hint=t("helping.code_hint"),
                error=wrong(S, "code"),
            ),
            rx.el.button(t("helping.offer"), type="submit", class_name="btn"),
            key=S.people.length().to(str),
            on_submit=S.offer,
            reset_on_submit=False,
            on_mount=fill_from_address("code"),
            class_name="gap-l",
        ),
    )


def _person(row: rx.vars.ObjectVar[HelpedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h3(row.name, class_name="flush"),
            rx.cond(
                row.account != "",
                rx.el.button(t("helping.open", name=row.name), type="button", class_name="btn gap-s", on_click=S.pick(row.account)),
                rx.el.p(t("helping.waiting", name=row.name)),
            ),
            rx.cond(
                S.question == row.id,
                rx.el.div(
                    rx.el.p(t("helping.stop_ask", name=row.name)),
                    rx.el.button(t("helping.stop_yes"), type="button", class_name="btn", on_click=S.stop(row.id)),
                    rx.el.button(t("helping.stop_no"), type="button", class_name="btn quiet", on_click=S.ask("")),
                    class_name="note",
                ),
                rx.el.button(
                    rx.cond(row.account != "", t("helping.stop", name=row.name), t("helping.take_back")),
                    type="button",
                    class_name="link",
                    on_click=S.ask(row.id),
                ),
            ),
            class_name="sheet pad",
        )
    )


def _day() -> rx.Component:
    return rx.el.div(
        rx.el.button(t("helping.back"), type="button", class_name="link", on_click=S.pick("")),
        rx.el.p(t("helping.leave_it", name=S.name), class_name="note"),
        rx.cond(
            S.form == "",
            rx.fragment(error_summary(S.errors), rx.cond(S.may.contains("dose"), _due(), rx.fragment()), _add()),
            rx.match(S.form, *[(kind, _form(kind)) for kind in NUMBERS], rx.fragment()),
        ),
        _logged(),
    )


def _due() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("helping.due")),
        rx.cond(
            S.due.length() > 0,
            rx.el.ul(rx.foreach(S.due, _dose), class_name="sheet plain lines"),
            rx.el.p(t("helping.no_dose"), class_name="soft"),
        ),
    )


def _dose(row: rx.vars.ObjectVar[DueRow]) -> rx.Component:
    logged = rx.match(
        row.state,
        ("taken", t("helping.state.taken")),
        ("skipped", t("helping.state.skipped")),
        ("twice", t("helping.state.twice")),
        t("helping.state.different"),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(row.when, class_name="soft small"),
                rx.el.p(rx.el.strong(row.words), " ", rx.el.span(row.medicine, class_name="soft")),
                class_name="grow",
            ),
            rx.cond(
                row.state == "open",
                rx.fragment(_tap(row, "taken", "take"), _tap(row, "skipped", "link")),
                rx.el.span(logged, class_name="tag"),
            ),
            class_name="row",
        )
    )


def _tap(row: rx.vars.ObjectVar[DueRow], action: str, look: str) -> rx.Component:
    return rx.el.button(
        t(f"helping.{action}"),
        type="button",
        class_name=look,
        aria_label=t(f"helping.{action}_named", dose=row.when + ", " + row.words),
        on_click=S.log_dose(row.key, action),
    )


def _add() -> rx.Component:
    names = {"flare": t("helping.flare"), "check_in": t("helping.check_in", name=S.name), "option_tried": t("helping.option_tried")}
    return rx.el.section(
        rx.el.h2(t("helping.add")),
        *[
            rx.cond(
                S.may.contains(kind),
                rx.el.button(words, type="button", class_name="btn flare" if kind == "flare" else "btn quiet", on_click=S.start(kind)),
                rx.fragment(),
            )
            for kind, words in names.items()
        ],
    )


def _form(kind: str) -> rx.Component:
    save = rx.el.button(t("helping.save"), type="submit", class_name="btn flare" if kind == "flare" else "btn")
    return rx.el.form(
        error_summary(S.errors),
        *({"flare": _flare, "check_in": _check_in, "option_tried": _tried}[kind]()),
        _line("note", t("helping.note")),
        save,
        rx.el.button(t("helping.cancel"), type="button", class_name="btn quiet", on_click=S.start("")),
        key=S.entry_id,
        on_submit=S.save,
        reset_on_submit=False,
    )


def _flare() -> list[rx.Component]:
    return [_number("severity_now", t("helping.pain_now"), (t("log.no_pain"), t("log.worst")))]


def _check_in() -> list[rx.Component]:
    return [
        _number("pain", t("helping.pain"), (t("log.no_pain"), t("log.worst"))),
        *[
            _number(name, t(f"check_in.{name}"), (t(f"check_in.{name}_low"), t(f"check_in.{name}_high")), calm=True)
            for name in ("relief", "sleep")
        ],
    ]


def _tried() -> list[rx.Component]:
    error = wrong(S, "option")
    first = rx.el.option(t("helping.choose"), value="")
    options = [rx.el.option(words, value=code) for code, words in group("options").items()]
    select = rx.el.select(first, *options, id="option", name="option", default_value=_given("option"), class_name="input")
    ends = (t("options.no_pain"), t("options.worst"))
    return [
        field(t("helping.option"), select, id="option", error=error),
        _number("before", t("helping.before"), ends),
        _number("after", t("helping.after"), ends),
    ]


def _line(name: str, label: Any) -> rx.Component:
    return field(label, text_input(name, value=_given(name), error=wrong(S, name)), id=name, error=wrong(S, name))


def _number(name: str, legend: Any, ends: tuple[Any, Any], *, calm: bool = False) -> rx.Component:
    return scale(name, legend, value=_given(name), ends=ends, error=wrong(S, name), calm=calm)


def _given(name: str) -> rx.Var:
    found = S.given[name]
    return rx.cond(found, found, "")


def _logged() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("helping.lately")),
        rx.cond(
            S.logged.length() > 0,
            rx.el.ul(rx.foreach(S.logged, _entry), class_name="sheet plain lines"),
            rx.el.p(t("helping.nothing"), class_name="soft"),
        ),
    )


def _entry(row: rx.vars.ObjectVar[LoggedRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(rx.el.span(row.words, class_name="strong")),
                rx.el.p(
                    row.time,
                    ", ",
                    rx.cond(
                        row.yours,
                        t("helping.by_you"),
                        t("helping.by", name=rx.cond(row.by != "", row.by, S.name)),
                    ),
                    class_name="soft small",
                ),
                class_name="grow",
            ),
            rx.cond(
                row.yours,
                rx.fragment(
                    rx.cond(row.kind != "dose", _do(row, "correct", S.correct(row.id)), rx.fragment()),
                    _do(row, "take_out", S.take_out(row.id)),
                ),
                rx.fragment(),
            ),
            class_name="row",
        )
    )


def _do(row: rx.vars.ObjectVar[LoggedRow], what: str, event: Any) -> rx.Component:
    named = rx.el.span(" ", row.words, " ", row.time, class_name="hide")
    return rx.el.button(t(f"helping.{what}"), named, type="button", class_name="link small", on_click=event)

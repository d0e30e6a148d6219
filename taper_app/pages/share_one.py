"""One share: what it shows, who looked, and what can be done with it, the mildest thing first."""

from typing import Any

import reflex as rx

from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import signed_in, when_loaded
from taper_app.components.proving import prove_here
from taper_app.components.share_form import back_choices, day_choices, hour_choice, made_link, scope_choices
from taper_app.components.shell import link, page
from taper_app.components.words import t, tn
from taper_app.states.share_one import OneShareState

S = OneShareState


def share_one() -> rx.Component:
    """The share that the address names."""
    return page(
        rx.cond(S.loaded, S.label, t("share.title")),
        signed_in(
            rx.el.span(hidden=True, on_unmount=S.leave),
            rx.cond(
                S.missing,
                rx.el.p(t("share.missing"), class_name="note"),
                when_loaded(S, rx.cond(S.url != "", made_link(S), rx.fragment(_now(), _actions())), what="share"),
            ),
        ),
        back=("/share", t("share.title")),
        tab="more",
    )


def _now() -> rx.Component:
    """How it stands."""
    state = rx.match(
        S.status,
        ("open", rx.cond(S.frozen != "", t("share.frozen_words", at=S.frozen), t("share.open_words", day=S.until))),
        ("paused", t("share.paused_words")),
        ("locked", t("share.locked_words")),
        t("share.expired_words", day=S.until),
    )
    return rx.el.section(
        rx.cond(S.done != "", rx.el.p(t("share.changed"), class_name="note", role="status"), rx.fragment()),
        rx.el.p(state, class_name="strong"),
        rx.el.p(t("share.sees", what=S.scopes_words)),
        rx.el.p(rx.match(S.back, ("now", t("share.back_now")), ("all", t("share.back_all")), t("share.back_30_days")), class_name="soft"),
        rx.cond(S.has_pin, rx.el.p(t("share.has_pin"), class_name="soft"), rx.fragment()),
        # While something is asked, only that is asked.
        rx.cond(
            S.question == "",
            rx.fragment(link(t("share.preview", label=S.label), path="/shared?as=" + S.share_id, class_name="btn quiet"), _looks()),
            rx.fragment(),
        ),
        class_name="sheet pad",
    )


def _looks() -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("share.views")),
        rx.cond(S.wrong_pins > 0, rx.el.p(tn("share.wrong_pins", S.wrong_pins), class_name="note small"), rx.fragment()),
        rx.cond(
            S.views.length() > 0,
            rx.el.ul(rx.foreach(S.views, rx.el.li), class_name="plain small soft"),
            rx.el.p(t("share.no_views"), class_name="small soft"),
        ),
    )


def _actions() -> rx.Component:
    return rx.match(
        S.question,
        ("change", _change()),
        ("days", _days()),
        ("pin", _pin()),
        ("rotate", _rotate()),
        ("end", _end()),
        rx.el.div(
            rx.el.ul(
                _row(t("share.change"), "change"),
                _row(t("share.renew"), "days"),
                _row(rx.cond(S.has_pin, t("share.pin_other"), t("share.pin_set")), "pin"),
                _row(t("share.rotate"), "rotate"),
                rx.cond(
                    S.status == "paused",
                    _button(t("share.go_on"), S.pause, t("share.go_on_hint")),
                    _button(t("share.pause"), S.pause, t("share.pause_hint")),
                ),
                rx.cond(
                    S.frozen != "",
                    _button(t("share.thaw"), S.freeze, t("share.thaw_hint")),
                    _button(t("share.freeze"), S.freeze, t("share.freeze_hint")),
                ),
                _row(t("share.end"), "end"),
                class_name="sheet plain",
            ),
            prove_here(S, "pause"),
            prove_here(S, "freeze"),
            class_name="gap",
        ),
    )


def _row(words: Any, what: str) -> rx.Component:
    return _button(words, S.ask(what))


def _button(words: Any, event: Any, hint: Any = "") -> rx.Component:
    told = (rx.el.br(), rx.el.span(hint, class_name="soft small")) if hint else ()
    return rx.el.li(rx.el.button(rx.el.span(words, *told, class_name="grow"), type="button", class_name="row", on_click=event))


def _keep() -> rx.Component:
    return rx.el.button(t("share.keep"), type="button", class_name="btn quiet", on_click=S.ask(""))


def _form(title: Any, *children: rx.Component, on_submit: Any) -> rx.Component:
    return rx.el.form(
        rx.el.h2(title),
        error_summary(S.errors),
        *children,
        rx.el.button(t("share.save"), type="submit", class_name="btn"),
        *[prove_here(S, name) for name in ("change", "renew", "keep_pin")],
        _keep(),
        on_submit=on_submit,
        reset_on_submit=False,
        class_name="gap",
    )


def _change() -> rx.Component:
    return _form(
        t("share.change"),
        field(t("share.label"), text_input("label", value=S.typed_label, error=wrong(S, "label")), id="label", error=wrong(S, "label")),
        scope_choices(t("share.scopes"), S.scopes, wrong(S, "scopes")),
        back_choices(S.back),
        hour_choice(S.by_hour),
        rx.el.p(t("share.angry"), class_name="note"),
        on_submit=S.change,
    )


def _days() -> rx.Component:
    return _form(t("share.renew"), day_choices(S), on_submit=S.renew)


def _pin() -> rx.Component:
    return _form(
        rx.cond(S.has_pin, t("share.pin_other"), t("share.pin_set")),
        field(
            t("share.pin"),
            text_input("pin", error=wrong(S, "pin"), max_length=12),
            id="pin",
            hint=rx.cond(S.has_pin, t("share.pin_off_hint"), t("share.pin_hint")),
            error=wrong(S, "pin"),
        ),
        # A PIN is asked at the door, and not of who is in.
        rx.cond(S.in_use, rx.el.p(t("share.pin_stays"), class_name="note small"), rx.fragment()),
        on_submit=S.keep_pin,
    )


def _rotate() -> rx.Component:
    return rx.el.div(
        rx.el.h2(t("share.rotate")),
        rx.el.p(t("share.rotate_ask", label=S.label)),
        rx.el.button(t("share.rotate_yes"), type="button", class_name="btn", on_click=S.rotate),
        prove_here(S, "rotate"),
        _keep(),
        class_name="sheet pad gap",
    )


def _end() -> rx.Component:
    """Now, on its date, or frozen at this hour."""
    return rx.el.div(
        rx.el.h2(t("share.end_ask", label=S.label)),
        rx.el.p(t("share.angry")),
        rx.el.button(t("share.end_yes"), type="button", class_name="btn", on_click=S.end),
        rx.cond(
            S.frozen == "",
            rx.el.button(t("share.end_frozen"), type="button", class_name="btn quiet", on_click=S.freeze),
            rx.fragment(),
        ),
        rx.el.button(t("share.end_date", day=S.until), type="button", class_name="btn quiet", on_click=S.ask("")),
        class_name="sheet pad gap",
    )

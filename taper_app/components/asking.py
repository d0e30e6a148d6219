"""Questions of the store's forms: each writes to the form at once, so nothing typed waits for a button."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from taper_app.components.forms import chip, scale
from taper_app.components.named import group
from taper_app.components.problem import problem
from taper_app.components.words import t
from taper_app.pwa.store import set_field, store, toggle_chip


def form_of(form: str) -> Any:
    """The Var of one form of the store."""
    return getattr(store.forms, form)


def scale_field(form: str, name: str, legend: Any, *, ends: tuple[str, str], calm: bool = True, heading: bool = True) -> rx.Component:
    """0 to 10, none chosen beforehand; once chosen it can be cleared, since it is nobody's duty to answer."""
    value = getattr(form_of(form), name)
    words = rx.el.h2(legend) if heading else rx.el.span(legend, class_name="hide")
    return rx.el.div(
        scale(f"{form}-{name}", words, value=value, on_pick=lambda n: set_field(form, name, str(n)), ends=ends, calm=calm),
        rx.cond(
            value != "",
            rx.el.button(
                t("log.clear"),
                rx.el.span(" ", legend, class_name="hide"),
                type="button",
                class_name="link small",
                on_click=set_field(form, name, ""),
            ),
            rx.fragment(),
        )
        if heading
        else rx.fragment(),
        problem(form_of(form), name, id=f"{form}-{name}"),
    )


def chips(form: str, name: str, codes: Iterable[tuple[str, str]]) -> list[rx.Component]:
    """One chip for each (code, words), in a list field of a form."""
    chosen = getattr(form_of(form), name)
    return [chip(words, on=chosen.contains(code), on_click=toggle_chip(form, name, code)) for code, words in codes]


def chip_field(form: str, name: str, legend: Any, area: str, *extra: rx.Component, hint: Any = "") -> rx.Component:
    """All words of one kind, to tap as many as fit."""
    return group_field(legend, *chips(form, name, group(area).items()), *extra, hint=hint)


def one_of(form: str, name: str, legend: Any, area: str, only_if_chosen: tuple[str, ...] = ()) -> rx.Component:
    """One word of a few; tapping it again takes it back. Some are shown only where they are chosen already."""
    value = getattr(form_of(form), name)

    def one(code: str, words: str) -> rx.Component:
        made = chip(words, on=value == code, on_click=set_field(form, name, rx.cond(value == code, "", code)))
        return rx.cond(value == code, made, rx.fragment()) if code in only_if_chosen else made

    return group_field(legend, *[one(code, words) for code, words in group(area).items()])


def group_field(legend: Any, *children: rx.Component, hint: Any = "") -> rx.Component:
    """Chips under one question."""
    return rx.el.fieldset(
        rx.el.legend(rx.el.h2(legend)),
        rx.el.span(hint, class_name="hint") if hint else rx.fragment(),
        rx.el.div(*children, class_name="chips"),
        class_name="field",
    )


def text_field(form: str, name: str, label: Any, *, hint: Any = "", **props: Any) -> rx.Component:
    """A few words, on one line or in a box of several (`rows`)."""
    id = f"{form}-{name}"
    here = form_of(form)
    control = rx.el.textarea if "rows" in props else rx.el.input
    return rx.el.div(
        rx.el.label(label, html_for=id),
        rx.el.span(hint, class_name="hint", id=f"{id}-hint") if hint else rx.fragment(),
        problem(here, name, id=id),
        control(
            id=id,
            value=getattr(here, name),
            on_change=set_field(form, name),
            class_name=props.pop("class_name", "input"),
            auto_complete="off",
            aria_describedby=f"{id}-hint {id}-error" if hint else f"{id}-error",
            aria_invalid=rx.cond((here.error != "") & (here.error_field == name), "true", "false"),
            **props,
        ),
        class_name="field",
    )


def moment_field(form: str, names: tuple[str, str], legend: Any, *, hint: Any = "") -> rx.Component:
    """A day and a time, both as the phone asks for them."""
    day, time = names
    return rx.el.fieldset(
        rx.el.legend(rx.el.h2(legend)),
        rx.el.span(hint, class_name="hint") if hint else rx.fragment(),
        rx.el.div(
            text_field(form, day, t("log.day"), type="date"),
            text_field(form, time, t("log.time"), type="time"),
            class_name="inline",
        ),
        class_name="field",
    )

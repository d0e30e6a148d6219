"""Pieces for asking: after the NHS and GOV.UK patterns, a label, a hint, the error in words, then the input."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from taper_app.components.words import t


def field(
    label: Any,
    control: rx.Component,
    *,
    id: Any,
    hint: Any = "",
    error: Any = "",
) -> rx.Component:
    """A labelled control. `error` may be a Var: the words of what is wrong, or an empty string."""
    return rx.el.div(
        rx.el.label(label, html_for=id),
        _if_text(hint, lambda words: rx.el.span(words, class_name="hint", id=_id(id, "hint"))),
        _if_text(error, lambda words: rx.el.span(words, class_name="error", id=_id(id, "error"))),
        control,
        class_name=_field_class(error),
    )


def text_input(id: Any, *, value: Any = "", error: Any = "", **props: Any) -> rx.Component:
    """An uncontrolled text input: what is typed stays in the browser until the form is sent, and after a refusal."""
    return rx.el.input(
        id=id,
        name=props.pop("name", id),
        default_value=value,
        class_name=props.pop("class_name", "input"),
        auto_complete=props.pop("auto_complete", "off"),
        aria_invalid=rx.cond(error != "", "true", "false") if isinstance(error, rx.Var) else "false",
        aria_describedby=_id(id, "error"),
        **props,
    )


def select_input(id: Any, options: Sequence[tuple[str, str]] | rx.Var, *, value: Any = "", **props: Any) -> rx.Component:
    """A select; options are (value, words)."""
    items = [rx.el.option(words, value=key) for key, words in options] if not isinstance(options, rx.Var) else [options]
    return rx.el.select(*items, id=id, name=props.pop("name", id), default_value=value, class_name="input", **props)


def radios(name: str, legend: Any, options: Sequence[tuple[str, Any]], *, value: Any = "", error: Any = "", hint: Any = "") -> rx.Component:
    """A question with a few answers, none of them ticked beforehand unless `value` says so."""
    return rx.el.fieldset(
        rx.el.legend(legend),
        _if_text(hint, lambda words: rx.el.span(words, class_name="hint")),
        _if_text(error, lambda words: rx.el.span(words, class_name="error", id=_id(name, "error"))),
        *[
            rx.el.label(
                rx.el.input(type="radio", name=name, value=key, id=f"{name}-{key}", default_checked=value == key),
                rx.el.span(words),
                class_name="choice",
            )
            for key, words in options
        ],
        class_name=_field_class(error),
        id=name,
    )


def checkbox(name: str, label: Any, *, checked: Any = False, hint: Any = "") -> rx.Component:
    """One thing to tick."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, id=name, default_checked=checked),
        rx.el.span(label, _if_text(hint, lambda words: rx.el.span(words, class_name="hint"))),
        class_name="choice",
    )


def scale(
    name: str, legend: Any, *, value: Any, ends: tuple[Any, Any], on_pick: Any = None, error: Any = "", calm: bool = False
) -> rx.Component:
    """0 to 10 as eleven radio buttons, large enough for a shaking thumb.

    value: a Var of text: "6", or "" for no answer. on_pick: n -> event, called at compile time with each number, for a
    value that the store holds; without it the value is only the first, and goes with its form. ends: words for 0 and 10.
    calm: teal instead of plum, for what is not pain.
    """

    def picked(n: int) -> dict[str, Any]:
        return {"default_checked": value == str(n)} if on_pick is None else {"checked": value == str(n), "on_change": on_pick(n)}

    return rx.el.fieldset(
        rx.el.legend(legend, class_name="hide" if not legend else ""),
        _if_text(error, lambda words: rx.el.span(words, class_name="error")),
        rx.el.div(
            *[
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=name,
                        value=str(n),
                        aria_label=t("forms.scale_number", n=n, low=ends[0], high=ends[1]),
                        **picked(n),
                    ),
                    rx.el.span(str(n), aria_hidden="true"),
                )
                for n in range(11)
            ],
            class_name="scale calm" if calm else "scale",
        ),
        rx.el.div(
            rx.el.span(t("forms.scale_low", words=ends[0])),
            rx.el.span(t("forms.scale_high", words=ends[1])),
            class_name="ends",
            aria_hidden="true",
        ),
        class_name=_field_class(error),
        **({"id": name} if on_pick is None else {}),
    )


def chip(label: Any, *, on: Any, on_click: Any) -> rx.Component:
    """A word to tap; tapping again takes it back."""
    return rx.el.button(label, type="button", class_name="chip", aria_pressed=rx.cond(on, "true", "false"), on_click=on_click)


def error_summary(errors: rx.Var, key: str = "forms.problem") -> rx.Component:
    """What is wrong, at the top of the form, each linked to its field.

    errors: Var of a list of objects with `id` and `message`. It takes the focus when it appears.
    """
    return rx.cond(
        errors.length() > 0,
        rx.el.div(
            rx.el.h2(t(key)),
            rx.el.ul(rx.foreach(errors, lambda e: rx.el.li(_to_field(e))), class_name="plain"),
            class_name="error-summary",
            role="alert",
            tab_index=-1,
            on_mount=_take_focus(),
        ),
        rx.fragment(),
    )


def _take_focus() -> FunctionVar:
    # React gives the focus by itself to fields only.
    return FunctionStringVar.create("(() => document.querySelector('.error-summary')?.focus())")


def _to_field(error: Any) -> rx.Component:
    """The words, leading to their field: the input with that id, or the first one inside it.

    Not an `a`: Reflex makes a link to "#id" one of its router's, which drops the query from the address.
    """
    find = f"const e = document.getElementById({error.id!s}); const inputs = 'input, select, textarea';"
    go = FunctionStringVar.create(
        f"(() => {{ {find} (e?.matches(inputs) ? e : e?.querySelector(inputs))?.focus(); }})", _var_data=error._get_all_var_data()
    )
    return rx.el.button(error.message, type="button", class_name="link", on_click=go)


def wrong(state: Any, id: Any) -> rx.Var:
    """The words beside one field of a State screen, "" when it is fine."""
    found = state.wrong[id]
    return rx.cond(found, found, "")


def _id(base: Any, suffix: str) -> Any:
    return f"{base}-{suffix}"


def _field_class(error: Any) -> Any:
    return rx.cond(error != "", "field wrong", "field") if isinstance(error, rx.Var) else "field"


def _if_text(words: Any, build: Any) -> rx.Component:
    if isinstance(words, rx.Var):
        return rx.cond(words != "", build(words), rx.fragment())
    return build(words) if words else rx.fragment()

"""What is wrong with a store form, in words, beside the field or above the button."""

from typing import Any

import reflex as rx

from taper_app.components.words import choose, t

_CODES = [
    "required",
    "not_an_amount",
    "not_a_date",
    "not_a_time",
    "in_future",
    "out_of_range",
    "too_long",
    "not_signed_in",
    "from_the_future",
]


def problem(form: Any, name: str, *, id: str, required: str = "") -> rx.Component:
    """The error of one field of a form; nothing while there is none. `id` is that of its input, `required` its own words."""
    words = rx.cond(form.error == "required", required, problem_words(form)) if required else problem_words(form)
    return rx.cond(
        (form.error != "") & (form.error_field == name),
        rx.el.span(words, class_name="error", id=f"{id}-error", role="alert"),
        rx.fragment(),
    )


def any_problem(form: Any, required: Any) -> rx.Component:
    """The error of a form as a whole, above its button. `required`: the words where nothing is answered yet."""
    return rx.cond(
        form.error != "",
        rx.el.p(rx.cond(form.error == "required", required, problem_words(form)), class_name="error", role="alert"),
        rx.fragment(),
    )


def problem_words(form: Any) -> rx.Var[str]:
    """The words of the form's code."""
    return choose("log.wrong", form.error, _CODES, t("log.wrong.other"))

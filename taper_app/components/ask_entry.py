"""The questions of each kind of entry, for correcting it."""

from collections.abc import Callable

import reflex as rx

from taper_app.components.ask_check_in import check_in_questions
from taper_app.components.ask_flare import flare_details, pain_now
from taper_app.components.ask_peg import peg_questions
from taper_app.components.asking import form_of, moment_field, one_of, scale_field, text_field
from taper_app.components.named import named
from taper_app.components.words import t


def _flare() -> rx.Component:
    return rx.fragment(pain_now(t("entry.how_bad")), flare_details(when_ended=True))


def _dose() -> rx.Component:
    form = form_of("dose")
    return rx.fragment(
        rx.el.p(form.medication, class_name="large"),
        one_of("dose", "action", t("entry.what_happened"), "entry.action", only_if_chosen=("removed",)),
        rx.cond(
            form.action == "different",
            text_field("dose", "amount", t("entry.amount", unit=form.unit), input_mode="decimal", class_name="input short"),
            rx.fragment(),
        ),
        moment_field("dose", ("date", "time"), t("entry.when")),
    )


def _option_tried() -> rx.Component:
    ends = (t("log.no_pain"), t("log.worst"))
    return rx.fragment(
        rx.el.p(named("options", form_of("option_tried").option), class_name="large"),
        scale_field("option_tried", "before", t("entry.option_before"), ends=ends, calm=False),
        scale_field("option_tried", "after", t("entry.option_after"), ends=ends, calm=False),
        text_field("option_tried", "minutes", t("entry.option_minutes"), input_mode="numeric", class_name="input short"),
        text_field("option_tried", "note", t("entry.option_note"), rows="3"),
    )


def _note() -> rx.Component:
    return text_field("note", "text", t("entry.text"), rows="4")


def _condition() -> rx.Component:
    return rx.fragment(
        one_of("condition", "state", t("entry.state"), "condition_states"),
        text_field("condition", "said_by", t("entry.said_by")),
    )


QUESTIONS: dict[str, Callable[[], rx.Component]] = {
    "flare": _flare,
    "dose": _dose,
    "check_in": check_in_questions,
    "peg": peg_questions,
    "option_tried": _option_tried,
    "note": _note,
    "condition": _condition,
}

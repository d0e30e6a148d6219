"""An option: how often it was tried, and the short form to say so."""

from typing import Any

import reflex as rx

from taper_app.components.after_save import saved_state
from taper_app.components.asking import scale_field, text_field
from taper_app.components.problem import any_problem
from taper_app.components.words import t, tn
from taper_app.pwa.store import begin, clear, save_form, store

FORM = "option_tried"


def tried_line(option: str, otherwise: str) -> rx.Component:
    """How often this option was tried and how the last time went; `otherwise` while it was not."""
    past = store.options[option]
    return rx.cond(
        store.options.contains(option),
        rx.el.span(
            tn("options.tried", past.times),
            ", ",
            t("options.tried_last", day=past.last.short),
            rx.cond(
                (past.before != "") & (past.after != ""),
                rx.el.span(", ", t("options.tried_change", before=past.before, after=past.after)),
                rx.fragment(),
            ),
        ),
        rx.el.span(otherwise),
    )


def tried_form(option: str) -> rx.Component:
    """ "I tried it": pain before and after, each optional."""
    form: Any = store.forms.option_tried
    ends = (t("options.no_pain"), t("options.worst"))
    return rx.cond(
        store.phase == "signed_out",
        rx.fragment(),
        rx.el.section(
            rx.el.h2(t("options.i_tried")),
            rx.el.p(tried_line(option, t("options.tried_never")), class_name="soft small"),
            rx.cond(
                (form.saved_id != "") & ~form.dirty,
                rx.el.div(
                    saved_state(form),
                    rx.el.button(t("options.again"), type="button", class_name="btn quiet gap", on_click=clear(FORM)),
                ),
                rx.el.div(
                    scale_field(FORM, "before", t("options.before"), ends=ends, calm=False),
                    scale_field(FORM, "after", t("options.after"), ends=ends, calm=False),
                    text_field(FORM, "minutes", t("options.minutes"), input_mode="numeric", class_name="input short"),
                    text_field(FORM, "note", t("options.note")),
                    any_problem(form, t("options.required")),
                    rx.el.button(t("options.save"), type="button", class_name="btn flare", on_click=_save(option)),
                ),
            ),
            on_mount=begin(FORM, option=option),
            class_name="gap-l",
        ),
    )


def _save(option: str) -> list[Any]:
    # After "log another time" the form is blank: it is always about the page's own option.
    return [begin(FORM, option=option), save_form(FORM)]

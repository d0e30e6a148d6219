"""An option: how often it was tried, and the short form to say so."""

import reflex as rx

from taper_app.components.forms import field, scale
from taper_app.components.words import t, tn
from taper_app.pwa.store import begin, clear, save_form, set_field, store

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
    """"I tried it": pain before and after, each optional."""
    form = store.forms.option_tried
    ends = (t("options.no_pain"), t("options.worst"))
    return rx.cond(
        store.phase == "signed_out",
        rx.fragment(),
        rx.el.section(
            rx.el.h2(t("options.i_tried")),
            rx.el.p(tried_line(option, t("options.tried_never")), class_name="soft small"),
            rx.cond(
                form.saved_id != "",
                rx.el.div(
                    rx.el.p(rx.cond(form.sync == "saved", t("options.saved"), t("options.waiting")), class_name="note", role="status"),
                    rx.el.button(t("options.again"), type="button", class_name="btn quiet", on_click=clear(FORM)),
                ),
                rx.el.div(
                    scale("before", t("options.before"), value=form.before, on_pick=lambda n: set_field(FORM, "before", str(n)), ends=ends),
                    scale("after", t("options.after"), value=form.after, on_pick=lambda n: set_field(FORM, "after", str(n)), ends=ends),
                    field(
                        t("options.minutes"),
                        _input("minutes", form.minutes, input_mode="numeric"),
                        id="minutes",
                        error=_error(form, "minutes"),
                    ),
                    field(t("options.note"), _input("note", form.note), id="note", error=_error(form, "note")),
                    rx.el.button(t("options.save"), type="button", class_name="btn flare", on_click=save_form(FORM)),
                ),
            ),
            on_mount=begin(FORM, option=option),
            class_name="gap-l",
        ),
    )


def _input(name: str, value: rx.Var, **props: object) -> rx.Component:
    return rx.el.input(id=name, value=value, on_change=set_field(FORM, name), class_name="input", auto_complete="off", **props)


def _error(form: rx.Var, name: str) -> rx.Var:
    words = rx.match(
        form.error,
        ("required", t("options.error.required")),
        ("not_a_number", t("options.error.not_a_number")),
        ("out_of_range", t("options.error.out_of_range")),
        t("options.error.other"),
    )
    return rx.cond((form.error != "") & (form.error_field == name), words, "")

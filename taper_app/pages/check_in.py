"""How I feel: a few optional answers, none of them counted."""

import reflex as rx

from taper_app.components.after_save import focus_main, saved_state
from taper_app.components.ask_check_in import check_in_questions, very_low_help
from taper_app.components.panels import nav_list, nav_row
from taper_app.components.phases import bones, when_ready
from taper_app.components.problem import any_problem
from taper_app.components.shell import link, page
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, start_edit, store

FORM = "check_in"


def check_in() -> rx.Component:
    """Asks, and then thanks."""
    form = store.forms.check_in
    return page(
        t("check_in.title"),
        when_ready(
            bones(2, 9, 9),
            rx.cond(
                (form.saved_id != "") & ~form.editing & ~form.dirty,
                _saved(form),
                rx.fragment(
                    rx.el.p(t("check_in.lead"), class_name="soft"),
                    check_in_questions(),
                    any_problem(form, t("check_in.required")),
                    rx.el.button(t("check_in.save"), type="button", class_name="btn", on_click=save_form(FORM)),
                    rx.el.div(nav_list(nav_row("/peg", t("check_in.peg"), t("check_in.peg_hint"))), class_name="gap-l"),
                ),
            ),
        ),
        rx.el.div(on_mount=begin(FORM)),
        back=("/", t("shell.back_today")),
        tab="today",
    )


def _saved(form: rx.Var) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("check_in.saved_title")),
        saved_state(form),
        very_low_help(),
        rx.el.button(t("check_in.add"), type="button", class_name="btn quiet gap", on_click=start_edit(form.saved_id, "/entry/check_in")),
        link(t("check_in.today"), path="/", class_name="btn"),
        on_mount=focus_main(),
    )

"""Three questions about the past week (PEG), for a talk with the clinician. No line is drawn through the numbers."""

import reflex as rx

from taper_app.components.after_save import focus_main, saved_state
from taper_app.components.ask_peg import FORM, peg_questions
from taper_app.components.phases import bones, when_ready
from taper_app.components.problem import any_problem
from taper_app.components.shell import link, page
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, store


def peg() -> rx.Component:
    """Asks, and then thanks."""
    form = store.forms.peg
    return page(
        t("peg.title"),
        rx.el.p(t("peg.lead"), class_name="soft"),
        when_ready(
            bones(9, 9, 9),
            rx.cond(
                (form.saved_id != "") & ~form.editing & ~form.dirty,
                rx.el.section(
                    rx.el.h2(t("check_in.saved_title")),
                    saved_state(form),
                    link(t("check_in.today"), path="/", class_name="btn gap"),
                    on_mount=focus_main(),
                ),
                rx.fragment(
                    peg_questions(),
                    any_problem(form, t("peg.required")),
                    rx.el.button(t("peg.save"), type="button", class_name="btn", on_click=save_form(FORM)),
                ),
            ),
        ),
        rx.el.p(t("peg.source"), class_name="soft small gap"),
        rx.el.div(on_mount=begin(FORM)),
        back=("/check-in", t("check_in.title")),
        tab="today",
    )

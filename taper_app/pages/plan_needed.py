"""One as-needed line, put into the steps it was written for."""

from typing import Any

import reflex as rx

from taper_app.components.plan_page import rev, screen, summary, wrong
from taper_app.components.plan_words import starts_words
from taper_app.components.words import t
from taper_app.pages.plan_step import needed_fields
from taper_app.states.plan_needed import PlanNeededState as S


def needed() -> rx.Component:
    """The line, and a tick for each step."""
    return screen(S, t("plan_needed.title"), _form, back=("/plan/draft?id=" + S.plan_id + rev(S), "plan_step.back"))


def _form() -> rx.Component:
    error = wrong(S, "step-1")
    return rx.el.form(
        rx.el.p(t("plan_needed.lead"), class_name="soft"),
        summary(S),
        *needed_fields(S, ""),
        rx.cond(
            S.steps.length() > 1,
            rx.el.fieldset(
                rx.el.legend(t("plan_needed.steps")),
                rx.cond(error != "", rx.el.span(error, class_name="error"), rx.fragment()),
                rx.foreach(S.steps, _tick),
                class_name=rx.cond(error != "", "field wrong", "field"),
            ),
            rx.fragment(),
        ),
        rx.el.button(t("plan_needed.save"), type="submit", class_name="btn"),
        on_submit=S.save,
        reset_on_submit=False,
    )


def _tick(step: Any) -> rx.Component:
    id = "step-" + step.n.to(str)
    return rx.el.label(
        rx.el.input(type="checkbox", name=id, id=id),
        rx.el.span(t("plan_line.number", n=step.n), rx.el.span(starts_words(step), class_name="hint")),
        class_name="choice",
    )

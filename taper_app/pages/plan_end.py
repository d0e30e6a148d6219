"""How the plan ends: one question, nothing ticked beforehand."""

import reflex as rx

from taper_app.components.forms import field, text_input
from taper_app.components.plan_fields import choice
from taper_app.components.plan_page import here, rev, screen, summary, wrong
from taper_app.components.words import t
from taper_app.states.plan_end import PlanEndState as S


def end() -> rx.Component:
    """Stop with a last day, stay, or review on a day."""
    return screen(S, t("plan_end.title"), _form, back=("/plan/draft?id=" + S.plan_id + rev(S), "plan_step.back"))


def _form() -> rx.Component:
    return rx.el.form(
        summary(S),
        rx.el.fieldset(
            rx.el.legend(t("plan_end.question")),
            choice("ends", "stop", t("plan_end.stop"), S.ends, _date("last_day", t("plan_end.last_day_hint"), S.last_day)),
            choice("ends", "stay", t("plan_end.stay"), S.ends),
            choice("ends", "review", t("plan_end.review"), S.ends, _date("review_on", "", S.review_on)),
            class_name="field",
            id="ends",
        ),
        rx.el.button(t("plan_end.save"), type="submit", class_name="btn"),
        on_submit=S.save,
        reset_on_submit=False,
    )


def _date(id: str, hint: str, value: rx.Var) -> rx.Component:
    error = wrong(S, id)
    control = text_input(id, value=value, error=error, type="date", auto_focus=here(S, id))
    return field(t(f"plan_end.{id}"), control, id=id, hint=hint, error=error)

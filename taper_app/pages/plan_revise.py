"""The plan changed: from when, who said so, why; then the new steps on the pages of a draft."""

import reflex as rx

from taper_app.components.forms import field, text_input
from taper_app.components.plan_fields import said_fields
from taper_app.components.plan_page import screen, summary, wrong
from taper_app.components.words import t
from taper_app.states.plan_revise import PlanReviseState as S


def revise() -> rx.Component:
    """The head of a revision."""
    return screen(S, t("plan_revise.title"), _form, over=S.name, back=("/plan?id=" + S.plan_id, "plan_view.title"))


def _form() -> rx.Component:
    error = wrong(S, "strengths")
    given = S.given["strengths"]
    control = text_input("strengths", value=rx.cond(given, given, ""), error=error)
    return rx.el.form(
        rx.el.p(t("plan_revise.lead"), class_name="soft"),
        summary(S),
        said_fields(S, wrong, t("plan_revise.on"), S.given),
        field(t("plan_revise.strengths"), control, id="strengths", hint=t("plan_revise.strengths_hint"), error=error),
        rx.el.button(t("plan_revise.save"), type="submit", class_name="btn"),
        on_submit=S.save,
        reset_on_submit=False,
    )

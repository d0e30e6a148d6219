"""Paste the plan as text: the quick way into a draft that is then read back line by line."""

import reflex as rx

from taper_app.components.forms import field
from taper_app.components.plan_page import screen, summary, wrong
from taper_app.components.shell import link
from taper_app.components.words import t
from taper_app.states.plan_paste import PlanPasteState as S


def paste() -> rx.Component:
    """One large field, and what becomes of it."""
    return screen(S, t("plan_paste.title"), _form)


def _form() -> rx.Component:
    error = wrong(S, "text")
    words = rx.el.textarea(
        id="text",
        name="text",
        rows="8",
        class_name="input",
        auto_complete="off",
        spell_check=False,
        aria_invalid=rx.cond(error != "", "true", "false"),
        aria_describedby="text-hint text-error example",
    )
    return rx.el.form(
        rx.el.p(t("plan_paste.lead"), class_name="strong"),
        rx.el.p(t("plan_paste.promise"), class_name="soft"),
        summary(S),
        field(t("plan_paste.text"), words, id="text", hint=t("plan_paste.hint"), error=error),
        rx.el.p(t("plan_paste.example"), class_name="soft small", id="example"),
        rx.el.button(t("plan_paste.save"), type="submit", class_name="btn gap"),
        link(t("plan_paste.typed"), path="/plan/new", class_name="btn quiet"),
        on_submit=S.save,
        reset_on_submit=False,
    )

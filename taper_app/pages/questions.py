"""Questions for the visit: kept from Learn pages, or typed here."""

import reflex as rx

from taper_app.components.asking import text_field
from taper_app.components.panels import signed_in
from taper_app.components.problem import any_problem
from taper_app.components.shell import link, page
from taper_app.components.sync import sync_tag
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, store, undo
from taper_app.pwa.views import Question


def questions() -> rx.Component:
    """The list, and a line to add to it."""
    form = store.forms.question
    return page(
        t("questions.title"),
        signed_in(
            rx.el.p(t("questions.lead"), class_name="soft"),
            rx.cond(
                store.questions.length() > 0,
                rx.el.ul(rx.foreach(store.questions, _row), class_name="sheet plain gap"),
                rx.el.p(t("questions.none"), class_name="note"),
            ),
            rx.el.form(
                text_field("question", "text", t("questions.label"), rows="2"),
                any_problem(form, t("questions.error")),
                rx.el.button(t("questions.add"), type="button", class_name="btn", on_click=save_form("question")),
                on_mount=begin("question"),
                class_name="gap-l",
            ),
            link(t("questions.report"), path="/report", class_name="link gap"),
        ),
        over=t("more.title"),
        tab="more",
    )


def _row(question: rx.vars.ObjectVar[Question]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(question.text),
                rx.el.p(t("questions.added", day=question.day.short), " ", sync_tag(question.sync), class_name="soft small"),
                class_name="grow",
            ),
            rx.el.button(
                t("questions.remove"),
                rx.el.span(" ", question.text, class_name="hide"),
                type="button",
                class_name="link",
                on_click=undo(question.id),
            ),
            class_name="row",
        )
    )

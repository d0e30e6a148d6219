"""Questions for the visit: kept from Learn pages, or typed here."""

import reflex as rx

from taper_app.components.forms import field
from taper_app.components.panels import signed_in
from taper_app.components.shell import page
from taper_app.components.sync import sync_tag
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, set_field, store, undo
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
                field(
                    t("questions.label"),
                    rx.el.textarea(id="text", value=form.text, on_change=set_field("question", "text"), class_name="input", rows="2"),
                    id="text",
                    error=rx.cond(form.error != "", t("questions.error"), ""),
                ),
                rx.el.button(t("questions.add"), type="button", class_name="btn", on_click=save_form("question")),
                on_mount=begin("question"),
                class_name="gap-l",
            ),
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

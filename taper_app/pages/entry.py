"""One entry of History, to correct or to take out. Nothing is ever lost: earlier versions stay below."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from taper_app.components.after_save import focus_main
from taper_app.components.ask_entry import QUESTIONS
from taper_app.components.asking import form_of
from taper_app.components.phases import when_ready
from taper_app.components.problem import any_problem
from taper_app.components.shell import link, page
from taper_app.components.sync import sync_words
from taper_app.components.versions import versions, written_by
from taper_app.components.words import t
from taper_app.pwa.store import clear, go, save_form, undo


def entry(kind: str) -> Callable[[], rx.Component]:
    """The page of one kind of entry."""

    def build() -> rx.Component:
        form = form_of(kind)
        return page(
            t(f"entry.{kind}"),
            when_ready(rx.fragment(), rx.cond(form.editing, _open(kind, form), _none())),
            rx.el.div(on_mount=focus_main()),
            over=t("entry.over"),
            back=("/history", t("shell.history")),
            tab="history",
        )

    return build


def _open(kind: str, form: Any) -> rx.Component:
    return rx.fragment(
        written_by(form.saved_id),
        QUESTIONS[kind](),
        any_problem(form, t("entry.required")),
        rx.el.button(t("entry.save"), type="button", class_name="btn gap", on_click=save_form(kind)),
        rx.el.p(
            rx.cond(form.dirty, "", sync_words(form.sync)),
            role="status",
            class_name="soft small center gap-s",
        ),
        rx.el.details(
            rx.el.summary(t("entry.take_out")),
            rx.el.p(t("entry.take_out_ask")),
            rx.el.button(
                t("entry.take_out_yes"),
                type="button",
                class_name="btn quiet gap",
                on_click=[undo(form.saved_id), clear(kind), go("/history")],
            ),
            class_name="gap",
        ),
        versions(form.saved_id),
    )


def _none() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("entry.none_words")),
        link(t("entry.none_link"), path="/history", class_name="btn gap"),
    )

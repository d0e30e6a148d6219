"""Log pain: a number and Save. Everything else can wait, or never come."""

import reflex as rx

from taper_app.components.ask_flare import FORM, flare_details, pain_now
from taper_app.components.panels import signed_out
from taper_app.components.problem import any_problem
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.pwa.store import begin, clear, save_form, store


def log() -> rx.Component:
    """The two taps, and below them the rest."""
    form = store.forms.flare
    return page(
        t("log.title"),
        rx.cond(store.phase == "signed_out", signed_out(), rx.fragment()),
        rx.cond(form.editing, _older(), rx.fragment()),
        pain_now(),
        any_problem(form, t("log.pick_first")),
        _save(),
        rx.el.p(t("log.later"), class_name="soft small center gap-s"),
        flare_details(),
        _save(),
        rx.el.div(on_mount=begin(FORM)),
        over=t("log.over"),
        tab="log",
    )


def log_more() -> rx.Component:
    """The rest of a flare that was just logged."""
    form = store.forms.flare
    return page(
        t("log.more.title"),
        any_problem(form, t("log.pick_first")),
        flare_details(),
        pain_now(t("log.title")),
        _save(),
        over=t("log.over"),
        back=("/log/saved", t("log.more.back")),
        tab="log",
    )


def _save() -> rx.Component:
    return rx.el.button(t("log.save"), type="button", class_name="btn flare", on_click=save_form(FORM, "/log/saved"))


def _older() -> rx.Component:
    """An older entry was being changed here: it is kept apart from a new one."""
    return rx.el.div(
        rx.el.p(t("log.older")),
        rx.el.button(t("log.new"), type="button", class_name="btn flare quiet gap", on_click=clear(FORM)),
        class_name="note pain",
    )

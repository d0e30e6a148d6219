"""My safety details: the naloxone (through the store, like every entry) and the numbers to call (a setting)."""

from typing import Any

import reflex as rx

from taper_app.components.after_save import saved_state
from taper_app.components.asking import text_field
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import signed_in, when_loaded
from taper_app.components.problem import any_problem
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, store
from taper_app.states.people import PEOPLE, PeopleState


def people() -> rx.Component:
    """Two short forms, each saved on its own."""
    return page(
        t("people.title"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=PeopleState.leave),
            rx.el.p(t("people.lead"), class_name="soft"),
            rx.cond(store.ready, _naloxone(), rx.fragment()),
            when_loaded(PeopleState, _numbers(), what="people"),
        ),
        back=("/safety", t("safety.title")),
        tab="more",
    )


def _naloxone() -> rx.Component:
    form: Any = store.forms.naloxone
    return rx.el.section(
        rx.el.h2(t("safety.naloxone")),
        text_field("naloxone", "place", t("people.naloxone"), hint=t("people.naloxone_hint")),
        text_field("naloxone", "expires_on", t("people.expires"), type="date"),
        any_problem(form, t("people.error")),
        rx.el.button(t("people.save_naloxone"), type="button", class_name="btn", on_click=save_form("naloxone")),
        rx.cond((form.saved_id != "") & ~form.dirty, saved_state(form), rx.fragment()),
        on_mount=begin("naloxone"),
    )


def _numbers() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("safety.people")),
        error_summary(PeopleState.errors),
        field(
            t("people.after_hours"),
            text_input("after_hours", value=PeopleState.after_hours, error=wrong(PeopleState, "after_hours"), type="tel"),
            id="after_hours",
            hint=t("people.after_hours_hint"),
            error=wrong(PeopleState, "after_hours"),
        ),
        *[_person(n) for n in range(PEOPLE)],
        rx.el.button(t("people.save"), type="submit", class_name="btn"),
        rx.cond(PeopleState.saved, rx.el.p(t("people.done"), class_name="note", role="status"), rx.fragment()),
        on_submit=PeopleState.save,
        reset_on_submit=False,
    )


def _person(n: int) -> rx.Component:
    name, phone = f"name_{n}", f"phone_{n}"
    return rx.el.fieldset(
        rx.el.legend(t("people.person", n=n + 1)),
        rx.el.div(
            field(t("people.name"), text_input(name, value=PeopleState.people[n].name), id=name, error=wrong(PeopleState, name)),
            field(
                t("people.phone"),
                text_input(phone, value=PeopleState.people[n].phone, type="tel"),
                id=phone,
                error=wrong(PeopleState, phone),
            ),
            class_name="inline",
        ),
        class_name="field",
    )

"""My pain: what the clinician says of the cause, what was there before the plan, and own conditions."""

from typing import Any

import reflex as rx

from taper_app.components.after_save import saved_state
from taper_app.components.asking import chip_field, one_of, scale_field, text_field
from taper_app.components.phases import bones, when_ready
from taper_app.components.problem import any_problem
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.pwa.store import begin, save_form, store


def background() -> rx.Component:
    """Three short forms. None is scored; all help a clinician to read the rest."""
    ends = (t("log.no_pain"), t("log.worst"))
    return page(
        t("background.title"),
        rx.el.p(t("background.lead"), class_name="soft"),
        when_ready(
            bones(9, 9, 9),
            _form(
                "condition",
                t("background.condition"),
                one_of("condition", "state", t("background.state"), "condition_states"),
                text_field("condition", "said_by", t("background.said_by")),
            ),
            _form(
                "baseline",
                t("background.baseline"),
                chip_field("baseline", "allodynia", t("background.allodynia"), "allodynia", hint=t("background.allodynia_hint")),
                scale_field("baseline", "pain", t("background.pain"), ends=ends, calm=False),
            ),
            _form(
                "health",
                t("background.health"),
                rx.el.p(t("background.health_lead")),
                chip_field("health", "conditions", t("background.conditions"), "conditions", hint=t("background.conditions_hint")),
                chip_field("health", "risks", t("background.risks"), "risks", hint=t("background.risks_hint")),
                text_field("health", "note", t("background.health_note"), hint=t("background.health_note_hint")),
            ),
        ),
        over=t("more.title"),
        tab="more",
    )


def _form(name: str, title: str, *questions: rx.Component) -> rx.Component:
    form: Any = getattr(store.forms, name)
    return rx.el.section(
        rx.el.h2(title),
        *questions,
        any_problem(form, t("background.required")),
        rx.el.button(t("forms.save"), type="button", class_name="btn", on_click=save_form(name)),
        rx.cond((form.saved_id != "") & ~form.dirty, saved_state(form), rx.fragment()),
        on_mount=begin(name),
        class_name="gap-l",
    )

"""The medicine as on the label: the first page of a new plan, and where a draft's is changed."""

from typing import Any

import reflex as rx

from taper_app.components.forms import field, radios, select_input, text_input
from taper_app.components.plan_page import here, screen, summary, wrong
from taper_app.components.shell import link
from taper_app.components.words import t
from taper_app.domain.plan import FORMS, UNITS
from taper_app.states.plan_medicine import PlanMedicineState as S


def new() -> rx.Component:
    """A new plan begins with its medicine."""
    return screen(S, t("plan_medicine.new_title"), lambda: rx.fragment(_paste(), _form()))


def medicine() -> rx.Component:
    """The medicine of a draft."""
    return screen(S, t("plan_medicine.title"), _form, back=("/plan/draft?id=" + S.plan_id, "plan_step.back"))


def _paste() -> rx.Component:
    return link(t("plan_paste.link"), path="/plan/paste", class_name="link")


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.p(t("plan_medicine.lead"), class_name="soft"),
        summary(S),
        _text("name", hint=t("plan_medicine.name_hint")),
        _choice("form", t("plan_medicine.form"), [(form, t(f"plan_form.{form}")) for form in FORMS]),
        _choice("unit", t("plan_medicine.unit"), [(unit, unit) for unit in UNITS], hint=t("plan_medicine.unit_hint")),
        _text("strengths", hint=t("plan_medicine.strengths_hint")),
        _text("concentration", hint=t("plan_medicine.concentration_hint")),
        _radio("release", t("plan_medicine.release"), ("immediate", "extended", "unknown"), t("plan_medicine.release_hint")),
        _radio(
            "may_split",
            t("plan_medicine.split"),
            ("yes", "no", "unknown"),
            t("plan_medicine.split_hint"),
            words="split",
        ),
        _text("prescriber", hint=t("plan_medicine.prescriber_hint")),
        _before(),
        rx.el.button(t("plan_medicine.save"), type="submit", class_name="btn"),
        on_submit=S.save,
        reset_on_submit=False,
    )


def _text(id: str, hint: Any = "") -> rx.Component:
    error = wrong(S, id)
    control = text_input(id, value=_given(id), error=error, auto_focus=here(S, id))
    return field(t(f"plan_medicine.{id}"), control, id=id, hint=hint, error=error)


def _choice(id: str, label: str, options: list[tuple[str, str]], hint: Any = "") -> rx.Component:
    control = select_input(id, [("", t("plan_medicine.choose")), *options], value=_given(id), auto_focus=here(S, id))
    return field(label, control, id=id, hint=hint, error=wrong(S, id))


def _radio(name: str, legend: str, options: tuple[str, ...], hint: str, words: str = "") -> rx.Component:
    choices = [(key, t(f"plan_medicine.{words or name}_{key}")) for key in options]
    return radios(name, legend, choices, value=_given(name), hint=hint, error=wrong(S, name))


def _before() -> rx.Component:
    error = wrong(S, "history-text")
    return rx.fragment(
        field(
            t("plan_medicine.before"),
            rx.el.textarea(
                id="history-text",
                name="history-text",
                default_value=_given("history-text"),
                class_name="input",
                rows="2",
            ),
            id="history-text",
            hint=t("plan_medicine.before_hint"),
            error=error,
        ),
        rx.el.div(
            *[
                field(
                    t(f"plan_medicine.before_{name}"),
                    text_input(f"history-{name}", value=_given(f"history-{name}")),
                    id=f"history-{name}",
                    error=wrong(S, f"history-{name}"),
                )
                for name in ("from", "to")
            ],
            class_name="inline",
        ),
    )


def _given(name: str) -> rx.Var:
    found = S.given[name]
    return rx.cond(found, found, "")

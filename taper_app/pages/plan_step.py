"""One step: when it starts, how often, what is taken when, what is taken as needed."""

from typing import Any

import reflex as rx

from taper_app.components.forms import field, text_input
from taper_app.components.plan_fields import choice, when_field
from taper_app.components.plan_page import here, rev, screen, summary, wrong
from taper_app.components.words import t
from taper_app.states.plan_step import PlanStepState as S


def step() -> rx.Component:
    """The form of one step."""
    return screen(S, t("plan_step.title", n=S.n), _form, back=("/plan/draft?id=" + S.plan_id + rev(S), "plan_step.back"))


def _form() -> rx.Component:
    copied = rx.cond(S.copied > 0, t("plan_step.copied", n=S.copied), t("plan_step.lead"))
    return rx.el.form(
        rx.el.p(copied, class_name="soft"),
        summary(S),
        _starts(),
        _text("until", t("plan_step.until"), S.step.until, hint=t("plan_step.until_hint")),
        _rhythm(),
        rx.el.h2(t("plan_step.doses")),
        rx.foreach(S.days, _day),
        rx.cond(
            S.rhythm == "cycle",
            rx.el.button(t("plan_step.add_day"), type="button", class_name="btn quiet gap", on_click=S.add_day),
            rx.fragment(),
        ),
        rx.el.h2(t("plan_step.needed")),
        rx.el.p(t("plan_step.needed_hint"), class_name="hint"),
        rx.foreach(S.needed, _needed),
        rx.el.button(t("plan_step.add_needed"), type="button", class_name="btn quiet gap", on_click=S.add_needed),
        field(
            t("plan_step.note"),
            rx.el.textarea(id="note", name="note", default_value=S.step.note, class_name="input", rows="2"),
            id="note",
            error=wrong(S, "note"),
        ),
        rx.el.button(t("plan_step.save"), type="submit", class_name="btn"),
        on_submit=S.save,
        reset_on_submit=False,
    )


def _starts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("plan_step.starts")),
        choice(
            "starts_by",
            "date",
            t("plan_step.starts_date"),
            S.step.starts_by,
            _text("starts_on", t("plan_step.starts_on"), S.step.starts_on, type="date"),
        ),
        choice(
            "starts_by",
            "when",
            t("plan_step.starts_later"),
            S.step.starts_by,
            _text("starts_when", t("plan_step.starts_when"), S.step.starts_when, hint=t("plan_step.starts_when_hint")),
        ),
        class_name="field",
    )


def _rhythm() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("plan_step.rhythm")),
        _how("every_day"),
        choice(
            "rhythm",
            "every",
            t("plan_step.every"),
            S.rhythm,
            _text(
                "every_days",
                t("plan_step.every_days"),
                S.step.every_days,
                input_mode="numeric",
                hint=rx.cond(S.form == "patch", t("plan_step.patch_hint"), ""),
            ),
            on_change=S.choose_rhythm("every"),
        ),
        _how("cycle"),
        class_name="field",
        id="rhythm",
    )


def _how(key: str) -> rx.Component:
    return choice("rhythm", key, t(f"plan_step.{key}"), S.rhythm, on_change=S.choose_rhythm(key))


def _day(day: Any, d: Any) -> rx.Component:
    group = rx.cond((S.rhythm == "cycle") | (d > 0), "cycle-" + d.to(str), "doses").to(str)
    return rx.el.div(
        rx.cond(S.rhythm == "cycle", rx.el.h3(t("plan_step.day", n=d + 1)), rx.fragment()),
        rx.foreach(day.rows, lambda row, i: _dose(day, row, group + "-" + i.to(str), i)),
        rx.el.button(t("plan_step.add_dose"), type="button", class_name="btn quiet gap", on_click=S.add_dose(day.key)),
        rx.cond(
            (S.rhythm == "cycle") & (S.days.length() > 2),
            rx.el.button(t("plan_step.remove_day"), type="button", class_name="link", on_click=S.remove_day(day.key)),
            rx.fragment(),
        ),
        hidden=(d > 0) & (S.rhythm != "cycle"),
        key=day.key.to(str),
    )


def _dose(day: Any, row: Any, id: Any, i: Any) -> rx.Component:
    amount = rx.cond(S.unit != "", t("plan_step.amount", unit=S.unit), t("plan_step.amount_plain"))
    wrong_amount = wrong(S, id + "-amount")
    return rx.el.fieldset(
        rx.el.legend(t("plan_step.dose", n=i + 1)),
        when_field(id, row, wrong(S, id + "-at"), S.focus),
        rx.el.div(rx.foreach(row.counts, lambda count: _count(count, id)), class_name="inline"),
        rx.cond(
            S.form == "liquid",
            field(
                t("plan_step.volume"),
                text_input(id + "-volume", value=row.volume),
                id=id + "-volume",
                hint=t("plan_step.volume_hint"),
                error=wrong(S, id + "-volume"),
            ),
            rx.fragment(),
        ),
        field(
            amount,
            text_input(
                id + "-amount",
                value=row.amount,
                error=wrong_amount,
                input_mode="decimal",
                auto_focus=here(S, id + "-amount"),
            ),
            id=id + "-amount",
            hint=t("plan_step.amount_hint"),
            error=wrong_amount,
        ),
        rx.cond(
            day.rows.length() > 1,
            rx.el.button(t("plan_step.remove_dose"), type="button", class_name="link", on_click=S.remove_dose(day.key, row.key)),
            rx.fragment(),
        ),
        class_name="sheet pad dose",
        key=row.key.to(str),
    )


def _count(count: Any, id: Any) -> rx.Component:
    name = id + "-count-" + count.strength
    words = {"strength": count.strength, "unit": S.unit}
    label = rx.match(
        S.form,
        *[(form, t(f"plan_step.count.{form}", **words)) for form in ("tablet", "capsule", "patch")],
        t("plan_step.count.other", **words),
    )
    error = wrong(S, name)
    return field(label, text_input(name, value=count.count, error=error, input_mode="decimal"), id=name, error=error)


def _needed(line: Any, i: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("plan_step.needed")),
        *needed_fields(S, "as_needed-" + i.to(str) + "-", line),
        rx.el.button(t("plan_step.remove_needed"), type="button", class_name="link", on_click=S.remove_needed(line.key)),
        class_name="sheet pad dose",
        key=line.key.to(str),
    )


def needed_fields(state: Any, prefix: Any, line: Any = None) -> list[rx.Component]:
    """The inputs of one as-needed line."""
    names = {
        "amount": "amount",
        "for": "purpose",
        "at_most": "at_most",
        "per_hours": "per_hours",
        "as_written": "as_written",
    }
    made: dict[str, rx.Component] = {}
    for name, attribute in names.items():
        id, error = prefix + name, wrong(state, prefix + name)
        label = t(f"plan_needed.{name}") if name != "amount" else t("plan_needed.amount_plain")
        if name == "amount":
            label = rx.cond(state.unit != "", t("plan_needed.amount", unit=state.unit), label)
        value = "" if line is None else getattr(line, attribute)
        focus = state.focus == id
        control = text_input(id, value=value, error=error, auto_focus=focus)
        if name == "as_written":
            control = rx.el.textarea(id=id, name=id, default_value=value, class_name="input", rows="2", aria_describedby=id + "-error")
        made[name] = field(label, control, id=id, error=error, hint=t("plan_needed.for_hint") if name == "for" else "")
    return [
        made["as_written"],
        made["amount"],
        made["for"],
        rx.el.div(made["at_most"], made["per_hours"], class_name="inline"),
    ]


def _text(id: str, label: Any, value: Any, hint: Any = "", **props: Any) -> rx.Component:
    error = wrong(S, id)
    return field(label, text_input(id, value=value, error=error, auto_focus=here(S, id), **props), id=id, hint=hint, error=error)

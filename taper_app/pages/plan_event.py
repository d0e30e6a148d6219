"""Pause, go on, start a step, close: a short form, then the next 14 days, then Save."""

from typing import Any

import reflex as rx

from taper_app.components.forms import radios
from taper_app.components.plan_fields import said_fields
from taper_app.components.plan_page import screen, summary, wrong
from taper_app.components.plan_words import days_table, questions
from taper_app.components.words import choose, t
from taper_app.pages.plan_check import day_status
from taper_app.states.plan_event import PlanEventState as S

KINDS = ["hold", "resume", "start", "close"]


def event() -> rx.Component:
    """One thing the prescriber said."""
    title = rx.cond(S.kind != "", choose("plan_event.title", S.kind, KINDS), t("plan_view.said"))
    return screen(S, title, _both, over=S.name, back=("/plan?id=" + S.plan_id, "plan_view.title"))


def _both() -> rx.Component:
    return rx.fragment(rx.el.div(_form(), hidden=S.read), rx.cond(S.read, _read_back(), rx.fragment()))


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.p(choose("plan_event.lead", S.kind, KINDS), class_name="soft"),
        summary(S),
        said_fields(S, wrong, choose("plan_event.on", S.kind, KINDS)),
        rx.cond(
            S.kind == "resume",
            radios(
                "shift_later_dates",
                t("plan_event.shift"),
                [("yes", t("plan_event.shift_yes")), ("no", t("plan_event.shift_no"))],
                hint=t("plan_event.shift_hint"),
                error=wrong(S, "shift_later_dates"),
            ),
            rx.fragment(),
        ),
        rx.el.button(t("plan_event.preview"), type="submit", class_name="btn"),
        on_submit=S.preview,
        reset_on_submit=False,
    )


def _read_back() -> rx.Component:
    said: list[Any] = [(kind, t(f"plan_event.said.{kind}", day=S.on_day, name=S.said_by)) for kind in KINDS]
    return rx.el.section(
        rx.el.h2(t("plan_event.read")),
        rx.el.div(
            rx.el.p(rx.match(S.kind, *said, ""), class_name="strong"),
            rx.match(
                S.shift,
                ("yes", rx.el.p(t("plan_event.shifts_yes"))),
                ("no", rx.el.p(t("plan_event.shifts_no"))),
                rx.fragment(),
            ),
            rx.cond(S.reason != "", rx.el.p(S.reason, class_name="soft"), rx.fragment()),
            rx.el.p(t("plan_event.nothing_yet"), class_name="soft small"),
            class_name="sheet pad",
            role="status",
        ),
        summary(S),
        questions(S.questions),
        rx.el.h2(t("plan_event.days")),
        days_table(S.days, S.form, day_status),
        rx.el.div(
            rx.el.button(t("plan_event.save"), type="button", class_name="btn", on_click=S.save),
            rx.el.button(t("plan_event.change"), type="button", class_name="btn quiet", on_click=S.change),
            class_name="gap-l",
        ),
    )

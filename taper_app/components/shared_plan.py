"""A plan as a caregiver sees it: the stairs first; numbers only where the patient shares them."""

from typing import Any

import reflex as rx

from taper_app.components.amounts import pieces, when
from taper_app.components.staircase import staircase, stairs_table
from taper_app.components.words import t, tn
from taper_app.pwa.store import store


def shared_plan(plan: Any) -> rx.Component:
    """`plan` is a Var of `views.SharedPlan`."""
    numbers = plan.medication != ""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                rx.match(
                    plan.status,
                    ("before", t("shared.before")),
                    ("ended", t("shared.ended_plan")),
                    t("shared.step", step=plan.step, steps=plan.steps),
                )
            ),
            rx.el.span(plan.medication, class_name="soft small"),
            class_name="head",
        ),
        rx.cond(
            plan.stairs.flat,
            rx.cond(numbers, rx.el.p(t("shared.only_needed")), rx.fragment()),
            staircase(plan.stairs, t("shared.picture", step=plan.step, steps=plan.steps)),
        ),
        rx.el.p(_began(plan), " ", _next(plan)),
        rx.cond(
            plan.stairs.flat,
            rx.fragment(),
            rx.fragment(
                stairs_table(plan.stairs, plan.unit, patch=plan.form == "patch", numbers=numbers),
                rx.cond(plan.days.length() > 0, rx.el.div(rx.foreach(plan.days, _day), class_name="gap"), rx.fragment()),
            ),
        ),
        class_name="sheet pad plan",
    )


def _began(plan: Any) -> rx.Var[str]:
    return rx.match(
        plan.status,
        ("held", t("shared.paused_words")),
        (
            "active",
            rx.cond(
                plan.day_of_step == 1,
                t("shared.began_today"),
                rx.cond(plan.day_of_step > 1, tn("shared.began", plan.day_of_step - 1), ""),
            ),
        ),
        "",
    )


def _next(plan: Any) -> rx.Var[str]:
    name = store.shared.display_name
    return rx.match(
        plan.next.what,
        ("", ""),
        ("undated", t("shared.next_undated")),
        ("review", tn("shared.review", plan.next.days, name=name)),
        ("stop", tn("shared.stop", plan.next.days)),
        rx.cond(plan.next.days == 0, t("shared.next_today"), tn("shared.next", plan.next.days)),
    )


def _day(day: Any) -> rx.Component:
    return rx.fragment(
        rx.el.h3(rx.match(day.day.away, (0, t("shared.today")), (1, t("shared.tomorrow")), day.day.short)),
        rx.cond(
            day.doses.length() > 0,
            rx.el.ul(
                rx.foreach(day.doses, _dose),
                class_name="plain",
            ),
            rx.el.p(t("shared.no_dose"), class_name="soft"),
        ),
    )


def _dose(dose: Any) -> rx.Component:
    return rx.el.li(rx.el.span(when(dose), class_name="soft small clock"), rx.el.span(pieces(dose)), class_name="inline")

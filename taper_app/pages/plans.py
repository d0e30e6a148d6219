"""All plans side by side: one for each medicine."""

from typing import Any

import reflex as rx

from taper_app.components.plan_page import screen
from taper_app.components.shell import link
from taper_app.components.words import choose, t
from taper_app.states.plans import PlansState


def plans() -> rx.Component:
    """The list, and the way to a new plan."""
    return screen(PlansState, t("plan_list.title"), _list, back=("/more", "more.title"))


def _list() -> rx.Component:
    return rx.fragment(
        rx.cond(
            PlansState.plans.length() > 0,
            rx.fragment(
                rx.el.p(t("plan_list.lead"), class_name="soft"),
                rx.el.ul(rx.foreach(PlansState.plans, _row), class_name="sheet plain gap"),
            ),
            rx.el.p(t("plan_list.none"), class_name="note"),
        ),
        link(t("plan_list.add"), path="/plan/new", class_name="btn gap-l"),
    )


def _row(plan: Any) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span(rx.cond(plan.name != "", plan.name, t("plan_list.unnamed")), class_name="strong"),
                rx.el.br(),
                rx.el.span(
                    choose("plan_list.status", plan.status, ["draft", "active", "ended"]),
                    rx.cond(plan.prescriber != "", rx.fragment(" · ", t("plan_line.prescriber", name=plan.prescriber)), rx.fragment()),
                    class_name="soft small",
                ),
                class_name="grow",
            ),
            path=plan.path,
            class_name="row",
        )
    )

"""The overview of a plan that is being typed: copy the step before and change it is the usual way."""

from typing import Any

import reflex as rx

from taper_app.components.paper import paper
from taper_app.components.plan_page import rev, screen, summary
from taper_app.components.plan_words import end_words, gaps, medicine_words, step_words
from taper_app.components.shell import link
from taper_app.components.words import t, tn
from taper_app.states.plan_draft import PlanDraftState as S


def draft() -> rx.Component:
    """Medicine, steps, end; then the read-back."""
    title = rx.cond(S.revising, t("plan_draft.revise_title"), t("plan_draft.title"))
    over = rx.cond(S.revising, t("plan_draft.revise_over"), t("plan_draft.over"))
    return screen(S, title, _overview, over=over)


def _overview() -> rx.Component:
    many = S.steps.length()
    return rx.fragment(
        rx.el.p(t("plan_draft.lead"), class_name="soft"),
        summary(S),
        rx.el.h2(rx.cond(S.revising, t("plan_draft.head"), t("plan_draft.medicine"))),
        rx.el.div(
            _line(
                rx.cond(S.revising, _head(), rx.fragment(medicine_words(S.medicine), gaps(S.medicine.gaps))),
                rx.cond(S.revising, "/plan/revise?id=" + S.plan_id, "/plan/medicine?id=" + S.plan_id),
            ),
            class_name="sheet",
        ),
        rx.el.h2(t("plan_draft.steps")),
        rx.cond(
            many > 0,
            rx.el.ol(rx.foreach(S.steps, _step), class_name="sheet plain"),
            rx.el.p(t("plan_draft.no_steps"), class_name="note"),
        ),
        rx.el.div(
            rx.cond(
                many > 0,
                link(t("plan_draft.copy_last"), path=_step_path(many + 1, f"&new=1&copy={many}"), class_name="btn"),
                rx.cond(
                    S.revising,
                    link(t("plan_draft.copy_now"), path=_step_path(1, "&new=1&copy=force"), class_name="btn"),
                    link(t("plan_draft.first"), path=_step_path(1, "&new=1"), class_name="btn"),
                ),
            ),
            rx.cond(
                (many > 0) | S.revising,
                rx.el.div(
                    link(t("plan_draft.add"), path=_step_path(many + 1, "&new=1"), class_name="link"),
                    rx.cond(
                        many > 0,
                        link(t("plan_draft.needed"), path="/plan/as-needed?id=" + S.plan_id + rev(S), class_name="link"),
                        rx.fragment(),
                    ),
                    class_name="links",
                ),
                rx.fragment(),
            ),
            class_name="gap",
        ),
        rx.el.h2(t("plan_draft.end")),
        rx.el.div(
            _line(
                rx.fragment(rx.el.p(end_words(S.end), class_name="strong"), gaps(S.end.gaps)),
                "/plan/end?id=" + S.plan_id + rev(S),
            ),
            class_name="sheet",
        ),
        rx.cond(S.revising, rx.fragment(), paper(S.plan_id)),
        rx.cond(S.gaps.length() > 0, rx.el.p(tn("plan_draft.gaps", S.gaps.length()), class_name="soft gap"), rx.fragment()),
        link(t("plan_draft.check"), path="/plan/check?id=" + S.plan_id + rev(S), class_name="btn gap"),
        link(t("plan_draft.later"), path=rx.cond(S.revising, "/plan?id=" + S.plan_id, "/plans"), class_name="btn quiet"),
        _delete(),
    )


def _head() -> rx.Component:
    """Of a revision: from when, said by whom, why."""
    return rx.fragment(
        rx.el.p(t("plan_draft.revise_head", day=S.from_day, name=S.said_by), class_name="strong"),
        rx.cond(S.reason != "", rx.el.p(S.reason, class_name="soft"), rx.fragment()),
    )


def _line(words: rx.Component, path: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(words, class_name="grow told"),
        link(t("plan_line.change"), path=path, class_name="link"),
        class_name="row",
    )


def _step(step: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(t("plan_line.number", n=step.n), class_name="flush"),
                step_words(step, S.medicine.form),
                gaps(step.gaps),
                rx.cond(
                    S.taking_out == step.n,
                    rx.el.div(
                        rx.el.p(t("plan_draft.take_out_ask", n=step.n)),
                        rx.el.button(t("plan_draft.take_out_yes"), type="button", class_name="btn gap", on_click=S.take_out),
                        rx.el.button(t("plan_draft.keep"), type="button", class_name="btn quiet", on_click=S.ask_take_out(0)),
                        class_name="note",
                    ),
                    rx.el.div(
                        link(t("plan_line.change"), _of(step.n), path=_step_path(step.n), class_name="link"),
                        link(
                            t("plan_draft.copy"),
                            _of(step.n),
                            path=_step_path(step.n + 1, f"&new=1&copy={step.n}"),
                            class_name="link",
                        ),
                        rx.el.button(
                            t("plan_draft.take_out"),
                            _of(step.n),
                            type="button",
                            class_name="link",
                            on_click=S.ask_take_out(step.n),
                        ),
                        class_name="links",
                    ),
                ),
                class_name="grow told",
            ),
            class_name="row",
        )
    )


def _of(n: Any) -> rx.Component:
    return rx.el.span(" ", t("plan_line.number", n=n), class_name="hide")


def _step_path(n: Any, more: Any = "") -> rx.Var:
    return (
        rx.Var.create("/plan/step?id=") + S.plan_id + "&n=" + n.to(str) + more + rev(S)
        if isinstance(n, rx.Var)
        else (rx.Var.create("/plan/step?id=") + S.plan_id + f"&n={n}" + more + rev(S))
    )


def _delete() -> rx.Component:
    ask = rx.cond(S.revising, t("plan_draft.delete_revision"), t("plan_draft.delete"))
    return rx.cond(
        S.deleting,
        rx.el.div(
            rx.el.p(t("plan_draft.delete_ask")),
            rx.el.button(t("plan_draft.delete_yes"), type="button", class_name="btn gap", on_click=S.delete),
            rx.el.button(t("plan_draft.keep"), type="button", class_name="btn quiet", on_click=S.ask_delete(False)),
            class_name="note",
        ),
        rx.el.button(ask, type="button", class_name="link", on_click=S.ask_delete(True)),
    )

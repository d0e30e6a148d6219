"""The read-back: is this what the prescriber wrote? Every line in words, each question beside its line."""

from typing import Any

import reflex as rx

from taper_app.components.plan_page import rev, screen, summary
from taper_app.components.plan_source import sources
from taper_app.components.plan_words import days_table, end_words, gaps, medicine_words, questions, step_words
from taper_app.components.shell import link
from taper_app.components.words import choose, t, tn
from taper_app.states.plan_check import PlanCheckState as S


def check() -> rx.Component:
    """Read each line against the paper."""
    title = rx.cond(
        S.medicine.prescriber != "",
        t("plan_check.title", prescriber=S.medicine.prescriber),
        t("plan_check.title_plain"),
    )
    over = rx.cond(S.medicine.name != "", t("plan_check.over_name", name=S.medicine.name), t("plan_check.over"))
    return screen(S, title, _read_back, over=over, back=(_draft(), "plan_check.back_to"))


def _read_back() -> rx.Component:
    return rx.fragment(
        rx.el.p(rx.cond(S.from_words, t("plan_source.lead"), t("plan_check.lead")), class_name="soft"),
        summary(S),
        rx.cond(
            S.revising & (S.said_by != ""),
            rx.el.div(
                rx.el.p(t("plan_check.revised", day=S.from_day, name=S.said_by), class_name="strong"),
                rx.cond(S.reason != "", rx.el.p(S.reason, class_name="soft"), rx.fragment()),
                link(t("plan_line.change"), path="/plan/revise?id=" + S.plan_id, class_name="link"),
                class_name="note",
            ),
            rx.fragment(),
        ),
        rx.el.div(
            _row(
                rx.fragment(medicine_words(S.medicine), _sources(S.medicine_sources), gaps(S.medicine.gaps)),
                _medicine_path(),
                t("plan_draft.medicine"),
                False,
            ),
            rx.foreach(S.steps, _step),
            _row(
                rx.fragment(
                    rx.el.p(t("plan_draft.end"), class_name="soft"),
                    rx.el.p(end_words(S.end), class_name="strong"),
                    _sources(S.end_sources),
                    gaps(S.end.gaps),
                ),
                "/plan/end?id=" + S.plan_id + rev(S),
                t("plan_draft.end"),
                False,
            ),
            class_name="sheet gap",
        ),
        rx.cond(S.rest_sources.length() > 0, _rest(), rx.fragment()),
        rx.cond(
            S.questions.length() > 0,
            rx.el.section(rx.el.h2(t("plan_check.plan_asks")), questions(S.questions)),
            rx.fragment(),
        ),
        rx.cond(S.days.length() > 0, _days(), rx.fragment()),
        rx.el.div(
            rx.cond(
                S.gaps.length() > 0,
                rx.el.div(
                    rx.el.h2(t("plan_check.gaps")),
                    rx.el.p(t("plan_check.gaps_words")),
                    gaps(S.gaps),
                    rx.cond(S.from_words, rx.el.p(t("plan_source.blanks_first"), class_name="soft"), rx.fragment()),
                    role="status",
                ),
                rx.cond(
                    S.left > 0,
                    rx.el.p(tn("plan_source.left", S.left), class_name="strong", role="status"),
                    rx.cond(
                        S.errors.length() > 0,
                        rx.fragment(),
                        rx.el.button(t("plan_check.confirm"), type="button", class_name="btn", on_click=S.confirm),
                    ),
                ),
            ),
            link(t("plan_check.draft"), path=rx.cond(S.revising, _draft(), "/plans"), class_name="btn quiet gap"),
            class_name="gap-l",
        ),
    )


def _step(step: Any) -> rx.Component:
    words = rx.fragment(step_words(step, S.medicine.form), _sources(step.sources), questions(step.questions), gaps(step.gaps))
    path = "/plan/step?id=" + S.plan_id + "&n=" + step.n.to(str) + rev(S)
    return _row(words, path, t("plan_line.number", n=step.n), step.questions.length() > 0)


def _sources(found: Any) -> rx.Component:
    # With a blank still to fill a tick would not last: a change takes them all back.
    return sources(found, S.tick, S.gaps.length() == 0)


def _rest() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("plan_source.rest")),
        rx.el.p(t("plan_source.rest_hint"), class_name="soft"),
        rx.el.div(rx.el.div(_sources(S.rest_sources), class_name="pad"), class_name="sheet"),
    )


def _row(words: rx.Component, path: Any, what: Any, asked: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(words, class_name="grow told"),
        link(t("plan_line.change"), rx.el.span(" ", what, class_name="hide"), path=path, class_name="link"),
        class_name=rx.cond(asked, "row asked", "row"),
    )


def _days() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("plan_check.days")),
        rx.el.p(t("plan_check.days_hint"), class_name="soft"),
        days_table(S.days, S.medicine.form, day_status),
    )


def day_status(day: Any) -> Any:
    """What kind of day it is, in words."""
    active = t("plan_event.status.active", n=day.step)
    held = t("plan_event.status.held", n=day.step)
    return rx.match(day.status, ("active", active), ("held", held), choose("plan_event.status", day.status, ["ended", "before"]))


def _draft() -> Any:
    return "/plan/draft?id=" + S.plan_id + rev(S)


def _medicine_path() -> Any:
    return rx.cond(S.revising, "/plan/revise?id=" + S.plan_id, "/plan/medicine?id=" + S.plan_id)

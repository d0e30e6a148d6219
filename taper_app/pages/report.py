"""For your clinician: choose what is on the page, look it over, then save, print or send it."""

from typing import Any

import reflex as rx

from taper_app.components.device import hide_where_nothing_is_sent, print_page, send_file
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import signed_in, signed_out, when_loaded
from taper_app.components.report_sheet import report_sheet
from taper_app.components.shell import link, page
from taper_app.components.words import t
from taper_app.states.report import PARTS, PERIODS
from taper_app.states.report import ReportState as S


def report() -> rx.Component:
    """What may be on it, the page itself, and the ways to hand it over."""
    return page(
        t("report.title"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=S.leave),
            rx.cond(S.signed_out, signed_out(), when_loaded(S, _all(), what="report")),
        ),
        over=t("more.title"),
        tab="more",
    )


def _all() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.p(t("report.lead")),
            rx.el.p(t("report.private"), class_name="note"),
            error_summary(S.errors),
            _days(),
            rx.cond(S.plans.length() > 1, _plan(), rx.fragment()),
            _questions(),
            _parts(),
            rx.el.h2(t("report.page")),
            rx.el.p(t("report.page_lead"), class_name="soft gap-s"),
            class_name="no-print",
        ),
        report_sheet(S.page, S.charts),
        _hand_over(),
    )


def _days() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("report.days")),
        rx.el.div(
            *[_chip(t(f"report.days_{days}"), S.days == days, S.choose_days(days)) for days in PERIODS],
            _chip(t("report.days_own"), S.days == 0, S.choose_days(0)),
            class_name="chips",
        ),
        rx.cond(S.days == 0, _own_days(), rx.fragment()),
        class_name="field",
    )


def _own_days() -> rx.Component:
    def day(name: str, value: Any) -> rx.Component:
        label = t(f"report.{name}")
        return field(label, text_input(name, value=value, error=wrong(S, name), type="date", max=S.today), id=name, error=wrong(S, name))

    return rx.el.form(
        rx.el.div(day("from", S.first), day("to", S.last), class_name="inline"),
        rx.el.button(t("report.again"), type="submit", class_name="btn quiet"),
        on_submit=S.choose_dates,
        reset_on_submit=False,
    )


def _chip(words: str, on: Any, event: Any) -> rx.Component:
    return rx.el.button(words, type="button", class_name="chip", aria_pressed=rx.cond(on, "true", "false"), on_click=event)


def _plan() -> rx.Component:
    return field(
        t("report.plan"),
        rx.el.select(
            rx.el.option(t("report.plan_all"), value=""),
            rx.foreach(S.plans, lambda one: rx.el.option(one.words, value=one.id)),
            id="plan",
            value=S.plan,
            on_change=S.choose_plan,
            class_name="input",
        ),
        id="plan",
        error=wrong(S, "plan"),
    )


def _questions() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("report.questions")),
        rx.cond(
            S.questions.length() > 0,
            rx.fragment(
                rx.el.span(t("report.questions_hint"), class_name="hint"),
                rx.cond(wrong(S, "questions") != "", rx.el.span(wrong(S, "questions"), class_name="error"), rx.fragment()),
                rx.foreach(S.questions, _question),
            ),
            rx.el.p(t("report.no_questions"), " ", link(t("report.to_questions"), path="/questions"), class_name="soft"),
        ),
        class_name="field",
        id="questions",
    )


def _question(one: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=one.on, on_change=S.choose_question(one.id)), rx.el.span(one.words), class_name="choice"
    )


def _parts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("report.parts")),
        rx.el.span(t("report.parts_hint"), class_name="hint"),
        *[_part(part) for part in PARTS],
        class_name="field",
        id="parts",
    )


def _part(part: str) -> rx.Component:
    words: Any = t(f"report.part.{part}")
    if part == "taken":
        words = rx.fragment(words, rx.el.span(t("report.taken_why"), class_name="hint"))
    # Ticked in the browser at once; the page below follows.
    box = rx.el.input(type="checkbox", id=f"part-{part}", default_checked=S.parts[part], on_change=S.choose_part(part))
    return rx.el.label(box, rx.el.span(words), class_name="choice")


def _hand_over() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("report.paper"), class_name="label gap"),
        rx.el.div(
            *[_chip(t(f"report.paper_{paper}"), S.paper == paper, S.choose_paper(paper)) for paper in ("a4", "letter")], class_name="chips"
        ),
        # Without `download`: the server may first ask for the password, and that page is none to save.
        rx.el.a(t("report.save"), href=S.pdf + "&save=true", reload_document=True, class_name="btn gap"),
        rx.el.button(t("report.send"), type="button", id="send", class_name="btn quiet", on_click=send_file(S.pdf, S.file)),
        rx.el.button(t("report.print"), type="button", class_name="btn quiet", on_click=print_page()),
        on_mount=hide_where_nothing_is_sent("send"),
        class_name="no-print",
    )

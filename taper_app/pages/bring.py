"""Bring in your data: a file is chosen and sent, and what became of it is said in words."""

from typing import Any

import reflex as rx

from taper_app.components.panels import nav_list, nav_row, signed_in
from taper_app.components.shell import link, page
from taper_app.components.words import href, t, tn
from taper_app.pwa.bring import bringing, forget, send

FILE = "file"


def bring() -> rx.Component:
    """One thing to choose and one button; the other ways in stand below."""
    return page(
        t("bring.title"),
        signed_in(
            rx.el.p(t("bring.lead"), class_name="soft"),
            rx.el.div(
                rx.el.label(t("bring.file"), html_for=FILE),
                rx.el.span(t("bring.hint"), class_name="hint", id=f"{FILE}-hint"),
                rx.el.input(
                    id=FILE,
                    type="file",
                    accept=".json,.csv,.tsv,.txt,application/json,application/fhir+json,text/csv",
                    aria_describedby=f"{FILE}-hint",
                    class_name="input",
                ),
                class_name="field gap",
            ),
            rx.el.button(
                t("bring.send"),
                type="button",
                class_name="btn",
                disabled=bringing.phase == "sending",
                on_click=send(FILE, href("/import/diary")),
            ),
            rx.el.p(rx.cond(bringing.phase == "sending", t("bring.sending"), ""), class_name="soft", role="status"),
            rx.cond(bringing.phase == "failed", _failed(), rx.fragment()),
            rx.cond(bringing.phase == "done", _done(), rx.fragment()),
            rx.el.h2(t("bring.kinds")),
            rx.el.ul(*[_kind(name) for name in ("own", "fhir", "diary")], class_name="sheet plain lines"),
            rx.el.h2(t("bring.other")),
            nav_list(nav_row("/plan/paste", t("bring.paste"), t("bring.paste_hint"))),
            rx.el.span(hidden=True, on_mount=forget()),
        ),
        over=t("more.title"),
        tab="more",
    )


def _kind(name: str) -> rx.Component:
    words = rx.el.p(t(f"bring.{name}"), class_name="strong"), rx.el.p(t(f"bring.{name}_hint"), class_name="soft small")
    return rx.el.li(rx.el.div(*words, class_name="pad"))


def _failed() -> rx.Component:
    words = rx.match(
        bringing.code,
        ("no_file", t("bring.no_file")),
        ("too_large", t("bring.too_large")),
        ("no_answer", t("bring.no_answer")),
        bringing.words,
    )
    return rx.el.div(
        rx.el.h2(t("bring.failed")),
        rx.el.p(words),
        rx.cond(bringing.line > 0, rx.el.p(t("bring.at_line", line=bringing.line)), rx.fragment()),
        rx.cond(bringing.place != "", rx.el.p(t("bring.at_place", place=bringing.place), class_name="small"), rx.fragment()),
        rx.cond(bringing.more > 0, rx.el.p(tn("bring.more", bringing.more), class_name="small"), rx.fragment()),
        rx.cond(bringing.code != "no_file", rx.el.p(t("bring.nothing_added")), rx.fragment()),
        class_name="error-summary",
        role="alert",
    )


def _done() -> rx.Component:
    return rx.el.div(
        rx.el.h2(t("bring.done"), class_name="flush"),
        rx.cond(bringing.known, rx.el.p(t("bring.known")), rx.fragment()),
        rx.cond(bringing.logged > 0, rx.el.p(tn("bring.entries", bringing.logged)), rx.fragment()),
        rx.cond(bringing.questions > 0, rx.el.p(tn("bring.questions", bringing.questions)), rx.fragment()),
        rx.el.ul(rx.foreach(bringing.plans, _plan), class_name="plain"),
        class_name="sheet pad gap",
        role="status",
    )


def _plan(plan: Any) -> rx.Component:
    name = rx.cond(plan.name != "", plan.name, t("plan_list.unnamed"))
    return rx.el.li(
        rx.cond(
            plan.draft,
            link(t("bring.plan_draft", name=name), path=rx.Var.create(href("/plan/draft")).to(str) + "?id=" + plan.id, class_name="link"),
            link(t("bring.plan", name=name), path=rx.Var.create(href("/plan")).to(str) + "?id=" + plan.id, class_name="link"),
        )
    )

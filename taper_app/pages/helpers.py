"""Helpers: second adults with accounts of their own, who write down what the patient tells them."""

import reflex as rx

from taper_app.components.device import copy, share_sheet
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.on_change import on_change
from taper_app.components.panels import nav_list, nav_row, signed_in, when_loaded
from taper_app.components.proving import prove_here
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.domain.access import HELPER_KINDS
from taper_app.states.helpers import HelperRow, HelpersState


def helpers() -> rx.Component:
    """Who asks comes first, then who helps, then the form for a new one."""
    return page(
        t("helpers.title"),
        signed_in(
            rx.el.p(t("helpers.lead"), class_name="soft"),
            rx.el.span(hidden=True, on_unmount=HelpersState.leave),
            on_change(HelpersState.refresh),
            rx.cond(HelpersState.url != "", _made(), rx.fragment()),
            when_loaded(HelpersState, _list(), rx.cond(HelpersState.url == "", _new(), rx.fragment()), what="helpers"),
            rx.el.h2(t("helpers.helping")),
            nav_list(nav_row("/helping", t("helpers.helping_hint"))),
        ),
        over=t("more.title"),
        tab="more",
    )


def _made() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("helpers.made", label=HelpersState.made_label)),
        rx.el.p(t("helpers.made_hint")),
        field(
            t("helpers.link"),
            rx.el.input(id="link", value=HelpersState.url, read_only=True, class_name="input"),
            id="link",
        ),
        rx.el.p(t("helpers.code"), class_name="soft small"),
        rx.el.p(HelpersState.code, class_name="code"),
        rx.el.button(t("helpers.send"), type="button", class_name="btn gap", on_click=share_sheet(HelpersState.url)),
        rx.el.button(t("helpers.copy"), type="button", class_name="btn quiet", on_click=copy(HelpersState.url)),
        rx.el.button(t("helpers.done"), type="button", class_name="btn quiet", on_click=HelpersState.put_away),
        class_name="sheet pad gap",
        role="status",
    )


def _list() -> rx.Component:
    return rx.cond(
        HelpersState.helpers.length() > 0,
        rx.el.ul(rx.foreach(HelpersState.helpers, _helper), class_name="plain stack gap"),
        rx.el.p(t("helpers.none"), class_name="note"),
    )


def _helper(row: rx.vars.ObjectVar[HelperRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(row.state == "waiting", _waiting(row), _known(row)),
            rx.el.p(t("helpers.may", words=row.kinds), class_name="soft small gap-s"),
            class_name="sheet pad",
        )
    )


def _waiting(row: rx.vars.ObjectVar[HelperRow]) -> rx.Component:
    return rx.el.div(
        rx.el.h2(t("helpers.waiting", name=row.name), class_name="flush"),
        rx.el.p(t("helpers.waiting_login", login=row.login)),
        rx.el.button(t("helpers.yes", name=row.name), type="button", class_name="btn gap", on_click=HelpersState.confirm(row.id)),
        rx.el.button(t("helpers.no"), type="button", class_name="btn quiet", on_click=HelpersState.end(row.id)),
        # Two may wait; there is one question, under the one it is about.
        rx.cond(HelpersState.confirming == row.id, prove_here(HelpersState, "confirm"), rx.fragment()),
        role="status",
    )


def _known(row: rx.vars.ObjectVar[HelperRow]) -> rx.Component:
    return rx.el.div(
        rx.el.h2(row.name, class_name="flush"),
        rx.el.p(
            rx.match(
                row.state,
                ("helping", t("helpers.since", day=row.since)),
                ("asked", t("helpers.asked", day=row.until)),
                t("helpers.late"),
            )
        ),
        rx.cond(
            HelpersState.question == row.id,
            rx.el.div(
                rx.el.p(t("helpers.end_ask", name=row.name)),
                rx.el.button(t("helpers.end_yes"), type="button", class_name="btn", on_click=HelpersState.end(row.id)),
                rx.el.button(t("helpers.keep"), type="button", class_name="btn quiet", on_click=HelpersState.ask("")),
                class_name="note",
            ),
            rx.el.button(
                t("helpers.end"),
                rx.el.span(" ", row.name, class_name="hide"),
                type="button",
                class_name="link",
                on_click=HelpersState.ask(row.id),
            ),
        ),
    )


def _new() -> rx.Component:
    kinds = wrong(HelpersState, "kinds")
    return rx.el.form(
        rx.el.h2(t("helpers.new")),
        rx.el.p(t("helpers.never"), class_name="note"),
        error_summary(HelpersState.errors),
        field(
            t("helpers.label"),
            text_input("label", error=wrong(HelpersState, "label")),
            id="label",
            hint=t("helpers.label_hint"),
            error=wrong(HelpersState, "label"),
        ),
        rx.el.fieldset(
            rx.el.legend(t("helpers.kinds")),
            rx.cond(kinds != "", rx.el.span(kinds, class_name="error", id="kinds-error"), rx.fragment()),
            *[_kind(kind) for kind in HELPER_KINDS],
            id="kinds",
            class_name=rx.cond(kinds != "", "field wrong", "field"),
        ),
        rx.el.button(t("helpers.make"), type="submit", class_name="btn"),
        prove_here(HelpersState, "make"),
        on_submit=HelpersState.make,
        reset_on_submit=False,
        class_name="gap-l",
    )


def _kind(kind: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=kind, id=f"kind-{kind}"),
        rx.el.span(t(f"helpers.kind.{kind}"), rx.el.span(t(f"helpers.kind.{kind}_hint"), class_name="hint")),
        class_name="choice",
    )

"""Share: links for people the patient chose, each with what it shows and until when."""

import reflex as rx

from taper_app.components.device import copy, share_sheet
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import nav_list, nav_row, signed_in, when_loaded
from taper_app.components.proving import prove_here
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.domain.access import DEFAULT_SCOPES, SCOPES
from taper_app.states.share import DAYS, ShareRow, ShareState


def share() -> rx.Component:
    """The shares there are, the link just made, and the form for a new one."""
    return page(
        t("share.title"),
        signed_in(
            rx.el.p(t("share.lead"), class_name="soft"),
            rx.el.span(hidden=True, on_unmount=ShareState.leave),
            rx.cond(ShareState.url != "", _made(), rx.fragment()),
            when_loaded(ShareState, _list(), rx.cond(ShareState.url == "", _new(), rx.fragment()), what="share"),
        ),
        over=t("more.title"),
        tab="more",
    )


def _made() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("share.made", label=ShareState.made_label)),
        rx.el.p(t("share.made_hint")),
        field(
            t("share.link"),
            rx.el.input(id="link", value=ShareState.url, read_only=True, class_name="input"),
            id="link",
        ),
        rx.el.button(t("share.send"), type="button", class_name="btn", on_click=share_sheet(ShareState.url)),
        rx.el.button(t("share.copy"), type="button", class_name="btn quiet", on_click=copy(ShareState.url)),
        rx.el.button(t("share.done"), type="button", class_name="btn quiet", on_click=ShareState.put_away),
        class_name="sheet pad gap",
        role="status",
    )


def _list() -> rx.Component:
    return rx.cond(
        ShareState.shares.length() > 0,
        rx.el.ul(rx.foreach(ShareState.shares, _share), class_name="plain stack gap"),
        rx.el.p(t("share.none"), class_name="note"),
    )


def _share(row: rx.vars.ObjectVar[ShareRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.h2(row.label, class_name="flush"),
            rx.el.p(row.scopes_words),
            rx.el.p(
                rx.cond(row.open, t("share.until", day=row.until), t("share.ended")),
                ". ",
                rx.cond(row.seen != "", t("share.seen", day=row.seen), t("share.never_seen")),
                class_name="soft small",
            ),
            rx.match(
                ShareState.question,
                (row.id + ":end", _end(row)),
                (row.id + ":change", _change(row)),
                rx.el.div(
                    rx.el.button(t("share.change"), type="button", class_name="link", on_click=ShareState.ask(row.id, "change")),
                    rx.el.button(t("share.end"), type="button", class_name="link", on_click=ShareState.ask(row.id, "end")),
                    class_name="links",
                ),
            ),
            rx.el.details(
                rx.el.summary(t("share.views")),
                rx.cond(
                    row.views.length() > 0,
                    rx.el.ul(rx.foreach(row.views, rx.el.li), class_name="plain small soft"),
                    rx.el.p(t("share.no_views"), class_name="small soft"),
                ),
            ),
            class_name="sheet pad",
        )
    )


def _end(row: rx.vars.ObjectVar[ShareRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(t("share.end_ask", label=row.label)),
        rx.el.p(t("share.angry")),
        rx.el.button(t("share.end_yes"), type="button", class_name="btn", on_click=ShareState.end(row.id)),
        rx.el.button(t("share.keep"), type="button", class_name="btn quiet", on_click=ShareState.ask("", "")),
        class_name="note",
    )


def _change(row: rx.vars.ObjectVar[ShareRow]) -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend(t("share.change_for", label=row.label)),
            *[_scope(scope, row.scopes.contains(scope), prefix="change-") for scope in SCOPES],
            class_name="field",
        ),
        rx.el.p(t("share.angry"), class_name="note"),
        rx.el.button(t("share.save"), type="submit", class_name="btn"),
        rx.el.button(t("share.keep"), type="button", class_name="btn quiet", on_click=ShareState.ask("", "")),
        prove_here(ShareState, "change"),
        rx.el.input(type="hidden", name="id", value=row.id),
        on_submit=ShareState.change,
        reset_on_submit=False,
    )


def _new() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("share.new")),
        error_summary(ShareState.errors),
        field(
            t("share.label"),
            text_input("label", error=wrong(ShareState, "label")),
            id="label",
            hint=t("share.label_hint"),
            error=wrong(ShareState, "label"),
        ),
        rx.el.fieldset(
            rx.el.legend(t("share.scopes")),
            *[_scope(scope, scope in DEFAULT_SCOPES) for scope in SCOPES],
            class_name="field",
        ),
        rx.el.fieldset(
            rx.el.legend(t("share.days")),
            *[
                rx.el.label(
                    rx.el.input(type="radio", name="days", value=str(days), default_checked=days == DAYS[0]),
                    t(f"share.days_{days}"),
                    class_name="choice",
                )
                for days in DAYS
            ],
            class_name="field",
        ),
        rx.el.button(t("share.make"), type="submit", class_name="btn"),
        prove_here(ShareState, "make"),
        rx.el.p(t("share.always_hidden"), class_name="soft small gap"),
        nav_list(nav_row("/before-you-share", t("share.before"))),
        on_submit=ShareState.make,
        reset_on_submit=False,
        class_name="gap-l",
    )


def _scope(scope: str, checked: object, prefix: str = "") -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=scope, id=f"{prefix}{scope}", default_checked=checked),
        rx.el.span(
            t(f"scopes.{scope}"),
            rx.el.span(t(f"scopes.{scope}_hint"), class_name="hint"),
        ),
        class_name="choice",
    )

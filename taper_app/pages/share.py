"""Share: the links there are, and the page of a new one."""

import reflex as rx

from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import nav_list, nav_row, signed_in, when_loaded
from taper_app.components.proving import prove_here
from taper_app.components.share_form import back_choices, day_choices, hour_choice, made_link, scope_choices
from taper_app.components.shell import link, page
from taper_app.components.words import t
from taper_app.states.share import NewShareState, ShareRow, ShareState


def share() -> rx.Component:
    """The shares there are."""
    return page(
        t("share.title"),
        signed_in(
            rx.el.p(t("share.lead"), class_name="soft"),
            rx.el.span(hidden=True, on_unmount=ShareState.leave),
            when_loaded(ShareState, _list(), what="share"),
            link(t("share.new"), path="/share/new", class_name="btn gap"),
            rx.el.p(t("share.always_hidden"), class_name="soft small gap"),
            nav_list(nav_row("/before-you-share", t("share.before"))),
        ),
        over=t("more.title"),
        tab="more",
    )


def share_new() -> rx.Component:
    """Whom it is for, what they may see, how far back, until when; then the link, this once."""
    return page(
        t("share.new"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=NewShareState.leave),
            when_loaded(NewShareState, rx.cond(NewShareState.url != "", made_link(NewShareState), _new()), what="share"),
        ),
        back=("/share", t("share.title")),
        tab="more",
    )


def _list() -> rx.Component:
    return rx.cond(
        ShareState.shares.length() > 0,
        rx.el.ul(rx.foreach(ShareState.shares, _share), class_name="sheet plain gap"),
        rx.el.p(t("share.none"), class_name="note"),
    )


def _share(row: rx.vars.ObjectVar[ShareRow]) -> rx.Component:
    until = rx.match(
        row.state,
        ("open", t("share.until", day=row.until)),
        ("frozen", t("share.state_frozen")),
        ("paused", t("share.state_paused")),
        ("locked", t("share.state_locked")),
        t("share.ended"),
    )
    seen = rx.cond(row.seen != "", t("share.seen", day=row.seen), t("share.never_seen"))
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span(row.label, class_name="strong"),
                rx.el.span(rx.el.br(), until, ". ", seen, class_name="small"),
                rx.el.span(rx.el.br(), row.scopes_words, class_name="soft small"),
                class_name="grow",
            ),
            path="/share/one?id=" + row.id,
            class_name="row",
        )
    )


def _new() -> rx.Component:
    return rx.el.form(
        error_summary(NewShareState.errors),
        field(
            t("share.label"),
            text_input("label", error=wrong(NewShareState, "label"), max_length=80),
            id="label",
            hint=t("share.label_hint"),
            error=wrong(NewShareState, "label"),
        ),
        scope_choices(t("share.scopes"), error=wrong(NewShareState, "scopes")),
        back_choices(),
        day_choices(NewShareState),
        rx.el.details(
            rx.el.summary(t("share.more")),
            field(
                t("share.pin"),
                text_input("pin", error=wrong(NewShareState, "pin"), max_length=12),
                id="pin",
                hint=t("share.pin_hint"),
                error=wrong(NewShareState, "pin"),
            ),
            hour_choice(),
            open=wrong(NewShareState, "pin") != "",
        ),
        rx.el.button(t("share.make"), type="submit", class_name="btn gap"),
        prove_here(NewShareState, "make"),
        rx.el.p(t("share.always_hidden"), class_name="soft small gap"),
        on_submit=NewShareState.make,
        reset_on_submit=False,
    )

"""What happened with the account: the trail, to be read by whom it is about."""

import reflex as rx

from taper_app.components.panels import nav_row, signed_in, when_loaded
from taper_app.components.shell import door, page
from taper_app.components.words import t
from taper_app.states.audit import AuditRow, AuditState


def audit() -> rx.Component:
    """Newest first, fifty lines a page."""
    return page(
        t("audit.title"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=AuditState.leave),
            rx.el.p(t("audit.lead")),
            when_loaded(AuditState, _lines(), _turning(), what="audit"),
            rx.el.section(
                rx.el.h2(t("audit.strange")),
                rx.el.p(t("audit.strange_hint")),
                rx.el.ul(
                    rx.el.li(door(rx.el.span(t("doors.title"), class_name="strong grow"), path="/auth/signing-in", class_name="row")),
                    nav_row("/share", t("share.title"), t("audit.looked")),
                    nav_row("/helpers", t("helpers.title")),
                    nav_row("/reminders", t("reminders.title"), t("more.reminders_hint")),
                    class_name="sheet plain",
                ),
                class_name="gap-l",
            ),
        ),
        over=t("settings.title"),
        tab="more",
    )


def _lines() -> rx.Component:
    return rx.cond(
        AuditState.rows.length() > 0,
        rx.el.ol(rx.foreach(AuditState.rows, _line), class_name="sheet plain gap"),
        rx.el.p(t("audit.none"), class_name="note"),
    )


def _line(row: rx.vars.ObjectVar[AuditRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.span(row.what, class_name="strong"),
                rx.el.br(),
                rx.el.span(row.who, " · ", row.at, class_name="soft small"),
                class_name="grow",
            ),
            class_name="row",
        )
    )


def _turning() -> rx.Component:
    return rx.el.nav(
        rx.cond(
            AuditState.has_newer,
            rx.el.button(t("audit.newer"), type="button", class_name="link", on_click=AuditState.newer),
            rx.fragment(),
        ),
        rx.cond(
            AuditState.has_older,
            rx.el.button(t("audit.older"), type="button", class_name="link", on_click=AuditState.older),
            rx.fragment(),
        ),
        class_name="links",
        aria_label=t("audit.title"),
    )

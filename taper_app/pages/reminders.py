"""Reminders: the times, whether this phone rings, quiet hours, and the calendar for phones that cannot."""

import reflex as rx

from taper_app.components.device import copy
from taper_app.components.forms import error_summary, field, text_input, wrong
from taper_app.components.panels import signed_in, when_loaded
from taper_app.components.proving import prove_here
from taper_app.components.shell import page
from taper_app.components.words import t
from taper_app.pwa.push import look, ring_now, ringing, toggle
from taper_app.states.reminders import ReminderRow, RemindersState

KINDS = ("dose", "check_in")


def reminders() -> rx.Component:
    """What is set comes first; each part is saved by itself."""
    return page(
        t("reminders.title"),
        signed_in(
            rx.el.p(t("reminders.lead"), class_name="soft"),
            rx.el.span(hidden=True, on_unmount=RemindersState.leave),
            when_loaded(RemindersState, error_summary(RemindersState.errors), *_parts(), what="reminders"),
        ),
        over=t("more.title"),
        tab="more",
    )


def _parts() -> list[rx.Component]:
    return [_times(), _phone(), _new(), _quiet(), _calendar()]


def _times() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("reminders.times"), class_name="hide"),
        rx.cond(
            RemindersState.missed.length() > 0,
            rx.el.p(t("reminders.missed", times=RemindersState.missed.join(", ")), class_name="note"),
            rx.fragment(),
        ),
        rx.cond(
            RemindersState.reminders.length() > 0,
            rx.el.ul(rx.foreach(RemindersState.reminders, _time), class_name="sheet plain lines gap"),
            rx.el.p(t("reminders.none"), class_name="note"),
        ),
        rx.cond(RemindersState.offered.length() > 0, _offer(), rx.fragment()),
    )


def _time(row: rx.vars.ObjectVar[ReminderRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.time(row.at, class_name="large strong num"),
            rx.el.div(
                rx.el.p(rx.cond(row.kind == "dose", t("reminders.kind_dose"), t("reminders.kind_check_in"))),
                rx.el.p(
                    rx.cond(
                        row.silent,
                        t("reminders.silent"),
                        rx.cond(row.kind == "dose", t("reminders.kind_dose_hint"), t("reminders.kind_check_in_hint")),
                    ),
                    class_name="soft small",
                ),
                class_name="grow",
            ),
            rx.el.button(
                t("reminders.remove"),
                type="button",
                class_name="link",
                aria_label=t("reminders.remove_named", at=row.at),
                on_click=RemindersState.remove(row.id),
            ),
            class_name="row",
        )
    )


def _offer() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("reminders.offer", times=RemindersState.offered.join(", "))),
        rx.el.button(t("reminders.offer_yes"), type="button", class_name="btn quiet gap-s", on_click=RemindersState.use_plan),
        class_name="gap",
    )


def _new() -> rx.Component:
    kind_error = wrong(RemindersState, "kind")
    return rx.el.form(
        rx.el.h2(t("reminders.new")),
        field(
            t("reminders.at"),
            text_input("at", type="time", error=wrong(RemindersState, "at")),
            id="at",
            error=wrong(RemindersState, "at"),
        ),
        rx.el.fieldset(
            rx.el.legend(t("reminders.kind")),
            rx.cond(kind_error != "", rx.el.span(kind_error, class_name="error", id="kind-error"), rx.fragment()),
            *[
                rx.el.label(
                    rx.el.input(type="radio", name="kind", value=kind, id=f"kind-{kind}"),
                    rx.el.span(t(f"reminders.kind_{kind}"), rx.el.span(t(f"reminders.kind_{kind}_hint"), class_name="hint")),
                    class_name="choice",
                )
                for kind in KINDS
            ],
            id="kind",
            class_name=rx.cond(kind_error != "", "field wrong", "field"),
        ),
        rx.el.button(t("reminders.add"), type="submit", class_name="btn"),
        _saved("time", t("reminders.added")),
        rx.el.p(t("reminders.zone", place=RemindersState.place), class_name="soft small gap-s"),
        key=RemindersState.added.to(str),
        on_submit=RemindersState.add,
        reset_on_submit=False,
    )


def _phone() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("reminders.phone")),
        rx.match(
            ringing.phase,
            ("loading", rx.el.p(t("reminders.loading"), class_name="soft", role="status")),
            ("blocked", rx.el.p(t("reminders.blocked"), class_name="note")),
            ("install", rx.el.p(t("reminders.install"), class_name="note")),
            ("unsupported", rx.el.p(t("reminders.unsupported"), class_name="note")),
            _switch(),
        ),
        rx.cond(
            ringing.failed,
            rx.el.p(rx.cond(ringing.words != "", ringing.words, t("reminders.failed")), class_name="error", role="alert"),
            rx.fragment(),
        ),
        rx.cond(ringing.sent, rx.el.p(t("reminders.test_sent"), class_name="note", role="status"), rx.fragment()),
        on_mount=look(),
    )


def _switch() -> rx.Component:
    on = ringing.phase == "on"
    return rx.el.div(
        rx.el.label(
            rx.el.input(type="checkbox", role="switch", id="ring", checked=on, disabled=ringing.busy, on_change=toggle()),
            rx.el.span(
                t("reminders.ring"), rx.el.span(rx.cond(on, t("reminders.ring_on_hint"), t("reminders.ring_hint")), class_name="hint")
            ),
            class_name="choice",
        ),
        rx.cond(
            on,
            rx.el.button(t("reminders.test"), type="button", class_name="btn quiet gap-s", disabled=ringing.busy, on_click=ring_now()),
            rx.fragment(),
        ),
    )


def _quiet() -> rx.Component:
    return rx.el.form(
        rx.el.h2(t("reminders.quiet")),
        rx.el.p(t("reminders.quiet_lead"), class_name="soft"),
        rx.el.div(
            *[
                field(
                    t(f"reminders.quiet_{name}"),
                    text_input(f"quiet-{name}", type="time", value=value, error=wrong(RemindersState, f"quiet-{name}")),
                    id=f"quiet-{name}",
                    error=wrong(RemindersState, f"quiet-{name}"),
                )
                for name, value in (("from", RemindersState.quiet_from), ("to", RemindersState.quiet_to))
            ],
            class_name="inline",
        ),
        rx.el.button(t("reminders.quiet_save"), type="submit", class_name="btn quiet"),
        rx.cond(
            RemindersState.quiet_from != "",
            rx.el.button(t("reminders.quiet_none"), type="button", class_name="link", on_click=RemindersState.no_quiet),
            rx.fragment(),
        ),
        _saved("quiet", t("reminders.quiet_saved")),
        key=RemindersState.cleared.to(str),
        on_submit=RemindersState.save_quiet,
        reset_on_submit=False,
    )


def _calendar() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("reminders.calendar")),
        rx.cond(
            RemindersState.url != "",
            _link(),
            rx.fragment(
                rx.el.p(t("reminders.calendar_lead"), class_name="soft"),
                rx.cond(
                    RemindersState.has_calendar,
                    _active(),
                    rx.el.button(
                        t("reminders.calendar_make"), type="button", class_name="btn quiet gap", on_click=RemindersState.make_link
                    ),
                ),
                prove_here(RemindersState, "make_link"),
            ),
        ),
    )


def _link() -> rx.Component:
    return rx.el.div(
        rx.el.h3(t("reminders.calendar_made"), class_name="flush"),
        rx.el.p(t("reminders.calendar_made_hint")),
        field(
            t("reminders.calendar_link"),
            rx.el.input(id="link", value=RemindersState.url, read_only=True, class_name="input"),
            id="link",
        ),
        rx.el.button(t("reminders.calendar_copy"), type="button", class_name="btn", on_click=copy(RemindersState.url)),
        rx.el.button(t("reminders.calendar_done"), type="button", class_name="btn quiet", on_click=RemindersState.put_away),
        class_name="sheet pad",
        role="status",
    )


def _active() -> rx.Component:
    return rx.cond(
        RemindersState.asks_end,
        rx.el.div(
            rx.el.p(t("reminders.calendar_end_ask")),
            rx.el.button(t("reminders.calendar_end_yes"), type="button", class_name="btn", on_click=RemindersState.end_link),
            rx.el.button(t("reminders.calendar_keep"), type="button", class_name="btn quiet", on_click=RemindersState.ask_end(False)),
            class_name="note",
        ),
        rx.el.div(
            rx.el.p(t("reminders.calendar_on"), class_name="gap-s"),
            rx.el.div(
                rx.el.button(t("reminders.calendar_end"), type="button", class_name="link", on_click=RemindersState.ask_end(True)),
                rx.el.button(t("reminders.calendar_new"), type="button", class_name="link", on_click=RemindersState.make_link),
                class_name="links",
            ),
            rx.el.p(t("reminders.calendar_new_hint"), class_name="soft small"),
        ),
    )


def _saved(what: str, words: str) -> rx.Component:
    return rx.cond(RemindersState.saved == what, rx.el.p(words, class_name="note", role="status"), rx.fragment())

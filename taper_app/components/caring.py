"""Beside what a caregiver sees: what the person says, a short word back, alerts, and the other people on this phone."""

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.caring import PersonHere, caring, close, heart, look, own_word, toggle, word


def caring_says() -> rx.Component:
    """What the person says now, by the day."""
    name = caring.name
    return rx.el.div(
        rx.el.span(hidden=True, on_mount=look()),
        rx.match(
            caring.company,
            ("today", rx.el.p(t("caring.company_today", name=name), class_name="note strong")),
            ("before", rx.el.p(t("caring.company_before", name=name), class_name="note")),
            rx.fragment(),
        ),
        rx.match(
            caring.ok,
            ("today", rx.el.p(t("caring.ok_today", name=name), class_name="note")),
            ("before", rx.el.p(t("caring.ok_before", name=name), class_name="note")),
            rx.fragment(),
        ),
        role="status",
    )


def caring_words() -> rx.Component:
    """Send a word, where the patient allows it; and the alerts that the patient chose."""
    return rx.cond(
        caring.phase == "ready",
        rx.fragment(
            rx.cond(caring.replies, _send(), rx.fragment()),
            rx.cond(caring.sent, rx.el.p(t("caring.sent"), class_name="note", role="status"), rx.fragment()),
            rx.cond(caring.failed, rx.el.p(rx.cond(caring.words != "", caring.words, t("caring.failed")), class_name="note", role="alert")),
            rx.cond(caring.alerts, _alerts(), rx.fragment()),
        ),
        rx.fragment(),
    )


def caring_people() -> rx.Component:
    """Whose links are open here, each a page of its own."""
    return rx.fragment(
        rx.cond(
            caring.people.length() > 1,
            rx.el.section(
                rx.el.h2(t("caring.people")), rx.el.ul(rx.foreach(caring.people, _person), class_name="sheet plain"), class_name="gap-l"
            ),
            rx.fragment(),
        ),
        rx.cond(
            caring.phase == "ready",
            rx.el.div(
                rx.el.button(t("caring.close"), type="button", class_name="link", on_click=close()),
                rx.el.p(t("caring.close_hint"), class_name="soft small"),
            ),
            rx.fragment(),
        ),
    )


def _send() -> rx.Component:
    ready = [t(f"caring.word_{n}") for n in (1, 2, 3)]
    return rx.el.section(
        rx.el.h2(t("caring.send")),
        rx.el.button(t("caring.heart"), type="button", class_name="btn quiet", on_click=heart()),
        rx.el.div(
            *[rx.el.button(words, type="button", class_name="chip", on_click=word(words)) for words in ready], class_name="chips gap"
        ),
        rx.el.form(
            rx.el.label(t("caring.own"), html_for="word"),
            rx.el.input(id="word", name="word", max_length=80, required=True, auto_complete="off", class_name="input"),
            rx.el.button(t("caring.own_send"), type="submit", class_name="btn gap"),
            on_submit=own_word(),
            class_name="field gap",
        ),
        class_name="gap-l",
    )


def _alerts() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("caring.alerts")),
        rx.el.p(t("caring.alerts_lead", name=caring.name)),
        rx.el.ul(
            rx.cond(caring.flare != "", rx.el.li(t("caring.flare", n=caring.flare)), rx.fragment()),
            rx.cond(caring.quiet_days != "", rx.el.li(t("caring.quiet_days", n=caring.quiet_days)), rx.fragment()),
            rx.cond(caring.tells_company, rx.el.li(t("caring.company", name=caring.name)), rx.fragment()),
        ),
        rx.el.p(t("caring.alerts_words"), class_name="note small"),
        rx.match(
            caring.ring,
            ("unsupported", rx.el.p(t("caring.unsupported"), class_name="soft small")),
            ("blocked", rx.el.p(t("caring.blocked"), class_name="soft small")),
            ("on", rx.el.button(t("caring.off"), type="button", class_name="btn quiet", on_click=toggle())),
            rx.el.button(t("caring.on"), type="button", class_name="btn", on_click=toggle()),
        ),
        class_name="gap-l",
    )


def _person(one: rx.vars.ObjectVar[PersonHere]) -> rx.Component:
    # The page is loaded anew, so nothing of one person stays beside another; the router would keep the one that is shown.
    return rx.el.li(
        rx.cond(
            one.id == caring.share,
            rx.el.span(rx.el.span(one.display_name, " (", t("caring.here"), ")", _which(one), class_name="grow"), class_name="row"),
            rx.el.a(
                rx.el.span(one.display_name, _which(one), class_name="grow"),
                href="/shared?share=" + one.id,
                reload_document=True,
                class_name="row",
            ),
        )
    )


def _which(one: rx.vars.ObjectVar[PersonHere]) -> rx.Component:
    """Two links of one name are told apart by what the patient called each, and by its end."""
    label = rx.cond(one.label != "", rx.fragment(one.label, ". "), rx.fragment())
    until = rx.cond(one.until != "", t("shared.until", day=one.until), "")
    return rx.cond(one.twice, rx.el.span(rx.el.br(), label, until, class_name="soft small"), rx.fragment())

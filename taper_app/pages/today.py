"""Today: the stairs, what is due, what is still going."""

import reflex as rx

from taper_app.components import reading
from taper_app.components.dose_card import due_row, needed_row
from taper_app.components.flare_card import flare_row
from taper_app.components.guard_card import guard_card
from taper_app.components.install_hint import install_hint
from taper_app.components.phases import bones, when_ready
from taper_app.components.plan_card import plan_card
from taper_app.components.shell import link, page
from taper_app.components.sync import refused, said
from taper_app.components.words import lang, t
from taper_app.content.loader import Block, load_page
from taper_app.pwa.store import store


def today() -> rx.Component:
    """The page a day begins and ends with."""
    return page(
        t("today.title"),
        said(),
        when_ready(_skeleton(), refused(), guard_card(), _plans(), _due(), _needed(), _going(), _feel(), install_hint()),
        over=store.today.day.long,
        tab="today",
    )


def _plans() -> rx.Component:
    return rx.cond(store.today.plans.length() > 0, rx.fragment(rx.foreach(store.today.plans, plan_card)), _no_plan())


def _no_plan() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("today.empty.title")),
        rx.cond(
            store.drafts.length() > 0,
            rx.fragment(
                rx.el.p(t("today.empty.draft", name=store.drafts[0])),
                link(t("today.empty.finish"), path="/plans", class_name="btn gap"),
            ),
            rx.fragment(
                rx.el.p(t("today.empty.words")),
                link(t("today.empty.enter"), path="/plans", class_name="btn gap"),
            ),
        ),
        class_name="sheet pad",
    )


def _due() -> rx.Component:
    return rx.cond(
        store.today.plans.length() > 0,
        rx.el.section(
            rx.el.h2(t("today.due.title"), id="due"),
            rx.cond(
                store.today.nothing_since.date != "",
                rx.el.div(reading.text(_words("guard-nothing-logged"), {"day": store.today.nothing_since.long}), class_name="note small"),
                rx.fragment(),
            ),
            rx.cond(
                store.today.has_due,
                rx.el.ul(rx.foreach(store.today.plans, lambda plan: rx.foreach(plan.due, due_row)), class_name="sheet plain"),
                rx.cond(
                    store.today.unknown,
                    rx.el.p(t("today.offline.words"), class_name="note small"),
                    rx.el.p(t("today.due.none"), class_name="soft"),
                ),
            ),
            rx.el.p(t("today.due.not_sure"), class_name="soft small gap-s"),
            aria_labelledby="due",
        ),
        rx.fragment(),
    )


def _needed() -> rx.Component:
    return rx.foreach(
        store.today.plans,
        lambda plan: rx.cond(
            plan.as_needed.length() > 0,
            rx.el.section(
                rx.el.h2(t("today.needed.title")),
                rx.el.ul(rx.foreach(plan.as_needed, needed_row), class_name="sheet plain"),
            ),
            rx.fragment(),
        ),
    )


def _going() -> rx.Component:
    return rx.cond(
        store.today.flares.length() > 0,
        rx.el.section(
            rx.el.h2(t("today.flare.going"), id="going"),
            rx.el.ul(rx.foreach(store.today.flares, flare_row), class_name="sheet plain"),
            aria_labelledby="going",
        ),
        rx.fragment(),
    )


def _feel() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("today.feel.title")),
        link(
            rx.el.span(
                rx.el.span(rx.cond(store.today.check_in_id != "", t("today.feel.change"), t("today.feel.go")), class_name="strong"),
                rx.el.br(),
                rx.el.span(
                    rx.cond(store.today.check_in_id != "", t("today.feel.done", time=store.today.check_in_time), t("today.feel.words")),
                    class_name="soft small",
                ),
                class_name="grow",
            ),
            path="/check-in",
            class_name="row sheet",
        ),
    )


def _skeleton() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("today.loading"), class_name="hide", role="status"),
        rx.el.noscript(rx.el.p(t("today.no_script"), class_name="note")),
        bones(3, 9, 2),
        rx.el.h2(t("today.due.title")),
        bones(4, 4, 4),
        rx.el.p(t("today.due.not_sure"), class_name="soft small gap-s"),
        _feel(),
    )


def _words(slug: str) -> tuple[Block, ...]:
    return load_page(lang(), f"safety/{slug}").blocks

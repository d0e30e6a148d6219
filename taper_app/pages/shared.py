"""What a caregiver sees: how fresh it is, the stairs, what is going on, how to help. Exactly what is shared, no more."""

from typing import Any

import reflex as rx

from taper_app.components.caring import caring_people, caring_says, caring_words
from taper_app.components.named import named_list
from taper_app.components.phases import bones
from taper_app.components.shared_log import newest_first, shared_log, shared_row, shares
from taper_app.components.shared_plan import shared_plan
from taper_app.components.shell import door, page
from taper_app.components.urgent import calm_text, urgent_box
from taper_app.components.words import lang, t
from taper_app.content.loader import load_page
from taper_app.pwa.store import store


def shared() -> rx.Component:
    """The whole page, with nothing that leads into the app but Safety."""
    view = store.shared
    return page(
        rx.match(
            store.phase,
            ("ready", t("shared.title", name=view.display_name)),
            ("ended", t("shared.ended_title")),
            t("shared.title_loading"),
        ),
        rx.match(
            store.phase,
            ("ready", _ready()),
            ("ended", rx.fragment(rx.el.p(t("shared.ended_words")), rx.el.p(t("shared.ended_call")), caring_people())),
            ("offline", rx.el.p(t("shared.offline"), role="status")),
            bones(3, 9, 2),
        ),
        over=rx.cond(store.phase == "ready", t("shared.over", name=view.display_name), ""),
        bar=False,
    )


def _ready() -> rx.Component:
    return rx.fragment(
        _fresh(),
        caring_says(),
        rx.foreach(store.shared.plans, shared_plan),
        _now(),
        # What one can do comes before what one can read.
        _help(),
        caring_words(),
        _doses(),
        shared_log(),
        _until(),
        caring_people(),
    )


def _fresh() -> rx.Component:
    """How old this is, by the day, before anything else."""
    view = store.shared
    by_day = rx.match(
        view.fresh.away,
        (0, t("shared.fresh_today")),
        (-1, t("shared.fresh_yesterday")),
        t("shared.fresh_day", day=view.fresh.long),
    )
    by_hour = t("shared.fresh_hour", day=view.fresh_hour.short, time=view.fresh_time)
    stale = rx.cond(view.got_time != "", t("shared.stale_since", time=view.got_time), t("shared.stale"))
    return rx.el.div(
        rx.cond(
            view.preview,
            rx.el.div(
                rx.el.p(t("shared.preview"), class_name="small", role="status"),
                door(t("shared.preview_back"), path="/share", class_name="link"),
                class_name="note",
            ),
            rx.fragment(),
        ),
        _frozen(),
        rx.el.p(
            rx.cond(view.fresh.date == "", t("shared.fresh_none"), rx.cond(view.fresh_time != "", by_hour, by_day)),
            " ",
            t("shared.quiet", name=view.display_name),
            class_name="soft",
        ),
        rx.cond(store.online, rx.fragment(), rx.el.p(stale, class_name="note small", role="status")),
        class_name="fresh",
    )


def _frozen() -> rx.Component:
    view = store.shared
    words = t("shared.frozen", day=view.frozen.short, time=view.frozen_time)
    return rx.cond(view.frozen_time != "", rx.el.p(words, class_name="note small"), rx.fragment())


def _now() -> rx.Component:
    view = store.shared
    earlier = rx.foreach(view.flares, lambda flare: rx.cond(flare.going, rx.fragment(), _earlier(flare)))
    return rx.cond(
        shares("flares"),
        rx.el.section(
            rx.el.h2(t("shared.now")),
            rx.cond(
                view.going.length() > 0,
                rx.el.ul(rx.foreach(view.going, _flare), class_name="sheet plain"),
                rx.el.p(t("shared.nothing_now"), class_name="soft"),
            ),
            rx.cond(
                view.flares.length() > view.going.length(),
                rx.el.details(rx.el.summary(t("shared.earlier")), rx.el.ul(earlier, class_name="sheet plain")),
                rx.fragment(),
            ),
        ),
        rx.fragment(),
    )


def _name(flare: Any) -> rx.Var[str]:
    return rx.cond(flare.severity_now != "", t("shared.flare", severity=flare.severity_now), t("shared.flare_plain"))


def _flare(flare: Any) -> rx.Component:
    since = rx.cond(
        flare.since.away == 0,
        t("shared.since", time=flare.since_time),
        t("shared.since_day", day=flare.since.short, time=flare.since_time),
    )
    return shared_row(_name(flare), rx.fragment(since, _places(flare)))


def _earlier(flare: Any) -> rx.Component:
    worst = rx.cond(flare.severity_worst != "", rx.fragment(", ", t("shared.worst", severity=flare.severity_worst)), rx.fragment())
    return shared_row(_name(flare), rx.fragment(flare.since.short, worst, _places(flare)))


def _places(flare: Any) -> rx.Component:
    return rx.cond(flare.places.length() > 0, rx.fragment(" · ", named_list("places", flare.places, inside=True)), rx.fragment())


def _doses() -> rx.Component:
    return rx.cond(
        shares("doses"),
        rx.el.section(
            rx.el.h2(t("shared.doses")),
            newest_first(
                store.shared.doses,
                lambda one: shared_row(
                    rx.cond(one.day.away == 0, t("shared.today"), one.day.short), t("shared.doses_row", taken=one.taken, due=one.due)
                ),
            ),
            rx.el.p(t("shared.doses_hint"), class_name="soft small gap-s"),
        ),
        rx.fragment(),
    )


def _help() -> rx.Component:
    """Urgent signs first, then the one or two things that help most, then the rest."""
    view = store.shared
    names = {"name": view.display_name}
    blocks = load_page(lang(), "help/how-to-help").blocks
    naloxone = rx.cond(
        view.naloxone_place != "",
        rx.fragment(
            t("shared.naloxone_at", place=view.naloxone_place),
            rx.cond(view.naloxone_expires.date != "", rx.fragment(" ", t("shared.naloxone_until", day=view.naloxone_expires.short)), ""),
        ),
        t("shared.naloxone_none", name=view.display_name),
    )
    return rx.el.section(
        rx.el.h2(t("shared.help")),
        urgent_box(blocks, names),
        rx.el.ul(
            shared_row(t("shared.help_ask"), t("shared.help_medicine", name=view.display_name)),
            shared_row(t("shared.help_naloxone"), naloxone),
            rx.foreach(view.people, lambda person: shared_row(person.name, rx.el.a(person.phone, href="tel:" + person.phone))),
            class_name="sheet plain",
        ),
        rx.el.details(rx.el.summary(t("shared.help_more")), calm_text(blocks, names, level=3)),
    )


def _until() -> rx.Component:
    expires = store.shared.expires
    return rx.cond(expires.date != "", rx.el.p(t("shared.until", day=expires.short), class_name="soft small gap-l"), rx.fragment())

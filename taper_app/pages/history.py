"""History: a month of days, newest first. A day without entries is "Nothing logged", never more than that."""

from typing import Any

import reflex as rx

from taper_app.components.history_item import history_item
from taper_app.components.phases import bones, when_ready
from taper_app.components.shell import link, page
from taper_app.components.sync import refused
from taper_app.components.words import t
from taper_app.pwa.store import store


def history() -> rx.Component:
    """All that was logged, day by day."""
    return page(
        t("history.title"),
        rx.el.p(t("history.lead"), class_name="soft"),
        link(t("history.lens"), path="/lens", class_name="link"),
        when_ready(rx.el.div(bones(4, 4), class_name="gap"), refused(), rx.foreach(store.history, _day)),
        tab="history",
    )


def _day(day: Any) -> rx.Component:
    some = day["items"].length() > 0
    title = rx.match(
        day.day.away,
        (0, t("history.today", day=day.day.long)),
        (-1, t("history.yesterday", day=day.day.long)),
        day.day.long,
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title),
            rx.cond(some, rx.fragment(), rx.el.p(t("history.nothing"), class_name="soft")),
            class_name="day",
        ),
        rx.cond(some, rx.el.ul(rx.foreach(day["items"], history_item), class_name="sheet plain gap-s"), rx.fragment()),
    )

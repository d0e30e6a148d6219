"""A flare that is still going."""

from typing import Any

import reflex as rx

from taper_app.components.named import named_list
from taper_app.components.sync import sync_tag
from taper_app.components.words import t
from taper_app.pwa.store import end_flare, start_edit


def flare_row(flare: Any) -> rx.Component:
    """`flare` is a Var of `views.OpenFlare`: what it is, since when, and the two things one may want to say about it."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.el.strong(flare_name(flare.severity_now)),
                rx.cond(flare.places.length() > 0, rx.fragment(", ", named_list("places", flare.places, inside=True)), rx.fragment()),
            ),
            rx.el.p(
                since(flare),
                rx.cond(flare.day_of_step > 0, rx.fragment(" · ", t("today.flare.day_of_step", n=flare.day_of_step)), rx.fragment()),
                class_name="soft small",
            ),
            rx.el.div(
                rx.el.button(t("today.flare.eased"), type="button", class_name="link small", on_click=end_flare(flare.id)),
                sync_tag(flare.sync),
                class_name="line",
            ),
            class_name="grow",
        ),
        rx.el.button(
            t("today.flare.update"),
            rx.el.span(" ", flare_name(flare.severity_now), class_name="hide"),
            type="button",
            class_name="take pain",
            on_click=start_edit(flare.id, "/entry/flare"),
        ),
        class_name="row tap",
    )


def flare_name(severity: Any) -> rx.Var[str]:
    """ "Flare, 6 of 10"."""
    return rx.cond(severity != "", t("today.flare.is", severity=severity), t("today.flare.plain"))


def since(flare: Any) -> rx.Var[str]:
    """ "Since 09:20"; with the day when that was not today."""
    return rx.cond(
        flare.since.away == 0,
        t("today.flare.since", time=flare.since_time),
        t("today.flare.since_day", day=flare.since.short, time=flare.since_time),
    )

"""The questions about a flare. One number is enough; all else is there for who wants to say more."""

import reflex as rx

from taper_app.components.asking import chip_field, form_of, moment_field, one_of, scale_field, text_field
from taper_app.components.body_places import places_field
from taper_app.components.forms import chip
from taper_app.components.named import group
from taper_app.components.words import t
from taper_app.pwa.store import toggle_chip

FORM = "flare"


def ends() -> tuple[str, str]:
    """The words at 0 and at 10."""
    return t("log.no_pain"), t("log.worst")


def pain_now(heading: str = "") -> rx.Component:
    """The one question that matters. On Log the page's title asks it, so it has no heading of its own there."""
    return scale_field(FORM, "severity_now", heading or t("log.scale"), ends=ends(), calm=False, heading=bool(heading))


def flare_details(*, when_ended: bool = False) -> rx.Component:
    """Everything else about a flare."""
    sunburn = chip(
        group("feels")["sunburn_skin"],
        on=form_of(FORM).feels.contains("sunburn_skin"),
        on_click=toggle_chip(FORM, "feels", "sunburn_skin"),
    )
    return rx.fragment(
        places_field(),
        chip_field(FORM, "allodynia", t("log.unusual"), "allodynia", sunburn),
        chip_field(FORM, "feels", t("log.feels"), "feels"),
        one_of(FORM, "spread", t("log.spread"), "spread"),
        scale_field(FORM, "severity_worst", t("log.worst_so_far"), ends=ends(), calm=False),
        chip_field(FORM, "triggers", t("log.triggers"), "triggers"),
        chip_field(FORM, "helped", t("log.helped"), "options"),
        text_field(FORM, "note", t("log.note"), hint=t("log.note_hint"), rows="3"),
        moment_field(FORM, ("started_date", "started_time"), t("log.started"), hint=t("log.started_hint")),
        moment_field(FORM, ("ended_date", "ended_time"), t("log.ended"), hint=t("log.ended_hint")) if when_ended else rx.fragment(),
    )

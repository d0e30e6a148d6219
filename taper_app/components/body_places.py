"""Where it hurts: the places of last time first, the whole body one tap away, in words."""

import reflex as rx

from taper_app.components.asking import chips, form_of
from taper_app.components.forms import chip
from taper_app.components.named import group, named, named_list
from taper_app.components.words import t
from taper_app.pwa.store import same_places, store, toggle_chip

FORM = "flare"
_HEAD = ("head", "face", "jaw", "neck")
_FRONT = ("chest", "belly", "pelvis")
_BACK = ("upper_back", "lower_back", "left_buttock", "right_buttock")


def places_field() -> rx.Component:
    """The question "Where?"."""
    chosen = form_of(FORM).places
    return rx.el.section(
        rx.el.h2(t("log.where"), id="where"),
        rx.cond(
            chosen.length() > 0,
            rx.el.p(named_list("places", chosen), class_name="strong chosen", role="status"),
            rx.fragment(),
        ),
        rx.cond(
            store.last_places.length() > 0,
            rx.el.div(
                rx.cond(
                    store.last_places.length() > 1,
                    rx.el.button(t("log.same_places"), type="button", class_name="chip", on_click=same_places()),
                    rx.fragment(),
                ),
                rx.foreach(
                    store.last_places,
                    lambda place: chip(named("places", place), on=chosen.contains(place), on_click=toggle_chip(FORM, "places", place)),
                ),
                class_name="chips",
                role="group",
                aria_label=t("log.last_places"),
            ),
            rx.fragment(),
        ),
        rx.el.details(
            rx.el.summary(t("log.show_body"), class_name="chip"),
            *[
                rx.el.fieldset(
                    rx.el.legend(words),
                    rx.el.div(*chips(FORM, "places", places), class_name="chips"),
                    class_name="field",
                )
                for words, places in body_groups()
            ],
            class_name="gap-s",
        ),
        aria_labelledby="where",
    )


def body_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every place once, in six groups: head, front, back, left, right, all over."""
    left = dict(group("places"))
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for name, wanted in (("head", _HEAD), ("front", _FRONT), ("back", _BACK)):
        groups.append((t(f"log.body.{name}"), [(place, left.pop(place)) for place in wanted]))
    for side in ("left", "right"):
        sided = [place for place in left if place.startswith(f"{side}_")]
        groups.append((t(f"log.body.{side}"), [(place, left.pop(place)) for place in sided]))
    groups.append((t("log.body.all_over"), list(left.items())))
    return groups

"""After a flare is logged: where the entry is, urgent signs, then comfort. On a hard day one question with large answers."""

import reflex as rx

from taper_app.components.after_save import focus_main, saved_state, saved_title
from taper_app.components.named import named_list
from taper_app.components.phases import when_ready
from taper_app.components.shell import link, page
from taper_app.components.urgent import flare_comfort, flare_urgent
from taper_app.components.words import href, t
from taper_app.pwa.store import same_places, save_form, store

FORM = "flare"
_HARD = ["8", "9", "10"]


def after_log() -> rx.Component:
    """The page that Save leads to."""
    form = store.forms.flare
    hard = rx.Var.create(_HARD).contains(form.severity_now) & (form.places.length() == 0)
    known = store.last_places.length() > 0
    return page(
        rx.cond(
            form.saved_id == "",
            t("log.saved.none"),
            rx.cond(hard, rx.cond(known, t("log.saved.hard_title"), t("log.saved.hard_where")), saved_title(form)),
        ),
        when_ready(
            rx.fragment(),
            rx.cond(form.saved_id == "", _none(), rx.cond(hard, _hard_day(), _logged())),
        ),
        rx.el.div(on_mount=focus_main()),
        over=t("log.over"),
        tab="log",
    )


def _none() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("log.saved.none_words")),
        link(t("log.over"), path="/log", class_name="btn flare gap"),
        link(t("log.saved.today"), path="/", class_name="btn quiet"),
    )


def _logged() -> rx.Component:
    form = store.forms.flare
    return rx.fragment(
        rx.cond(
            form.severity_now != "",
            rx.el.p(
                t("log.saved.pain", severity=form.severity_now),
                rx.cond(form.places.length() > 0, rx.fragment(" ", named_list("places", form.places), "."), rx.fragment()),
            ),
            rx.fragment(),
        ),
        saved_state(form, titled=True),
        flare_urgent(),
        flare_comfort(),
        link(t("log.saved.add"), path="/log/more", class_name="btn flare quiet gap-l"),
        link(t("log.saved.today"), path="/", class_name="btn"),
    )


def _hard_day() -> rx.Component:
    """Severe pain: it is logged, and nothing more is asked than can be answered with a thumb."""
    known = store.last_places.length() > 0
    return rx.el.div(
        rx.el.div(
            rx.cond(known, rx.el.p(named_list("places", store.last_places), class_name="large soft"), rx.fragment()),
            flare_urgent(),
            class_name="grow",
        ),
        saved_state(store.forms.flare),
        rx.cond(
            known,
            rx.el.button(t("log.saved.hard_yes"), type="button", class_name="btn flare big", on_click=[same_places(), save_form(FORM)]),
            rx.fragment(),
        ),
        link(rx.cond(known, t("log.saved.hard_else"), t("log.saved.hard_add")), path="/log/more", class_name="btn flare quiet tall"),
        rx.el.a(t("log.saved.hard_person"), href=href("/safety"), class_name="btn call quiet tall"),
        rx.el.p(t("log.saved.hard_enough"), class_name="soft center gap"),
        class_name="hard-day",
    )

"""The questions of a check-in, and the gentle way to help when the mood is very low."""

import reflex as rx

from taper_app.components.asking import chip_field, form_of, scale_field, text_field
from taper_app.components.shell import link
from taper_app.components.words import t

FORM = "check_in"
_VERY_LOW = ["0", "1", "2"]


def check_in_questions() -> rx.Component:
    """Pain, relief, sleep, mood, body, note: each may be left out."""
    return rx.fragment(
        scale_field(FORM, "pain", t("check_in.pain"), ends=(t("log.no_pain"), t("log.worst")), calm=False),
        _calm("relief"),
        _calm("sleep"),
        _calm("mood"),
        very_low_help(),
        chip_field(FORM, "body", t("check_in.body"), "body", hint=t("check_in.body_hint")),
        text_field(FORM, "note", t("check_in.note"), hint=t("check_in.note_hint"), rows="3"),
    )


def _calm(name: str) -> rx.Component:
    return scale_field(FORM, name, t(f"check_in.{name}"), ends=(t(f"check_in.{name}_low"), t(f"check_in.{name}_high")))


def very_low_help() -> rx.Component:
    """Help, at once, while the mood that was chosen is very low."""
    return rx.cond(
        rx.Var.create(_VERY_LOW).contains(form_of(FORM).mood),
        rx.el.div(
            rx.el.p(rx.el.strong(t("check_in.very_low"))),
            rx.el.p(link(t("check_in.very_low_link"), path="/very-low")),
            rx.el.p(t("check_in.very_low_private"), class_name="small"),
            class_name="urgent",
            role="status",
        ),
        rx.fragment(),
    )

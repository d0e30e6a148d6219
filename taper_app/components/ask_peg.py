"""The three questions of the PEG scale."""

import reflex as rx

from taper_app.components.asking import scale_field
from taper_app.components.words import t

FORM = "peg"


def peg_questions() -> rx.Component:
    """Average pain, enjoyment of life, general activity: each 0 to 10."""
    interferes = (t("peg.interferes_low"), t("peg.interferes_high"))
    return rx.fragment(
        scale_field(FORM, "average", t("peg.average"), ends=(t("peg.average_low"), t("peg.average_high"))),
        scale_field(FORM, "enjoyment", t("peg.enjoyment"), ends=interferes),
        scale_field(FORM, "activity", t("peg.activity"), ends=interferes),
    )

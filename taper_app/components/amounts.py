"""How much: the pieces first, as the label counts them, then the amount with its unit."""

from typing import Any

import reflex as rx

from taper_app.components.named import named
from taper_app.components.words import choose, t

_PARTS_OF_DAY = ["morning", "noon", "afternoon", "evening", "bedtime"]
_HALVES = [("0.5", "½"), ("1.5", "1½"), ("2.5", "2½"), ("3.5", "3½")]


def pieces(dose: Any) -> rx.Component:
    """ "2 tablets" large and "30 mg" beside it; without a count on the label the amount alone is large."""
    amount = t("today.amount.with_unit", amount=dose.amount, unit=dose.unit)
    return rx.cond(
        dose.parts.length() > 0,
        rx.fragment(
            rx.cond(
                dose.parts.length() > 1,
                rx.foreach(dose.parts, lambda part: rx.el.strong(of_strength(part, dose.form, dose.unit), class_name="piece")),
                rx.el.strong(_count(dose.parts[0].count), " ", _noun(dose.form, _single(dose.parts[0]))),
            ),
            " ",
            rx.el.span(amount, class_name="soft"),
        ),
        rx.cond(
            dose.volume != "",
            rx.fragment(rx.el.strong(dose.volume), " ", rx.el.span(amount, class_name="soft")),
            rx.el.strong(amount),
        ),
    )


def spoken(dose: Any) -> rx.Var[str]:
    """The same as plain text, for the name of a button."""
    amount = t("today.amount.with_unit", amount=dose.amount, unit=dose.unit)
    return rx.cond(
        dose.parts.length() == 1,
        t("today.amount.pieces", count=dose.parts[0].count, form=_noun(dose.form, _single(dose.parts[0]))),
        rx.cond(dose.volume != "", dose.volume, amount),
    )


def each(dose: Any) -> rx.Var[str]:
    """ "15 mg tablets" where more or less than one piece makes the amount."""
    part = dose.parts[0]
    return rx.cond(
        (dose.parts.length() == 1) & ~part.one,
        rx.cond(
            part.count == "0.5",
            t("today.amount.half", strength=part.strength, unit=dose.unit, form=_noun(dose.form, True)),
            t("today.amount.each", strength=part.strength, unit=dose.unit, form=_noun(dose.form, False)),
        ),
        "",
    )


def of_strength(part: Any, form: Any, unit: Any) -> rx.Var[str]:
    """ "1 tablet of 30 mg"."""
    return t("today.amount.of", count=_count(part.count), form=_noun(form, _single(part)), strength=part.strength, unit=unit)


def when(dose: Any) -> rx.Var[str]:
    """ "08:00" or "At bedtime"."""
    return rx.cond(dose.time != "", dose.time, choose("today.at", dose.part_of_day, _PARTS_OF_DAY, t("today.at.any")))


def _count(count: Any) -> rx.Var[str]:
    return rx.match(count, *_HALVES, count)


def _single(part: Any) -> Any:
    return part.one | (part.count == "0.5")


def _noun(form: Any, one: Any) -> rx.Var[str]:
    if isinstance(one, bool):
        return named("today.form", form + (".one" if one else ".other"))
    return named("today.form", form + rx.cond(one, ".one", ".other"))

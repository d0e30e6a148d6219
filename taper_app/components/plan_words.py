"""A plan in words: doses, days, steps, questions. Used by the overview, the read-back and the plan itself."""

from typing import Any

import reflex as rx

from taper_app.components.shell import link
from taper_app.components.words import choose, t, tn
from taper_app.domain.plan import PARTS_OF_DAY, RELEASES, SPLITS


def amount(dose: Any) -> rx.Component:
    """ "30 mg", or that it is still blank."""
    return rx.cond(
        dose.amount != "",
        rx.el.strong(t("plan_line.amount", amount=dose.amount, unit=dose.unit)),
        rx.el.em(t("plan_line.no_amount")),
    )


def at(dose: Any) -> Any:
    """ "at 08:00" or "in the morning"."""
    cases = [(part, t(f"plan_line.{part}")) for part in PARTS_OF_DAY]
    return rx.match(dose.at, *cases, ("", t("plan_line.no_time")), t("plan_line.clock", time=dose.at))


def pieces(form: Any, part: Any, unit: Any) -> Any:
    """ "2 tablets of 15 mg", as the label says it."""
    named = ("tablet", "capsule", "patch", "film")
    words = rx.match(form, *[(name, tn(f"plan_line.{name}", part.count)) for name in named], tn("plan_line.piece", part.count))
    half = rx.match(form, ("tablet", t("plan_line.half.tablet")), ("film", t("plan_line.half.film")), t("plan_line.half.other"))
    return t("plan_line.of", pieces=rx.cond(part.count == "0.5", half, words).to(str), strength=part.strength, unit=unit)


def dose_words(dose: Any, form: Any, i: Any) -> rx.Component:
    """One dose in a sentence; all but the first begin with a comma."""
    return rx.fragment(
        rx.cond(i > 0, ", ", ""),
        amount(dose),
        " ",
        at(dose),
        rx.cond(
            dose.parts.length() > 0,
            rx.el.span(
                " (",
                rx.foreach(
                    dose.parts,
                    lambda part, j: rx.fragment(rx.cond(j > 0, t("plan_line.and"), ""), pieces(form, part, dose.unit)),
                ),
                ")",
                class_name="soft",
            ),
            rx.fragment(),
        ),
        rx.cond(dose.volume != "", rx.el.span(" (", dose.volume, ")", class_name="soft"), rx.fragment()),
    )


def day_words(line: Any, form: Any, nothing: Any) -> rx.Component:
    """The doses of one day as one sentence."""
    return rx.el.p(
        rx.cond(line.n > 0, rx.el.span(t("plan_line.turn", n=line.n), ": "), ""),
        rx.cond(
            line.doses.length() > 0,
            rx.foreach(line.doses, lambda dose, i: dose_words(dose, form, i)),
            rx.el.span(nothing, class_name="soft"),
        ),
    )


def starts_words(step: Any) -> Any:
    """ "From Mon 7 Dec", "Starts when the box is empty"."""
    return rx.cond(
        step.starts != "",
        t("plan_line.from", day=step.starts),
        rx.cond(step.starts_when != "", t("plan_line.from_when", when=step.starts_when), t("plan_line.no_start")),
    )


def step_words(step: Any, form: Any) -> rx.Component:
    """A whole step: when, what, how much a day, as needed, note."""
    return rx.fragment(
        rx.el.p(
            starts_words(step),
            rx.cond(step.days > 0, rx.fragment(" · ", tn("plan_line.days", step.days)), ""),
            rx.cond(step.every_days > 1, rx.fragment(" · ", t("plan_line.every", n=step.every_days)), ""),
            class_name="soft",
        ),
        rx.foreach(
            step.lines,
            lambda line: rx.cond(
                (step.needed.length() > 0) & (line.doses.length() == 0) & (line.n == 0),
                rx.fragment(),
                day_words(line, form, t("plan_line.nothing")),
            ),
        ),
        rx.cond(
            step.total != "",
            rx.el.p(t("plan_line.total", total=step.total, unit=step.unit), class_name="soft small num"),
            rx.fragment(),
        ),
        rx.foreach(step.needed, needed_words),
        rx.cond(step.until != "", rx.el.p(t("plan_line.until", until=step.until), class_name="soft small"), rx.fragment()),
        rx.cond(step.note != "", rx.el.p(step.note, class_name="soft small"), rx.fragment()),
    )


def needed_words(line: Any) -> rx.Component:
    """What is taken as needed, as written."""
    return rx.el.p(
        rx.el.span(t("plan_line.as_needed"), ": "),
        rx.cond(line.amount != "", rx.el.strong(t("plan_line.amount", amount=line.amount, unit=line.unit)), ""),
        rx.cond(line.purpose != "", rx.fragment(" ", t("plan_line.for", purpose=line.purpose)), ""),
        rx.cond(line.at_most != "", rx.fragment(", ", t("plan_line.at_most", n=line.at_most)), ""),
        rx.cond(line.per_hours != "", rx.fragment(" ", t("plan_line.per_hours", n=line.per_hours)), ""),
        rx.cond(line.as_written != "", rx.el.span(" “", line.as_written, "”", class_name="soft"), ""),
    )


def medicine_words(medicine: Any) -> rx.Component:
    """The medicine as on its label, the prescriber, and what was before."""
    return rx.fragment(
        rx.el.p(rx.cond(medicine.name != "", rx.el.strong(medicine.name), t("plan_list.unnamed"))),
        rx.el.p(
            rx.cond(medicine.form != "", rx.match(medicine.form, *_forms(), ""), ""),
            rx.cond(
                medicine.strengths != "",
                rx.fragment(" ", t("plan_line.strengths", strengths=medicine.strengths, unit=medicine.unit)),
                rx.cond(medicine.unit != "", rx.fragment(" ", medicine.unit), ""),
            ),
            rx.cond(medicine.concentration != "", rx.fragment(" · ", medicine.concentration), ""),
            " · ",
            choose("plan_line.release", medicine.release, list(RELEASES)),
            rx.cond(
                medicine.form == "tablet",
                rx.fragment(" · ", choose("plan_line.split", medicine.may_split, list(SPLITS))),
                "",
            ),
            class_name="soft",
        ),
        rx.cond(
            medicine.prescriber != "",
            rx.el.p(t("plan_line.prescriber", name=medicine.prescriber), class_name="soft"),
            rx.fragment(),
        ),
        rx.cond(
            medicine.before != "",
            rx.el.p(t("plan_line.before", text=medicine.before), class_name="soft small"),
            rx.fragment(),
        ),
    )


def end_words(end: Any) -> rx.Var:
    """How it ends, in words."""
    dated = rx.match(end.ends, ("stop", t("plan_line.ends.stop_day", day=end.day)), t("plan_line.ends.review_day", day=end.day))
    plain = choose("plan_line.ends", end.ends, ["stop", "stay", "review"], t("plan_line.ends.none"))
    return rx.cond(end.day != "", dated, plain)


def questions(asked: Any) -> rx.Component:
    """The entry questions of a line, beside it; never an answer."""
    return rx.foreach(asked, lambda words: rx.el.p(words, class_name="note"))


def gaps(found: Any) -> rx.Component:
    """What is still blank, each a way to its field."""
    return rx.cond(
        found.length() > 0,
        rx.el.ul(
            rx.foreach(found, lambda gap: rx.el.li(link(gap.message, path=gap.path, class_name="link"))),
            class_name="plain note",
        ),
        rx.fragment(),
    )


def days_table(days: Any, form: Any, status: Any) -> rx.Component:
    """The next days, one line a day."""
    return rx.el.ul(
        rx.foreach(
            days,
            lambda day: rx.el.li(
                rx.el.div(
                    rx.el.p(
                        rx.el.strong(rx.cond(day.last != "", t("plan_line.span", first=day.day, last=day.last), day.day)),
                        " ",
                        rx.el.span(
                            rx.cond(day.days > 1, rx.fragment(tn("plan_line.days", day.days), " · "), rx.fragment()),
                            status(day),
                            class_name="soft small",
                        ),
                        class_name="num",
                    ),
                    rx.el.p(
                        rx.cond(
                            day.doses.length() > 0,
                            rx.foreach(day.doses, lambda dose, i: dose_words(dose, form, i)),
                            rx.el.span(t("plan_line.nothing_due"), class_name="soft"),
                        )
                    ),
                    class_name="pad",
                ),
            ),
        ),
        class_name="sheet plain lines",
    )


def _forms() -> list[tuple[str, Any]]:
    from taper_app.domain.plan import FORMS

    return [(form, t(f"plan_form.{form}")) for form in FORMS]

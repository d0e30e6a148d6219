"""One plan on Today: the stairs, what holds now, what comes next. Up, down, paused and ended look alike."""

from typing import Any

import reflex as rx

from taper_app.components.staircase import staircase, stairs_table
from taper_app.components.words import rich, t, tn


def plan_card(plan: Any) -> rx.Component:
    """`plan` is a Var of `views.PlanCard`."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(_heading(plan)),
            rx.el.span(plan.medication, class_name="soft small"),
            class_name="head",
        ),
        rx.cond(
            _only_needed(plan),
            rx.fragment(),
            staircase(plan.stairs, t("today.plan.picture", step=plan.step, steps=plan.steps, level=plan.level, unit=plan.unit)),
        ),
        rx.match(
            plan.status,
            ("before", rx.el.p(*rich("today.plan.before", day=plan.starts.short))),
            ("held", _held(plan)),
            ("ended", _ended(plan)),
            rx.cond(_only_needed(plan), rx.el.p(t("today.plan.only_needed")), rx.cond(plan.uneven, _turns(plan), _now(plan))),
        ),
        rx.cond(
            plan.next_dose.date != "",
            rx.el.p(
                rx.cond(
                    plan.patch,
                    t("today.plan.next_patch", day=plan.next_dose.short),
                    t("today.plan.next_dose", day=plan.next_dose.short),
                )
            ),
            rx.fragment(),
        ),
        next_line(plan.next, plan.unit),
        rx.cond(
            (plan.changed_on.date != "") & (plan.changed_on.away > -15),
            rx.el.p(t("today.plan.changed", day=plan.changed_on.short), class_name="soft small"),
            rx.fragment(),
        ),
        stairs_table(plan.stairs, plan.unit, patch=plan.patch, uneven=plan.uneven),
        class_name="sheet pad plan",
    )


def _only_needed(plan: Any) -> rx.Var[bool]:
    """A step with nothing due: stairs of height nothing would say nothing."""
    return (plan.level == "0") & (plan.as_needed.length() > 0)


def _heading(plan: Any) -> rx.Var[str]:
    return rx.match(
        plan.status,
        ("before", t("today.plan.starts", day=plan.starts.short)),
        ("ended", t("today.plan.ended")),
        rx.cond(
            plan.steps > 1,
            t("today.plan.step", step=plan.step, steps=plan.steps),
            t("today.plan.step_only", step=plan.step),
        ),
    )


def _now(plan: Any) -> rx.Component:
    """ "Through Fri 27 Nov: 75 mg a day, in 3 doses." """
    bare = rich("today.plan.until_blank", day=plan.through.short)
    dated = rich("today.plan.until_with", day=plan.through.short, level=plan.level, unit=plan.unit)
    dated_patch = rich("today.plan.until_patch", day=plan.through.short, level=plan.level, unit=plan.unit)
    undated = rich("today.plan.open_with", level=plan.level, unit=plan.unit)
    undated_patch = rich("today.plan.open_patch", level=plan.level, unit=plan.unit)
    return rx.fragment(
        rx.el.p(
            rx.cond(
                plan.through.date != "",
                rx.cond(
                    plan.level != "",
                    rx.cond(plan.patch, rx.fragment(*dated_patch), rx.fragment(*dated)),
                    rx.fragment(*bare),
                ),
                rx.cond(plan.patch, rx.fragment(*undated_patch), rx.fragment(*undated)),
            ),
            rx.cond(
                ~plan.patch & (plan.doses > 0) & (plan.total == plan.level),
                rx.fragment(", ", tn("today.plan.in_doses", plan.doses)),
                "",
            ),
            ".",
        ),
        rx.cond(
            ~plan.patch & (plan.total != "") & (plan.total != plan.level),
            rx.el.p(t("today.plan.today_total", total=plan.total, unit=plan.unit), class_name="strong"),
            rx.fragment(),
        ),
    )


def _turns(plan: Any) -> rx.Component:
    """Where days differ, no amount is "a day": "Through Fri 27 Nov. Today: 15 mg." """
    return rx.fragment(
        rx.cond(plan.through.date != "", rx.el.p(*rich("today.plan.until_blank", day=plan.through.short), "."), rx.fragment()),
        _total(plan),
    )


def _total(plan: Any) -> rx.Component:
    total = rx.el.p(t("today.plan.today_total", total=plan.total, unit=plan.unit), class_name="strong")
    return rx.cond(plan.total != "", total, rx.fragment())


def _held(plan: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(
            plan.held_by != "",
            rx.el.p(*rich("today.plan.held_by", day=plan.held_since.short, name=plan.held_by)),
            rx.el.p(*rich("today.plan.held", day=plan.held_since.short)),
        ),
        rx.cond(plan.uneven, _total(plan), rx.fragment()),
        rx.cond(
            (plan.level != "") & ~plan.uneven,
            rx.el.p(
                rx.cond(
                    plan.patch,
                    rx.fragment(*rich("today.plan.held_patch", level=plan.level, unit=plan.unit)),
                    rx.fragment(*rich("today.plan.held_level", level=plan.level, unit=plan.unit)),
                )
            ),
            rx.fragment(),
        ),
    )


def _ended(plan: Any) -> rx.Component:
    return rx.cond(plan.ended_on.date != "", rx.el.p(t("today.plan.ended_on", day=plan.ended_on.short)), rx.fragment())


def next_line(change: Any, unit: Any) -> rx.Component:
    """What changes next, and when, as the plan has it."""
    words = rx.match(
        change.what,
        (
            "step",
            rx.cond(
                change.level != "",
                t("today.plan.next.step", day=change.on.short, level=change.level, unit=unit),
                t("today.plan.next.step_blank", day=change.on.short),
            ),
        ),
        ("resume", t("today.plan.next.resume", day=change.on.short)),
        ("hold", t("today.plan.next.hold", day=change.on.short)),
        ("stop", t("today.plan.next.stop", day=change.on.short)),
        ("review", t("today.plan.next.review", day=change.on.short)),
        (
            "undated",
            rx.cond(
                change.starts_when != "",
                t("today.plan.next.undated", words=change.starts_when),
                t("today.plan.next.undated_blank"),
            ),
        ),
        "",
    )
    return rx.cond(change.what != "", rx.el.p(words, class_name="soft small"), rx.fragment())

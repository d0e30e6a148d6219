"""A dose of today: what it is, one tap to log it, the rest folded away. And the medicine that is never due."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from taper_app.components.amounts import each, pieces, spoken, when
from taper_app.components.problem import problem
from taper_app.components.sync import sync_tag
from taper_app.components.words import t, tn
from taper_app.pwa.store import clear, log_as_needed, open_different, remove_patch, save_form, set_field, skip, store, take, undo

FORM = "dose"


def due_row(due: Any) -> rx.Component:
    """One dose that the plan has today. `due` is a Var of `views.Due`."""
    form = store.forms.dose
    waits = (due.state == "open") | (due.state == "removed")
    opened = waits & ~form.editing & (form.due_date == due.date) & (form.due_at == due.at) & (form.plan_id == due.plan_id)
    return rx.el.li(
        rx.el.div(
            rx.el.p(pieces(due), class_name="amount"),
            rx.cond(store.today.plans.length() > 1, rx.el.p(due.medication, class_name="small"), rx.fragment()),
            rx.cond(
                due.patch & waits,
                rx.cond(due.removed_time != "", _old_off(due), rx.el.p(t("today.due.patch_first"), class_name="small")),
                rx.fragment(),
            ),
            rx.el.div(
                rx.el.span(when(due), rx.cond(waits, _dotted(each(due)), _logged(due)), class_name="soft small whole"),
                rx.cond(
                    waits,
                    rx.el.button(
                        rx.cond(opened, t("today.due.close"), t("today.due.other")),
                        rx.el.span(" ", _about(due), class_name="hide"),
                        type="button",
                        class_name="link small",
                        aria_expanded=rx.cond(opened, "true", "false"),
                        on_click=_either(opened, clear(FORM), open_different(due)),
                    ),
                    rx.el.button(
                        rx.cond(due.state == "twice", t("today.due.twice_undo"), t("today.due.undo")),
                        rx.el.span(" ", _about(due), class_name="hide"),
                        type="button",
                        class_name="link small",
                        on_click=undo(due.record_id),
                    ),
                ),
                sync_tag(due.sync),
                class_name="line",
            ),
            class_name="grow",
        ),
        _button(due),
        rx.cond(opened, _other(due), rx.fragment()),
        class_name="row tap",
    )


def _either(test: Any, yes: FunctionVar, no: FunctionVar) -> FunctionVar:
    """One of two actions, decided at the tap."""
    found = VarData.merge(*[var._get_all_var_data() for var in (test, yes, no)])
    return FunctionStringVar.create(f"(() => {test!s} ? {yes!s}() : {no!s}())", _var_data=found)


def _about(due: Any) -> rx.Var[str]:
    return t("today.due.about", dose=spoken(due), at=when(due))


def _button(due: Any) -> rx.Component:
    done = (due.state != "open") & (due.state != "removed")
    return rx.el.button(
        rx.match(
            due.state,
            ("taken", rx.fragment("✓ ", rx.cond(due.patch, t("today.due.on"), t("today.due.taken")))),
            ("skipped", rx.fragment(t("today.due.skipped"))),
            ("different", rx.fragment("✓ ", t("today.due.different"))),
            ("twice", rx.fragment("✓✓ ", t("today.due.different"))),
            rx.fragment(rx.cond(due.patch, t("today.due.put_on"), t("today.due.took"))),
        ),
        rx.el.span(" ", _about(due), class_name="hide"),
        type="button",
        class_name=rx.cond(done, "take done", "take"),
        aria_disabled=rx.cond(done, "true", "false"),
        on_click=take(due),
    )


def _logged(due: Any) -> rx.Component:
    words = rx.match(
        due.state,
        ("taken", rx.cond(due.patch, t("today.due.put_on_at", time=due.logged_time), t("today.due.taken_at", time=due.logged_time))),
        ("skipped", t("today.due.skipped_at", time=due.logged_time)),
        ("different", t("today.due.different_at", amount=due.logged_amount, unit=due.unit, time=due.logged_time)),
        ("twice", t("today.due.twice", first=due.times[0], second=due.times[1])),
        "",
    )
    day = rx.cond(due.logged_day.date != "", rx.fragment(" ", t("today.due.on_day", day=due.logged_day.short)), rx.fragment())
    return rx.fragment(_dotted(words), day)


def _dotted(words: Any) -> rx.Component:
    return rx.cond(words != "", rx.fragment(" · ", words), rx.fragment())


def _old_off(due: Any) -> rx.Component:
    return rx.el.p(
        t("today.due.removed_at", time=due.removed_time),
        " ",
        rx.el.button(
            t("today.due.undo"),
            rx.el.span(" ", t("today.due.old_off"), class_name="hide"),
            type="button",
            class_name="link small",
            on_click=undo(due.removed_id),
        ),
        class_name="small",
    )


def _other(due: Any) -> rx.Component:
    """Skipped, another amount, or the old patch off."""
    form = store.forms.dose
    return rx.el.div(
        rx.el.div(
            rx.el.button(t("today.due.skip"), type="button", class_name="take", on_click=[skip(due), clear(FORM)]),
            rx.cond(
                due.patch & (due.removed_time == ""),
                rx.el.button(t("today.due.old_off"), type="button", class_name="take", on_click=[remove_patch(due), clear(FORM)]),
                rx.fragment(),
            ),
            class_name="chips",
        ),
        rx.el.div(
            rx.el.label(t("today.due.how_much", unit=due.unit), html_for="dose-amount"),
            problem(form, "amount", id="dose-amount", required=t("today.due.amount_first")),
            rx.el.div(
                rx.el.input(
                    id="dose-amount",
                    value=form.amount,
                    on_change=set_field(FORM, "amount"),
                    class_name="input short",
                    input_mode="decimal",
                    auto_complete="off",
                    aria_describedby="dose-amount-error",
                    aria_invalid=rx.cond(form.error != "", "true", "false"),
                ),
                rx.el.button(t("today.due.save"), type="button", class_name="take", on_click=save_form(FORM)),
                class_name="inline",
            ),
            class_name=rx.cond(form.error != "", "field wrong", "field"),
        ),
        class_name="under",
    )


def needed_row(needed: Any) -> rx.Component:
    """A medicine taken only when needed, as written. What was logged is counted; nothing is counted down."""
    return rx.el.li(
        rx.el.div(
            rx.el.p(
                rx.cond(
                    needed.amount != "",
                    rx.el.strong(t("today.amount.with_unit", amount=needed.amount, unit=needed.unit)),
                    rx.el.strong(needed.medication),
                ),
                rx.cond(needed.amount != "", rx.el.span(" ", needed.medication, class_name="soft"), rx.fragment()),
                class_name="amount",
            ),
            rx.cond(needed.purpose != "", rx.el.p(t("today.needed.for", purpose=needed.purpose), class_name="small"), rx.fragment()),
            rx.cond(
                needed.as_written != "",
                rx.el.p(t("today.needed.written", words=needed.as_written), class_name="soft small"),
                rx.cond(
                    needed.at_most != "",
                    rx.el.p(t("today.needed.at_most", most=needed.at_most, hours=needed.per_hours), class_name="soft small"),
                    rx.fragment(),
                ),
            ),
            rx.el.p(
                tn("today.needed.logged", needed.logged_24h),
                rx.cond(needed.last_time != "", rx.fragment(" · ", _last(needed)), rx.fragment()),
                class_name="small strong",
            ),
            rx.cond(
                needed.record_id != "",
                rx.el.div(
                    rx.el.button(t("today.needed.undo"), type="button", class_name="link small", on_click=undo(needed.record_id)),
                    sync_tag(needed.sync),
                    class_name="line",
                ),
                rx.fragment(),
            ),
            class_name="grow",
        ),
        rx.el.button(
            t("today.needed.log"),
            rx.el.span(" ", needed.medication, class_name="hide"),
            type="button",
            class_name="take",
            on_click=log_as_needed(needed.plan_id, needed.amount),
        ),
        class_name="row tap",
    )


def _last(needed: Any) -> rx.Var[str]:
    return rx.cond(
        needed.last_day.away == 0,
        t("today.needed.last", time=needed.last_time),
        t("today.needed.last_day", day=needed.last_day.short, time=needed.last_time),
    )

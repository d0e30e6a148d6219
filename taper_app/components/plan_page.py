"""What stands around every screen about a plan, and the few pieces that they all use."""

from typing import Any

import reflex as rx
from reflex_base.vars.function import FunctionStringVar

from taper_app.components.forms import error_summary
from taper_app.components.needs_network import loading, reconnecting
from taper_app.components.panels import signed_in, signed_out
from taper_app.components.shell import link, page
from taper_app.components.words import t

_FOCUS = FunctionStringVar.create("(() => { const e = document.querySelector('.error-summary'); e?.focus(); e?.scrollIntoView(); })")
PLANS = ("/plans", "plan_list.back")


def screen(state: Any, title: Any, build: Any, *, over: Any = "", back: tuple[Any, str] = PLANS, key: Any = "") -> rx.Component:
    """A page whose content is built from a State once it was allowed to load; leaving it forgets everything."""
    return page(
        title,
        signed_in(
            rx.cond(
                state.signed_out,
                signed_out(),
                rx.cond(
                    state.missing,
                    _missing(),
                    rx.cond(
                        state.loaded,
                        rx.el.div(build(), reconnecting(), key=state.opened.to(str)),
                        rx.cond(state.errors.length() > 0, _refused(state), loading("plan")),
                    ),
                ),
            ),
            rx.el.span(hidden=True, on_unmount=state.leave),
        ),
        over=over,
        tab="more",
        back=(back[0], t(back[1])),
    )


def _refused(state: Any) -> rx.Component:
    """A plan that is there, but not for this screen: an active plan is not typed over, a draft takes no events."""
    return rx.fragment(error_summary(state.errors), link(t("plan_list.back"), path="/plans", class_name="btn"))


def _missing() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("plan_list.missing")),
        rx.el.p(t("plan_list.missing_words")),
        link(t("plan_list.back"), path="/plans", class_name="btn gap"),
        class_name="sheet pad",
    )


def summary(state: Any) -> rx.Component:
    """What was refused, at the top; it comes into view and takes the focus each time."""
    return rx.cond(
        state.errors.length() > 0,
        rx.el.div(error_summary(state.errors), on_mount=_FOCUS, key=state.tries.to(str)),
        rx.fragment(),
    )


def wrong(state: Any, id: Any) -> rx.Var:
    """The words beside one field, "" when it is fine."""
    found = state.wrong[id]
    return rx.cond(found, found, "")


def here(state: Any, id: Any) -> rx.Var:
    """Whether a field takes the focus when the form opens: the address named it as blank."""
    return state.focus == id


def rev(state: Any) -> rx.Var:
    """What the links of a revision carry."""
    return rx.cond(state.revising, "&rev=1", "")

"""Pain and dose: what was logged, as pictures beside the plan. It shows and counts; it never says why."""

from typing import Any

import reflex as rx

from taper_app.components.charts import fetch_plotly, folded_table, panel, table
from taper_app.components.forms import error_summary
from taper_app.components.panels import signed_in, signed_out, when_loaded
from taper_app.components.shell import link, page
from taper_app.components.words import t
from taper_app.states.lens import LensState as S
from taper_app.states.lens_figures import KINDS

ZOOMS = ("week", "step", "month", "all")
# As many as a table has on a phone without being folded away.
FEW_ROWS = 12
ORDERS = ("most", "effort", "latest")


def lens() -> rx.Component:
    """The whole page."""
    return page(
        t("lens.title"),
        signed_in(
            rx.cond(S.signed_out, signed_out(), when_loaded(S, rx.cond(S.empty, _empty(), _all()), what="lens")),
            rx.el.span(hidden=True, on_mount=fetch_plotly(), on_unmount=S.leave),
        ),
        over=rx.cond(S.loaded & ~S.empty, S.over, ""),
        tab="more",
    )


def _empty() -> rx.Component:
    return rx.el.section(
        rx.el.p(t("lens.empty")),
        link(t("lens.empty_log"), path="/log", class_name="btn flare gap"),
        class_name="sheet pad",
    )


def _all() -> rx.Component:
    return rx.fragment(
        rx.cond(S.errors.length() > 0, error_summary(S.errors), rx.fragment()),
        rx.cond(S.plans.length() > 1, _plans(), rx.fragment()),
        _main(),
        _around(),
        _look(),
        _where(),
        _tried(),
        _weekly(),
    )


def _plans() -> rx.Component:
    return rx.el.div(
        rx.el.label(t("lens.plan"), html_for="plan", class_name="label"),
        rx.el.span(t("lens.plan_hint"), class_name="hint", id="plan-hint"),
        rx.el.select(
            rx.foreach(S.plans, lambda one: rx.el.option(one.name, value=one.id)),
            id="plan",
            value=S.plan_id,
            on_change=S.choose,
            class_name="input",
            aria_describedby="plan-hint",
        ),
        class_name="field",
    )


def _chart(found: Any, name: str, *, asked: bool = True) -> rx.Component:
    figure = getattr(S, f"{name}_figure")
    return panel(found, name, figure=figure, kinds=KINDS[name], drawn=S.drawn, draw=S.draw(name) if asked else None)


def _main() -> rx.Component:
    return rx.el.section(
        _zooms(),
        _chart(S.main, "main", asked=False),
        rx.cond(
            S.plans.length() == 0,
            rx.el.p(t("lens.no_plan"), " ", link(t("lens.no_plan_link"), path="/plan/new"), class_name="soft small"),
            rx.cond(S.laid, rx.fragment(), rx.el.p(t("lens.as_needed"), class_name="soft small")),
        ),
        rx.el.p(t("lens.cannot"), class_name="note small"),
        link(t("lens.report"), path="/report", class_name="btn quiet gap"),
        class_name="sheet pad",
        aria_label=t("lens.title"),
    )


def _zooms() -> rx.Component:
    def zoom(name: str) -> rx.Component:
        button = rx.el.button(
            t(f"lens.zooms.{name}"), type="button", class_name="chip", on_click=S.show(name), aria_pressed=(S.zoom == name).to_string()
        )
        return rx.cond(S.laid, button, rx.fragment()) if name == "step" else button

    return rx.el.div(
        rx.el.div(*[zoom(name) for name in ZOOMS], class_name="chips tight", role="group", aria_label=t("lens.zoom")),
        rx.cond(
            S.zoom != "all",
            rx.el.div(
                _arrow(S.earlier_day, S.earlier, t("lens.earlier"), "←", first=True),
                rx.el.span(S.span, class_name="soft small center", role="status"),
                _arrow(S.later_day, S.later, t("lens.later"), "→", first=False),
                class_name="turn",
            ),
            rx.fragment(),
        ),
        class_name="zooms",
    )


def _arrow(day: Any, go: Any, words: str, sign: str, *, first: bool) -> rx.Component:
    mark = rx.el.span(sign, aria_hidden="true", class_name="sign")
    return rx.el.button(
        *([mark, words] if first else [words, mark]),
        type="button",
        class_name="link small",
        on_click=go,
        disabled=day == "",
    )


def _around() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("lens.around.title")),
        rx.el.section(_chart(S.falls, "falls"), *_warned(test=True), class_name="sheet pad"),
    )


def _look() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("lens.look.title")),
        rx.el.p(t("lens.look.lead"), " ", link(t("lens.look.learn"), path="/learn/four-patterns"), class_name="soft"),
        _pattern("spread", panel(S.spread)),
        _pattern("severity", _chart(S.severity, "severity")),
        _pattern("rise", _chart(S.rises, "rises"), test=True),
        _pattern("fewer", _chart(S.steps, "steps"), test=True),
    )


def _pattern(name: str, *chart: rx.Component, test: bool = False) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t(f"lens.look.{name}"), class_name="flush"),
        *chart,
        rx.el.p(
            t("lens.look.said"),
            " ",
            rx.cond(
                S.said.length() > 0,
                S.said.join("; "),
                rx.fragment(t("lens.look.said_none"), " ", link(t("lens.look.said_link"), path="/background")),
            ),
            class_name="small gap-s",
        ),
        *_warned(test=test),
        class_name="sheet pad gap",
    )


def _warned(*, test: bool) -> list[rx.Component]:
    """That nothing here tells why; with `test`, where pain stands beside a change of the dose, that no dose is changed to find out."""
    return [
        *([rx.el.p(t("lens.look.test"), class_name="note")] if test else []),
        rx.el.p(t("lens.look.why"), class_name="soft small gap-s"),
    ]


def _where() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("lens.where.title")),
        rx.el.section(_chart(S.places, "places"), class_name="sheet pad"),
        rx.el.section(
            rx.el.h3(t("lens.where.touch_title"), class_name="flush"),
            rx.el.p(S.touch.says, class_name="soft small"),
            rx.cond(S.touch.rows.length() > 0, folded_table(S.touch, unfolded=S.touch.rows.length() <= FEW_ROWS), rx.fragment()),
            rx.cond(
                S.unanswered,
                rx.el.p(t("lens.baseline"), " ", link(t("lens.baseline_link"), path="/background"), class_name="note small"),
                rx.fragment(),
            ),
            class_name="sheet pad gap",
        ),
    )


def _tried() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("lens.tried.title")),
        rx.cond(
            S.tried.length() > 0,
            rx.fragment(
                rx.el.p(t("lens.tried.lead"), class_name="soft"),
                rx.el.div(
                    rx.el.span(t("lens.tried.order"), class_name="label", id="order"),
                    rx.el.div(*[_order(name) for name in ORDERS], class_name="chips", role="group", aria_labelledby="order"),
                    class_name="gap-s",
                ),
                rx.el.ul(rx.foreach(S.tried, _option), class_name="sheet plain gap"),
            ),
            rx.el.section(
                rx.el.p(t("lens.tried.none")),
                link(t("lens.tried.link"), path="/options", class_name="link"),
                class_name="sheet pad",
            ),
        ),
    )


def _order(name: str) -> rx.Component:
    return rx.el.button(
        t(f"lens.tried.{name}"), type="button", class_name="chip", on_click=S.sort(name), aria_pressed=(S.order == name).to_string()
    )


def _option(one: Any) -> rx.Component:
    heads = [t(f"lens.col.{name}") for name in ("day", "before", "after", "minutes", "note")]
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(one.name, class_name="flush"),
                rx.el.p(one.pain),
                rx.el.p(one.says, class_name="soft small"),
                rx.el.details(
                    rx.el.summary(t("lens.tried.each"), class_name="small"),
                    table(rx.Var.create(heads), one.rows),
                    rx.el.ul(rx.foreach(one.notes, rx.el.li), class_name="plain small"),
                ),
                class_name="grow",
            ),
            class_name="row",
        )
    )


def _weekly() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("lens.weekly.title")),
        rx.el.section(
            _chart(S.weekly, "weekly"),
            rx.el.p(t("lens.weekly.test"), class_name="strong"),
            rx.el.p(t("peg.source"), class_name="soft small"),
            link(t("lens.weekly.link"), path="/peg", class_name="link"),
            class_name="sheet pad",
        ),
    )

"""An active plan: what is in force, the stairs with a table behind them, the steps, and everything that happened."""

from typing import Any

import plotly.graph_objects as go
import reflex as rx

from taper_app.components.paper import paper
from taper_app.components.plan_page import screen, summary
from taper_app.components.plan_words import end_words, medicine_words, step_words
from taper_app.components.shell import link
from taper_app.components.words import choose, t, tn
from taper_app.figures.look import DARK, LIGHT, stairs_template
from taper_app.states.plan import PlanState as S

STATUSES = ["active", "held", "ended", "before"]


def plan() -> rx.Component:
    """One plan."""
    over = rx.cond(S.loaded, choose("plan_view.over", S.status, STATUSES), "")
    return screen(S, rx.cond(S.medicine.name != "", S.medicine.name, t("plan_view.title")), _plan, over=over)


def _plan() -> rx.Component:
    return rx.fragment(
        summary(S),
        rx.el.p(_now(), class_name="large"),
        rx.el.section(
            rx.el.h2(t("plan_view.picture"), class_name="flush"),
            _picture(),
            rx.el.p(tn("plan_view.picture_words", S.steps.length()), class_name="soft small"),
            rx.el.details(rx.el.summary(t("plan_view.table")), _table()),
            class_name="sheet pad gap",
        ),
        rx.el.h2(rx.cond(S.revision > 1, t("plan_view.steps_revision"), t("plan_view.steps"))),
        rx.cond(S.hold_open, rx.el.p(t("plan_view.held_dates"), class_name="soft small"), rx.fragment()),
        rx.el.ol(
            rx.foreach(S.steps, _step),
            rx.el.li(
                rx.el.div(
                    rx.el.div(
                        rx.el.p(t("plan_draft.end"), class_name="soft"),
                        rx.el.p(end_words(S.end), class_name="strong"),
                        class_name="grow told",
                    ),
                    class_name="row",
                )
            ),
            class_name="sheet plain",
        ),
        rx.cond(S.status != "ended", _actions(), rx.fragment()),
        rx.el.h2(t("plan_view.medicine")),
        rx.el.div(medicine_words(S.medicine), class_name="sheet pad"),
        paper(S.plan_id),
        rx.el.h2(t("plan_view.happened")),
        rx.el.ol(rx.foreach(S.events, _event), class_name="sheet plain", reversed=True),
    )


def _now() -> Any:
    return rx.match(
        S.status,
        ("active", t("plan_view.now", n=S.step_now)),
        (
            "held",
            rx.cond(
                S.goes_on != "",
                t("plan_view.held_until", day=S.held_since, n=S.step_now, on=S.goes_on),
                t("plan_view.held", day=S.held_since, n=S.step_now),
            ),
        ),
        ("ended", t("plan_view.ended")),
        t("plan_view.before"),
    )


def _picture() -> rx.Component:
    unit = S.medicine.unit
    axis = rx.match(
        S.axis,
        ("patch", t("plan_view.axis_patch", unit=unit)),
        ("dose", t("plan_view.axis_dose", unit=unit)),
        t("plan_view.axis", unit=unit),
    )
    template = rx.color_mode_cond(
        rx.Var.create(stairs_template(LIGHT)).to(go.layout.Template),
        rx.Var.create(stairs_template(DARK)).to(go.layout.Template),
    )
    chart = rx.plotly.basic(
        data=S.picture,
        template=template,
        config={"displayModeBar": False, "responsive": True, "staticPlot": True},
        use_resize_handler=True,
        class_name="chart",
    )
    return rx.el.figure(
        rx.el.p(axis, class_name="soft small"),
        rx.el.div(rx.cond(S.drawn, chart, rx.fragment()), class_name="chart-box", on_mount=S.draw, aria_hidden="true"),
    )


def _table() -> rx.Component:
    heads = ("from", "to", "level", "status")
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*[rx.el.th(t(f"plan_view.col_{head}"), scope="col") for head in heads])),
            rx.el.tbody(
                rx.foreach(
                    S.table,
                    lambda row: rx.el.tr(
                        rx.el.td(row.first),
                        rx.el.td(rx.cond(row.last != "", row.last, t("plan_view.open"))),
                        rx.el.td(rx.cond(row.level != "", t("plan_line.amount", amount=row.level, unit=S.medicine.unit), "")),
                        rx.el.td(choose("plan_view.status", row.status, STATUSES)),
                    ),
                )
            ),
        ),
        class_name="scroll",
        tab_index=0,
        role="region",
        aria_label=t("plan_view.picture"),
    )


def _step(step: Any) -> rx.Component:
    tag = rx.match(
        step.mark,
        ("active", rx.el.span(t("plan_view.now_tag"), class_name="tag")),
        ("held", rx.el.span(t("plan_view.held_tag"), class_name="tag")),
        rx.fragment(),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(t("plan_line.number", n=step.n), " ", tag, class_name="flush"),
                step_words(step, S.medicine.form),
                class_name="grow told",
            ),
            class_name=rx.cond(step.mark != "", "row asked", "row"),
            aria_current=rx.cond(step.mark != "", "step", "false"),
        )
    )


def _actions() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("plan_view.said")),
        rx.cond(
            S.hold_open,
            link(t("plan_view.resume"), path=_event_path("resume"), class_name="btn"),
            rx.cond(
                S.status != "before",
                link(t("plan_view.hold"), path=_event_path("hold"), class_name="btn"),
                rx.fragment(),
            ),
        ),
        rx.cond(S.undated, link(t("plan_view.start"), path=_event_path("start"), class_name="btn quiet gap"), rx.fragment()),
        link(t("plan_view.revise"), path="/plan/revise?id=" + S.plan_id, class_name="btn quiet gap"),
        link(t("plan_view.close"), path=_event_path("close"), class_name="link gap"),
    )


def _event_path(kind: str) -> rx.Var:
    return rx.Var.create(f"/plan/event?kind={kind}&id=") + S.plan_id


def _event(event: Any) -> rx.Component:
    kinds = ("held", "resumed", "revised", "step_started", "closed")
    what = rx.match(
        event.kind,
        *[(kind, t(f"plan_view.event.{kind}", day=event.on)) for kind in kinds],
        t("plan_view.event.activated"),
    )
    shifted = rx.cond(event.shift, t("plan_view.shifted"), t("plan_view.not_shifted"))
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.p(what, class_name="strong"),
                rx.cond(event.kind == "resumed", rx.el.p(shifted), rx.fragment()),
                rx.cond(event.said_by != "", rx.el.p(t("plan_view.said_by", name=event.said_by)), rx.fragment()),
                rx.cond(event.reason != "", rx.el.p("“", event.reason, "”"), rx.fragment()),
                rx.el.p(t("plan_view.recorded", time=event.recorded), class_name="soft small"),
                rx.cond(
                    event.steps.length() > 0,
                    rx.el.details(
                        rx.el.summary(t("plan_view.new_steps")),
                        rx.foreach(event.steps, lambda step: rx.el.div(step_words(step, S.medicine.form), class_name="note")),
                    ),
                    rx.fragment(),
                ),
                class_name="grow told",
            ),
            class_name="row",
        )
    )

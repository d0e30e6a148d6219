"""An active plan: what is in force, its steps, its picture, and everything that happened to it."""

from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import reflex as rx
from babel.dates import format_datetime

from taper_app.domain.event_wire import event_to_wire
from taper_app.domain.events import Event, Resumed, Revised, event_date, plan_of
from taper_app.domain.plan import Plan
from taper_app.domain.schedule import timeline
from taper_app.domain.stairs import stairs
from taper_app.domain.timeline import DAY, Timeline, segment_on
from taper_app.figures.look import NOTHING
from taper_app.figures.stairs import plan_stairs
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering
from taper_app.states.plan_desk import Opened, open_plan
from taper_app.states.plan_draft import NO_END, NO_MEDICINE
from taper_app.states.plan_views import (
    EndView,
    MedicineView,
    StepView,
    end_view,
    medicine_view,
    show_amount,
    show_day,
    step_view,
)


@dataclass(frozen=True)
class EventView:
    """One line of what happened."""

    kind: str
    on: str
    recorded: str
    said_by: str
    reason: str
    shift: bool
    steps: list[StepView]


@dataclass(frozen=True)
class StairView:
    """One row of the table behind the picture."""

    first: str
    last: str
    level: str
    status: str


class PlanState(PlanScreen, rx.State):
    """One plan that was activated."""

    status: str = ""
    held_since: str = ""
    goes_on: str = ""
    hold_open: bool = False
    step_now: int = 0
    revision: int = 1
    undated: bool = False
    axis: str = "day"
    medicine: MedicineView = NO_MEDICINE
    steps: list[StepView] = []
    end: EndView = NO_END
    table: list[StairView] = []
    events: list[EventView] = []
    picture: go.Figure = NOTHING
    drawn: bool = False

    @answering
    async def load(self) -> Any:
        """Show the plan; a draft goes to its own page."""
        self._begin()
        with asking(self) as call:
            opened = open_plan(call, self.plan_id, self._lang())
        if opened.status == "draft":
            return self._to(f"/plan/draft?id={self.plan_id}")
        self._show(opened)
        self.loaded = True
        return None

    def _show(self, opened: Opened) -> None:
        ledger, reader = opened.ledger, opened.reader
        plan, line = plan_of(ledger), timeline(ledger)
        now = segment_on(line, opened.today)
        self.status, self.revision = now.status, now.revision
        self.step_now = now.step_no or 0
        self.hold_open = line.held_from is not None
        if now.status == "held":
            self.held_since, self.goes_on = show_day(now.first, reader), show_day(now.last and now.last + DAY, reader)
        self.undated = None in line.programme.starts and line.held_from is None and line.segments[-1].status != "ended"
        self.medicine, self.end = medicine_view(plan), end_view(_moved(plan, line), reader)
        uneven = any(step.cycle or step.every_days > 1 for step in plan.steps)
        self.axis = "patch" if plan.medication.form == "patch" else "dose" if uneven else "day"
        marked = self.step_now if now.revision == line.programme.revision else 0
        self.steps = [
            step_view(plan, n, reader, starts=line.programme.starts, mark=self.status if n == marked else "")
            for n in range(1, len(plan.steps) + 1)
        ]
        self.table = [
            StairView(
                show_day(s.first, reader),
                show_day(s.last, reader),
                "" if s.level is None else show_amount(s.level),
                s.status,
            )
            for s in stairs(ledger)
        ]
        self.events = [_event_view(opened, n, event) for n, event in enumerate(ledger.events)][::-1]

    @answering
    async def draw(self) -> None:
        """The picture, after the words are there."""
        with asking(self) as call:
            opened = open_plan(call, self.plan_id, self._lang())
        self.picture = plan_stairs(stairs(opened.ledger), opened.today)
        self.drawn = True


def _moved(plan: Plan, line: Timeline) -> Plan:
    """The plan with its last day where holds have moved it."""
    return replace(plan, last_day=line.programme.last_day) if plan.ends == "stop" else plan


def _event_view(opened: Opened, n: int, event: Event) -> EventView:
    steps: list[StepView] = []
    if isinstance(event, Revised):
        revision = 1 + sum(isinstance(e, Revised) for e in opened.ledger.events[: n + 1])
        plan = plan_of(opened.ledger, revision)
        steps = [step_view(plan, k, opened.reader) for k in range(1, len(plan.steps) + 1)]
    return EventView(
        str(event_to_wire(event)["type"]),
        show_day(event_date(event), opened.reader),
        format_datetime(event.recorded_at.astimezone(opened.zone), "EEE d MMM y, HH:mm", locale=opened.reader.lang),
        event.said_by or "",
        event.reason or "",
        isinstance(event, Resumed) and event.shift_later_dates,
        steps,
    )

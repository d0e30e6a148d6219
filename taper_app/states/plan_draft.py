"""The overview of a plan that is being typed: its steps, its end, and what can be done with each."""

from typing import Any

import reflex as rx

from taper_app.domain.wire import plan_from_wire
from taper_app.services import plans as services
from taper_app.services.drafting import take_out_step
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering
from taper_app.states.plan_desk import drop_copy, gaps_of, keep, read_head, working
from taper_app.states.plan_forms import steps_without
from taper_app.states.plan_views import EndView, GapView, MedicineView, StepView, end_view, medicine_view, step_view

NO_MEDICINE = MedicineView("", "", "", "", "", "", "", "", "")
NO_END = EndView("", "")


class PlanDraftState(PlanScreen, rx.State):
    """The overview of a draft, or of a revision (`revising`)."""

    revising: bool = False
    medicine: MedicineView = NO_MEDICINE
    steps: list[StepView] = []
    end: EndView = NO_END
    gaps: list[GapView] = []
    from_day: str = ""
    said_by: str = ""
    reason: str = ""
    taking_out: int = 0
    deleting: bool = False

    @answering
    async def load(self) -> None:
        """Show what was saved so far."""
        self._begin()
        self.revising = self._asked("rev") == "1"
        await self._show()

    async def _show(self) -> None:
        with asking(self) as call:
            opened, wire = await working(self, call, self.plan_id, self.revising)
        self.from_day, self.said_by, self.reason = await read_head(self, opened)
        plan, reader = plan_from_wire(wire), opened.reader
        gaps = gaps_of(plan, self.plan_id, self.revising, reader.lang)
        self.medicine = medicine_view(plan, gaps["medicine"])
        self.steps = [step_view(plan, n, reader, gaps=gaps.get(str(n), ())) for n in range(1, len(plan.steps) + 1)]
        self.end = end_view(plan, reader, gaps=gaps["end"])
        self.gaps = [gap for found in gaps.values() for gap in found]
        self.taking_out, self.deleting, self.loaded = 0, False, True

    @rx.event
    def ask_take_out(self, n: int) -> None:
        """Ask before a step is taken out; 0 leaves it."""
        self.taking_out = n if isinstance(n, int) else 0

    @answering
    async def take_out(self) -> None:
        """Take out the step that was asked about."""
        with asking(self) as call:
            _, wire = await working(self, call, self.plan_id, self.revising)
            steps = steps_without(wire["steps"], self.taking_out)
            await keep(self, call, self.plan_id, self.revising, wire | {"steps": steps})
            if not self.revising and len(steps) < len(wire["steps"]):
                take_out_step(call.session, call.actor, self.plan_id, self.taking_out)
        await self._show()

    @rx.event
    def ask_delete(self, yes: bool) -> None:
        """Ask before the draft is deleted."""
        self.deleting = yes is True

    @answering
    async def delete(self) -> Any:
        """Delete the draft; a revision that was never recorded is forgotten."""
        if self.revising:
            await drop_copy(self, self.plan_id)
            return self._to(f"/plan?id={self.plan_id}")
        with asking(self) as call:
            services.delete_draft(call.session, call.actor, self.plan_id, call.now)
        return self._to("/plans")

"""What is taken as needed, added to the steps it was written for in one go."""

from typing import Any

import reflex as rx

from taper_app.domain.reading import Reader
from taper_app.domain.wire import plan_from_wire
from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import keep, working
from taper_app.states.plan_views import StepView, step_view


class PlanNeededState(PlanScreen, rx.State):
    """The form of one as-needed line."""

    revising: bool = False
    unit: str = ""
    steps: list[StepView] = []

    @answering
    async def load(self) -> None:
        """The steps to choose from."""
        self._begin()
        self.revising = self._asked("rev") == "1"
        with asking(self) as call:
            opened, wire = await working(self, call, self.plan_id, self.revising)
        plan = plan_from_wire(wire)
        self.unit = plan.medication.unit or ""
        self.steps = [step_view(plan, n, opened.reader) for n in range(1, len(plan.steps) + 1)]
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Add the line to every step that was ticked."""
        if not self.loaded:
            return None
        form = forms.typed(form_data)
        line = forms.needed_line(form, self.unit or None)
        ticked = {int(name[5:]) for name in form if name.startswith("step-") and name[5:].isdecimal()}
        with beside(_place), asking(self) as call:
            _, wire = await working(self, call, self.plan_id, self.revising)
            chosen = {1} if len(wire["steps"]) == 1 else ticked
            _need(line, chosen)
            steps = [one | {"as_needed": [*one["as_needed"], line]} if n in chosen else one for n, one in enumerate(wire["steps"], 1)]
            await keep(self, call, self.plan_id, self.revising, wire | {"steps": steps})
        # A second tap on the button adds nothing more.
        self.loaded = False
        return self._to(f"/plan/draft?id={self.plan_id}" + ("&rev=1" if self.revising else ""))


def _need(line: dict[str, Any], chosen: set[int]) -> None:
    """Refuse a line in which nothing was typed, or one for no step."""
    reader = Reader()
    if all(value is None for value in line.values()):
        reader.wrong("missing", "as_written")
    if not chosen:
        reader.wrong("missing", "step-1")
    reader.done()


def _place(path: str) -> str:
    return path.rsplit(".", 1)[-1]

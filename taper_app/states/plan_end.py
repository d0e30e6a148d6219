"""How the plan ends: stop, stay or review. Nothing is ticked beforehand."""

from typing import Any

import reflex as rx

from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import keep, working


class PlanEndState(PlanScreen, rx.State):
    """The end's form."""

    revising: bool = False
    ends: str = ""
    last_day: str = ""
    review_on: str = ""

    @answering
    async def load(self) -> None:
        """What was saved."""
        self._begin()
        self.revising = self._asked("rev") == "1"
        with asking(self) as call:
            _, wire = await working(self, call, self.plan_id, self.revising)
        self.ends, self.last_day, self.review_on = (wire[name] or "" for name in ("ends", "last_day", "review_on"))
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Save the end, with its date or without."""
        parsed = forms.end(forms.typed(form_data))
        with beside(parsed.place), asking(self) as call:
            _, wire = await working(self, call, self.plan_id, self.revising)
            await keep(self, call, self.plan_id, self.revising, wire | parsed.wire)
        return self._to(f"/plan/draft?id={self.plan_id}" + ("&rev=1" if self.revising else ""))

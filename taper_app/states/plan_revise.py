"""The head of a revision: from when, who said so, why. Its steps are typed on the same pages as a draft's."""

from typing import Any

import reflex as rx

from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import keep_copy, open_plan, read_copy, said


class PlanReviseState(PlanScreen, rx.State):
    """The head's form."""

    name: str = ""
    unit: str = ""
    strengths: str = ""
    given: dict[str, str] = {}

    @answering
    async def load(self) -> None:
        """A blank head, or the one of the revision that is being typed."""
        self._begin()
        with asking(self) as call:
            opened = open_plan(call, self.plan_id, self._lang())
        wire = await read_copy(self, self.plan_id)
        m = opened.ledger.plan.medication
        self.name, self.unit = m.name or "", m.unit or ""
        self.given = {name: wire.get(key) or "" for name, key in (("on", "effective_on"), ("said_by", "said_by"), ("reason", "reason"))}
        self.given |= {"strengths": ", ".join(wire.get("strengths") or [])}
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Keep the head in the working copy and go on to the steps."""
        parsed = forms.revision(forms.typed(form_data), self.unit or None)
        with beside(parsed.place), asking(self) as call:
            open_plan(call, self.plan_id, self._lang())
            reader = said(parsed.wire, "effective_on")
            for i, size in enumerate(parsed.wire["strengths"] or []):
                reader.amount(size, f"strengths.{i}", need=True)
            reader.done()
        await keep_copy(self, self.plan_id, parsed.wire)
        return self._to(f"/plan/draft?id={self.plan_id}&rev=1")

"""The medicine as on the label, for a new plan and for a draft."""

from typing import Any

import reflex as rx

from taper_app.services import plans as services
from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import keep, working

_NAMES = ("name", "form", "unit", "strengths", "release", "may_split", "concentration")


class PlanMedicineState(PlanScreen, rx.State):
    """The medicine's form. `given` holds what was saved, by the name of its input."""

    given: dict[str, str] = {}

    @answering
    async def load(self) -> None:
        """A blank form, or the draft's."""
        self._begin()
        with asking(self) as call:
            if self.plan_id:
                _, wire = await working(self, call, self.plan_id, False)
                self.given = _given(wire)
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Save the medicine, as a new draft when there is none yet."""
        parsed = forms.medicine(forms.typed(form_data))
        with beside(parsed.place), asking(self) as call:
            if self.plan_id:
                _, wire = await working(self, call, self.plan_id, False)
                await keep(self, call, self.plan_id, False, wire | parsed.wire)
                plan_id = self.plan_id
            else:
                plan_id = services.create_plan(call.session, call.actor, parsed.wire, call.now).id
        # A second tap on the button changes this draft instead of making another.
        self.plan_id = plan_id
        return self._to(f"/plan/draft?id={plan_id}")


def _given(wire: dict[str, Any]) -> dict[str, str]:
    m = wire["medication"]
    given = {name: m[name] or "" for name in _NAMES if name != "strengths"}
    given |= {"strengths": ", ".join(m["strengths"]), "prescriber": wire["prescriber"] or ""}
    history = (wire["history"] or [{}])[0]
    return given | {f"history-{name}": history.get(name) or "" for name in ("from", "to", "text")}

"""All plans side by side."""

from dataclasses import dataclass

import reflex as rx

from taper_app.services import plans as services
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering


@dataclass(frozen=True)
class PlanCard:
    """One plan in the list."""

    id: str
    name: str
    status: str
    prescriber: str
    path: str


class PlansState(PlanScreen, rx.State):
    """The list of plans."""

    plans: list[PlanCard] = []

    @answering
    async def load(self) -> None:
        """Every plan of the person who asks."""
        self._begin()
        with asking(self) as call:
            found = services.list_plans(call.session, call.actor, call.now)
        self.plans = [
            PlanCard(
                p.id,
                p.medication.name or "",
                p.status,
                p.prescriber or "",
                f"/plan/draft?id={p.id}" if p.status == "draft" else f"/plan?id={p.id}",
            )
            for p in found
        ]
        self.loaded = True

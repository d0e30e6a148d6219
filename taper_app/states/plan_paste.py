"""A plan pasted as text: what can be read of it becomes a draft."""

from typing import Any

import reflex as rx

from taper_app.services.drafting import draft_from_text
from taper_app.states.base import asking, form_of
from taper_app.states.plan_base import PlanScreen, answering


class PlanPasteState(PlanScreen, rx.State):
    """The field for the words. What is typed stays in the browser; nothing of it is a var of this State."""

    @answering
    async def load(self) -> None:
        """A blank field, for who is signed in."""
        self._begin()
        with asking(self):
            self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Read the words; on to the draft, or the words stay and what was wrong is said."""
        with asking(self) as call:
            plan_id, _ = draft_from_text(call.session, call.actor, form_of(form_data).get("text"), call.now)
        return self._to(f"/plan/draft?id={plan_id}")

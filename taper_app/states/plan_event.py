"""Pause, go on, start a step, close: who said so, when and why, and the next 14 days before anything is recorded."""

from typing import Any

import reflex as rx

from taper_app.services import ledger as ledgers
from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import open_plan, questions_of, said
from taper_app.states.plan_views import DayView, day_views, show_day

KINDS = {
    "hold": ledgers.hold_plan,
    "resume": ledgers.resume_plan,
    "start": ledgers.start_step,
    "close": ledgers.close_plan,
}


class PlanEventState(PlanScreen, rx.State):
    """One thing the prescriber said about a plan."""

    kind: str = ""
    name: str = ""
    form: str = ""
    read: bool = False
    on_day: str = ""
    said_by: str = ""
    reason: str = ""
    shift: str = ""
    days: list[DayView] = []
    questions: list[str] = []
    _body: dict[str, Any] = {}

    @answering
    async def load(self) -> None:
        """The form for one kind of event."""
        self._begin()
        self.kind = self._asked("kind")
        with asking(self) as call:
            opened = open_plan(call, self.plan_id, self._lang())
        self.name = opened.ledger.plan.medication.name or ""
        self.form = opened.ledger.plan.medication.form or ""
        self.missing = self.kind not in KINDS
        self.loaded = not self.missing

    @answering
    async def preview(self, form_data: dict[str, Any]) -> None:
        """Read the next 14 days; nothing is recorded."""
        if self.kind not in KINDS:
            return
        parsed = forms.event(forms.typed(form_data), self.kind)
        with beside(parsed.place), asking(self) as call:
            reader = said(parsed.wire, "from" if self.kind == "hold" else "on")
            if parsed.wire.get("shift_later_dates", False) is None:
                reader.wrong("missing", "shift_later_dates")
            reader.done()
            opened = open_plan(call, self.plan_id, self._lang())
            preview = KINDS[self.kind](call.session, call.actor, self.plan_id, parsed.wire, call.now, preview=True)
        unit = opened.ledger.plan.medication.unit
        self.days = day_views(preview.days, unit, opened.reader)
        self.questions = [words for found in questions_of(preview.checks, opened.reader.lang).values() for words in found]
        self._body = parsed.wire
        self.on_day, self.said_by = show_day(preview.days[0].date, opened.reader), parsed.wire["said_by"] or ""
        self.reason = parsed.wire["reason"] or ""
        self.shift = {True: "yes", False: "no"}.get(parsed.wire.get("shift_later_dates"), "")
        self._well()
        self.read = True

    @rx.event
    def change(self) -> None:
        """Back to the form; what was typed is still there."""
        self.read = False

    @answering
    async def save(self) -> Any:
        """Record exactly what was read back."""
        if not self.read:
            return None
        with asking(self) as call:
            KINDS[self.kind](call.session, call.actor, self.plan_id, self._body, call.now)
        self.read = False
        return self._to(f"/plan?id={self.plan_id}")

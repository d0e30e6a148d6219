"""The read-back: every line in words, the questions beside their lines, and the one button that makes it the plan."""

from typing import Any

import reflex as rx

from taper_app.domain.errors import Invalid, Refusal
from taper_app.domain.validate import blanks
from taper_app.domain.wire import plan_from_wire
from taper_app.services import drafting
from taper_app.services import ledger as ledgers
from taper_app.services import plans as services
from taper_app.services.drafting import SourceView
from taper_app.services.errors import ShownDiffers
from taper_app.states.base import Call, asking
from taper_app.states.plan_base import PlanScreen, answering
from taper_app.states.plan_desk import Opened, drop_copy, gaps_of, questions_of, read_copy, read_head, way_to, working
from taper_app.states.plan_draft import NO_END, NO_MEDICINE
from taper_app.states.plan_sources import words_by_place
from taper_app.states.plan_views import (
    DayView,
    EndView,
    GapView,
    MedicineView,
    StepView,
    WordsView,
    day_views,
    end_view,
    medicine_view,
    step_view,
)


class PlanCheckState(PlanScreen, rx.State):
    """The read-back of a draft, or of a revision with its next 14 days."""

    revising: bool = False
    medicine: MedicineView = NO_MEDICINE
    steps: list[StepView] = []
    end: EndView = NO_END
    gaps: list[GapView] = []
    questions: list[str] = []
    days: list[DayView] = []
    # Of a draft that was read from words: where they belong, and how many of their lines are not ticked yet.
    from_words: bool = False
    medicine_sources: list[WordsView] = []
    end_sources: list[WordsView] = []
    rest_sources: list[WordsView] = []
    left: int = 0
    said_by: str = ""
    from_day: str = ""
    reason: str = ""
    # What is on the screen, to be held against what a tick or the button would be about.
    _shown: tuple[dict[str, Any], int] | None = None

    @answering
    async def load(self) -> None:
        """Read back what was typed."""
        self._begin()
        self.revising = self._asked("rev") == "1"
        with asking(self) as call:
            await self._read(call)

    async def _read(self, call: Call) -> None:
        opened, wire = await working(self, call, self.plan_id, self.revising)
        source = None if self.revising else drafting.source_of_plan(call.session, call.actor, self.plan_id)
        self._show(opened, wire, () if self.revising else opened.view.checks, source)
        self.loaded, self._shown = True, (wire, len(opened.view.events))
        if self.revising:
            await self._preview(call, opened, wire)

    async def _require_shown(self, call: Call) -> None:
        """In another window it may have been changed meanwhile: then it is shown anew. Raises ShownDiffers."""
        opened, wire = await working(self, call, self.plan_id, self.revising)
        if self._shown != (wire, len(opened.view.events)):
            await self._read(call)
            raise ShownDiffers()

    @answering
    async def tick(self, line: int, yes: bool) -> None:
        """A line was held against the paper, or is to be looked at again."""
        with asking(self) as call:
            if not isinstance(line, int):
                raise Invalid("wrong_type")
            await self._require_shown(call)
            drafting.confirm_line(call.session, call.actor, self.plan_id, line, yes is True)
            self._well()
            await self._read(call)

    async def _preview(self, call: Call, opened: Opened, wire: dict[str, Any]) -> None:
        """The questions and the next 14 days of a revision, once nothing in it is blank."""
        body = await read_copy(self, self.plan_id)
        self.from_day, self.said_by, self.reason = await read_head(self, opened)
        plan = plan_from_wire(wire)
        if blanks(plan):
            return
        preview = ledgers.revise_plan(call.session, call.actor, self.plan_id, body, call.now, preview=True)
        self._show(opened, wire, preview.checks)
        self.days = day_views(preview.days, plan.medication.unit, opened.reader)

    def _show(self, opened: Opened, wire: dict[str, Any], checks: Any, source: SourceView | None = None) -> None:
        plan = plan_from_wire(wire)
        asked = questions_of(checks, opened.reader.lang)
        gaps = gaps_of(plan, self.plan_id, self.revising, opened.reader.lang)
        self.medicine = medicine_view(plan, gaps["medicine"])
        words = words_by_place(source, len(plan.steps), opened.reader.lang)
        self.steps = [
            step_view(plan, n, opened.reader, questions=asked.pop(n, ()), gaps=gaps.get(str(n), ()), sources=words.get(str(n), ()))
            for n in range(1, len(plan.steps) + 1)
        ]
        self.medicine_sources, self.end_sources, self.rest_sources = (words.get(place, []) for place in ("medicine", "end", "rest"))
        self.from_words, self.left = source is not None, source.left if source else 0
        self.end = end_view(plan, opened.reader, gaps=gaps["end"])
        self.questions = [words for found in asked.values() for words in found]
        self.gaps = [gap for found in gaps.values() for gap in found]

    def _refuse(self, refusal: Refusal) -> None:
        """What can be typed again is named with the way to its field; the rest stands at the top."""
        super()._refuse(refusal)
        fields = [one.field or "" for one in getattr(refusal, "errors", [refusal])]
        if not self.missing and all(fields) and len(fields) == len(self.errors):
            places = [way_to(field, self.plan_id, self.revising)[1] for field in fields]
            self.gaps = [GapView(error.message, path) for error, path in zip(self.errors, places, strict=True)]
            self.errors = []

    @answering
    async def confirm(self) -> Any:
        """This is what the prescriber wrote: the draft becomes the plan, or the revision is recorded."""
        with asking(self) as call:
            await self._require_shown(call)
            if self.revising:
                body = await read_copy(self, self.plan_id)
                ledgers.revise_plan(call.session, call.actor, self.plan_id, body, call.now)
            else:
                services.activate_plan(call.session, call.actor, self.plan_id, {"confirmed_with_prescriber": True}, call.now)
        await drop_copy(self, self.plan_id)
        return self._to(f"/plan?id={self.plan_id}")

"""For your clinician: what may be on the page, and the page itself as it will be seen."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import reflex as rx

from taper_app.domain.errors import Invalid
from taper_app.figures.sketches import pain_over_dose
from taper_app.services.report import USUAL_DAYS, Report, report
from taper_app.services.report_choice import MAX_QUESTIONS, PAPERS, PARTS, Choice, address_of, read_choice
from taper_app.services.report_sheet import Sheet, charts, picture_words, sheet
from taper_app.services.report_words import Writer
from taper_app.states.base import asking, form_of
from taper_app.states.lens_views import ChartView, chart_view
from taper_app.states.screen import Screen, answering

PERIODS: Final = (30, 90, 180, 365)
BLANK: Final = Sheet("en", "", "", [], "", [], [], "", "", [], "")


@dataclass(frozen=True)
class Option:
    """Something to pick, and whether it is picked."""

    id: str
    words: str
    on: bool


class ReportState(Screen, rx.State):
    """The choice is this screen's alone: it is in no address but the PDF's, and kept nowhere."""

    days: int = 90
    first: str = ""
    last: str = ""
    today: str = ""
    parts: dict[str, bool] = {}
    plans: list[Option] = []
    plan: str = ""
    questions: list[Option] = []
    paper: str = "a4"
    page: Sheet = BLANK
    charts: list[ChartView] = []
    pdf: str = ""
    file: str = ""
    _choice: Choice = Choice()

    @answering
    async def load(self) -> None:
        """The usual page: 90 days, every part but the doses taken, no question picked."""
        self._begin()
        self._change()
        self.loaded = True

    @answering
    async def choose_days(self, days: int) -> None:
        """The last so many days, 90 being the usual; 0 opens the two dates and changes nothing yet."""
        if days not in (0, *PERIODS):
            raise Invalid("out_of_range", "days")
        self.days = days
        # Before the screen was opened there is no day to count back from.
        if days and self.today:
            usual = days == USUAL_DAYS
            self._change(last=None, first=None if usual else date.fromisoformat(self.today) - timedelta(days - 1))

    @answering
    async def choose_dates(self, form_data: dict[str, Any]) -> None:
        """Days of one's own."""
        form = form_of(form_data)
        chosen = read_choice({"from": str(form.get("from", "")), "to": str(form.get("to", ""))})
        self._change(first=chosen.first, last=chosen.last)

    @answering
    async def choose_plan(self, plan: str) -> None:
        """One plan alone, or all of them."""
        self._change(plan=str(plan) or None)

    @answering
    async def choose_part(self, part: str, on: bool) -> None:
        """Put a part on the page or take it off."""
        if part not in PARTS:
            raise Invalid("unknown_part", "parts")
        self._change(parts=self._choice.parts | {part} if on is True else self._choice.parts - {part})

    @answering
    async def choose_question(self, question: str, on: bool) -> None:
        """Put a question on top of the page or take it off. Raises too_many_questions past three."""
        kept = tuple(one for one in self._choice.questions if one != question)
        chosen = (*kept, str(question)) if on is True else kept
        if len(chosen) > MAX_QUESTIONS:
            raise Invalid("too_many_questions", "questions")
        self._change(questions=chosen)

    @answering
    async def choose_paper(self, paper: str) -> None:
        """A4 or Letter."""
        if paper not in PAPERS:
            raise Invalid("unknown_paper", "paper")
        self._change(paper=paper)

    def _change(self, **changes: Any) -> None:
        with asking(self) as call:
            found = report(call.session, call.actor, call.now, replace(self._choice, **changes))
        self._show(found)
        self._well()

    def _show(self, found: Report) -> None:
        lang = self._lang()
        self.page = sheet(found, lang)
        self.charts = [_chart(found, n, lang) for n in range(len(self.page.plans))]
        # With its dates, so that the PDF has the days that were looked at.
        self._choice = found.choice
        self.pdf, self.file = f"/api/v1/report.pdf?{address_of(found.choice)}", f"taper-report-{found.today.isoformat()}.pdf"
        self.first, self.last, self.today = found.first.isoformat(), found.last.isoformat(), found.today.isoformat()
        self.parts = {part: found.has(part) for part in PARTS}
        self.plan, self.paper = found.choice.plan or "", found.choice.paper or "a4"
        self.plans = [Option(one.id, one.name, one.id == self.plan) for one in found.all_plans]
        self.questions = [Option(one.id, one.text, one.id in found.choice.questions) for one in found.all_questions]


def _chart(found: Report, n: int, lang: str) -> ChartView:
    """The chart of the n-th plan of the sheet, for a phone."""
    w = Writer(lang)
    drawn, unit = charts(found)[n]
    return chart_view(pain_over_dose(drawn, unit, w.mark, *picture_words(w))) if drawn else ChartView()

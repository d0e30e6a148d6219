"""The lens: pain beside the dose. Words and sketches come first, plotly's data only where somebody looks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go
import reflex as rx

from taper_app.domain.errors import Invalid
from taper_app.domain.overview import Zoom
from taper_app.domain.tried import Order
from taper_app.figures.look import NOTHING
from taper_app.services.lens import LensView, known_order, known_zoom, lens
from taper_app.states.base import asking
from taper_app.states.lens_figures import KINDS, figure
from taper_app.states.lens_panels import aligned_panel, main_panel, severity_panel, spread_panel, steps_panel
from taper_app.states.lens_rest import allodynia_panel, places_panel, said_lines, tried_panels, weekly_panel
from taper_app.states.lens_views import OptionPanel, Panel, Words
from taper_app.states.plan_views import Reader
from taper_app.states.screen import Screen, answering


@dataclass(frozen=True)
class PlanName:
    """A plan to choose."""

    id: str
    name: str


class LensState(Screen, rx.State):
    """One person's log beside one plan."""

    plans: list[PlanName] = []
    plan_id: str = ""
    over: str = ""
    span: str = ""
    empty: bool = False
    laid: bool = False
    unanswered: bool = False
    zoom: Zoom = "all"
    earlier_day: str = ""
    later_day: str = ""
    order: Order = "most"
    main: Panel = Panel()
    falls: Panel = Panel()
    spread: Panel = Panel()
    severity: Panel = Panel()
    rises: Panel = Panel()
    steps: Panel = Panel()
    places: Panel = Panel()
    touch: Panel = Panel()
    weekly: Panel = Panel()
    said: list[str] = []
    tried: list[OptionPanel] = []
    # Charts that plotly draws by now, by name; the first draws itself once the words are there.
    drawn: list[str] = []
    main_figure: go.Figure = NOTHING
    falls_figure: go.Figure = NOTHING
    severity_figure: go.Figure = NOTHING
    rises_figure: go.Figure = NOTHING
    steps_figure: go.Figure = NOTHING
    places_figure: go.Figure = NOTHING
    weekly_figure: go.Figure = NOTHING
    _at: date | None = None

    @answering
    async def load(self) -> None:
        """Show everything, beside the plan that runs."""
        self._begin()
        view = self._look()
        self._show_main(view)
        self._show_rest(view)
        self.loaded = True

    @answering
    async def choose(self, plan_id: str) -> None:
        """Stand pain beside another plan."""
        view = self._look(plan_id=str(plan_id))
        drawn, self.drawn = self.drawn, []
        self._show_main(view)
        self._show_rest(view)
        self._draw("main" if "main" in drawn else "", view)

    @answering
    async def show(self, zoom: str) -> None:
        """Show a week, a step, a month or all; the day that was looked at last stays in view."""
        self._turn(known_zoom(zoom), self._at)

    @answering
    async def earlier(self) -> None:
        """The stretch before."""
        self._turn(self.zoom, _day(self.earlier_day))

    @answering
    async def later(self) -> None:
        """The stretch after."""
        self._turn(self.zoom, _day(self.later_day))

    @answering
    async def sort(self, order: str) -> None:
        """Sort what was tried as the reader likes."""
        view = self._look(order=known_order(order))
        self.order = known_order(order)
        self.tried = tried_panels(view, self._words(view))

    @answering
    async def draw(self, name: str) -> None:
        """Hand one chart to plotly."""
        if not isinstance(name, str) or name not in KINDS:
            raise Invalid("choose_one", "name")
        self._draw(name, self._look())

    def _look(self, **asked: Any) -> LensView:
        wanted: dict[str, Any] = {"plan_id": self.plan_id or None, "zoom": self.zoom, "at": self._at, "order": self.order, **asked}
        with asking(self) as call:
            return lens(call.session, call.actor, call.now, **wanted)

    def _words(self, view: LensView) -> Words:
        return Words(Reader(view.today, self._lang()))

    def _turn(self, zoom: Zoom, at: date | None) -> None:
        view = self._look(zoom=zoom, at=at)
        self._at = at
        self._show_main(view)
        if "main" in self.drawn:
            self._draw("main", view)

    def _show_main(self, view: LensView) -> None:
        words, shown = self._words(view), view.window
        self._well()
        self.zoom = shown.zoom
        self.span = words.span(shown.first, shown.last)
        self.over = words.t("lens.over", first=words.short(shown.first), last=words.short(shown.last))
        self.earlier_day, self.later_day = (one.isoformat() if one else "" for one in (shown.earlier, shown.later))
        self.main = main_panel(view, words)

    def _show_rest(self, view: LensView) -> None:
        words, unit = self._words(view), view.plan.unit if view.plan else ""
        self.plans = [PlanName(one.id, one.name or words.t("lens.unnamed")) for one in view.plans]
        self.plan_id = view.plan.id if view.plan else ""
        self.unanswered = view.facts.baseline is None
        self.laid = view.laid
        self.empty = view.facts.first_day() is None
        self.falls = aligned_panel(view.patterns.falls, unit, words, "lens.around")
        self.spread, self.severity = spread_panel(view, words), severity_panel(view, words)
        self.rises = aligned_panel(view.patterns.rises, unit, words, "lens.rises")
        self.steps = steps_panel(view, words)
        self.places, self.touch = places_panel(view, words), allodynia_panel(view, words)
        self.weekly, self.said, self.tried = weekly_panel(view, words), said_lines(view, words), tried_panels(view, words)

    def _draw(self, name: str, view: LensView) -> None:
        # A chart without a sketch has nothing to draw.
        if name and getattr(self, name).chart.box:
            setattr(self, f"{name}_figure", figure(name, view, self._words(view)))
            self.drawn = [*(one for one in self.drawn if one != name), name]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Which plotly chart stands where on the lens, and what a tap on a point says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from taper_app.domain.evidence import Aligned, AlignedDay, Bin, StepPain
from taper_app.domain.overview import Series
from taper_app.domain.patterns import PlacesBin
from taper_app.figures import aligned, over_time, pain_by_step, pain_dose, places
from taper_app.services.lens import LensView
from taper_app.states.lens_panels import level_words
from taper_app.states.lens_rest import top_places, weekly_series
from taper_app.states.lens_views import Words, number

# Each chart's name and the kinds of its traces.
KINDS = {
    "main": pain_dose.KINDS,
    "falls": aligned.KINDS,
    "severity": over_time.KINDS,
    "rises": aligned.KINDS,
    "steps": pain_by_step.KINDS,
    "places": places.KINDS,
    "weekly": over_time.KINDS,
}


def figure(name: str, view: LensView, words: Words) -> go.Figure:
    """One chart by its name, one of KINDS."""
    charts = Charts(view, words, view.plan.unit if view.plan else "")
    draw = {
        "main": charts.main,
        "falls": lambda: charts.around(view.patterns.falls),
        "severity": lambda: charts.over_time(Series(view.patterns.first, view.patterns.last, bins=view.patterns.severity)),
        "rises": lambda: charts.around(view.patterns.rises),
        "steps": charts.steps,
        "places": charts.places,
        "weekly": lambda: charts.over_time(weekly_series(view)),
    }
    return draw[name]()


@dataclass(frozen=True)
class Charts:
    """The charts of one view, and what each of their points says."""

    view: LensView
    words: Words
    unit: str

    def main(self) -> go.Figure:
        """Pain over dose."""
        pain = self.words.t("lens.scale")
        return pain_dose.pain_dose(self.view.main, self.unit, self.words.short, self._day, self._stretch, self._flares, pain)

    def around(self, found: Aligned) -> go.Figure:
        """Changes laid over each other."""
        ends = (self.words.t("lens.around.left"), self.words.t("lens.around.change"), self.words.t("lens.around.right"))
        return aligned.aligned(found, ends, self._offset, self._point)

    def over_time(self, found: Series) -> go.Figure:
        """Numbers over days."""
        return over_time.over_time(found, self.words.short, self._day, self._stretch)

    def steps(self) -> go.Figure:
        """Pain on each step."""
        axis = self.words.t("lens.look.fewer_axis", unit=self.unit)
        return pain_by_step.pain_by_step(self.view.patterns.steps, axis, self._step)

    def places(self) -> go.Figure:
        """Where it hurt."""
        rows = top_places(self.view, self.words)
        return places.places(self.view.patterns.places, rows, self.words.short, self._place)

    def _day(self, on: date, value: Decimal) -> str:
        return self.words.t("lens.value", day=self.words.day(on), value=number(value))

    def _stretch(self, one: Bin) -> str:
        assert one.pain is not None  # an empty stretch has no point
        return self.words.range(self.words.span(one.first, one.last), one.pain)

    def _flares(self, on: date, count: int) -> str:
        return f"{self.words.day(on)}: {self.words.tn('lens.flare', count)}"

    def _offset(self, one: AlignedDay) -> str:
        low, middle, high = self.words.three(one.pain)
        return self.words.t("lens.offset", n=_signed(one.offset), low=low, middle=middle, high=high)

    def _point(self, n: int, on: int, value: Decimal) -> str:
        return self.words.t("lens.offset_one", n=n, day=_signed(on), value=number(value))

    def _step(self, one: StepPain) -> str:
        assert one.pain is not None and one.stair.last is not None  # only steps with numbers are drawn, and clip ends them
        first, last = one.stair.first, one.stair.last
        return self.words.range(level_words((one.stair,), first, last, self.unit, self.words) or self.words.span(first, last), one.pain)

    def _place(self, one: PlacesBin, code: str, count: int) -> str:
        where, when = self.words.chips("places", [code]), self.words.span(one.first, one.last)
        return f"{where}, {when}: {self.words.tn('lens.flare', count)}"


def _signed(offset: int) -> str:
    return f"{offset:+d}" if offset else "0"

"""The charts of the clinician's page: pain with the stairs of each plan, for the screen and for paper."""

from collections.abc import Callable, Sequence
from datetime import date

from taper_app.domain.overview import Overview
from taper_app.figures.printed import as_svg
from taper_app.figures.sketch import Sketch
from taper_app.figures.sketches import pain_over_dose

# How far to the right a chart goes that has the sheet's whole width, and one that shares it; letters of 8 points then need this.
WIDE, HALF = 820.0, 390.0
LETTERS = 13.5


def chart(found: Overview | None, unit: str, say: Callable[[date], str], held: str) -> Sketch | None:
    """The chart for a phone."""
    return pain_over_dose(found, unit, say, held) if found else None


def printed(charts: Sequence[tuple[Overview | None, str]], say: Callable[[date], str], held: str, font: str) -> list[str]:
    """SVG files for paper, one for each (chart, unit), "" where there is none; a single one takes the whole width."""
    right = WIDE if len(charts) == 1 else HALF
    return [as_svg(pain_over_dose(found, unit, say, held, right), font, LETTERS) if found else "" for found, unit in charts]

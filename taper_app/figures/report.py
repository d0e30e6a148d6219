"""The charts of the clinician's page on paper: pain with the stairs of each plan, as wide as the sheet or half of it."""

from collections.abc import Callable, Sequence
from datetime import date

from taper_app.domain.overview import Overview
from taper_app.figures.printed import as_svg
from taper_app.figures.sketch import RIGHT, WIDTH
from taper_app.figures.sketches import pain_over_dose

# In points: how wide a chart is on A4, alone and as one of two, how high it may be, and its letters.
ALONE, OF_TWO, HIGH, LETTERS = 520.0, 247.0, 145.0, 8.3


def printed(charts: Sequence[tuple[Overview | None, str]], say: Callable[[date], str], words: tuple[str, str], font: str) -> list[str]:
    """SVG files, one for each (chart, unit), "" where there is none. `words`: for a hold, and for the scale of pain."""
    wide = ALONE if len(charts) == 1 else OF_TWO
    return [_printed(found, unit, say, words, font, wide) if found else "" for found, unit in charts]


def _printed(found: Overview, unit: str, say: Callable[[date], str], words: tuple[str, str], font: str, points: float) -> str:
    # A sketch is as high as what is in it; the wider it is drawn, the lower it stands on the sheet.
    width = max(pain_over_dose(found, unit, say, *words).height * points / HIGH, WIDTH)
    return as_svg(pain_over_dose(found, unit, say, *words, right=width - WIDTH + RIGHT), font, LETTERS * width / points)

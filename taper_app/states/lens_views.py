"""What the lens shows, as text and geometry that stand ready; and the words of the page's language for them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date

from taper_app.content.loader import catalog, translate, translate_n
from taper_app.domain.amounts import show_amount
from taper_app.domain.evidence import Summary
from taper_app.figures.sketch import FILLED, Sketch
from taper_app.states.plan_views import Reader, show_day


@dataclass(frozen=True)
class PathView:
    """One path with its class."""

    d: str
    kind: str


@dataclass(frozen=True)
class LabelView:
    """One text of a picture."""

    text: str
    x: str
    y: str
    anchor: str
    kind: str


@dataclass(frozen=True)
class ChartView:
    """A picture; `box` is "" when there is nothing to draw."""

    box: str = ""
    paths: list[PathView] = field(default_factory=list)
    labels: list[LabelView] = field(default_factory=list)


@dataclass(frozen=True)
class Panel:
    """A picture, what was counted, how to read the picture, and the same as a table. `notes` stand under its last row."""

    chart: ChartView = field(default_factory=ChartView)
    says: str = ""
    key: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OptionPanel:
    """One option that was tried: pain before and after; how often, how long, and how little that tells; and each time."""

    name: str
    pain: str
    says: str
    rows: list[list[str]]
    notes: list[str]


def chart_view(sketch: Sketch) -> ChartView:
    """A sketch as a page draws it."""
    return ChartView(
        sketch.view_box,
        [PathView(one.path, f"{one.kind} {'fill' if one.kind in FILLED else 'stroke'}") for one in sketch.shapes],
        [LabelView(one.text, f"{one.x:.1f}", f"{one.y:.1f}", one.anchor, one.kind) for one in sketch.labels],
    )


@dataclass(frozen=True)
class Words:
    """The words of one reader."""

    reader: Reader

    def t(self, key: str, **values: Any) -> str:
        """A string of the catalog."""
        return translate(self.reader.lang, key, **values)

    def tn(self, key: str, n: int, **values: Any) -> str:
        """The string for a number of things; a catalog may have one for none."""
        if n == 0 and f"{key}.zero" in catalog(self.reader.lang):
            return translate(self.reader.lang, f"{key}.zero")
        return translate_n(self.reader.lang, key, n, **values)

    def day(self, day: date) -> str:
        """A day of a table."""
        return _day(day, self.reader)

    def short(self, day: date) -> str:
        """A day of an axis."""
        return _short(day, self.reader)

    def span(self, first: date, last: date) -> str:
        """A stretch of days."""
        return self.short(first) if first == last else self.t("lens.span", first=self.short(first), last=self.short(last))

    def three(self, found: Summary | None) -> list[str]:
        """Lowest, middle, highest; blank where nothing was logged."""
        return [show_amount(found.low), show_amount(found.middle), show_amount(found.high)] if found else ["", "", ""]

    def range(self, when: str, found: Summary) -> str:
        """A stretch and its numbers in one line."""
        low, middle, high = self.three(found)
        return self.t("lens.range", when=when, low=low, middle=middle, high=high)

    def chips(self, area: str, codes: list[str]) -> str:
        """Codes of answers to tap, in words; one without words shows as itself."""
        known = catalog(self.reader.lang)
        return ", ".join(known.get(f"{area}.{code}", code) for code in codes)


# A page writes the same few hundred days again and again, and Babel takes its time over each.
_day = lru_cache(maxsize=4096)(show_day)


@lru_cache(maxsize=4096)
def _short(day: date, reader: Reader) -> str:
    return format_date(day, "d MMM" if day.year == reader.today.year else "d MMM y", locale=reader.lang)


def number(value: Decimal | int | None) -> str:
    """A number, or nothing."""
    return "" if value is None else show_amount(Decimal(value))

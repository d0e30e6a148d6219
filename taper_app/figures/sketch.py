"""Small pictures as plain geometry: series in, path strings and places for labels out.

The lens shows them before plotly is there, the clinician's page prints them. A sketch holds no colour and no words: each
shape has a kind, which whoever draws it dresses, and labels are written by the functions that are handed in. Nothing is
ever joined over a day on which nothing was logged.

Kinds, by how they are drawn. Filled: area (under the stairs), held (a pause), range (a band), dots, flares (triangles),
same (dots), wider (triangles), new_place (diamonds). Stroked: grid, base, hatch (stripes of a pause), stairs, whisker, middle,
line1 to line4 (each with dashes of its own), change (dashed upright).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

FILLED = frozenset({"area", "held", "range", "dots", "flares", "same", "wider", "new_place"})
WIDTH = 326.0
LEFT, RIGHT = 30.0, 316.0
Anchor = Literal["start", "middle", "end"]
Say = Callable[[date], str]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One path of one kind."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """A short text; (x, y) is on its base line. `kind`: axis, level, held or line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    kind: str = "axis"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A whole picture, drawn in this order."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]

    @property
    def view_box(self) -> str:
        """For the svg element."""
        return f"0 0 {_n(self.width)} {_n(self.height)}"


@dataclass(frozen=True, slots=True)
class Days:
    """Days laid out from left to right; each has a width of its own."""

    first: date
    last: date
    left: float = LEFT
    right: float = RIGHT

    def start(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * (self.right - self.left) / ((self.last - self.first).days + 1)

    def middle(self, day: date, last: date | None = None) -> float:
        """The middle of a day, or of the days up to `last`."""
        return (self.start(day) + self.end(last or day)) / 2

    def end(self, day: date) -> float:
        """Where a day is over."""
        return self.start(day) + (self.right - self.left) / ((self.last - self.first).days + 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` (at `bottom`) to `high` (at `top`)."""

    top: float
    bottom: float
    high: float = 10.0
    low: float = 0.0

    def at(self, value: Decimal | float) -> float:
        """Where a value lies."""
        return self.bottom - (float(value) - self.low) * (self.bottom - self.top) / (self.high - self.low or 1)


def line(points: Iterable[Point]) -> str:
    """Points joined by straight lines."""
    return "".join(f"{'L' if n else 'M'}{_n(x)} {_n(y)}" for n, (x, y) in enumerate(points))


def closed(points: Iterable[Point]) -> str:
    """A closed outline."""
    path = line(points)
    return f"{path}Z" if path else ""


def rect(x: float, y: float, right: float, bottom: float) -> str:
    """A rectangle by two corners."""
    return f"M{_n(x)} {_n(y)}H{_n(right)}V{_n(bottom)}H{_n(x)}Z"


def dot(x: float, y: float, radius: float = 3.0) -> str:
    """A round dot."""
    r, d = _n(radius), _n(2 * radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def triangle(x: float, y: float, size: float = 5.0) -> str:
    """A triangle that points up, its middle at (x, y)."""
    return f"M{_n(x)} {_n(y - size)}l{_n(size)} {_n(2 * size - 1)}h-{_n(2 * size)}Z"


def diamond(x: float, y: float, size: float = 5.0) -> str:
    """A square on its corner."""
    s = _n(size)
    return f"M{_n(x)} {_n(y - size)}l{s} {s}l-{s} {s}l-{s} -{s}Z"


def square(x: float, y: float, size: float = 4.0) -> str:
    """A square, its middle at (x, y)."""
    return rect(x - size, y - size, x + size, y + size)


def hatch(x: float, y: float, right: float, bottom: float, gap: float = 6.0) -> str:
    """Slanted stripes that fill a rectangle."""
    paths: list[str] = []
    height = bottom - y
    start = x - height + gap
    while start < right:
        begins = (max(start, x), bottom - (max(start, x) - start))
        ends = (min(start + height, right), bottom - (min(start + height, right) - start))
        paths.append(line((begins, ends)))
        start += gap
    return "".join(paths)


def runs(points: Sequence[tuple[int, Point]]) -> list[list[Point]]:
    """Points split wherever their numbers do not follow each other: what was not logged is not joined."""
    found: list[list[Point]] = []
    last: int | None = None
    for number, point in points:
        if last is None or number != last + 1:
            found.append([])
        found[-1].append(point)
        last = number
    return found


def shapes(*found: tuple[str, str]) -> tuple[Shape, ...]:
    """The shapes that have something to draw."""
    return tuple(Shape(kind, path) for kind, path in found if path)


def ten(scale: Scale, left: float = LEFT, right: float = RIGHT) -> tuple[list[tuple[str, str]], list[Label]]:
    """Level lines and numbers of a scale from 0 to 10."""
    lines = [("grid", "".join(line(((left, scale.at(n)), (right, scale.at(n)))) for n in (5, 10)))]
    lines.append(("base", line(((left, scale.at(0)), (right, scale.at(0))))))
    return lines, [Label(left - 8, scale.at(n) + 4.5, str(n), "end") for n in (0, 5, 10)]


def day_labels(days: Days, y: float, say: Say) -> list[Label]:
    """The first day, the last, and the one between where there is room."""
    count = (days.last - days.first).days + 1
    found = [Label(days.left, y, say(days.first), "start")]
    if count > 6:
        between = date.fromordinal((days.first.toordinal() + days.last.toordinal()) // 2)
        found.append(Label(days.middle(between), y, say(between), "middle"))
    if count > 1:
        found.append(Label(days.right, y, say(days.last), "end"))
    return found


def apart(places: Iterable[float]) -> list[float]:
    """Places without those that would fall on the same point of the screen: a picture is never longer than it is wide."""
    return [n / 2 for n in sorted({round(one * 2) for one in places})]


def _n(value: float) -> str:
    return format(round(value, 1), "g")

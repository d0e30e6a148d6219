"""The staircase as pages draw it."""

from dataclasses import dataclass

from taper_app.pwa.views.common import Day


@dataclass(frozen=True)
class StairLabel:
    """A number on the stairs: `role` is start, now or end; `anchor` an SVG text-anchor."""

    role: str
    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class StairMark:
    """A flare under the stairs, as a small triangle: an SVG path."""

    path: str


@dataclass(frozen=True)
class StairRow:
    """One line of the table behind the stairs."""

    step: int
    status: str
    starts: Day
    ends: Day
    level: str
    # past, now, future, undated
    when: str


@dataclass(frozen=True)
class Stairs:
    """The staircase as SVG: a path that is "" is not there."""

    view_box: str
    # Past steps: filled area, and line.
    past_area: str
    past: str
    # The step in force: band, line, and the dot of today.
    band: str
    now: str
    dot_x: float
    dot_y: float
    has_dot: bool
    # What is planned: dashed. Steps without a date: dotted.
    future: str
    undated: str
    # Nothing is due by the clock in any step: what is taken only when needed makes no stairs.
    flat: bool
    base: str
    labels: list[StairLabel]
    flares: list[StairMark]
    rows: list[StairRow]

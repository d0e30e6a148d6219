"""The pictures of the lens and of the clinician's page, each as a sketch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from taper_app.domain.amounts import show_amount
from taper_app.domain.evidence import Aligned, StepPain
from taper_app.domain.facts import Flare
from taper_app.domain.overview import Overview, Series
from taper_app.domain.patterns import PlacesBin
from taper_app.domain.stairs import Stair
from taper_app.figures.sketch import (
    LEFT,
    RIGHT,
    WIDTH,
    Days,
    Label,
    Point,
    Say,
    Scale,
    Sketch,
    apart,
    closed,
    day_labels,
    diamond,
    dot,
    hatch,
    line,
    rect,
    runs,
    shapes,
    square,
    ten,
    triangle,
)

# How wide a letter is taken to be, to leave out what would not fit.
LETTER = 7.6
PAIN = Scale(22, 124)
STAIRS_TOP, STAIRS_FLOOR = 160.0, 216.0
AROUND = Scale(14, 126)
# From the lowest line of a picture to the base line of what is written under it.
UNDER = 20.0
ROW, ROW_TOP = 40.0, 30.0
# Each line of a few has marks of its own.
MARKS = (dot, triangle, diamond, square)


def pain_over_dose(found: Overview, unit: str, say: Say, held: str, pain: str = "", *, right: float = RIGHT) -> Sketch:
    """Pain above the stairs of the plan, flares below, on one axis of days. `held`: the word for a pause; `pain`: for the upper scale."""
    days = Days(found.pain.first, found.pain.last, right=right)
    lines, labels = ten(PAIN, right=right)
    labels += pain_label(pain)
    known = [one for one in found.stairs if one.level is not None]
    floor = PAIN.bottom
    drawn: list[tuple[str, str]] = []
    if known:
        floor = STAIRS_FLOOR
        drawn, more = _stairs(known, days, Scale(STAIRS_TOP, floor, highest(known)), unit)
        labels += more
    holds = [(days.start(one.first), days.end(one.last or found.pain.last)) for one in found.stairs if one.status == "held"]
    row = floor + 13
    marks = "".join(triangle(x, row) for x in apart(days.middle(day) for day, _ in found.flares))
    bottom = row + 27 if found.flares else floor + UNDER
    labels += [Label((a + b) / 2, PAIN.bottom + 13, held, "middle", "held") for a, b in holds if b - a > len(held) * LETTER]
    return Sketch(
        right + WIDTH - RIGHT,
        bottom + 6,
        shapes(
            ("held", "".join(rect(a, PAIN.top, b, floor) for a, b in holds)),
            ("hatch", "".join(hatch(a, PAIN.top, b, floor) for a, b in holds)),
            *lines,
            *drawn,
            *_values(found.pain, days, PAIN),
            ("flares", marks),
        ),
        tuple(labels + day_labels(days, bottom, say)),
    )


def pain_label(text: str) -> list[Label]:
    """What the scale from 0 to 10 is of, above its highest line."""
    return [Label(LEFT, PAIN.top - 9, text)] if text else []


def values_over_time(found: Series, say: Say) -> Sketch:
    """Numbers from 0 to 10 over days: dots, or middles with their ranges."""
    days = Days(found.first, found.last)
    lines, labels = ten(PAIN)
    bottom = PAIN.bottom + UNDER
    return Sketch(WIDTH, bottom + 6, shapes(*lines, *_values(found, days, PAIN)), tuple(labels + day_labels(days, bottom, say)))


def aligned(found: Aligned, words: tuple[str, str, str], before: int = 7, after: int = 14) -> Sketch:
    """The days around changes laid over each other. `words`: for the left end, the change, and the right end."""
    scale = AROUND
    lines, labels = ten(scale)

    def x(offset: int) -> float:
        return LEFT + (offset + before + 0.5) * (RIGHT - LEFT) / (before + after + 1)

    at = x(0)
    drawn: list[tuple[str, str]] = []
    if found.together:
        drawn += _band([(one.offset, x(one.offset), scale.at(one.pain.low), scale.at(one.pain.high)) for one in found.days])
        drawn += _joined("middle", [(one.offset, (x(one.offset), scale.at(one.pain.middle))) for one in found.days])
    else:
        for n, one in enumerate(found.lines, 1):
            points = [(offset, (x(offset), scale.at(value))) for offset, value in one]
            drawn.append((f"line{n}", "".join(line(run) for run in runs(points) if len(run) > 1)))
            drawn.append(("dots", "".join(MARKS[n - 1](*at, 2.8) for _, at in points)))
            labels.append(Label(RIGHT + 2, scale.at(one[-1][1]) + 4.5, str(n), "start", "line"))
    bottom = scale.bottom + UNDER
    labels += [Label(LEFT, bottom, words[0], "start"), Label(at, bottom, words[1], "middle"), Label(RIGHT, bottom, words[2], "end")]
    lines.append(("change", line(((at, scale.top - 6), (at, scale.bottom)))))
    return Sketch(WIDTH, bottom + 6, shapes(*lines, *drawn), tuple(_spread_out(labels)))


def pain_by_step(found: Sequence[StepPain], ahead: str = "") -> Sketch:
    """One column a stair, oldest first: the middle day, the range, and the level below. `ahead` stands before the levels."""
    scale = AROUND
    lines, labels = ten(scale)
    wide = (RIGHT - LEFT) / max(len(found), 1)
    dots, whiskers, held, stripes = [], [], [], []
    taken = -LETTER
    for n, one in enumerate(found):
        left, x = LEFT + n * wide, LEFT + (n + 0.5) * wide
        if one.stair.status == "held":
            held.append(rect(left, scale.top, left + wide, scale.bottom))
            stripes.append(hatch(left, scale.top, left + wide, scale.bottom))
        if one.pain is not None:
            dots.append(dot(x, scale.at(one.pain.middle), min(4.0, max(wide / 3, 1.5))))
            whiskers.append(whisker(x, scale.at(one.pain.low), scale.at(one.pain.high), min(5.0, wide / 3)))
        text = "" if one.stair.level is None else show_amount(one.stair.level)
        half = len(text) * LETTER / 2
        if text and x - half > taken + LETTER and x + half < WIDTH:
            labels.append(Label(x, scale.bottom + UNDER, text, "middle", "level"))
            taken = x + half
    if ahead:
        labels.append(Label(LEFT, scale.bottom + 38, ahead, "start"))
    return Sketch(
        WIDTH,
        scale.bottom + (44 if ahead else 26),
        shapes(
            ("held", "".join(held)),
            ("hatch", "".join(stripes)),
            *lines,
            ("whisker", "".join(whiskers)),
            ("dots", "".join(dots)),
        ),
        tuple(labels),
    )


def spread(found: Sequence[Flare], days: Days, say: Say, words: tuple[str, str, str]) -> Sketch:
    """One mark for each flare with an answer, in three rows. `words`: for the same place, wider, a new place."""
    draw: dict[str, tuple[str, float, Callable[[float, float], str]]] = {
        "new_place": ("new_place", 34.0, diamond), "wider": ("wider", 78.0, triangle), "same_place": ("same", 122.0, dot)
    }  # fmt: skip
    rows: list[tuple[str, str]] = [("grid", "".join(line(((8, y), (RIGHT, y))) for _, y, _ in draw.values()))]
    labels = [
        Label(8, y - 15, text, "start", "row") for (_, y, _), text in zip(draw.values(), reversed(words), strict=True)
    ]
    wide = Days(days.first, days.last, 14, RIGHT - 6)
    for answer, (kind, y, mark) in draw.items():
        rows.append((kind, "".join(mark(x, y) for x in apart(wide.middle(one.day) for one in found if one.spread == answer))))
    labels += day_labels(Days(days.first, days.last, 8, RIGHT), 150, say)
    return Sketch(WIDTH, 156, shapes(*rows), tuple(labels))


def places(found: Sequence[PlacesBin], rows: Sequence[tuple[str, str]], say: Say) -> Sketch:
    """Where it hurt, a row a place (code, words) and a column a stretch of days: the larger the dot, the more flares."""
    days = Days(found[0].first, found[-1].last, 8, RIGHT)
    most = max((one.places.get(code, 0) for one in found for code, _ in rows), default=1) or 1
    wide = (days.right - days.left) / len(found)
    largest = max(min(8.0, wide / 1.6), 3.0)
    dots: list[str] = []
    grid: list[str] = []
    labels: list[Label] = []
    for n, (code, words) in enumerate(rows):
        y = ROW_TOP + n * ROW
        grid.append(line(((8, y), (RIGHT, y))))
        labels.append(Label(8, y - 12, words, "start", "row"))
        for one in found:
            if count := one.places.get(code, 0):
                x = min(max(days.middle(one.first, one.last), 8 + largest), RIGHT - largest)
                dots.append(dot(x, y, max(largest * (count / most) ** 0.5, 2.0)))
    bottom = ROW_TOP + len(rows) * ROW - 10
    return Sketch(
        WIDTH, bottom + 6, shapes(("grid", "".join(grid)), ("dots", "".join(dots))), tuple(labels + day_labels(days, bottom, say))
    )


def whisker(x: float, low: float, high: float, half: float = 3.0) -> str:
    """An upright line from the lowest to the highest, with short ends."""
    ends = f"M{x - half:.1f} {low:.1f}h{2 * half:.1f}M{x - half:.1f} {high:.1f}h{2 * half:.1f}"
    return line(((x, low), (x, high))) + ends if low != high else f"M{x - half:.1f} {low:.1f}h{2 * half:.1f}"


def _values(found: Series, days: Days, scale: Scale) -> list[tuple[str, str]]:
    small = 3.2 if len(found.points) < 90 else 2.2
    drawn = [("dots", "".join(dot(days.middle(day), scale.at(value), small) for day, value in found.points))]
    boxes = [(days.middle(one.first, one.last), one.pain) for one in found.bins if one.pain is not None]
    drawn.append(("whisker", "".join(whisker(x, scale.at(pain.low), scale.at(pain.high), 0.0) for x, pain in boxes)))
    drawn.append(("dots", "".join(dot(x, scale.at(pain.middle), 2.6 if len(boxes) < 70 else 1.8) for x, pain in boxes)))
    return drawn


def _stairs(known: Sequence[Stair], days: Days, scale: Scale, unit: str) -> tuple[list[tuple[str, str]], list[Label]]:
    path: list[Point] = []
    area: list[str] = []
    pieces: list[str] = []
    for n, one in enumerate(known):
        last = one.last or days.last
        a, b, y = days.start(one.first), days.end(last), scale.at(one.level or 0)
        follows = n > 0 and (known[n - 1].last or days.last).toordinal() + 1 == one.first.toordinal()
        if not follows and path:
            pieces.append(line(path))
            path = []
        path += [(a, y), (b, y)]
        area.append(rect(a, y, b, scale.bottom))
    if path:
        pieces.append(line(path))
    floor = line(((days.left, scale.bottom), (days.right, scale.bottom)))
    labels = [Label(x, scale.at(level) - 6, text, "middle", "level") for x, level, text in levels(known, days, unit)]
    return [("area", "".join(area)), ("base", floor), ("stairs", "".join(pieces))], labels


def highest(known: Sequence[Stair]) -> float:
    """The top of the stairs' own scale."""
    return float(max((one.level or Decimal(0) for one in known), default=Decimal(0))) or 1.0


def levels(known: Sequence[Stair], days: Days, unit: str) -> list[tuple[float, Decimal, str]]:
    """Where levels are written (across, above which level, text): over stairs with room, the first and the last; once while it stays."""
    wide: list[tuple[float, float, Decimal, str, bool]] = []
    before: Decimal | None = None
    for n, one in enumerate(known):
        level = one.level or Decimal(0)
        text = f"{show_amount(level)} {unit}".strip()
        half = len(text) * LETTER / 2
        a, b = days.start(one.first), days.end(one.last or days.last)
        must = n in (0, len(known) - 1)
        if level != before and (must or b - a >= 2 * half + 14):
            wide.append((min(max((a + b) / 2, days.left + half), days.right - half), half, level, text, n == len(known) - 1))
        before = level
    found: list[tuple[float, Decimal, str]] = []
    reserved = next((x - half for x, half, *_, is_last in wide if is_last), days.right + 99)
    written = 0.0
    for x, half, level, text, is_last in wide:
        if x - half >= written and (is_last or x + half + 4 <= reserved):
            # Over every stair that it reaches across.
            over = (s.level or Decimal(0) for s in known if days.start(s.first) < x + half and days.end(s.last or days.last) > x - half)
            found.append((x, max(over, default=level), text))
            written = x + half + 4
    return found


def _joined(kind: str, points: Sequence[tuple[int, Point]]) -> list[tuple[str, str]]:
    """Lines through days that follow each other; a day alone is a dot."""
    cut = runs(points)
    lines = "".join(line(run) for run in cut if len(run) > 1)
    return [(kind, lines), ("dots", "".join(dot(*run[0], 2.6) for run in cut if len(run) == 1))]


def _band(found: Sequence[tuple[int, float, float, float]]) -> list[tuple[str, str]]:
    """The range between lowest and highest; a day alone is a whisker."""
    places = [(offset, (float(n), 0.0)) for n, (offset, *_) in enumerate(found)]
    bands, alone = [], []
    for run in runs(places):
        part = [found[int(n)] for n, _ in run]
        if len(part) == 1:
            alone.append(whisker(part[0][1], part[0][2], part[0][3]))
        else:
            bands.append(closed([(x, high) for _, x, _, high in part] + [(x, low) for _, x, low, _ in reversed(part)]))
    return [("range", "".join(bands)), ("whisker", "".join(alone))]


def _spread_out(labels: list[Label]) -> list[Label]:
    """The numbers at the ends of lines, so far apart that each can be read."""
    ends = sorted((one for one in labels if one.kind == "line"), key=lambda one: one.y)
    found = [one for one in labels if one.kind != "line"]
    last = -99.0
    for one in ends:
        y = max(one.y, last + 12)
        found.append(Label(one.x, y, one.text, one.anchor, one.kind))
        last = y
    return found

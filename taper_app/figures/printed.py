"""A sketch as an SVG file, for paper: black ink, one plum for pain, no colour that carries meaning alone."""

from xml.sax.saxutils import escape, quoteattr

from taper_app.figures.sketch import FILLED, Label, Sketch

INK, SOFT, PAIN, STAIRS = "#000000", "#4a4a4a", "#6a2f5e", "#0f5c57"
_FILL = {"area": "#e4eeea", "held": "#ececec", "range": "#efdfea"}
_LINE = {
    "grid": (SOFT, 0.4, "1 3"),
    "base": (SOFT, 0.8, ""),
    "hatch": ("#8a8a8a", 0.4, ""),
    "stairs": (STAIRS, 2.0, ""),
    "whisker": (PAIN, 0.9, ""),
    "middle": (PAIN, 1.8, ""),
    "change": (SOFT, 0.8, "3 3"),
}


def as_svg(sketch: Sketch, font: str, size: float) -> str:
    """The sketch as a file that needs nothing else. Labels are text; whatever is in them stays text."""
    shapes = "".join(f'<path d="{one.path}" {_dress(one.kind)}/>' for one in sketch.shapes)
    labels = "".join(_write(one, font, size) for one in sketch.labels)
    size_of = f'width="{sketch.width:g}" height="{sketch.height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{sketch.view_box}" {size_of}>{shapes}{labels}</svg>'


def _dress(kind: str) -> str:
    if kind in FILLED:
        return f'fill="{_FILL.get(kind, PAIN)}"'
    colour, width, dashes = _LINE.get(kind, (PAIN, 1.4, ""))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'fill="none" stroke="{colour}" stroke-width="{width}"{dashed}'


def _write(label: Label, font: str, size: float) -> str:
    at = f'x="{label.x:g}" y="{label.y:g}" text-anchor="{label.anchor}"'
    ink = INK if label.kind == "level" else SOFT
    return f'<text {at} font-family={quoteattr(font)} font-size="{size:g}" fill="{ink}">{escape(label.text)}</text>'

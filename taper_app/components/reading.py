"""Long texts as screen: the blocks of a content page become plain elements when the app is built; no HTML is parsed on the phone."""

from collections.abc import Iterable
from typing import Any

import reflex as rx

from taper_app.components.shell import link
from taper_app.components.words import t
from taper_app.content.loader import Block, Heading, ListBlock, Note, Page, Paragraph, Span


def text(blocks: Iterable[Block], names: dict[str, Any] | None = None, *, level: int = 2) -> rx.Component:
    """The blocks one below the other. `names` fills gaps such as {name}; `level` is the level of the text's "##"."""
    return rx.el.div(*[_block(block, names or {}, level) for block in blocks], class_name="stack")


def sections(blocks: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """The blocks by heading: (words of the heading, the blocks under it); before the first heading the words are ""."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading):
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return [(title, under) for title, under in found if title or under]


def folded(sections: Iterable[tuple[str, list[Block]]]) -> rx.Component:
    """Sections to open one at a time, each with its heading on the fold."""
    return rx.el.div(
        *[
            rx.el.details(rx.el.summary(rx.el.h3(title, class_name="flush")), rx.el.div(text(under), class_name="under"))
            for title, under in sections
        ],
        class_name="sheet folds",
    )


def sources(page: Page) -> rx.Component:
    """Where the text comes from, folded away."""
    return rx.el.details(
        rx.el.summary(t("reading.sources")),
        rx.el.ul(*[rx.el.li(source_line(source), class_name="small soft") for source in page.sources]),
        class_name="gap",
    )


def source_line(source: Any) -> str:
    """One source in a line."""
    return ". ".join(str(part) for part in (source.title, source.publisher, source.year) if part) + "."


def _block(block: Block, names: dict[str, Any], level: int) -> rx.Component:
    match block:
        case Heading():
            make = rx.el.h2 if block.level + level - 2 <= 2 else rx.el.h3
            return make(_fill(block.text, names))
        case Paragraph():
            return rx.el.p(*_spans(block.spans, names))
        case ListBlock():
            items = [rx.el.li(*_spans(item, names)) for item in block.items]
            return rx.el.ol(*items) if block.ordered else rx.el.ul(*items)
        case Note():
            return rx.el.p(*_spans(block.spans, names), class_name="note")


def _spans(spans: Iterable[Span], names: dict[str, Any]) -> list[Any]:
    return [_span(span, names) for span in spans]


def _span(span: Span, names: dict[str, Any]) -> Any:
    words = _fill(span.text, names)
    if span.href:
        return rx.el.a(words, href=span.href) if ":" in span.href else link(words, path=span.href)
    return rx.el.strong(words) if span.bold else words


def _fill(words: str, names: dict[str, Any]) -> Any:
    whole: Any = words
    for name, value in names.items():
        gap = "{" + name + "}"
        if gap in words:
            before, after = words.split(gap, 1)
            whole = rx.Var.create(before) + value + _fill(after, names)
            break
    return whole

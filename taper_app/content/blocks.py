"""The small part of Markdown a page may use, read into blocks a screen can draw without any HTML.

Headings of level 2 and 3, paragraphs, flat lists, one-paragraph quotes (notes), bold, and links. Everything
else is refused, so that nothing a writer types can reach the phone as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_HREF = re.compile(r"https://\S+|(?:tel|sms):[\d+-]+|/[\w/-]*")


class ContentError(ValueError):
    """A page, a catalog or a data file breaks a rule of the content folder."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; bold, a link, both or neither."""

    text: str
    bold: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page: level 2 or 3 (the page's title is level 1)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A flat list; `ordered` when the order counts."""

    ordered: bool
    items: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph that stands out; a quote in the source."""

    spans: tuple[Span, ...]


Block = Heading | Paragraph | ListBlock | Note


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a text. Raises ContentError for anything outside the subset."""
    # HTML stays on in the parser so that it is seen, and refused, instead of shown as text.
    return tuple(_blocks(iter(MarkdownIt("commonmark").parse(text))))


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    for token in tokens:
        match token.type:
            case "heading_open" if token.tag in ("h2", "h3"):
                spans = _spans(_expect(tokens, "inline"))
                if len(spans) != 1 or spans[0].bold or spans[0].href:
                    raise ContentError("a heading is plain words")
                _expect(tokens, "heading_close")
                yield Heading(int(token.tag[1]), spans[0].text)
            case "paragraph_open":
                yield Paragraph(_rest_of_paragraph(tokens))
            case "blockquote_open":
                _expect(tokens, "paragraph_open")
                yield Note(_rest_of_paragraph(tokens))
                _expect(tokens, "blockquote_close")
            case "bullet_list_open" | "ordered_list_open":
                yield ListBlock(token.tag == "ol", tuple(_items(tokens)))
            case _:
                raise _refused(token)


def _items(tokens: Iterator[Token]) -> Iterator[tuple[Span, ...]]:
    for token in tokens:
        if token.type in ("bullet_list_close", "ordered_list_close"):
            return
        _expect(tokens, "paragraph_open")
        yield _rest_of_paragraph(tokens)
        _expect(tokens, "list_item_close")


def _rest_of_paragraph(tokens: Iterator[Token]) -> tuple[Span, ...]:
    spans = _spans(_expect(tokens, "inline"))
    _expect(tokens, "paragraph_close")
    return spans


def _expect(tokens: Iterator[Token], kind: str) -> Token:
    token = next(tokens)
    if token.type != kind:
        raise _refused(token)
    return token


def _spans(inline: Token) -> tuple[Span, ...]:
    spans: list[Span] = []
    bold, href = False, None
    for token in inline.children or ():
        match token.type:
            case "text" if "](" in token.content:
                raise ContentError(f"not a link a page may have: {token.content}")
            case "text":
                _add(spans, Span(token.content, bold, href))
            case "softbreak":
                _add(spans, Span(" ", bold, href))
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "link_open":
                href = str(token.attrs["href"])
                if not _HREF.fullmatch(href) or "title" in token.attrs:
                    raise ContentError(f"not a link a page may have: {href}")
            case "link_close":
                href = None
            case _:
                raise _refused(token)
    return tuple(spans)


def _add(spans: list[Span], span: Span) -> None:
    """Append, or lengthen the last span when both look alike."""
    if not span.text:
        return
    if spans and (spans[-1].bold, spans[-1].href) == (span.bold, span.href):
        spans[-1] = Span(spans[-1].text + span.text, span.bold, span.href)
    else:
        spans.append(span)


def _refused(token: Token) -> ContentError:
    line = f" near line {token.map[0] + 1} of the text" if token.map else ""
    return ContentError(f"{token.type} is not part of what a page may use{line}")

"""The text as tokens: numbers, words, signs, each with its place. Nothing here knows what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from taper_app.domain.plan_text import vocabulary as v

# Signs that look alike are one, each for one, so that places in the text stay what they are. A true minus is none of them.
_ALIKE = str.maketrans({"\u2013": "-", "\u2014": "-", "\u00d7": "x", "\u03bc": "\u00b5"})
Kind = Literal["number", "word", "mixed", "sign"]

# Dotted letters are one word ("b.i.d."). Figures hold together over one sign ("1.5", "08:00", "15-30", "1/2"); a point between
# a letter and a figure holds too, so that "O.5" can never be read as 5.
_TOKEN = re.compile(
    r"(?P<dotted>(?<![^\W_])(?:[A-Za-z]\.){2,})"
    r"|(?P<run>(?:(?<![^\W_])\.(?=[0-9]))?(?:[^\W_]|(?<=[0-9])[.,:/-](?=[0-9])|(?<=[^\W_])\.(?=[0-9]))+)"
    r"|(?P<sign>\S)"
)
_NUMBER = re.compile(r"\.?[0-9](?:[0-9]|[.,:/-](?=[0-9]))*|[½¼¾]")
_WITH_UNIT = re.compile(r"(\.?[0-9][0-9.,:/-]*)([^\W\d_]+)")
_EVERY_HOURS = re.compile(r"q[0-9]{1,3}(?:-[0-9]{1,3})?(?:h|hr|hrs|d)")
_TIMES = re.compile(r"(x)([0-9]+)([a-z]*)")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text from `start` to `end`; `text` in small letters. `fresh`: the first one of its line."""

    kind: Kind
    text: str
    start: int
    end: int
    fresh: bool = False


Tokens = Sequence[Token]


def tokens_of(source: str) -> list[Token]:
    """Every token of the text, in order. Linear in its length."""
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(source.translate(_ALIKE)):
        start, end = match.span()
        between = source[last:start]
        fresh = not found or "\n" in between or "\r" in between
        last = end
        if match.lastgroup == "sign":
            found.append(Token("sign", match.group(), start, end, fresh))
        elif match.lastgroup == "dotted":
            found.append(Token("word", match.group().replace(".", "").lower(), start, end, fresh))
        else:
            found += _run(match.group(), start, fresh)
    return list(_once(found))


def _once(found: list[Token]) -> Iterator[Token]:
    """ "2 (two)" is one number that is said twice, where it is the same."""
    i = 0
    while i < len(found):
        one, inside = found[i], [token.text for token in found[i + 1 : i + 4]]
        if one.kind == "number" and inside == ["(", *(word for n, word in enumerate(v.SMALL_NUMBERS, 1) if str(n) == one.text), ")"]:
            one = replace(one, end=found[i + 3].end)
            i += 3
        i += 1
        yield one


def _run(text: str, start: int, fresh: bool) -> list[Token]:
    small = text.lower()
    if len(small) != len(text):
        # A letter that is two in small letters: nothing that a plan is written with.
        return [Token("mixed", small, start, start + len(text), fresh)]
    if _NUMBER.fullmatch(small):
        return [Token("number", small, start, start + len(text), fresh)]
    if not any(c.isnumeric() for c in small) or _EVERY_HOURS.fullmatch(small):
        return [Token("word", small, start, start + len(text), fresh)]
    pieces: tuple[str, ...] = ()
    if (times := _TIMES.fullmatch(small)) and times[3] in {"", *v.SPAN_UNITS}:
        pieces = tuple(piece for piece in times.groups() if piece)
    elif (unit := _WITH_UNIT.fullmatch(small)) and unit[2] in v.GLUED:
        pieces = (unit[1], unit[2])
    if not pieces:
        return [Token("mixed", small, start, start + len(text), fresh)]
    made = []
    for i, piece in enumerate(pieces):
        made.append(Token("number" if piece[-1].isdigit() else "word", piece, start, start + len(piece), fresh and i == 0))
        start += len(piece)
    return made


def at(tokens: Tokens, i: int) -> str:
    """The text of token i, "" outside."""
    return tokens[i].text if 0 <= i < len(tokens) else ""


def is_number(tokens: Tokens, i: int) -> bool:
    """Whether token i is made of figures."""
    return 0 <= i < len(tokens) and tokens[i].kind == "number"


def whole(tokens: Tokens, i: int, most: int) -> int | None:
    """Token i as a plain whole number from 1 to `most`, in figures or as a word up to twelve."""
    text = at(tokens, i)
    if text in v.SMALL_NUMBERS:
        found = v.SMALL_NUMBERS.index(text) + 1
        return found if found <= most else None
    if not is_number(tokens, i) or not text.isdigit() or len(text) > 4 or text[0] == "0":
        return None
    return int(text) if int(text) <= most else None


def kept(words: str, most: int) -> str | None:
    """Words as they may be kept in a plan: on one line, no longer than `most`, without control characters; else None."""
    text = " ".join(words.split()).strip(" ,;:.()-")
    plain = not any(unicodedata.category(c) in ("Cc", "Cs") for c in text)
    return text if text and plain and len(text) <= most else None

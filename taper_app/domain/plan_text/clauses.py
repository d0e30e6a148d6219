"""The text cut into clauses: a line, a sentence, a numbered point, what follows "then". Together they are all of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.amounts import quantity_at
from taper_app.domain.plan_text.dates import duration_at
from taper_app.domain.plan_text.words import Tokens, at, is_number, kept, tokens_of
from taper_app.domain.validate import MAX_NAME

_NUMBERED = frozenset({*v.COUNTED, *v.MONTHS, *v.SUPPLY})


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of the text. `words` as they stand there; `starts` whether it says that a new step begins here.

    `label` is what numbers it ("Week 1"), kept as a note; "" for a plain number. `numbered`: only a plain number stands before it.
    """

    words: str
    tokens: Tokens
    offset: int
    starts: bool = False
    label: str = ""
    numbered: bool = False


def clauses_of(source: str) -> list[Clause]:
    """The clauses of the text in order; joined, but for the white space between them, they are the text."""
    tokens = tokens_of(source)
    cuts = _cuts(tokens)
    found = []
    for first, last in pairwise([*cuts, len(tokens)]):
        end = tokens[last].start if last < len(tokens) else len(source)
        start = tokens[first].start
        found.append(_clause(source[start:end].rstrip(), tokens[first:last], start))
    return found


def _cuts(tokens: Tokens) -> list[int]:
    cuts = [0] if tokens else []
    # Whether this clause has said how long: what follows then is another step.
    long = False
    for i in range(1, len(tokens)):
        long = long or _says_how_long(tokens, i - 1)
        if _begins(tokens, i, long):
            cuts.append(i)
            long = False
    return cuts


def _says_how_long(tokens: Tokens, i: int) -> bool:
    return at(tokens, i) in v.UNTIL or (at(tokens, i) in ("for", "x") and duration_at(tokens, i + 1) is not None)


def _begins(tokens: Tokens, i: int, long: bool) -> bool:
    before, this = at(tokens, i - 1), tokens[i]
    if this.fresh and not _wrapped(tokens, i):
        return True
    if before == ";" or (before == "." and this.start > tokens[i - 1].end and not _shortens(tokens, i)):
        return True
    if this.text == "next" and before not in (",", ":", ")"):
        return False
    if this.text in v.MARKS and before not in ("and", "&", "the"):
        return not (before in v.MARKS or (this.text == "next" and at(tokens, i + 1) in v.SPAN_UNITS) or _just_begun(tokens, i))
    if this.text in ("and", "&") and at(tokens, i + 1) in v.MARKS:
        return True
    if this.text in ("→", ">") and before not in ("-", "="):
        return True
    if (this.fresh or before in (",", ":", "→", ">", ")")) and _label(tokens, i):
        return True
    return long and before in (",", "and", "&") and (quantity_at(tokens, i) is not None or this.text in v.STOP) and before != "and"


def _just_begun(tokens: Tokens, i: int) -> bool:
    return at(tokens, i - 1) in ("→", ">", "•", "*") or (at(tokens, i - 1) in (".", ")") and _is_number_of_point(tokens, i))


def _shortens(tokens: Tokens, i: int) -> bool:
    """Whether the point before token i ends no sentence: "Dec. 1", "Dr. Osei", "tab. twice", "2. Then"."""
    word = at(tokens, i - 2)
    return _is_number_of_point(tokens, i) or word in ("dr", "tab", "cap") or (word in v.MONTHS and len(word) < 5)


def _is_number_of_point(tokens: Tokens, i: int) -> bool:
    """Whether what stands before token i is the number of a point: "2." or "2)" at the start of a line."""
    return is_number(tokens, i - 2) and tokens[i - 2].fresh and at(tokens, i - 2).isdigit()


def _wrapped(tokens: Tokens, i: int) -> bool:
    """A line that goes on: the one before ends in the middle, or this one begins with a small word. A number alone waits for its unit."""
    before, this = tokens[i - 1], tokens[i]
    if before.text in v.GOES_ON:
        return True
    if before.kind == "number" and this.kind == "number":
        # "1" and on the next line "5 mg": one number or two? Not so after "Week 1", "Dec 1", "Refills: 0".
        named = before.fresh or tokens[i - 2].kind != "word" or at(tokens, i - 2) in _NUMBERED
        return before.text.isdigit() and len(before.text) < 4 and not named
    return this.kind == "word" and this.text in {"mg", "mcg", "day", "days", "weeks", "week", "a", "and", "for", "times", "until"} and (
        before.kind != "sign" or before.text == ","
    )


def _label(tokens: Tokens, i: int) -> int | None:
    """ "Week 1", "Weeks 3 and 4", "Day 1-7", "Step 2" at the start of a clause: the token after it."""
    if at(tokens, i) not in v.COUNTED or not is_number(tokens, i + 1):
        return None
    j = i + 2
    if at(tokens, j) in ("-", "to", "and", "&") and is_number(tokens, j + 1) and at(tokens, j + 2) not in v.UNITS:
        j += 2
    return j


def _clause(words: str, tokens: Tokens, offset: int) -> Clause:
    i, starts, label = 0, False, ""
    while at(tokens, i) in ("-", "*", "•", "·", "→", ">", "="):
        starts = starts or at(tokens, i) in ("→", ">")
        i += 1
    if is_number(tokens, i) and at(tokens, i).isdigit() and at(tokens, i + 1) in (".", ")"):
        i, starts = i + 2, True
    numbered = starts
    i += at(tokens, i) in ("and", "&")
    if at(tokens, i) in v.MARKS:
        i, starts, numbered = i + 1, True, False
        i += at(tokens, i) == "by"
    i += at(tokens, i) in (",", ":")
    after = _label(tokens, i)
    if after is not None:
        if v.COUNTED[at(tokens, i)]:
            first, last = tokens[i].start - offset, tokens[after - 1].end - offset
            label = kept(words[first:last], MAX_NAME) or ""
        # "Week 2 -5 mg": that dash may be a minus, and stays.
        dash = at(tokens, after) == "-" and after + 1 < len(tokens) and tokens[after].end < tokens[after + 1].start
        starts, numbered, i = True, False, after + (dash or at(tokens, after) in (":", ".", ")", ","))
    return Clause(words, tokens[i:], offset, starts, label, numbered)

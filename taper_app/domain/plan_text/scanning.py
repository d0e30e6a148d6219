"""A clause looked at from left to right: each word becomes part of an item, or is named as not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.amounts import measure, quantity_at
from taper_app.domain.plan_text.clauses import Clause
from taper_app.domain.plan_text.dates import date_at, day_at, text_at
from taper_app.domain.plan_text.items import End, Item, Medicine, Nothing, Prescriber, Quantity, Unknown
from taper_app.domain.plan_text.times import limit_at, needed_at, often_at, when_at
from taper_app.domain.plan_text.words import Tokens, at


def scan(clause: Clause) -> Iterator[Item]:
    """The items of a clause in order, each with its words; every token is in one."""
    tokens, i = clause.tokens, 0
    last: Item = Nothing()
    first = True
    while i < len(tokens):
        items, end = _next(tokens, i, first)
        words = clause.words[tokens[i].start - clause.offset : tokens[end - 1].end - clause.offset]
        for item in items:
            if isinstance(item, Quantity) and isinstance(last, Medicine) and at(tokens, end) == ":" and item.amount:
                # "Morphine ER 15 mg: ...": what is on the label.
                item = replace(item, amount=None, strength=item.amount, code="strength_or_dose")  # noqa: PLW2901  # the same item, as the label
            last, first = item, first and isinstance(item, Nothing)
            yield replace(item, words=words)
        i = end


def _next(tokens: Tokens, i: int, first: bool) -> tuple[list[Item], int]:
    if found := day_at(tokens, i, first):
        return found
    one = (
        needed_at(tokens, i)
        or limit_at(tokens, i)
        or often_at(tokens, i)
        or when_at(tokens, i)
        or text_at(tokens, i, first)
        or quantity_at(tokens, i)
        or _end_at(tokens, i)
        or _name_at(tokens, i)
    )
    if one is not None:
        return [one[0]], one[1]
    token = tokens[i]
    if token.text in v.FILLERS or token.text in v.FORMS or token.text in v.SIGNS or token.text in v.CHANGE or token.text in v.PIECES:
        return [Nothing()], i + 1
    return [Unknown(code={"number": "number_not_read", "mixed": "misread"}.get(token.kind, "words_not_known"))], i + 1


def _end_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    word, after = at(tokens, i), at(tokens, i + 1)
    if word in v.STOP:
        return End(ends="stop"), i + 1
    if word in v.STAY:
        return End(ends="stay"), i + 1
    if word in v.REVIEW or (word, after) == ("follow", "up"):
        # The date of the review, or "in 4 weeks", belongs to it.
        return End(ends="review"), i + 1 + (word == "follow")
    return None


def _name_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    word = at(tokens, i)
    if word in ("dr", "doctor"):
        return _prescriber(tokens, i)
    j = i
    if word in ("ms", "oxy") and at(tokens, i + 1) == "contin":
        j = i + 1
    if at(tokens, j) not in v.MEDICINES:
        return None
    known, release, j = v.MEDICINES[at(tokens, j)], "unknown", j + 1
    while True:
        word = at(tokens, j)
        if word in v.EXTENDED:
            release, j = "extended", j + 1
        elif word in v.IMMEDIATE:
            release, j = "immediate", j + 1
        elif word in ("extended", "immediate") and (end := _release(tokens, j)):
            release, j = word, end
        elif word in v.SALTS:
            j += 1
        else:
            return Medicine(known=known, release=release), j


def _release(tokens: Tokens, i: int) -> int | None:
    j = i + 1 + (at(tokens, i + 1) == "-")
    return j + 1 if at(tokens, j) == "release" else None


def _prescriber(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    first = j = i + 1 + (at(tokens, i + 1) == ".")
    while j < len(tokens) and j - first < 3 and tokens[j].kind == "word" and not tokens[j].fresh and at(tokens, j) not in v.FILLERS:
        j += 1
    return (Prescriber(), j) if j > first else None


def refusal_of(tokens: Tokens) -> str:
    """Why a whole clause is not read, whatever else it says; "" when nothing speaks against it."""
    texts = {token.text for token in tokens}
    if _is_computed(tokens, texts):
        return "needs_arithmetic"
    if texts & v.TURNS and "days" not in texts:
        return "takes_turns"
    if texts & v.BEFORE:
        return "now_or_before"
    if sum(token.text in v.WEEKDAYS and _is_alone(tokens, i) for i, token in enumerate(tokens)) > 1:
        return "days_of_the_week"
    return "not_read" if texts & v.SUPPLY else ""


def _is_alone(tokens: Tokens, i: int) -> bool:
    found = date_at(tokens, i)
    return found is not None and found.end == i + 1


def _is_minus(tokens: Tokens, i: int) -> bool:
    """A "-" or "+" that hangs on the number after it and on nothing before it."""
    if at(tokens, i) not in ("-", "+") or i + 1 == len(tokens) or tokens[i].end != tokens[i + 1].start:
        return False
    return i == 0 or tokens[i - 1].end < tokens[i].start


def _is_computed(tokens: Tokens, texts: set[str]) -> bool:
    if texts & (v.COMPUTED - {"by"}):
        return True
    for i in range(len(tokens)):
        if (at(tokens, i) == "down" or _is_minus(tokens, i)) and measure(tokens, i + 1) is not None:
            # "Go down 5 mg": to it, or by it?
            return True
        if at(tokens, i) == "by" and (measure(tokens, i + 1) is not None or at(tokens, i + 1) in ("half", "one", "1/2", "½")):
            return True
        if at(tokens, i) == "half" and at(tokens, i + 1) in ("the", "your", "this", "that", "dose", "as"):
            return True
        if at(tokens, i) not in v.CHANGE:
            continue
        j = i + 1
        while at(tokens, j) in ("the", "your", "dose", "daily", "it", "down", "each", "this", "patch", "strength"):
            j += 1
        if measure(tokens, j) is not None or at(tokens, j) in ("by", "half", "in", "one", "a"):
            return True
    return False

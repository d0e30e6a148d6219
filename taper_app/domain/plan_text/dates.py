"""Dates, and how long: a date only where the text gives one with its year, in one reading. Durations stay words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.amounts import measure
from taper_app.domain.plan_text.items import Day, Item, Nothing, Text
from taper_app.domain.plan_text.words import Tokens, at, is_number, whole
from taper_app.domain.reading import FIRST_DATE, LAST_DATE

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{2}|[0-9]{4})")
_NO_YEAR = re.compile(r"[0-9]{1,2}/[0-9]{1,2}")
_MOST_WORDS = 40
_ENDS_WORDS = frozenset({",", ";", "(", "take", "start", "reduce", "change", "use", "apply", "review"})
_TO = frozenset({"-", "to", "until", "till", "through", "thru"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that stands in the text, or why it is not read; `end` is the token after it."""

    day: date | None
    code: str
    end: int


def date_at(tokens: Tokens, i: int) -> Dated | None:
    """A date from token i on, with its weekday before it or not."""
    weekday = v.WEEKDAYS.get(at(tokens, i))
    if weekday is None:
        return _plain_date(tokens, i)
    j = i + 1
    while at(tokens, j) in (",", "."):
        j += 1
    found = _plain_date(tokens, j)
    if found is None:
        return Dated(None, "date_without_year", i + 1)
    if found.day is not None and found.day.weekday() != weekday:
        return Dated(None, "weekday_differs", found.end)
    return found


def _plain_date(tokens: Tokens, i: int) -> Dated | None:
    text = at(tokens, i)
    if text in v.MONTHS:
        return _month_first(tokens, i)
    if not is_number(tokens, i):
        return None
    if text.isdigit() and len(text) <= 2:
        j = i + 1 + (at(tokens, i + 1) in ("st", "nd", "rd", "th"))
        j += at(tokens, j) == "of"
        return _with_year(tokens, int(text), v.MONTHS[at(tokens, j)], j + 1) if at(tokens, j) in v.MONTHS else None
    if year_first := _YEAR_FIRST.fullmatch(text):
        return _made(int(year_first[1]), int(year_first[2]), int(year_first[3]), i + 1)
    if year_last := _YEAR_LAST.fullmatch(text):
        return _numeric(int(year_last[1]), int(year_last[2]), year_last[3], i + 1)
    if _NO_YEAR.fullmatch(text) and (text not in ("1/2", "1/4", "3/4")):
        return Dated(None, "date_without_year", i + 1)
    return None


def _month_first(tokens: Tokens, i: int) -> Dated | None:
    j = i + 1 + (at(tokens, i + 1) == ".")
    text = at(tokens, j)
    if not is_number(tokens, j):
        return None
    if not text.isdigit() or len(text) > 2:
        return Dated(None, "date_unclear", _with_year(tokens, 1, 1, j + 1).end)
    j += 1 + (at(tokens, j + 1) in ("st", "nd", "rd", "th"))
    return _with_year(tokens, int(text), v.MONTHS[at(tokens, i)], j)


def _with_year(tokens: Tokens, day: int, month: int, i: int) -> Dated:
    j = i
    while at(tokens, j) in (",", "."):
        j += 1
    text = at(tokens, j)
    if is_number(tokens, j) and text.isdigit() and len(text) == 4 and at(tokens, j + 1) not in v.UNITS:
        return _made(int(text), month, day, j + 1)
    return Dated(None, "date_without_year", i)


def _numeric(first: int, second: int, year: str, end: int) -> Dated:
    """Day first or month first? Only where both say the same, or one of them cannot be."""
    if len(year) == 2:
        return Dated(None, "date_unclear", end)
    if first == second or second > 12:
        return _made(int(year), first, second, end)
    if first > 12:
        return _made(int(year), second, first, end)
    return Dated(None, "date_unclear", end)


def _made(year: int, month: int, day: int, end: int) -> Dated:
    try:
        found = date(year, month, day)
    except ValueError:
        return Dated(None, "no_such_date", end)
    return Dated(found, "", end) if FIRST_DATE <= found <= LAST_DATE else Dated(None, "no_such_date", end)


def duration_at(tokens: Tokens, i: int) -> int | None:
    """ "2 weeks", "14 days", "a week", "1-2 weeks", "4 more days": the token after it. The number is never used."""
    j = i
    if whole(tokens, j, 9999) is not None or is_number(tokens, j) or at(tokens, j) in ("a", "another"):
        j += 1
        if at(tokens, j) in ("-", "to") and is_number(tokens, j + 1):
            j += 2
        j += at(tokens, j) in ("more", "full")
        return j + 1 if at(tokens, j) in v.SPAN_UNITS else None
    return None


def day_at(tokens: Tokens, i: int, first: bool) -> tuple[list[Item], int] | None:
    """A date with its role: "from 1 Dec 2026", "until ...", "Dec 1, 2026 - Dec 14, 2026:", "last day Dec 24, 2026"."""
    j, role = i, "none"
    if at(tokens, j) in ("last", "final") and at(tokens, j + 1) in ("day", "dose"):
        j, role = j + 2, "last"
        while at(tokens, j) in ("is", "on", ":", "will", "be", "-", "of", "this", "with", "doses"):
            j += 1
    elif at(tokens, j) in v.REVIEW or (at(tokens, j), at(tokens, j + 1)) == ("follow", "up"):
        return None
    elif at(tokens, j) in v.UNTIL or (at(tokens, j), at(tokens, j + 1)) == ("up", "to"):
        j, role = j + 1 + (at(tokens, j) == "up"), "until"
    else:
        while at(tokens, j) in v.STARTS and j - i < 3:
            j, role = j + 1, "start"
    found = date_at(tokens, j)
    if found is None:
        return ([Day(role="last", code="no_last_day")], j) if role == "last" else None
    if at(tokens, j) in v.WEEKDAYS and found.end == j + 1 and (role != "start" or at(tokens, j - 1) == "on"):
        # "On Monday": the first one, or every one?
        return None
    if role == "none" and (first or (at(tokens, found.end) in _TO and date_at(tokens, found.end + 1))):
        role = "start"
    items: list[Item] = [Day(role=role, day=found.day, code=found.code)]  # type: ignore[arg-type]  # one of the roles, above
    if role == "start" and at(tokens, found.end) in _TO and (last := date_at(tokens, found.end + 1)):
        return [*items, Day(role="until", day=last.day, code=last.code)], last.end
    return items, found.end


def text_at(tokens: Tokens, i: int, first: bool) -> tuple[Item, int] | None:
    """Words that are kept: "for 2 weeks", "x 14 days", "until the box is empty", "when the box is empty", "after 2 weeks"."""
    word = at(tokens, i)
    if word in ("for", "x", "first", "next") or is_number(tokens, i):
        j = i + (not is_number(tokens, i))
        j += 2 if at(tokens, j) == "the" and at(tokens, j + 1) in ("first", "next") else 0
        end = duration_at(tokens, j)
        return (Text(role="span"), end) if end else None
    if word in ("until", "till") and i + 1 < len(tokens):
        # "Until reviewed on ..." is the end, said by the next word.
        return (Nothing(), i + 1) if at(tokens, i + 1) in v.REVIEW else _free(tokens, i + 1, "until")
    if word in ("in", "after") and (end := duration_at(tokens, i + 1)):
        return (Text(role="later"), end) if first else None
    if word in ("when", "once", "after") and first:
        return _free(tokens, i + 1, "later")
    return None


def _free(tokens: Tokens, i: int, role: str) -> tuple[Item, int] | None:
    """The words up to the next comma or to the next thing to do; None when an amount is among them."""
    j = i
    while j < min(len(tokens), i + _MOST_WORDS) and at(tokens, j) not in _ENDS_WORDS:
        if measure(tokens, j) is not None or tokens[j].kind == "mixed":
            return None
        j += 1
    waits = any(token.text in v.WAITED_FOR for token in tokens[i:j])
    return (Text(role=role), j) if j > i and (role == "until" or waits) else None  # type: ignore[arg-type]  # one of two, above

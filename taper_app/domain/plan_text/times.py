"""When and how often. A part of the day is taken only where the word is one; a clock time only where it is one alone."""

from __future__ import annotations

import re

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.amounts import measure
from taper_app.domain.plan_text.items import Item, Limit, Needed, Often, When
from taper_app.domain.plan_text.words import Tokens, at, is_number, whole
from taper_app.domain.validate import MAX_EVERY_DAYS

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_INTERVAL = re.compile(r"q([0-9]{1,3})(-[0-9]{1,3})?(h|hr|hrs|d)")
_MOST_A_DAY = 12


def needed_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    """ "prn", "as needed", "if needed", with what it is for."""
    if at(tokens, i) in v.NEEDED:
        j = i + 1
    elif at(tokens, i) in ("as", "if", "when") and at(tokens, i + 1) in ("needed", "required"):
        j = i + 2
    else:
        return None
    k = j + (at(tokens, j) == "for")
    for words in (("breakthrough", "pain"), ("severe", "pain"), ("pain",)):
        if tuple(at(tokens, k + n) for n in range(len(words))) == words:
            return Needed(purpose=" ".join(words)), k + len(words)
    return Needed(), j


def limit_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    """ "max 4 in 24 hours", "no more than 3 doses a day", "up to 60 mg a day": the number only where it counts doses in hours."""
    said = next((words for words in v.AT_MOST if tuple(at(tokens, i + n) for n in range(len(words))) == words), None)
    if said is None:
        return None
    j = i + len(said)
    j += at(tokens, j) == "of"
    n, end = whole(tokens, j, 100), j + 1
    if (amount := measure(tokens, j)) is not None:
        n, end = None, amount.end
    elif n is None:
        return None
    elif at(tokens, end) in v.COUNTED_IN:
        n, end = None, end + 1
    end += at(tokens, end) in ("doses", "times", "x")
    if at(tokens, end) in ("in", "per", "a", "/", "each", "every") and at(tokens, end + 1) in ("day", "24h"):
        return Limit(), end + 2
    if at(tokens, end) in ("in", "per", "every", "/"):
        hours = whole(tokens, end + 1, 1000)
        if hours and at(tokens, end + 2) in v.HOURS:
            return (Limit(at_most=n, per_hours=hours) if n else Limit()), end + 3
    return Limit(), end + (at(tokens, end) == "daily")


def often_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    """ "bid", "twice a day", "3 times daily", "q8h", "every 72 hours", "every other day"."""
    word = at(tokens, i)
    if (word, at(tokens, i + 1)) == ("daily", "dose"):
        # "Daily dose: 60 mg" is the whole day's.
        return None
    if word in v.DOSES_A_DAY:
        return Often(doses=v.DOSES_A_DAY[word]), i + 1
    if word in ("qod", "q2d"):
        return Often(doses=1, every_days=2), i + 1
    if word == "weekly":
        return Often(doses=1, every_days=7), i + 1
    if written := _INTERVAL.fullmatch(word):
        if written[2]:
            return Often(interval=written[3] != "d", code="frequency_unclear"), i + 1
        return _days(int(written[1])) if written[3] == "d" else _hours(int(written[1])), i + 1
    return _times(tokens, i) or _every(tokens, i)


def _times(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    n, j = v.TIMES.get(at(tokens, i)), i + 1
    if n is None:
        n = whole(tokens, i, _MOST_A_DAY)
        if n is None or at(tokens, j) not in ("times", "time", "x"):
            return None
        j += 1
    if at(tokens, j) == "daily":
        return Often(doses=n), j + 1
    if at(tokens, j) in ("a", "per", "each", "every", "/", "in"):
        j += 1 + (at(tokens, j + 1) in ("a", "the"))
        if at(tokens, j) in ("day", "d"):
            return Often(doses=n), j + 1
        if at(tokens, j) == "week":
            return Often(doses=1, every_days=7, code="" if n == 1 else "frequency_unclear"), j + 1
    if at(tokens, i) == "once" and (found := _every(tokens, j)):
        return found
    return None


def _every(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    if at(tokens, i) not in ("every", "q", "each"):
        return None
    word = at(tokens, i + 1)
    if word in ("day", "d"):
        return Often(doses=1), i + 2
    if word == "week":
        return Often(doses=1, every_days=7), i + 2
    if word in ("other", "second", "2nd", "alternate") and at(tokens, i + 2) == "day":
        return Often(doses=1, every_days=2), i + 3
    n, unit = whole(tokens, i + 1, 999), at(tokens, i + 2)
    if n is not None and unit in v.HOURS:
        return _hours(n), i + 3
    if n is not None and unit in v.DAYS:
        return _days(n), i + 3
    if is_number(tokens, i + 1):
        # "every 4-6 hours", "every 4 to 6 hours", "every 2 weeks".
        j = i + 2 + 2 * (at(tokens, i + 2) in ("-", "to", "or"))
        if at(tokens, j) in v.HOURS or at(tokens, j) in v.SPAN_UNITS:
            return Often(interval=at(tokens, j) in v.HOURS, code="frequency_unclear"), j + 1
    return None


def _hours(n: int) -> Often:
    if n in (4, 6, 8, 12, 24):
        return Often(doses=24 // n, interval=True)
    if n % 24 == 0 and 1 < n // 24 <= MAX_EVERY_DAYS:
        return Often(doses=1, every_days=n // 24, interval=True)
    return Often(interval=True, code="frequency_unclear")


def _days(n: int) -> Often:
    if n <= MAX_EVERY_DAYS:
        return Often(doses=1, every_days=n)
    return Often(code="frequency_unclear")


def when_at(tokens: Tokens, i: int) -> tuple[Item, int] | None:
    """ "in the morning", "at bedtime", "08:00", "8 am"; a blank for "at night", "8:00", "12 pm", "with meals"."""
    if (at(tokens, i), at(tokens, i + 1)) == ("q", "am"):
        return When(at="morning"), i + 2
    j = i
    while at(tokens, j) in v.BEFORE_TIME and j - i < 3:
        j += 1
    word = at(tokens, j)
    if at(tokens, i) in ("before", "after") and (word in v.PARTS or word == "bed"):
        # "Before noon" is not noon.
        return When(at=None), j + 1
    if word == "bed" and at(tokens, j + 1) == "time":
        return When(at="bedtime"), j + 2
    if word in v.PARTS:
        return When(at=v.PARTS[word]), j + 1
    if word in v.UNCLEAR_TIMES or (word == "bed" and j > i):
        return When(at=None), j + 1
    return _clock(tokens, j, after_at=at(tokens, j - 1) == "at" and j > i)


def _clock(tokens: Tokens, i: int, *, after_at: bool) -> tuple[Item, int] | None:
    if not is_number(tokens, i):
        return None
    text = at(tokens, i)
    half = at(tokens, i + 1) if at(tokens, i + 1) in ("am", "pm") else ""
    clock = _CLOCK.fullmatch(text)
    if clock is None and half and text.isdigit() and len(text) <= 2:
        hour, minute = int(text), "00"
    elif clock is not None:
        hour, minute = int(clock[1]), clock[2]
    elif half or (after_at and at(tokens, i + 1) not in v.COUNTED_IN):
        return When(at=None), i + 1 + bool(half)
    else:
        return None
    return When(at=_wall_time(hour, minute, half, clock is not None and len(clock[1]) == 2)), i + 1 + bool(half)


def _wall_time(hour: int, minute: str, half: str, two_figures: bool) -> str | None:
    """HH:MM where there is one reading. 12 am and 12 pm are taken either way by many; 8:00 and 10:00 may be in the evening."""
    if half:
        return f"{hour + 12 * (half == 'pm'):02}:{minute}" if 1 <= hour <= 11 else None
    if two_figures and (hour <= 9 or 13 <= hour <= 23):
        return f"{hour:02}:{minute}"
    return None

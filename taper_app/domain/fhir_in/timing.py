"""When doses are taken, from a FHIR Timing: the times of one day, every how many days, from when until when.

What a day cannot be made of exactly (a range, days of the week, twice in three days) is a question, and the doses stay out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from taper_app.domain.fhir_in.node import Node
from taper_app.domain.fhir_in.spelling import concept
from taper_app.domain.validate import MAX_DOSES_A_DAY, MAX_EVERY_DAYS

_WHEN: Final = {"MORN": "morning", "NOON": "noon", "AFT": "afternoon", "EVE": "evening", "HS": "bedtime"}
# What a code of GTS abbreviations says: how often, in how many hours. AM and BED also name the part of the day.
_CODES: Final = {
    "QD": (1, 24), "BID": (2, 24), "TID": (3, 24), "QID": (4, 24), "QOD": (1, 48), "AM": (1, 24), "BED": (1, 24), "PM": (1, 24),
    "Q1H": (24, 24), "Q2H": (12, 24), "Q3H": (8, 24), "Q4H": (6, 24), "Q6H": (4, 24), "Q8H": (3, 24), "Q12H": (2, 24), "WK": (1, 168),
}  # fmt: skip
_CODED_TIMES: Final = {"AM": "morning", "BED": "bedtime"}
_HOURS: Final = {"h": 1, "d": 24, "wk": 168}
_RANGES: Final = ("frequencyMax", "periodMax", "countMax", "durationMax")
_OTHER: Final = ("dayOfWeek", "duration", "durationUnit", "offset", "count", "event")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::00(?:\.0+)?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class Rhythm:
    """One instruction's days.

    `times`: one a dose, None where the time is not said; None altogether when the day could not be read. `asks` are
    (code, words). `per` is (times, hours) as it stands there, for medicine that is taken when needed.
    """

    times: list[str | None] | None = None
    every_days: int = 1
    per: tuple[int, int] | None = None
    starts_on: date | None = None
    until: str | None = None
    last: date | None = None
    days: int | None = None
    asks: list[tuple[str, str]] = field(default_factory=list)


def read_timing(timing: Node) -> Rhythm:
    """Read a Timing. It asks, and never raises; values of the wrong kind are the reader's errors."""
    found, repeat = Rhythm(), timing.child("repeat")
    _bounds(found, repeat)
    coded = _code(found, timing)
    unread = [name for name in _OTHER if repeat.has(name) or timing.has(name)]
    ranges = [name for name in _RANGES if repeat.has(name)]
    if ranges:
        found.asks.append(("rhythm_is_a_range", repeat.as_words("frequency", "period", "periodUnit", *ranges)))
    if unread:
        found.asks.append(("rhythm_not_read", repeat.as_words(*unread) if repeat else timing.as_words(*unread)))
    times = _times(found, repeat, coded)
    per = _per(repeat, coded)
    if per is not None and coded is not None and per != _CODES[coded] and not _same_rate(per, _CODES[coded]):
        found.asks.append(("code_against_timing", timing.as_words("code", "repeat")))
        return found
    found.per = per
    if ranges or unread:
        return found
    _days(found, repeat, per, times)
    return found


def _code(found: Rhythm, timing: Node) -> str | None:
    """The abbreviation, when it is one that is known."""
    if not timing.has("code"):
        return None
    said = concept(timing.child("code"))
    known = {code for _, code in said.codes if code in _CODES}
    if len(known) == 1:
        return known.pop()
    if not timing.child("repeat").value.keys() & {"frequency", "period", "timeOfDay", "when"}:
        found.asks.append(("rhythm_not_read", said.words or timing.as_words("code")))
    return None


def _times(found: Rhythm, repeat: Node, coded: str | None) -> list[str | None]:
    """The times that are named; None for one that names no time of ours."""
    times: list[str | None] = []
    for word in repeat.texts("timeOfDay"):
        clock = _CLOCK.fullmatch(word)
        times.append(f"{clock[1]}:{clock[2]}" if clock else None)
        if not clock:
            found.asks.append(("time_not_read", word))
    for word in repeat.texts("when"):
        times.append(_WHEN.get(word))
        if word not in _WHEN:
            found.asks.append(("time_not_read", word))
    if not times and coded in _CODED_TIMES:
        times = [_CODED_TIMES[coded]]
    if len({time for time in times if time}) < sum(time is not None for time in times):
        found.asks.append(("same_time_twice", ", ".join(time or "?" for time in times)))
        return []
    return times


def _per(repeat: Node, coded: str | None) -> tuple[int, int] | None:
    """So many times in so many hours, as it is said; None when it is not."""
    frequency, period, unit = repeat.number("frequency"), repeat.number("period"), repeat.text("periodUnit")
    if frequency is None and period is None and unit is None:
        return _CODES[coded] if coded else None
    named = len(repeat.texts("timeOfDay")) + len(repeat.texts("when"))
    frequency = (named or None) if frequency is None else frequency
    if frequency is None or period is None or unit not in _HOURS:
        return None
    hours = period * _HOURS[unit]
    if not 0 < hours <= MAX_EVERY_DAYS * 24 or hours != int(hours) or not 0 < frequency <= MAX_DOSES_A_DAY or frequency != int(frequency):
        return None
    return int(frequency), int(hours)


def _same_rate(one: tuple[int, int], other: tuple[int, int]) -> bool:
    # "Every 8 hours" and "3 a day" are the same.
    return one[0] * other[1] == other[0] * one[1]


def _days(found: Rhythm, repeat: Node, per: tuple[int, int] | None, times: list[str | None]) -> None:
    """One day's doses, and every how many days."""
    if per is None:
        # FHIR itself says that times of day alone mean every day.
        if repeat.texts("timeOfDay") and not repeat.value.keys() & {"frequency", "period", "periodUnit", "when"}:
            found.times = list(times)
        elif repeat.value.keys() - {"boundsPeriod", "boundsDuration", "boundsRange"}:
            found.asks.append(("rhythm_not_read", repeat.as_words()))
        else:
            found.asks.append(("no_rhythm", ""))
        return
    count, hours = per
    if hours < 24 and 24 % hours == 0 and count == 1:
        count, hours = 24 // hours, 24
    if hours % 24 or (hours > 24 and count > 1) or count > MAX_DOSES_A_DAY:
        found.asks.append(("rhythm_not_read", repeat.as_words("frequency", "period", "periodUnit")))
        return
    if times and len(times) != count:
        found.asks.append(("times_against_frequency", repeat.as_words("frequency", "period", "periodUnit", "timeOfDay", "when")))
        return
    found.every_days = hours // 24
    found.times = list(times) or [None] * count
    if not times:
        found.asks.append(("no_times", ""))


def _bounds(found: Rhythm, repeat: Node) -> None:
    """From when until when, as it is written. A length of time is never turned into dates."""
    period, duration = repeat.child("boundsPeriod"), repeat.child("boundsDuration")
    found.starts_on = _date(found, period.text("start"))
    found.last = _date(found, period.text("end"))
    found.until = found.last.isoformat() if found.last else period.text("end")
    if duration:
        number, unit = duration.number("value"), duration.text("unit") or duration.text("code") or ""
        found.until = f"{'' if number is None else f'{number:g}'} {unit}".strip() or None
        found.days = _length(duration)
    if repeat.has("boundsRange"):
        found.asks.append(("length_is_a_range", repeat.child("boundsRange").as_words()))
    if found.starts_on and found.last and found.last < found.starts_on:
        found.asks.append(("date_not_read", f"{found.starts_on} / {found.last}"))
        found.starts_on = found.last = found.until = None
    elif found.starts_on and found.last:
        found.days = (found.last - found.starts_on).days + 1


def _length(duration: Node) -> int | None:
    number, code = duration.number("value"), duration.text("code") or duration.text("unit")
    factor = {"d": 1, "wk": 7, "day": 1, "days": 1, "week": 7, "weeks": 7}.get(code or "")
    if number is None or factor is None or not 0 < number < 10_000 or number != int(number):
        return None
    return int(number) * factor


def _date(found: Rhythm, text: str | None) -> date | None:
    """A whole date. With a time of day in UTC the day depends on where one is, so it stays blank."""
    if text is None:
        return None
    day, _, clock = text.partition("T")
    if not _DAY.fullmatch(day) or clock.endswith(("Z", "+00:00", "-00:00")):
        found.asks.append(("date_not_read", text))
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        found.asks.append(("date_not_read", text))
        return None

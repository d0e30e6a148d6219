"""Ways to say how a medicine is taken, with the draft that each becomes and what is asked about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.domain.fhir import Json, at, daily, dosage, quantity, repeat, when

Build = Callable[[str], list[Json]]


def one(**said: Any) -> Build:
    """A case of one instruction."""
    return lambda version: [dosage(version, **said)]


def many(*listed: dict[str, Any]) -> Build:
    """A case of several instructions."""
    return lambda version: [dosage(version, **said) for said in listed]


def doses(*listed: tuple[str | None, str | None]) -> dict[str, Any]:
    """The doses of a step as (time, amount)."""
    return {"doses": list(listed)}


TWO_WEEKS = {"start": "2026-12-01", "end": "2026-12-14"}
PER_DAY = {"denominator": quantity(24, "h")}
NEEDED = {"amount": "5", "for": "pain", "at_most": None, "per_hours": None, "as_written": None}

# Name -> (instructions, steps as `brief` has them, codes of what is asked).
CASES: dict[str, tuple[Build, list[Json], list[str]]] = {
    "clock times": (one(timing=at("08:00", "20:00"), dose=30), [doses(("08:00", "30"), ("20:00", "30"))], []),
    "parts of the day": (
        one(timing=when("MORN", "NOON", "AFT", "EVE", "HS"), dose=7.5),
        [doses(("morning", "7.5"), ("noon", "7.5"), ("afternoon", "7.5"), ("evening", "7.5"), ("bedtime", "7.5"))],
        [],
    ),
    "night is no part of ours": (one(timing=when("NIGHT"), dose=15), [doses((None, "15"))], ["time_not_read"]),
    "a meal is no time": (one(timing=when("MORN", "PCV"), dose=15), [doses(("morning", "15"), (None, "15"))], ["time_not_read"]),
    "twice a day says no times": (one(timing=daily(2), dose=15), [doses((None, "15"), (None, "15"))], ["no_times"]),
    "every 8 hours is three a day": (
        one(timing=repeat(frequency=1, period=8, periodUnit="h"), dose=5), [doses((None, "5"), (None, "5"), (None, "5"))], ["no_times"],
    ),
    "every third day": (
        one(timing=repeat(frequency=1, period=3, periodUnit="d", timeOfDay=["09:00:00"]), dose=quantity(25, "ug/h")),
        [{**doses(("09:00", "25")), "every_days": 3}],
        [],
    ),
    "every 72 hours": (
        one(timing=repeat(frequency=1, period=72, periodUnit="h"), dose=quantity(25, "ug/h")),
        [{**doses((None, "25")), "every_days": 3}],
        ["no_times"],
    ),
    "once a week": (
        one(timing=repeat(frequency=1, period=1, periodUnit="wk", when=["MORN"]), dose=5),
        [{**doses(("morning", "5")), "every_days": 7}],
        [],
    ),
    "twice in three days": (one(timing=repeat(frequency=2, period=3, periodUnit="d"), dose=5), [{}], ["rhythm_not_read"]),
    "every 36 hours": (one(timing=repeat(frequency=1, period=36, periodUnit="h"), dose=5), [{}], ["rhythm_not_read"]),
    "days of the week": (
        one(timing=repeat(frequency=1, period=1, periodUnit="d", dayOfWeek=["mon", "thu"]), dose=5), [{}], ["rhythm_not_read"],
    ),
    "two to three times": (one(timing=daily(2, frequencyMax=3), dose=5), [{}], ["rhythm_is_a_range"]),
    "a count of doses": (one(timing=daily(1, count=28), dose=5), [{}], ["rhythm_not_read"]),
    "a code": (one(timing={"code": {"coding": [{"code": "BID"}]}}, dose=5), [doses((None, "5"), (None, "5"))], ["no_times"]),
    "a code with its part of the day": (one(timing={"code": {"coding": [{"code": "BED"}]}}, dose=5), [doses(("bedtime", "5"))], []),
    "a code against the fields": (
        one(timing={**daily(3), "code": {"coding": [{"code": "BID"}]}}, dose=5), [{}], ["code_against_timing"],
    ),
    "times against the frequency": (
        one(timing=daily(3, timeOfDay=["08:00:00", "20:00:00"]), dose=5), [{}], ["times_against_frequency"],
    ),
    "no timing": (one(dose=5), [{}], ["no_rhythm"]),
    "bounds": (
        one(timing=at("08:00", **TWO_WEEKS), dose=5),
        [{**doses(("08:00", "5")), "starts_on": "2026-12-01", "until": "2026-12-14"}],
        ["end_not_said"],
    ),
    "a length is not turned into dates": (
        one(timing=at("08:00", days=14), dose=5), [{**doses(("08:00", "5")), "until": "14 d"}], [],
    ),
    "a month is no day": (one(timing=at("08:00", start="2026-12"), dose=5), [doses(("08:00", "5"))], ["date_not_read"]),
    "midnight in Greenwich is no day": (
        one(timing=at("08:00", start="2026-12-01T00:00:00Z"), dose=5), [doses(("08:00", "5"))], ["date_not_read"],
    ),
    "nor is it when it is spelled otherwise": (
        one(timing=at("08:00", start="2026-12-01T03:00:00+00:00"), dose=5), [doses(("08:00", "5"))], ["date_not_read"],
    ),
    "an end before its start": (
        one(timing=at("08:00", start="2026-12-14", end="2026-12-01"), dose=5), [doses(("08:00", "5"))], ["date_not_read"],
    ),
    "a day with its own clock": (
        one(timing=at("08:00", start="2026-12-01T00:00:00-05:00"), dose=5), [{**doses(("08:00", "5")), "starts_on": "2026-12-01"}], [],
    ),
    "micrograms": (one(timing=at("08:00"), dose=quantity(600, "ug")), [doses(("08:00", "600"))], []),
    "tablets are no amount": (
        one(timing=at("08:00"), dose={"value": 2, "unit": "tablet"}), [doses(("08:00", None))], ["unknown_unit"],
    ),
    "a million grams is no milligram": (
        one(timing=at("08:00"), dose={"value": 2, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "Mg"}),
        [doses(("08:00", None))],
        ["unknown_unit"],
    ),
    "unit against code": (
        one(timing=at("08:00"), dose=quantity(2, "mg", code="ug")), [doses(("08:00", None))], ["units_contradict"],
    ),
    "less than": (one(timing=at("08:00"), dose=quantity(2, "mg", comparator="<")), [doses(("08:00", None))], ["dose_not_exact"]),
    "too many figures": (one(timing=at("08:00"), dose=1.234567), [doses(("08:00", None))], ["dose_not_exact"]),
    "a range": (
        one(timing=at("08:00"), range={"low": quantity(5), "high": quantity(10)}), [doses(("08:00", None))], ["dose_is_a_range"],
    ),
    "a rate": (one(timing=at("08:00"), rate=quantity(5, "mg/h")), [doses(("08:00", None))], ["dose_is_a_rate"]),
    "no dose": (one(timing=at("08:00")), [doses(("08:00", None))], ["no_dose"]),
    "when needed": (one(needed="pain", dose=5), [{"as_needed": [NEEDED]}], []),
    "when needed, so often": (
        one(needed=True, timing=repeat(frequency=1, period=6, periodUnit="h"), dose=5),
        [{"as_needed": [{**NEEDED, "for": None, "at_most": 1, "per_hours": 6}]}],
        [],
    ),
    "when needed, at most": (
        one(needed="pain", dose=5, most={"numerator": {"value": 3, "unit": "dose"}, **PER_DAY}),
        [{"as_needed": [{**NEEDED, "at_most": 3, "per_hours": 24}]}],
        [],
    ),
    "when needed, and at a time": (one(needed="pain", dose=5, timing=at("22:00")), [{"as_needed": [NEEDED]}], ["needed_at_times"]),
    "what else is said is a note": (
        one(timing=at("08:00"), dose=5, route={"text": "by mouth"}, patientInstruction="with food"),
        [{**doses(("08:00", "5")), "note": "by mouth\nwith food"}],
        [],
    ),
    "at most so much is never divided": (
        one(needed="pain", dose=5, most={"numerator": quantity(15), **PER_DAY}), [{"as_needed": [NEEDED]}], ["most_not_read"],
    ),
    "two ways of at most": (
        one(
            needed="pain", dose=5, timing=repeat(frequency=1, period=6, periodUnit="h"),
            most={"numerator": {"value": 3, "unit": "dose"}, **PER_DAY},
        ),
        [{"as_needed": [NEEDED]}],
        ["most_against_timing"],
    ),
    "more than the most": (
        one(timing=at("08:00", "20:00"), dose=30, most={"numerator": quantity(40), **PER_DAY}),
        [doses(("08:00", "30"), ("20:00", "30"))],
        ["over_the_most"],
    ),
    "only words": (one(text="one tablet twice a day for 2 weeks"), [{}], ["only_words"]),
    "words that agree": (
        one(
            text="Take 30 mg (two 15 mg tablets) twice a day, morning and evening, for 2 weeks",
            timing=when("MORN", "EVE", days=14), dose=30,
        ),
        [{**doses(("morning", "30"), ("evening", "30")), "until": "14 d"}],
        [],
    ),
    "another amount in words": (
        one(text="45 mg at 08:00", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_dose"],
    ),
    "another unit in words": (one(text="30 mcg", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_dose"]),
    "a range in words": (one(text="15-30 mg", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_dose"]),
    "another frequency in words": (
        one(text="twice a day", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_frequency"],
    ),
    "tid in words": (
        one(text="30 mg tid", timing=at("08:00", "20:00"), dose=30), [doses(("08:00", "30"), ("20:00", "30"))], ["text_against_frequency"],
    ),
    "every other day in words": (
        one(text="every other day", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_frequency"],
    ),
    "another time in words": (
        one(text="30 mg at bedtime", timing=when("MORN"), dose=30), [doses(("morning", "30"))], ["text_against_times"],
    ),
    "needed in words": (one(text="30 mg as needed", timing=at("08:00"), dose=30), [doses(("08:00", "30"))], ["text_against_as_needed"]),
    "another length in words": (
        one(text="30 mg for 10 days", timing=at("08:00", **TWO_WEEKS), dose=30),
        [{**doses(("08:00", "30")), "starts_on": "2026-12-01", "until": "2026-12-14"}],
        ["end_not_said", "text_against_length"],
    ),
    "one after another by number": (
        many(
            {"sequence": 2, "timing": at("08:00", start="2026-12-15"), "dose": 15},
            {"sequence": 1, "timing": at("08:00", **TWO_WEEKS), "dose": 30},
        ),
        [
            {**doses(("08:00", "30")), "starts_on": "2026-12-01", "until": "2026-12-14"},
            {**doses(("08:00", "15")), "starts_on": "2026-12-15"},
        ],
        ["end_not_said"],
    ),
    "together by number": (
        many({"sequence": 1, "timing": when("MORN"), "dose": 30}, {"sequence": 1, "timing": when("HS"), "dose": 15}),
        [doses(("morning", "30"), ("bedtime", "15"))],
        [],
    ),
    "one after another by dates": (
        many({"timing": at("08:00", start="2026-12-15"), "dose": 15}, {"timing": at("08:00", start="2026-12-01"), "dose": 30}),
        [{**doses(("08:00", "30")), "starts_on": "2026-12-01"}, {**doses(("08:00", "15")), "starts_on": "2026-12-15"}],
        [],
    ),
    "nobody says in which order": (
        many({"timing": when("MORN"), "dose": 30}, {"timing": when("HS"), "dose": 15}),
        [doses(("morning", "30")), doses(("bedtime", "15"))],
        ["order_not_said", "order_not_said"],
    ),
    "a gap": (
        many(
            {"sequence": 1, "timing": at("08:00", **TWO_WEEKS), "dose": 30},
            {"sequence": 2, "timing": at("08:00", start="2026-12-20"), "dose": 15},
        ),
        [
            {**doses(("08:00", "30")), "starts_on": "2026-12-01", "until": "2026-12-14"},
            {**doses(("08:00", "15")), "starts_on": "2026-12-20"},
        ],
        ["end_not_said", "gap"],
    ),
    "an overlap": (
        many(
            {"sequence": 1, "timing": at("08:00", **TWO_WEEKS), "dose": 30},
            {"sequence": 2, "timing": at("08:00", start="2026-12-10"), "dose": 15},
        ),
        [
            {**doses(("08:00", "30")), "starts_on": "2026-12-01", "until": "2026-12-14"},
            {**doses(("08:00", "15")), "starts_on": "2026-12-10"},
        ],
        ["end_not_said", "overlap"],
    ),
    "together on other days": (
        many(
            {"sequence": 1, "timing": at("08:00"), "dose": 30},
            {"sequence": 1, "timing": repeat(frequency=1, period=3, periodUnit="d"), "dose": 15},
        ),
        [{}],
        ["no_times", "rhythms_differ", "rhythms_differ"],
    ),
    "together at one time": (
        many({"sequence": 1, "timing": when("MORN"), "dose": 30}, {"sequence": 1, "timing": when("MORN"), "dose": 15}),
        [doses(("morning", "30"), (None, "15"))],
        ["same_time_twice"],
    ),
    "another unit than the rest": (
        many({"sequence": 1, "timing": at("08:00"), "dose": 30}, {"sequence": 2, "timing": at("08:00"), "dose": quantity(15, "ug")}),
        [doses(("08:00", "30")), doses(("08:00", None))],
        ["units_differ"],
    ),
    "nothing about how to take it": (lambda _: [], [], ["no_instructions"]),
}  # fmt: skip

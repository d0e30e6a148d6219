"""Two invented people and what they logged: plain data, the same every time but for the date.

Nobody in here is real, and no plan in here is a pattern to follow.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

PASSWORD = "three quiet demo lamps"  # noqa: S105  # of people who do not exist; the command prints it
ZONE = "America/New_York"
DAYS = 98
# Ana is reminded of her mornings and of how she feels; her evenings are still on offer.
REMINDERS = {
    "reminders": [{"kind": "dose", "at": "08:00"}, {"kind": "check_in", "at": "19:30"}],
    "quiet": {"from": "22:00", "to": "07:00"},
}


def tablets(at: str, amount: str, *parts: tuple[str, str]) -> dict[str, Any]:
    """A dose as the label counts it."""
    return {"at": at, "amount": amount, "parts": [{"strength": strength, "count": count} for strength, count in parts]}


_30, _15, _60 = ("30", "1"), ("15", "1"), ("60", "1")
SIXTY, FORTY_FIVE, THIRTY, FIFTEEN = ("60", (_60,)), ("45", (_30, _15)), ("30", (_30,)), ("15", (_15,))
Level = tuple[str, tuple[tuple[str, str], ...]]


def _step(start: date, morning: Level | None, evening: Level | None, note: str | None = None) -> dict[str, Any]:
    pair = (("08:00", morning), ("20:00", evening))
    doses = [tablets(at, level[0], *level[1]) for at, level in pair if level]
    return {"starts_on": start.isoformat(), "doses": doses, "note": note}


def ana_plan(first: date) -> dict[str, Any]:
    """Morphine, long-acting, twice a day, a little less every two weeks."""
    levels = [(SIXTY, SIXTY), (SIXTY, FORTY_FIVE), (FORTY_FIVE, FORTY_FIVE), (FORTY_FIVE, THIRTY), (THIRTY, THIRTY), (THIRTY, FIFTEEN)]
    steps = [_step(first + timedelta(14 * n), *level) for n, level in enumerate(levels)]
    steps[0]["note"] = "Swallow whole."
    return {
        "medication": {
            "name": "morphine sulfate ER", "form": "tablet", "unit": "mg", "strengths": ["15", "30", "60"],
            "release": "extended", "may_split": "no",
        },
        "prescriber": "Dr. Osei",
        "history": [{"from": (first - timedelta(300)).isoformat(), "to": (first - timedelta(1)).isoformat(), "text": "60 mg twice a day"}],
        "steps": steps,
        "ends": "review",
        "review_on": (first + timedelta(98)).isoformat(),
    }  # fmt: skip


def ana_events(first: date) -> list[tuple[int, str, dict[str, Any]]]:
    """What happened to Ana's plan: (day, what, words)."""
    new = [
        _step(first + timedelta(84), THIRTY, THIRTY),
        _step(first + timedelta(108), THIRTY, FIFTEEN),
        _step(first + timedelta(129), FIFTEEN, FIFTEEN),
        _step(first + timedelta(150), None, FIFTEEN),
    ]
    return [
        (49, "hold", {"from": (first + timedelta(49)).isoformat(), "said_by": "Dr. Osei", "reason": "Flu. Stay here until it is over."}),
        (58, "resume", {"on": (first + timedelta(58)).isoformat(), "said_by": "Dr. Osei", "shift_later_dates": True}),
        (83, "revise", {
            "effective_on": (first + timedelta(84)).isoformat(), "said_by": "Dr. Osei",
            "reason": "Three weeks a step from now on.", "steps": new, "ends": "stop",
            "last_day": (first + timedelta(171)).isoformat(),
        }),
    ]  # fmt: skip


def sam_plans(first: date) -> list[dict[str, Any]]:
    """A patch every third day, and tablets for in between."""

    def patch(start: date, amount: str, *parts: tuple[str, str]) -> dict[str, Any]:
        return {"starts_on": start.isoformat(), "every_days": 3, "doses": [tablets("09:00", amount, *parts)]}

    def needed(start: date, most: int) -> dict[str, Any]:
        written = f"1 tablet when needed for pain, at most {most} in 24 hours"
        return {
            "starts_on": start.isoformat(),
            "doses": [],
            "as_needed": [{"amount": "5", "for": "pain", "at_most": most, "per_hours": 24, "as_written": written}],
        }

    twelve, twenty_five, fifty = ("12", "1"), ("25", "1"), ("50", "1")
    return [
        {
            "medication": {
                "name": "fentanyl", "form": "patch", "unit": "mcg/h", "strengths": ["12", "25", "50"],
                "release": "extended", "may_split": "no",
            },
            "prescriber": "Dr. Lindqvist",
            "steps": [
                patch(first, "50", fifty), patch(first + timedelta(30), "37", twenty_five, twelve),
                patch(first + timedelta(60), "25", twenty_five), patch(first + timedelta(120), "12", twelve),
            ],
            "ends": "review",
            "review_on": (first + timedelta(150)).isoformat(),
        },
        {
            "medication": {
                "name": "oxycodone", "form": "tablet", "unit": "mg", "strengths": ["5"], "release": "immediate", "may_split": "unknown",
            },
            "prescriber": "Dr. Lindqvist",
            "steps": [needed(first, 3), needed(first + timedelta(60), 2)],
            "ends": "stay",
        },
    ]  # fmt: skip


# Day, hour, pain now, worst, places, how it feels, what hurts that usually would not, what set it off, how long it went.
ANA_FLARES: list[tuple[int, int, int, int, list[str], list[str], list[str], list[str], float]] = [
    (2, 15, 5, 6, ["lower_back"], ["aching"], [], ["sitting_long"], 5),
    (11, 22, 6, 6, ["lower_back", "left_hip"], ["aching", "stiff"], [], ["poor_sleep"], 9),
    (16, 7, 6, 7, ["lower_back"], ["burning"], [], ["dose_change"], 12),
    (19, 13, 7, 7, ["lower_back", "left_thigh"], ["burning"], ["mechanical"], ["clothes"], 20),
    (30, 18, 6, 8, ["lower_back", "left_hip"], ["burning", "sunburn_skin"], ["clothing"], ["dose_change"], 26),
    (34, 3, 7, 8, ["left_hip", "left_thigh"], ["sunburn_skin"], ["clothing", "thermal"], ["temperature"], 10),
    (44, 19, 8, 8, ["lower_back", "left_hip", "left_thigh"], ["burning"], ["mechanical", "clothing"], ["dose_change"], 30),
    (47, 9, 7, 8, ["lower_back"], ["aching", "cramping"], [], ["illness"], 18),
    (51, 23, 7, 7, ["lower_back", "skin"], ["aching"], ["tactile"], ["illness", "poor_sleep"], 14),
    (62, 16, 6, 6, ["lower_back"], ["burning"], [], ["weather"], 8),
    (70, 10, 6, 7, ["lower_back", "left_hip"], ["sunburn_skin"], ["clothing"], ["dose_change"], 20),
    (74, 20, 5, 6, ["left_hip"], ["aching"], [], ["overdoing"], 6),
    (82, 17, 5, 5, ["lower_back"], ["aching"], [], ["standing_long"], 4),
    (91, 21, 6, 6, ["lower_back", "left_hip"], ["burning"], ["mechanical"], ["stress"], 7),
    (97, 6, 5, 6, ["lower_back"], ["aching"], [], ["poor_sleep"], 0),
]
ANA_TRIED = [
    (9, "physical-therapy", 6, 5, 30), (20, "yoga", 6, 5, 15), (27, "yoga", 5, 5, 20), (36, "tai-chi", 7, 5, 25),
    (45, "massage", 7, 6, 30), (55, "cbt", 6, 5, 50), (64, "tai-chi", 5, 4, 25), (71, "tai-chi", 6, 4, 25),
    (80, "biofeedback", 5, 5, 20), (88, "tai-chi", 5, 3, 30), (95, "yoga", 5, 4, 20),
]  # fmt: skip
# What Ana answered to "the same place, wider, a new place?", by the day of the flare.
ANA_SPREAD = {2: "same_place", 19: "wider", 30: "wider", 34: "new_place", 44: "wider", 51: "new_place", 62: "same_place", 82: "same_place"}
SAM_FLARES = [(8, 14, 6), (25, 20, 7), (33, 9, 7), (52, 17, 6), (63, 11, 8), (77, 22, 6), (90, 13, 5)]


@dataclass
class Logbook:
    """Makes entries of one person; ids and chances come from a seed."""

    first: date
    now: datetime
    seed: int
    entries: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - makes a demo, no secret

    def at(self, day: int, hour: float) -> datetime:
        """The moment at a wall time of a day of the plan."""
        wall = datetime.combine(self.first + timedelta(day), time(), ZoneInfo(ZONE))
        return wall + timedelta(minutes=round(hour * 60))

    def write(self, kind: str, at: datetime, data: dict[str, Any], changes: str | None = None) -> str:
        """One entry, unless it would lie in the future; its id."""
        id_ = str(UUID(int=self.chance.getrandbits(128), version=4))
        if at <= self.now:
            entry = {"id": id_, "kind": kind, "at": at.isoformat(), "zone": ZONE, "data": data}
            self.entries.append(entry | ({"changes": changes} if changes else {}))
        return id_

    def in_order(self) -> Iterator[dict[str, Any]]:
        """The entries as they came."""
        yield from sorted(self.entries, key=lambda entry: datetime.fromisoformat(entry["at"]))


def doses(book: Logbook, plan_id: str, days: list[dict[str, Any]], forgotten: frozenset[int] = frozenset()) -> None:
    """Tick what the schedule says, a little early or late; leave some out, skip one now and then."""
    for day in days:
        number = (date.fromisoformat(day["date"]) - book.first).days
        for dose in day["doses"]:
            hour = int(dose["at"][:2]) + int(dose["at"][3:]) / 60 + book.chance.uniform(-0.1, 0.9)
            if number in forgotten and dose["at"] > "12":
                continue
            data = {"plan_id": plan_id, "due": {"date": day["date"], "at": dose["at"]}, "action": "taken", "amount": dose["amount"]}
            if number in (23, 66) and dose["at"] > "12":
                data = {**data, "action": "skipped"}
                data.pop("amount")
            book.write("dose", book.at(number, hour), data)


def ana_log(book: Logbook) -> None:
    """What Ana logged beside the doses."""
    book.write("baseline", book.at(0, 9), {"allodynia": [], "pain": 5})
    book.write("naloxone", book.at(0, 9.2), {"place": "Kitchen, top drawer", "expires_on": (book.first + timedelta(500)).isoformat()})
    book.write("condition", book.at(40, 17), {"said_by": "Dr. Osei", "state": "same"})
    _ana_flares(book)
    for day, option, before, after, minutes in ANA_TRIED:
        book.write("option_tried", book.at(day, 16.5), {"option": option, "before": before, "after": after, "minutes": minutes})
    for day in range(DAYS + 1):
        if book.chance.random() < 0.2:
            continue
        hard = 1 if 14 <= day <= 22 or 28 <= day <= 36 or 42 <= day <= 56 or 66 <= day <= 74 else 0
        later = 1 if day > 75 else 0
        data = {
            "pain": 5 + hard - later + book.chance.choice((-1, 0, 0, 1)), "relief": 4 - hard + book.chance.choice((0, 0, 1)),
            "sleep": 6 - 2 * hard + book.chance.choice((-1, 0, 1)), "mood": 6 - hard + later + book.chance.choice((-1, 0, 0, 1)),
        }  # fmt: skip
        if hard and book.chance.random() < 0.5:
            data["body"] = book.chance.sample(["sweating", "yawning", "restless", "cant_sleep", "goosebumps", "runny_nose_eyes"], 2)
        book.write("check_in", book.at(day, 19.5 + book.chance.uniform(0, 2)), data)
    for day in range(6, DAYS, 7):
        hard = 1 if 28 <= day <= 60 else 0
        book.write("peg", book.at(day, 11), {"average": 5 + hard, "enjoyment": 6 + hard, "activity": 6 + hard - (day > 75)})
    asked = ((45, "Why does a shirt hurt now when it did not before?"), (86, "What could help with sleep the week after a change?"))
    for day, text in asked:
        book.write("question", book.at(day, 20), {"text": text})
    book.write("note", book.at(58, 12), {"text": "Walked to the market again."})


def _ana_flares(book: Logbook) -> None:
    for day, hour, now, worst, places, feels, allodynia, triggers, hours in ANA_FLARES:
        start = book.at(day, hour)
        data = {
            "started_at": start.isoformat(), "severity_now": now, "severity_worst": worst, "places": places, "feels": feels,
            "triggers": triggers,
        }  # fmt: skip
        if allodynia:
            data["allodynia"] = allodynia
        if day in ANA_SPREAD:
            data["spread"] = ANA_SPREAD[day]
        id_ = book.write("flare", start + timedelta(minutes=20), data)
        if hours:
            end = start + timedelta(hours=hours)
            book.write("flare", end, {"ended_at": end.isoformat()}, changes=id_)


def sam_log(book: Logbook, needed_plan: str) -> None:
    """What Sam logged beside the patches."""
    book.write("naloxone", book.at(1, 10), {"place": "Hall cupboard, red pouch", "expires_on": (book.first + timedelta(320)).isoformat()})
    for day, hour, now in SAM_FLARES:
        start = book.at(day, hour)
        id_ = book.write("flare", start, {"started_at": start.isoformat(), "severity_now": now, "places": ["right_knee", "lower_back"]})
        end = start + timedelta(hours=book.chance.randint(3, 20))
        book.write("flare", end, {"ended_at": end.isoformat()}, changes=id_)
    for day in range(DAYS + 1):
        if day % 3 == 0:
            # The old patch comes off before the new one goes on.
            continue
        if book.chance.random() < 0.55:
            moment = book.at(day, book.chance.uniform(10, 21))
            book.write("dose", moment, {"plan_id": needed_plan, "action": "taken", "amount": "5"})
    for day in range(2, DAYS + 1, 2):
        book.write("check_in", book.at(day, 20.3), {"pain": book.chance.randint(4, 7), "sleep": book.chance.randint(3, 7)})

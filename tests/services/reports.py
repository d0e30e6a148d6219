"""People with something to show a clinician: a few days, a busy year, everything at its longest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from taper_app.services.report import Report, report
from taper_app.services.report_choice import PARTS, Choice
from tests.services.world import NOW, Person, active_plan, asking, dose, entry, plan_body, record, uuid

EVERYTHING = frozenset(PARTS)
BATCH = 400


def shown(person: Person, choice: Choice | None = None) -> Report:
    """The report as its owner sees it."""
    with asking() as (session, now):
        return report(session, person.actor, now, choice)


def ago(days: float, hours: float = 0) -> str:
    """An instant some days before NOW."""
    return (NOW - timedelta(days=days, hours=hours)).isoformat()


def check_in(n: int, days: float, **data: Any) -> dict[str, Any]:
    """A check-in some days ago."""
    return entry(n, "check_in", data, at=ago(days))


def flare(n: int, days: float, hours: float | None = 5, **data: Any) -> dict[str, Any]:
    """A flare some days ago that went on for so many hours; None: no end logged."""
    ended = {} if hours is None else {"ended_at": ago(days, -hours)}
    return entry(n, "flare", {"started_at": ago(days), **ended, **data}, at=ago(days))


def weekly_plan(steps: int, begins: int, name: str = "morphine sulfate", **more: Any) -> dict[str, Any]:
    """A plan whose dose changes every week, beginning so many days ago."""
    first = NOW.astimezone(UTC).date() - timedelta(days=begins)
    return plan_body(
        medication={"name": name, "form": "tablet", "unit": "mg", "strengths": ["5", "15", "30"], "release": "extended"},
        steps=[
            {"starts_on": (first + timedelta(days=7 * n)).isoformat(), "doses": [dose(at, str(2 * steps - n)) for at in ("08:00", "20:00")]}
            for n in range(steps)
        ],
        ends="stay",
        review_on=None,
        **more,
    )


def busy_year(person: Person, plans: int = 1, words: str = "") -> list[str]:
    """A year of everything, 40 steps; with `words` every text is that long. Returns the ids of three questions."""
    lines = [{"from": "2019", "to": "2025-11-01", "text": words or "60 mg twice a day"}] * 5
    ids = [active_plan(person, weekly_plan(40, 280, words[:100] or f"medicine {n}", history=lines)) for n in range(plans)]
    items: list[dict[str, Any]] = []
    number = iter(range(1000, 100_000))
    signs = ["sweating", "yawning", "restless", "cant_sleep", "craving", "irritable", "shaking", "anxious", "goosebumps"]
    for day in range(364, 0, -1):
        items.append(check_in(next(number), day, pain=day % 8 + 2, mood=day % 7, sleep=3, body=signs[: day % 10], note="A NOTE"))
        if day % 7 == 0:
            items.append(entry(next(number), "peg", {"average": day % 5 + 3, "enjoyment": 7, "activity": 4}, at=ago(day)))
        if day % 4 == 0:
            items.append(flare(next(number), day, day % 30 + 1, **_flare(day, words)))
        if day <= 279 and day % 9:
            due = {"date": datetime.fromisoformat(ago(day)).date().isoformat(), "at": "08:00"}
            action = "taken" if day % 5 else "skipped"
            items += [entry(next(number), "dose", {"plan_id": id_, "action": action, "due": due}) for id_ in ids]
    said = {"state": "same", "said_by": words[:400] or "Dr. Osei"}
    items += [entry(next(number), "condition", said, at=ago(day)) for day in (300, 200, 9)]
    items.append(entry(next(number), "health", {"conditions": [words[:90] or "migraine"] * 20, "risks": [words[:90] or "long use"] * 20}))
    items.append(entry(next(number), "baseline", {"allodynia": ["clothing", "thermal", "mechanical", "tactile"], "pain": 6}))
    items.append(entry(next(number), "naloxone", {"place": "kitchen"}))
    asked = [entry(n, "question", {"text": words * 9 or f"Question {n}?"}) for n in (1, 2, 3)]
    items += asked
    for first in range(0, len(items), BATCH):
        answers = record(person, *items[first : first + BATCH])
        assert {one.status for one in answers} == {"stored"}, [one for one in answers if one.status != "stored"][:2]
    return [uuid(n) for n in (1, 2, 3)]


def _flare(day: int, words: str) -> dict[str, Any]:
    return {
        "severity_now": day % 5 + 3,
        "severity_worst": day % 4 + 7,
        "places": ["lower_back", "left_hip", *([f"{n} {words}"[:90] for n in range(9)] if words else [])],
        "triggers": ["stress", *([f"{n} {words}"[:90] for n in range(9)] if words else [])],
        "helped": ["heat", *([f"{n} {words}"[:90] for n in range(9)] if words else [])],
        "allodynia": ["clothing", "thermal", "mechanical", "tactile"][: day % 5],
        "spread": ("same_place", "wider", "new_place")[day % 3],
        "note": "A NOTE",
    }

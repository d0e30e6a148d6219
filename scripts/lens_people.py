"""People for the pictures of the lens: with nothing, with 1, 20 and 2,000 of everything, and with a plan of 40 steps."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from scripts.demo_data import PASSWORD, ZONE
from taper_app.data.engine import session_scope
from taper_app.domain.access import Patient
from taper_app.services import accounts, entries, plans

COUNTS = (0, 1, 20, 2000)
STEPS = 40
BATCH = 400
PLACES = ("lower_back", "left_hip", "neck", "head", "left_knee", "skin", "everywhere", "right_hand")


def login(count: int) -> str:
    """What the person with so many entries of a kind is called."""
    return f"lens-{count}"


def fill(now: datetime | None = None) -> None:
    """Write all of them; the ones with many entries have the plan of 40 steps."""
    now = now or datetime.now(UTC)
    for count in COUNTS:
        days = max(count, STEPS * 7 if count == 20 else 1)
        with session_scope() as session:
            began = now - timedelta(days=days + 1)
            made = accounts.create_account(session, login=login(count), password=PASSWORD, display_name="Lee", zone=ZONE, now=began)
            actor = Patient(made.account_id)
            if count:
                steps = STEPS if count >= 20 else 2
                plan = plans.create_plan(session, actor, _plan(began, days, steps), began)
                plans.activate_plan(session, actor, plan.id, {"confirmed_with_prescriber": True}, began)
            log = list(_log(count, days, now))
            for first in range(0, len(log), BATCH):
                for result in entries.record_entries(session, actor, log[first : first + BATCH], now):
                    if result.status != "stored":
                        raise RuntimeError(f"an entry was refused: {result}")


def _plan(began: datetime, days: int, steps: int) -> dict[str, Any]:
    apart = max(days // steps, 1)
    return {
        "medication": {"name": "morphine", "form": "tablet", "unit": "mg", "strengths": ["5"], "release": "immediate", "may_split": "no"},
        "prescriber": "Dr. Osei",
        "steps": [
            {
                "starts_on": (began.date() + timedelta(days=apart * n)).isoformat(),
                # Every seventh step goes up.
                "doses": [{"at": "08:00", "amount": str(5 * (steps + 1 - n + 3 * (n % 7 == 6)))}],
            }
            for n in range(steps)
        ],
        "ends": "stay",
    }


def _log(count: int, days: int, now: datetime) -> Iterator[dict[str, Any]]:
    """So many of each kind, spread over the days; a year of weeks at most of what is asked once a week."""
    chance = random.Random(count)  # noqa: S311 - makes pictures, no secret

    def one(kind: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
        return {"id": str(UUID(int=chance.getrandbits(128), version=4)), "kind": kind, "at": at.isoformat(), "zone": ZONE, "data": data}

    for n in range(count):
        at = now - timedelta(days=n * days / count, hours=1)
        yield one("check_in", at, {"pain": chance.choice((3, 4, 4, 5, 5, 6, 8))})
        flare = {"started_at": at.isoformat(), "severity_now": chance.randint(4, 9), "places": chance.sample(PLACES, chance.randint(1, 3))}
        spread = chance.choice(("same_place", "wider", "new_place"))
        yield one("flare", at, {**flare, "spread": spread, "allodynia": chance.sample(("thermal", "tactile", "clothing"), n % 3)})
        if n % 7 == 0:
            yield one("peg", at, {"average": chance.randint(3, 7), "enjoyment": chance.randint(4, 8), "activity": chance.randint(4, 8)})
            tried = {"option": chance.choice(("yoga", "massage", "tai-chi")), "before": chance.randint(4, 7), "after": chance.randint(3, 7)}
            yield one("option_tried", at, {**tried, "minutes": 20, "note": "Slowly, on the floor."})
            yield one("condition", at, {"said_by": "Dr. Osei", "state": "same"})

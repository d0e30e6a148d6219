"""How long the lens takes with ten years in it, and how much it sends: part of `make bench`. Prints; nothing passes or fails.

    python benchmarks/lens.py

11,000 doses, 2,000 flares, 3,600 check-ins, 500 weeks of the three questions, 300 options tried, and a plan of 60 steps.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.core import BATCH, NOW, TODAY, entry
from taper_app.api.starting import leave_loaded
from taper_app.data import engine
from taper_app.domain.access import Patient
from taper_app.services import accounts, entries, plans
from taper_app.services.lens import LensView, lens
from taper_app.states.lens_figures import KINDS, figure
from taper_app.states.lens_views import Words
from taper_app.states.plan_views import Reader

DAYS, STEPS = 3653, 60
PLACES = ("lower_back", "left_hip", "right_hip", "neck", "head", "left_knee", "skin", "everywhere")


def main() -> None:
    """Make the account, then measure."""
    with tempfile.TemporaryDirectory() as folder:
        engine.use(engine.open_database("", Path(folder)))
        engine.migrate()
        actor, plan_id, token = person()
        log = list(decade(plan_id))
        for first in range(0, len(log), BATCH):
            with engine.session_scope() as session:
                entries.record_entries(session, actor, log[first : first + BATCH], NOW)
        import taper_app.taper_app  # noqa: F401  # the whole app is in memory when a server answers

        leave_loaded()
        print(f"{len(log):,} entries, {STEPS} steps")
        row("lens(): everything", lambda: look(actor) and "")
        row("lens(): one week of it", lambda: look(actor, zoom="week") and "")
        handler(token)
        view = look(actor)
        words = Words(Reader(view.today))
        for name in KINDS:
            data = figure(name, view, words).to_json()
            print(f"  plotly's data for {name}: {len(data) / 1024:.0f} KB")


def look(actor: Patient, **asked: Any) -> LensView:
    """One call of the service."""
    with engine.session_scope(write=False) as session:
        return lens(session, actor, NOW, **asked)


def handler(token: str) -> None:
    """The State's own handlers as an event runs them, and what each sends to the phone."""
    from reflex.utils.format import json_dumps

    from taper_app.states.lens import LensState
    from tests.states.phone import Phone, call

    phone = Phone(token)
    for name, arguments in (("load", ()), ("show", ("week",)), ("sort", ("latest",)), ("draw", ("places",))):
        state = phone.at(LensState, "/lens")
        phone.root._clean()  # noqa: SLF001  # what Reflex does between two events

        def run(state: Any = state, name: str = name, arguments: Any = arguments) -> str:
            call(state, name, *arguments)
            return f"{len(json_dumps(phone.root.get_delta())) / 1024:.0f} KB sent"

        row(f"event {name} {' '.join(arguments)}", run)


def row(name: str, run: Callable[[], Any], times: int = 9) -> None:
    """Run, and print the medians: by the clock on the wall, and of the processor alone, which a busy machine changes little."""
    wall, own, found = [], [], ""
    for _ in range(times):
        began, spent = time.perf_counter(), time.process_time()
        found = run()
        wall.append(time.perf_counter() - began)
        own.append(time.process_time() - spent)
    print(f"{name:28}{statistics.median(wall) * 1000:8.0f} ms {statistics.median(own) * 1000:8.0f} ms of processor  {found}")


def person() -> tuple[Patient, str, str]:
    """An account with a plan, and its session."""
    first = TODAY - timedelta(days=DAYS)
    with engine.session_scope() as session:
        password = "three quiet green rivers"  # noqa: S105  # of nobody
        made = accounts.create_account(
            session, login=uuid.uuid4().hex, password=password, display_name="Ana", zone="UTC", now=datetime.now(NOW.tzinfo)
        )
        actor = Patient(made.account_id)
        plan = plans.create_plan(session, actor, plan_body(first), NOW)
        plans.activate_plan(session, actor, plan.id, {"confirmed_with_prescriber": True}, NOW)
    return actor, plan.id, made.token


def plan_body(first: date) -> dict[str, Any]:
    """Sixty steps over ten years, mostly down."""
    apart = DAYS // STEPS
    return {
        "medication": {"name": "x", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "immediate", "may_split": "no"},
        "prescriber": "Dr. Osei",
        "steps": [
            {
                "starts_on": (first + timedelta(days=apart * n)).isoformat(),
                "doses": [{"at": at, "amount": str(STEPS + 1 - n + 3 * (n % 5 == 4))} for at in ("08:00", "14:00", "bedtime")],
            }
            for n in range(STEPS)
        ],
        "ends": "stay",
    }


def decade(plan_id: str) -> Iterator[dict[str, Any]]:
    """Ten years up to now."""
    chance = random.Random(1)  # noqa: S311 - makes a log, no secret
    for ago in range(DAYS, 0, -1):
        at = NOW - timedelta(days=ago)
        for hour in ("08:00", "14:00", "bedtime"):
            due = {"date": at.date().isoformat(), "at": hour}
            yield entry("dose", at, {"plan_id": plan_id, "action": "taken", "due": due, "amount": "5"})
        if ago % 70:
            yield entry("check_in", at, {"pain": chance.randint(2, 8), "sleep": 5, "note": "as most days"})
        if ago % 11 < 6:
            times = {"started_at": at.isoformat(), "ended_at": (at + timedelta(hours=3)).isoformat()}
            places = chance.sample(PLACES, chance.randint(1, 3))
            more = {"allodynia": chance.sample(["thermal", "tactile", "clothing"], chance.randint(0, 2))}
            spread = chance.choice(["same_place", "wider", "new_place"])
            yield entry("flare", at, {**times, **more, "severity_now": chance.randint(4, 9), "places": places, "spread": spread})
        if ago % 7 == 0:
            yield entry("peg", at, {"average": chance.randint(3, 8), "enjoyment": 5, "activity": 6})
        if ago % 12 == 0:
            tried = {"option": chance.choice(["yoga", "tai-chi", "massage"]), "before": 6, "after": chance.randint(3, 7), "minutes": 20}
            yield entry("option_tried", at, {**tried, "note": "slow and calm, on the floor"})
        if ago % 200 == 0:
            yield entry("condition", at, {"said_by": "Dr. Osei", "state": "same"})


if __name__ == "__main__":
    main()

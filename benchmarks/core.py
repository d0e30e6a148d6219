"""How long the heart of the app takes: `make bench`. Prints a table; nothing here passes or fails.

    python benchmarks/core.py

Each figure is the median of repeated runs in this process: the fold of a long plan, one entry and a batch written to the
encrypted database, the snapshot, the three exports and a share's view of an account with three months and with ten years in it.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import event

from taper_app.data import engine
from taper_app.domain.access import Patient
from taper_app.domain.events import Activated, Ledger
from taper_app.domain.schedule import schedule
from taper_app.domain.wire import plan_from_wire
from taper_app.services import accounts, entries, plans, share_door, shares
from taper_app.services.csv_out import export_csv
from taper_app.services.export import export_account
from taper_app.services.fhir_out import export_fhir
from taper_app.services.snapshot import snapshot
from taper_app.services.summary import shared_summary

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = NOW.date()
BATCH = 400


def main() -> None:
    """Make the accounts, then measure."""
    steps = 100
    ledger = Ledger(plan_from_wire(plan_body(TODAY - timedelta(days=400), steps)), (Activated(recorded_at=NOW),))
    row(f"schedule: 800 days of {steps} steps", lambda: schedule(ledger, TODAY - timedelta(days=400), TODAY + timedelta(days=399)))
    with tempfile.TemporaryDirectory() as folder:
        engine.use(engine.open_database("", Path(folder)))
        engine.migrate()
        for years in (0.25, 10.0):
            measure(f"{years:g} years", int(years * 365))


def measure(name: str, days: int) -> None:
    """The services with an account that has logged for so many days: three doses and a check-in a day, flares now and then."""
    with engine.session_scope() as session:
        made = accounts.create_account(
            session, login=uuid.uuid4().hex, password="three quiet green rivers", display_name="Ana", zone="UTC", now=NOW
        )
        actor = Patient(made.account_id)
        plan = plans.create_plan(session, actor, plan_body(TODAY - timedelta(days=60), 12), NOW)
        plans.activate_plan(session, actor, plan.id, {"confirmed_with_prescriber": True}, NOW)
        share = shares.create_share(session, actor, {"scopes": list(shares.DEFAULT_SCOPES)}, NOW)
        token = share_door.open_share(session, share.token, NOW).token
    log = list(logbook(plan.id, days))
    for first in range(0, len(log), BATCH):
        with engine.session_scope() as session:
            entries.record_entries(session, actor, log[first : first + BATCH], NOW)
    print(f"\n{name}: {len(log):,} entries")

    def read(call: Callable[[Any], Any]) -> Any:
        with engine.session_scope(write=False) as session:
            return call(session)

    def write(items: list[dict[str, Any]]) -> None:
        with engine.session_scope() as session:
            entries.record_entries(session, actor, items, NOW)

    row("  one entry written", lambda: write([entry("note", NOW, {"text": "x"})]))
    row("  100 entries written", lambda: write([entry("note", NOW - timedelta(days=99), {"text": "x"}) for _ in range(100)]))
    found = row("  snapshot", lambda: read(lambda session: snapshot(session, actor, NOW)))
    print(f"    {len(json.dumps(found)):,} bytes of JSON, {queries(lambda: read(lambda s: snapshot(s, actor, NOW)))} queries")
    row("  export as JSON", lambda: read(lambda s: json.dumps(export_account(s, actor, NOW))), 3)
    peak("  export as CSV", lambda: read(lambda s: export_csv(s, actor, NOW)))
    peak("  export as FHIR", lambda: read(lambda s: json.dumps(export_fhir(s, actor, NOW)).encode()))
    row("  shared summary", lambda: read(lambda s: shared_summary(s, share_door.authenticate_share(s, token, NOW), NOW)))


def row(name: str, run: Callable[[], Any], times: int = 15) -> Any:
    """Run, print the median, and return what the last run gave."""
    took: list[float] = []
    found: Any = None
    for _ in range(times):
        began = time.perf_counter()
        found = run()
        took.append(time.perf_counter() - began)
    print(f"{name:<38} {statistics.median(took) * 1000:9.2f} ms")
    return found


def peak(name: str, run: Callable[[], bytes]) -> None:
    """The time of a file, how large it is, and how much memory making it took at its highest."""
    found = row(name, run, 3)
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"    {len(found):,} bytes, {most / 2**20:.0f} MiB at its highest")


def queries(run: Callable[[], Any]) -> int:
    """How many statements reach the database."""
    seen: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    writer = engine.database().writer
    event.listen(writer, "before_cursor_execute", note)
    run()
    event.remove(writer, "before_cursor_execute", note)
    return sum(1 for one in seen if not one.startswith(("BEGIN", "PRAGMA")))


def plan_body(first: date, steps: int) -> dict[str, Any]:
    """A plan of so many steps, a week each."""
    return {
        "medication": {"name": "x", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "immediate", "may_split": "no"},
        "prescriber": "Dr. Osei",
        "steps": [
            {
                "starts_on": (first + timedelta(days=7 * n)).isoformat(),
                "doses": [{"at": at, "amount": str(steps + 1 - n)} for at in ("08:00", "14:00", "bedtime")],
            }
            for n in range(steps)
        ],
        "ends": "stay",
    }


def entry(kind: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    """One entry as a phone would write it."""
    return {"id": str(uuid.uuid4()), "kind": kind, "at": at.isoformat(), "zone": "UTC", "data": data}


def logbook(plan_id: str, days: int) -> Iterator[dict[str, Any]]:
    """So many days of entries up to now."""
    for ago in range(days, 0, -1):
        at = NOW - timedelta(days=ago)
        for hour in ("08:00", "14:00", "bedtime"):
            due = {"date": at.date().isoformat(), "at": hour}
            yield entry("dose", at, {"plan_id": plan_id, "action": "taken", "due": due, "amount": "5"})
        yield entry("check_in", at, {"pain": 4, "sleep": 5})
        if ago % 2 == 0:
            times = {"started_at": at.isoformat(), "ended_at": (at + timedelta(hours=3)).isoformat()}
            yield entry("flare", at, {**times, "severity_now": 6, "places": ["lower_back"]})


if __name__ == "__main__":
    main()

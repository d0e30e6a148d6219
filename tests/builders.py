"""Small helpers to build plans, ledgers, entries and records; each has a sensible value for what a test
leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from taper_app.domain.entries import Entry, Record
from taper_app.domain.entries import fold as fold_entries
from taper_app.domain.events import Activated, Closed, Event, Held, Ledger, Resumed, Revised, StepStarted
from taper_app.domain.ledger import append
from taper_app.domain.plan import AsNeeded, Dose, Ends, Medication, Part, Plan, Step

DAY_1 = date(2026, 11, 2)
RECORDED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
PLAN_ID = "0193a000-0000-7000-8000-000000000001"
SCENARIOS = Path(__file__).parent / "scenarios"


def on(day: int) -> date:
    """The n-th day of a test's plan; day 1 is DAY_1."""
    return DAY_1 + timedelta(days=day - 1)


def dose(
    amount: str | None = "15", at: str | None = "08:00", *parts: tuple[str, str], volume: str | None = None
) -> Dose:
    """A dose; parts are (strength, count)."""
    pieces = tuple(Part(Decimal(s), Decimal(c)) for s, c in parts)
    return Dose(at, None if amount is None else Decimal(amount), pieces, volume)


def step(starts: date | int | None, *doses: Dose | str, **more: Any) -> Step:
    """A step; `starts` is a date, a day's number or None; a dose may be just an amount, at 08:00, 09:00 and
    so on.
    """
    start = on(starts) if isinstance(starts, int) else starts
    made = tuple(dose(d, f"{8 + i:02}:00") if isinstance(d, str) else d for i, d in enumerate(doses))
    return Step(start, doses=made, **more)


def medication(**more: Any) -> Medication:
    """Immediate-release 15 mg tablets that may be split."""
    given: dict[str, Any] = {
        "name": "morphine",
        "form": "tablet",
        "unit": "mg",
        "strengths": (Decimal(15),),
        "release": "immediate",
        "may_split": "yes",
    }
    return Medication(**(given | more))


def plan(*steps: Step, ends: Ends | None = "stay", last: int | date | None = None, **more: Any) -> Plan:
    """A plan that stays, unless told otherwise; two steps (30, then 15, on day 11) when none are given."""
    given = steps or (step(1, "30"), step(11, "15"))
    last_day = on(last) if isinstance(last, int) else last
    med = more.pop("medication", None) or medication()
    return Plan(med, more.pop("prescriber", "Dr. Osei"), steps=given, ends=ends, last_day=last_day, **more)


def activated() -> Activated:
    """An activation."""
    return Activated(recorded_at=RECORDED)


def held(day: int, **more: Any) -> Held:
    """A hold from a day's number."""
    return Held(recorded_at=RECORDED, said_by="Dr. Osei", from_=on(day), **more)


def resumed(day: int, shift: bool = False) -> Resumed:
    """A resumption on a day's number."""
    return Resumed(recorded_at=RECORDED, said_by="Dr. Osei", on=on(day), shift_later_dates=shift)


def revised(
    day: int, *steps: Step, ends: Ends | None = "stay", last: int | None = None, **more: Any
) -> Revised:
    """A revision from a day's number."""
    last_day = None if last is None else on(last)
    return Revised(
        recorded_at=RECORDED,
        said_by="Dr. Osei",
        effective_on=on(day),
        steps=steps,
        ends=ends,
        last_day=last_day,
        **more,
    )


def started(day: int) -> StepStarted:
    """The next undated step starts on a day's number."""
    return StepStarted(recorded_at=RECORDED, said_by="Dr. Osei", on=on(day))


def closed(day: int) -> Closed:
    """The plan is ended from a day's number."""
    return Closed(recorded_at=RECORDED, said_by="Dr. Osei", on=on(day))


def ledger(of: Plan | None = None, *events: Event, active: bool = True) -> Ledger:
    """An active ledger with these events appended in order; every rule of append holds."""
    made = Ledger(of or plan())
    if active:
        made = append(made, activated())
    for event in events:
        made = append(made, event)
    return made


def needed(amount: str | None = "5", **more: Any) -> AsNeeded:
    """An as-needed line."""
    return AsNeeded(None if amount is None else Decimal(amount), **more)


def entry(
    kind: str = "note",
    id: str = "e1",
    *,
    day: int = 1,
    hour: int = 9,
    changes: str | None = None,
    **data: Any,
) -> Entry:
    """An entry written on a day's number at an hour (UTC)."""
    at = datetime.combine(on(day), datetime.min.time(), UTC) + timedelta(hours=hour)
    return Entry(id, kind, at, "UTC", data, changes)


def dose_entry(
    action: str, day: int, at: str | None = "08:00", *, id: str | None = None, hour: int = 9, **data: Any
) -> Entry:
    """A dose logged on a day; `at` None means unplanned."""
    due: dict[str, Any] = {} if at is None else {"due": {"date": on(day).isoformat(), "at": at}}
    name = id or f"{action}-{day}-{at}-{hour}"
    return entry("dose", name, day=day, hour=hour, plan_id=PLAN_ID, action=action, **due, **data)


def records(*entries: Entry) -> list[Record]:
    """The records that entries fold to."""
    return fold_entries(entries)


def scenario(name: str) -> dict[str, Any]:
    """One of tests/scenarios/*.json by its file name without the ending."""
    found: dict[str, Any] = json.loads((SCENARIOS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def scenario_names() -> Iterable[str]:
    """The names of all scenarios, in order."""
    return sorted(path.stem for path in SCENARIOS.glob("*.json"))

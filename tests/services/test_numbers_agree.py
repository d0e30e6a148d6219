"""The lens, the clinician's page, the CSV and the FHIR bundle say the same numbers: each is counted from each."""

from __future__ import annotations

import csv
import io
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest

from scripts.demo import fill
from taper_app.data.engine import session_scope
from taper_app.domain.access import Patient
from taper_app.domain.evidence import Summary
from taper_app.services.csv_out import export_csv
from taper_app.services.fhir_out import export_fhir
from taper_app.services.lens import LensView, lens
from taper_app.services.report import Report, report
from taper_app.services.report_choice import PARTS, Choice

NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
PAIN = {"system": "http://loinc.org", "code": "72514-3"}
Scores = tuple[int, float, float, float] | None


class Log(NamedTuple):
    """What any of the four can tell: each day's check-ins, each flare's day and worst, the weekly means, doses by action."""

    pain: dict[date, list[int]]
    flares: list[tuple[date, int | None]]
    pegs: list[tuple[date, float]]
    doses: Counter[tuple[date, str]]


@pytest.fixture
def ana() -> Patient:
    """Three months with a hold, a revision and entries of every kind."""
    return Patient(fill(NOW).account)


def seen(actor: Patient) -> tuple[LensView, Report]:
    """The lens, and the page over the very same days with all its parts."""
    with session_scope() as session:
        view = lens(session, actor, NOW)
        choice = Choice(view.whole.first, view.whole.last, view.plan.id if view.plan else None, frozenset(PARTS))
        return view, report(session, actor, NOW, choice)


def from_csv(actor: Patient, plan_id: str) -> Log:
    """Counted from the files as a spreadsheet would."""
    with session_scope() as session:
        whole = zipfile.ZipFile(io.BytesIO(export_csv(session, actor, NOW)))

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(whole.read(f"{name}.csv").decode("utf-8-sig"))))

    pain: dict[date, list[int]] = {}
    for row in table("check_ins"):
        if row["pain"]:
            pain.setdefault(date.fromisoformat(row["date"]), []).append(int(row["pain"]))
    both = ("severity_now", "severity_worst")
    flares = [(row["started_date"], [int(row[name]) for name in both if row[name]]) for row in table("flares")]
    pegs = [(row["date"], [int(row[name]) for name in ("average", "enjoyment", "activity")]) for row in table("pegs")]
    mine = [row for row in table("doses") if row["plan_id"] == plan_id]
    return Log(
        pain,
        [(date.fromisoformat(day), max(given, default=None)) for day, given in flares],
        [(date.fromisoformat(day), sum(three) / 3) for day, three in pegs],
        Counter((date.fromisoformat(row["due_date"] or row["date"]), row["action"] if row["due_date"] else "unplanned") for row in mine),
    )


def from_fhir(actor: Patient, plan_id: str) -> Log:
    """Counted from the bundle as a clinic's system would."""
    with session_scope() as session:
        found = [one["resource"] for one in export_fhir(session, actor, NOW)["entry"]]
    requests = {f"urn:uuid:{one['id']}" for one in found if one["resourceType"] == "MedicationRequest" and _known_as(one, plan_id)}
    pain: dict[date, list[int]] = {}
    flares: list[tuple[date, int | None]] = []
    pegs: list[tuple[date, float]] = []
    for one in found:
        if one["resourceType"] != "Observation":
            continue
        if one["code"]["text"] == "Pain at a check-in" and "valueQuantity" in one:
            assert PAIN in one["code"]["coding"]
            pain.setdefault(_day(one), []).append(one["valueQuantity"]["value"])
        elif one["code"]["text"] == "Flare of pain":
            given = [part["valueQuantity"]["value"] for part in [one, *one.get("component", [])] if "valueQuantity" in part]
            flares.append((_day(one), max(given, default=None)))
        elif one["code"]["text"] == "PEG, past week":
            pegs.append((_day(one), sum(part["valueQuantity"]["value"] for part in one["component"]) / 3))
    doses: Counter[tuple[date, str]] = Counter()
    for one in found:
        if one["resourceType"] == "MedicationStatement" and one["basedOn"][0]["reference"] in requests:
            doses[_day(one), one["status"]] += 1
    return Log(pain, flares, pegs, doses)


def test_every_number_agrees(ana: Patient) -> None:
    """Pain by step, flares, the weekly three, days logged and doses are the same in the lens, on the page, in CSV and in FHIR."""
    view, page = seen(ana)
    assert view.plan is not None
    sheet, fhir = from_csv(ana, view.plan.id), from_fhir(ana, view.plan.id)
    [plan] = page.plans

    assert sheet.pain == fhir.pain
    steps = [row.pain for row in plan.rows]
    assert steps == list(view.patterns.steps) and len(steps) > 4
    for step in steps:
        assert step.stair.last is not None
        own = [statistics.median(values) for day, values in sheet.pain.items() if step.stair.first <= day <= step.stair.last]
        assert scores(step.pain) == counted(own) and step.logged == len(own)
        assert step.flares == sum(step.stair.first <= day <= step.stair.last for day, _ in sheet.flares)

    assert sorted(sheet.flares, key=str) == sorted(fhir.flares, key=str)
    assert page.flares is not None and page.flares.count == view.main.flare_count == len(sheet.flares) > 10
    assert scores(page.flares.worst) == scores(view.main.worst) == counted(worst for _, worst in sheet.flares if worst is not None)

    weekly = {day: round(mean, 1) for day, mean in sheet.pegs}
    assert weekly == {day: round(mean, 1) for day, mean in fhir.pegs} and len(weekly) > 8
    assert weekly == {one.day: float(one.mean) for one in page.pegs} == {day: float(mean) for day, mean in view.weekly.points}

    logged = set(sheet.pain) | {day for day, _ in sheet.flares}
    assert page.logged == view.main.logged == view.patterns.days == len(logged)
    assert scores(page.pain) == counted(statistics.median(values) for values in sheet.pain.values())


def test_doses_agree(ana: Patient) -> None:
    """What the page counts as taken, different and skipped on each step is what the CSV and the bundle list for those days."""
    view, page = seen(ana)
    assert view.plan is not None
    sheet, fhir = from_csv(ana, view.plan.id).doses, from_fhir(ana, view.plan.id).doses
    total = Counter(action for (_, action), count in sheet.items() for _ in range(count))
    was = Counter(status for (_, status), count in fhir.items() for _ in range(count))
    assert was["not-taken"] == total["skipped"] > 0
    assert was["completed"] == total["taken"] + total["different"] + total["unplanned"] > 100
    for row in page.plans[0].rows:
        step = row.taken
        assert step is not None
        on_step: Counter[str] = Counter()
        for (day, action), count in sheet.items():
            if step.first <= day <= step.last:
                on_step[action] += count
        assert step.unplanned == on_step["unplanned"]
        # Two logs of one dose are one "twice" on the page, and two lines elsewhere.
        assert step.taken + step.different + 2 * step.twice == on_step["taken"] + on_step["different"]
        assert step.skipped == on_step["skipped"]


def scores(found: Summary | None) -> Scores:
    """A summary as plain numbers."""
    return None if found is None else (found.count, float(found.low), float(found.middle), float(found.high))


def counted(values: Iterable[float]) -> Scores:
    """The same by another library's median; a half of a tenth is rounded up, as people do."""
    given = list(values)
    if not given:
        return None
    middle = int(statistics.median(given) * 10 + 0.5) / 10
    return len(given), float(min(given)), middle, float(max(given))


def _day(one: dict[str, Any]) -> date:
    when = one.get("effectiveDateTime") or one["effectivePeriod"]["start"]
    return datetime.fromisoformat(when).date()


def _known_as(one: dict[str, Any], plan_id: str) -> bool:
    return plan_id in str(one["groupIdentifier"]["value"])

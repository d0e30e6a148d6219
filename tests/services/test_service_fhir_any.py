"""Any plan that can be recorded is valid FHIR, and its days are those of the schedule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fhir.resources.R4B.medicationrequest import MedicationRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from taper_app.data.tables import Plan as PlanRow
from taper_app.domain.events import Ledger, plan_of
from taper_app.domain.ledger import status
from taper_app.domain.schedule import schedule
from taper_app.services.fhir_parts import Names
from taper_app.services.fhir_plans import requests
from taper_app.services.plans import revision_of
from tests.builders import DAY_1, PLAN_ID, RECORDED
from tests.domain.strategies import ledgers

DAYS = 140
NAMES = Names(PLAN_ID)


def requests_of(ledger: Ledger, today: date) -> list[dict[str, Any]]:
    """The requests of a ledger on a day."""
    row = PlanRow(account_id="x", id=PLAN_ID, is_draft=False, body="", created_at=RECORDED)
    return list(requests(row, ledger, NAMES, "America/New_York", today, "en"))


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.integers(0, DAYS))
def test_any_plan_is_valid_and_says_the_days_of_the_schedule(ledger: Ledger, ago: int) -> None:
    """One request a revision, one dosage a step, and a day lies in a step's bounds exactly when the schedule has that step there."""
    today = DAY_1 + timedelta(days=ago)
    found = requests_of(ledger, today)
    assert len(found) == revision_of(ledger)
    bounds: dict[tuple[int, int], dict[str, str]] = {}
    for revision, one in enumerate(found, 1):
        MedicationRequest.model_validate(one)
        dosages = one["dosageInstruction"]
        assert [dosage["sequence"] for dosage in dosages] == list(range(1, len(plan_of(ledger, revision).steps) + 1))
        for dosage in dosages:
            assert dosage["text"]
            bounds[revision, dosage["sequence"]] = dosage.get("timing", {}).get("repeat", {}).get("boundsPeriod", {})
    for day in schedule(ledger, DAY_1 - timedelta(days=5), DAY_1 + timedelta(days=DAYS)):
        here = day.date.isoformat()
        inside = [key for key, one in bounds.items() if one and one["start"] <= here <= one.get("end", "9999")]
        assert inside == ([(day.revision, day.step)] if day.step else [])


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.integers(0, DAYS))
def test_the_status_agrees_with_the_ledger(ledger: Ledger, ago: int) -> None:
    """A plan that is over has no request in force, one on hold has one that says so, and one in force is active."""
    today = DAY_1 + timedelta(days=ago)
    now, states = schedule(ledger, today, today)[0], [one["status"] for one in requests_of(ledger, today)]
    mine = states[now.revision - 1]
    if now.status == "held":
        assert mine == "on-hold"
    elif now.status == "ended":
        assert mine in ("completed", "stopped")
    else:
        assert mine == "active"
    assert "on-hold" not in states[: now.revision - 1]
    assert "active" not in states[: now.revision - 1]
    if status(ledger, today) == "ended" and now.revision == len(states):
        assert "active" not in states

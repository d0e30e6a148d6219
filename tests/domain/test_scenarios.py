"""The example plans: plan in, schedule out, as written by hand in tests/scenarios."""

from __future__ import annotations

from datetime import date

import pytest

from taper_app.domain.amounts import show_amount
from taper_app.domain.checks import event_checks, plan_checks
from taper_app.domain.events import Ledger
from taper_app.domain.ledger import append
from taper_app.domain.schedule import schedule
from taper_app.domain.stairs import next_change
from taper_app.domain.wire import event_from_wire, event_to_wire, plan_from_wire, plan_to_wire
from tests.builders import scenario, scenario_names


def folded(name: str) -> Ledger:
    given = scenario(name)
    made = Ledger(plan_from_wire(given["plan"]))
    for event in given["events"]:
        made = append(made, event_from_wire(event))
    return made


@pytest.mark.parametrize("name", scenario_names())
def test_schedule_is_as_written(name: str) -> None:
    """Every day of the example reads as it was written out by hand."""
    ledger = folded(name)
    for row in scenario(name)["expected"]:
        for day in schedule(ledger, date.fromisoformat(row["from"]), date.fromisoformat(row["to"])):
            assert (day.status, day.step, day.revision) == (row["status"], row["step"], row["revision"]), day
            assert [[d.at, show_amount(d.amount)] for d in day.doses if d.amount] == row["doses"], day


@pytest.mark.parametrize("name", scenario_names())
def test_questions_are_as_written(name: str) -> None:
    """Entering the example asks these questions and no others."""
    given = scenario(name)
    ledger, today = folded(name), date.fromisoformat(given["today"])
    assert [c.code for c in plan_checks(ledger.plan, today)] == given["checks"]
    if len(ledger.events) > 1:
        before = Ledger(ledger.plan, ledger.events[:-1])
        assert [c.code for c in event_checks(before, ledger.events[-1], today)] == given["last_event_checks"]


@pytest.mark.parametrize("name", scenario_names())
def test_next_change_is_as_written(name: str) -> None:
    """The next change after a day of the example is the one written down."""
    wanted = scenario(name)["next_change"]
    change = next_change(folded(name), date.fromisoformat(wanted["after"]))
    assert change is not None
    assert (change.on and change.on.isoformat(), change.what) == (wanted["on"], wanted["what"])


@pytest.mark.parametrize("name", scenario_names())
def test_wire_comes_back_equal(name: str) -> None:
    """What is written as JSON reads back as the same plan and the same events."""
    ledger = folded(name)
    assert plan_from_wire(plan_to_wire(ledger.plan)) == ledger.plan
    for event in ledger.events:
        assert event_from_wire(event_to_wire(event)) == event


def test_rescue_doses_are_never_due() -> None:
    """As-needed medicine stands beside the day and is not among its doses."""
    (day,) = schedule(folded("7_with_rescue_doses"), date(2026, 11, 5), date(2026, 11, 5))
    assert len(day.doses) == 3
    assert day.as_needed[0].at_most == 2
    assert day.as_needed[0].for_ == "strong pain"

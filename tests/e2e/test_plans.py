"""The example plans, entered by hand as a person would, with all that happened to them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e import plan_steps
from tests.e2e.people import Person, open_page, plan_body, today

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.json"))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_a_real_plan_is_entered_by_hand_and_read_as_written(ana: Person, file: Path) -> None:
    """Typed through the pages, with each event after it, a plan is stored as written and its days read as expected."""
    scenario = json.loads(file.read_text())
    page = ana.page
    plan_id = plan_steps.enter_plan(page, scenario)
    plan_steps.activate(page)
    for event in scenario["events"]:
        if event["type"] != "activated":
            plan_steps.play(page, plan_id, event, scenario["plan"]["medication"])
    stored = ana.call("GET", f"/plans/{plan_id}")
    assert _same(stored, scenario["plan"]) == []
    assert [event["type"] for event in stored["events"]] == [event["type"] for event in scenario["events"]]
    for days in scenario["expected"]:
        _reads(ana, plan_id, days)


def _same(found: Any, wanted: dict[str, Any]) -> list[str]:
    """What differs between the stored plan and what was typed."""
    return [f"{key}: {found[key]}" for key, value in wanted.items() if found[key] != value]


def _reads(ana: Person, plan_id: str, wanted: dict[str, Any]) -> None:
    schedule = ana.call("GET", f"/plans/{plan_id}/schedule?from={wanted['from']}&to={wanted['to']}")
    first, last = date.fromisoformat(wanted["from"]), date.fromisoformat(wanted["to"])
    assert len(schedule["days"]) == (last - first).days + 1
    for day in schedule["days"]:
        assert (day["status"], day["step"]) == (wanted["status"], wanted["step"]), day
        assert [[dose["at"], dose["amount"]] for dose in day["doses"]] == wanted["doses"], day


def test_a_draft_is_left_half_done_gone_on_with_and_deleted(ana: Person) -> None:
    """What was typed is there again, a blank is named on the read-back, and a draft can be taken away."""
    page = ana.page
    page.goto("/plans")
    page.get_by_role("link", name="Enter a plan").click()
    page.get_by_label("Name", exact=True).fill("morphine sulfate ER")
    page.get_by_label("What is it?").select_option(label="Tablet")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1, name="Your plan so far")).to_be_visible()
    open_page(page, "/plans", "My plans")
    page.get_by_role("link", name="morphine sulfate ER").click()
    page.get_by_role("link", name="Change").first.click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("morphine sulfate ER")
    expect(page.get_by_label("What is it?")).to_have_value("tablet")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="Check it").click()
    expect(page.get_by_role("heading", name="Still blank")).to_be_visible()
    expect(page.get_by_role("button", name="Yes, this is what my prescriber wrote")).to_have_count(0)
    page.get_by_role("link", name="Save as a draft").or_(page.get_by_role("button", name="Save as a draft")).click()
    page.goto("/plans")
    page.get_by_role("link", name="morphine sulfate ER").click()
    page.get_by_role("button", name="Delete this draft").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_role("heading", level=1, name="My plans")).to_be_visible()
    assert ana.call("GET", "/plans")["plans"] == []


def test_a_wrong_number_is_named_beside_its_field_and_stays(ana: Person) -> None:
    """An amount in words is refused where it stands, nothing typed is lost, and nothing is half-written."""
    page = ana.page
    plan_id = str(ana.call("POST", "/plans", plan_body(steps=[]))["id"])
    page.goto(f"/plan/draft?id={plan_id}")
    page.get_by_role("link", name="Enter the first step").click()
    page.get_by_label("On a date", exact=True).check()
    page.get_by_label("Start date").fill("2026-12-07")
    page.get_by_label("When", exact=True).select_option(label="Morning")
    page.get_by_label("Amount in mg").first.fill("two")
    page.get_by_role("button", name="Save", exact=True).or_(page.get_by_role("button", name="Save this step")).first.click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Amount in mg").first).to_have_value("two")
    expect(page.get_by_label("Start date")).to_have_value("2026-12-07")
    assert ana.call("GET", f"/plans/{plan_id}")["steps"] == []


def test_a_higher_step_is_asked_about_and_never_judged(ana: Person) -> None:
    """The read-back asks beside the line whether the prescriber wrote it, and the plan can still be confirmed."""
    body = plan_body()
    body["steps"][1]["doses"] = [{"at": "morning", "amount": "90"}]
    plan_id = str(ana.call("POST", "/plans", body)["id"])
    ana.page.goto(f"/plan/draft?id={plan_id}")
    words = plan_steps.activate(ana.page)
    assert "This step is higher than the one before" in words
    assert "Is that what your prescriber wrote?" in words


def test_two_medicines_stand_side_by_side(ana: Person) -> None:
    """Each plan has its own card on Today and its own line in the list; nothing is summed over two drugs."""
    ana.has_plan()
    medication = {"name": "oxycodone", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "immediate", "may_split": "no"}
    ana.has_plan(medication=medication)
    open_page(ana.page, "/", "Today")
    expect(ana.page.get_by_text("60 mg a day")).to_have_count(2)
    open_page(ana.page, "/plans", "My plans")
    for name in ("morphine sulfate", "oxycodone"):
        expect(ana.page.get_by_role("link", name=name)).to_be_visible()


def test_a_pause_is_read_back_before_it_is_saved_and_stands_in_the_ledger(ana: Person) -> None:
    """Fourteen days are shown first; afterwards the ledger says who said so and why, and Today says paused."""
    plan_id = ana.has_plan()
    words = plan_steps.hold(ana.page, plan_id, on=today().isoformat(), reason="Flu")
    assert "The next 14 days" in words
    assert "Paused, step 1" in words
    expect(ana.page.get_by_text("Said by Dr. Osei").first).to_be_visible()
    expect(ana.page.get_by_text("“Flu”")).to_be_visible()
    open_page(ana.page, "/", "Today")
    expect(ana.page.get_by_text("Paused since")).to_be_visible()


def test_a_plan_is_closed(ana: Person) -> None:
    """From the day it is closed nothing is due, and what was logged stays."""
    plan_id = ana.has_plan()
    plan_steps.close(ana.page, plan_id, on=(today() + timedelta(1)).isoformat(), reason="Another medicine")
    schedule = ana.call("GET", f"/plans/{plan_id}/schedule?from={today()}&to={today() + timedelta(1)}")
    assert [day["status"] for day in schedule["days"]] == ["active", "ended"]

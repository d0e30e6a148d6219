"""What the prescriber says on the way: go on, start the next step, another plan. Each read back first, each in the ledger."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from tests.e2e import plan_steps
from tests.e2e.people import Person, open_page, plan_body, today


def days(n: int) -> str:
    """The date so many days from now."""
    return (today() + timedelta(n)).isoformat()


def test_going_on_moves_the_later_dates_when_the_prescriber_said_so(ana: Person) -> None:
    """Before it is saved the page says that dates move; afterwards the ledger does, and the next step waits three days longer."""
    plan = ana.has_plan()
    ana.call("POST", f"/plans/{plan}/holds", {"from": days(-3), "said_by": "Dr. Osei", "reason": "Flu"})
    words = plan_steps.resume(ana.page, plan, on=days(0), shift=True, said_by="Nurse Kim")
    for part in ("The next 14 days", "The later dates move.", "said by Nurse Kim"):
        assert part in words
    ledger = ana.page.get_by_role("main")
    for part in ("The later dates moved by the length of the pause.", "Said by Nurse Kim", "Said by Dr. Osei", "“Flu”"):
        expect(ledger).to_contain_text(part)
    found = ana.call("GET", f"/plans/{plan}/schedule?from={days(9)}&to={days(10)}")["days"]
    assert [day["step"] for day in found] == [1, 2]


def test_a_step_without_a_date_starts_on_the_prescribers_word(ana: Person) -> None:
    """Today shows what was written until the step is started; nothing starts by itself."""
    body = plan_body()
    body["steps"][1] |= {"starts_on": None, "starts_when": "when the box is empty"}
    plan = ana.has_plan(steps=body["steps"], ends="stay", review_on=None)
    open_page(ana.page, "/", "Today")
    expect(ana.page.get_by_text("Your prescriber wrote: “when the box is empty”")).to_be_visible()
    words = plan_steps.start_step(ana.page, plan, on=days(0))
    assert "The next 14 days" in words
    assert "Step 2" in words
    expect(ana.page.get_by_text(re.compile("^The next step started on"))).to_be_visible()
    open_page(ana.page, "/", "Today")
    expect(ana.page.get_by_text("Step 2 of 2")).to_be_visible()


def test_a_changed_plan_is_typed_read_back_and_never_rewrites_the_past(ana: Person) -> None:
    """The new steps are read back with 14 days; the ledger keeps who said so, why, and what was written."""
    plan = ana.has_plan()
    before = ana.call("GET", f"/plans/{plan}/schedule?from={days(-7)}&to={days(0)}")["days"]
    words = plan_steps.revise(ana.page, plan, _revision(), plan_body()["medication"])
    assert "The next 14 days" in words
    assert "said by Dr. Osei" in words
    main = ana.page.get_by_role("main")
    expect(main).to_contain_text(re.compile("The plan changed from .+ Plans often change."))
    expect(main).to_contain_text("“Slower from here”")
    main.get_by_text("What was written then").tap()
    expect(main.get_by_text("45 mg a day").last).to_be_visible()
    assert ana.call("GET", f"/plans/{plan}/schedule?from={days(-7)}&to={days(0)}")["days"] == before
    (after,) = ana.call("GET", f"/plans/{plan}/schedule?from={days(1)}&to={days(1)}")["days"]
    assert [dose["amount"] for dose in after["doses"]] == ["30", "15"]


def _revision() -> dict[str, Any]:
    """45 mg a day from tomorrow on, as the ledger writes it."""
    doses = [
        {"at": at, "amount": amount, "parts": [{"strength": "15", "count": count}], "volume": None}
        for at, amount, count in (("morning", "30", "2"), ("evening", "15", "1"))
    ]
    step = {
        "starts_on": days(1),
        "starts_when": None,
        "until": None,
        "doses": doses,
        "every_days": 1,
        "cycle": [],
        "as_needed": [],
        "note": None,
    }
    return {
        "effective_on": days(1), "said_by": "Dr. Osei", "reason": "Slower from here", "strengths": [],
        "steps": [step], "ends": "stay", "last_day": None, "review_on": None,
    }  # fmt: skip


def test_a_day_that_does_not_fit_is_refused_beside_its_field(ana: Person) -> None:
    """Going on before the pause began is named in words, what was typed stays, and nothing is recorded."""
    plan = ana.has_plan()
    ana.call("POST", f"/plans/{plan}/holds", {"from": days(0), "said_by": "Dr. Osei"})
    page = ana.page
    page.goto(f"/plan/event?kind=resume&id={plan}")
    page.get_by_label("From which day?").fill(days(-2))
    page.get_by_label("Who said so?").fill("Dr. Osei")
    page.get_by_label("No, they stay as written").check()
    page.get_by_role("button", name="Read the next 14 days").tap()
    expect(page.get_by_role("alert").first).to_contain_text("before the hold began")
    expect(page.get_by_label("From which day?")).to_have_value(days(-2))
    assert [event["type"] for event in ana.call("GET", f"/plans/{plan}")["events"]] == ["activated", "held"]


def test_a_dose_above_the_step_opens_the_guard(ana: Person) -> None:
    """Call first, without blame; taken back, the card goes away."""
    ana.has_plan()
    page = ana.page
    open_page(page, "/", "Today")
    row = page.get_by_role("listitem").filter(has_text="In the morning")
    row.get_by_role("button", name=re.compile("^Other")).tap()
    row.get_by_label("How much was it, in mg?").fill("60")
    row.get_by_role("button", name="Save amount").tap()
    expect(page.get_by_role("heading", name="Call first")).to_be_visible()
    expect(page.get_by_text("You are not in trouble")).to_be_visible()
    row.get_by_role("button", name=re.compile("^Undo")).tap()
    expect(page.get_by_role("heading", name="Call first")).to_have_count(0)

"""Data comes in: a copy of another account, a diary column by column, a prescription as a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.people import Person, open_page
from tests.e2e.test_every_page import look_at

DIARY = "\ufeffDay;How bad;<b>Notes</b>\n02/11/2026;4;walked\n03/11/2026;5;\n"


def choose(page: Page, name: str, text: str) -> None:
    """Choose a file and send it."""
    open_page(page, "/import", "Bring in your data")
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="Bring it in").tap()


def test_a_diary_is_matched_read_back_and_added(ana: Person) -> None:
    """Nothing is assumed: columns and the way dates are written are chosen, the rows read back, then all are added."""
    page = ana.page
    choose(page, "pain.csv", DIARY)
    expect(page.get_by_role("heading", level=1, name="Your diary")).to_be_visible()
    expect(page.get_by_text("There are 2 rows in this file.")).to_be_visible()
    read = page.get_by_role("button", name="Show how it reads")
    read.tap()
    expect(page.get_by_role("alert").get_by_text("Please choose which column has the date.")).to_be_visible()
    page.get_by_label("Date").select_option("Day (first: 02/11/2026)")
    page.get_by_label("Pain").select_option("How bad (first: 4)")
    page.get_by_label("Note").select_option("<b>Notes</b> (first: walked)")
    read.tap()
    expect(page.get_by_role("group", name="How are the dates written?").get_by_role("radio")).to_have_count(2)
    page.get_by_label("Day/month/year").check(force=True)
    read.tap()
    expect(page.get_by_text("Mon 2 Nov 2026 12:00")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Add 2 days to my log").tap()
    expect(page.get_by_role("heading", name="2 days were added to your log")).to_be_visible()
    assert [(one["at"][:10], one["data"]) for one in ana.entries(2)] == [
        ("2026-11-02", {"pain": 4, "note": "walked"}), ("2026-11-03", {"pain": 5}),
    ]  # fmt: skip


def test_a_copy_comes_back(ana: Person, new_phone: Callable[..., Any], sign_up: Callable[..., Person]) -> None:
    """A file that one account saved gives another its plan and its log; a second time there is nothing new."""
    plan_id = ana.has_plan()
    ana.logged("note", text="For the file")
    copy = json.dumps(ana.call("GET", "/export?format=json"))
    bea = sign_up(new_phone().new_page(), "Bea")
    choose(bea.page, "taper.json", copy)
    expect(bea.page.get_by_text("1 entry was added to your log.")).to_be_visible()
    expect(bea.page.get_by_role("link", name="Open the plan for")).to_have_attribute("href", f"/plan?id={plan_id}")
    assert [one["data"] for one in bea.entries(1)] == [{"text": "For the file"}]
    bea.page.get_by_role("button", name="Bring it in").tap()
    expect(bea.page.get_by_text("All of it was here already.")).to_be_visible()


def test_a_file_that_cannot_be_read_says_where(ana: Person) -> None:
    """A broken file is told in words, with its line, and nothing was added; without a file it is asked for."""
    page = ana.page
    open_page(page, "/import", "Bring in your data")
    page.get_by_role("button", name="Bring it in").tap()
    expect(page.get_by_role("alert").get_by_text("Choose a file first.")).to_be_visible()
    choose(page, "taper.json", '{"format": "taper-export",\n"version": 1,\n"plans": [}')
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("Look at line 3 of the file.")).to_be_visible()
    expect(alert.get_by_text("Nothing was added.")).to_be_visible()
    look_at(page)


def test_a_prescription_becomes_a_draft(ana: Person) -> None:
    """A prescription from a clinic is a draft to be read, with what was not clear counted."""
    twice = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}
    line = {"timing": twice, "doseAndRate": [{"doseQuantity": {"value": 30, "unit": "mg"}}]}
    request = {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "Morphine"}, "dosageInstruction": [line]}
    choose(ana.page, "prescription.json", json.dumps(request))
    expect(ana.page.get_by_text("1 thing was not clear. It waits in the draft.")).to_be_visible()
    ana.page.get_by_role("link", name="Read the draft for Morphine").tap()
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    (plan,) = ana.call("GET", "/plans")["plans"]
    assert plan["status"] == "draft"

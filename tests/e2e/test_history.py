"""History: what was logged, corrected and taken out, with nothing ever lost."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import Person, open_page, pick


def flare_now(ana: Person, severity: int = 6) -> str:
    """A flare that is there already."""
    return ana.logged("flare", started_at=ana.now(), severity_now=severity)


def test_an_entry_is_corrected_and_its_first_version_kept(ana: Person) -> None:
    """A tap on an entry opens it; what is saved shows at once, and the earlier version stays below."""
    flare_now(ana)
    page = ana.page
    open_page(page, "/history", "History")
    page.get_by_role("button", name=re.compile("Flare, 6 of 10")).tap()
    expect(page.get_by_role("heading", level=1, name="Flare")).to_be_visible()
    pick(page, re.compile("How bad|Pain now"), 4)
    page.get_by_role("button", name="Save changes").tap()
    page.get_by_text("Earlier versions", exact=True).tap()
    expect(page.get_by_text(re.compile("First written"))).to_be_visible()
    open_page(page, "/history", "History")
    expect(page.get_by_role("button", name=re.compile("Flare, 4 of 10"))).to_be_visible()
    first, change = ana.entries(2)
    assert change["changes"] == first["id"]
    assert change["data"] == {"severity_now": 4}


def test_an_entry_is_taken_out_and_put_back(ana: Person) -> None:
    """Taking out asks first; the entry can be put back from History."""
    flare_now(ana)
    page = ana.page
    open_page(page, "/history", "History")
    page.get_by_role("button", name=re.compile("Flare, 6 of 10")).tap()
    page.get_by_text("Take it out", exact=True).tap()
    page.get_by_role("button", name="Yes, take it out").tap()
    expect(page.get_by_role("heading", level=1, name="History")).to_be_visible()
    expect(page.get_by_text("taken out")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Put it back")).tap()
    expect(page.get_by_role("button", name=re.compile("Flare, 6 of 10"))).to_be_visible()
    expect(page.get_by_text("taken out")).to_have_count(0)
    assert [entry["data"].get("retracted") for entry in ana.entries(3)] == [None, True, False]


def test_a_day_without_entries_is_nothing_logged(ana: Person) -> None:
    """Never "fine" and never "missed"."""
    page = ana.page
    open_page(page, "/history", "History")
    expect(page.get_by_text("Nothing logged").first).to_be_visible()
    words = page.get_by_role("main").inner_text().lower()
    assert "missed" not in words
    assert "fine" not in words


def test_three_months_are_shown_by_day(at_home: Page) -> None:
    """Doses, flares, check-ins and tried options of the demo stand on their days."""
    open_page(at_home, "/history", "History")
    for words in ("Taken: 30 mg", "Flare, ", "How I felt", "Tried: "):
        expect(at_home.get_by_text(re.compile(words)).first).to_be_visible()

"""Options that were tried, and questions kept for the visit."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.people import Person, open_page, pick


def test_an_option_is_tried_with_pain_before_and_after(ana: Person) -> None:
    """The page of an option takes both numbers, and the list says how it went."""
    page = ana.page
    open_page(page, "/options", "Things that can help")
    page.get_by_role("link", name=re.compile("^Tai chi")).tap()
    expect(page.get_by_role("heading", level=1, name=re.compile("Tai chi"))).to_be_visible()
    pick(page, "Pain before", 6)
    pick(page, "Pain after", 4)
    page.get_by_label("How long, in minutes").fill("20")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved", exact=False).first).to_be_visible()
    open_page(page, "/options", "Things that can help")
    expect(page.get_by_role("link", name=re.compile("^Tai chi"))).to_contain_text("pain 6 before, 4 after")
    (entry,) = ana.entries(1)
    assert entry["kind"] == "option_tried"
    assert entry["data"] == {"option": "tai-chi", "before": 6, "after": 4, "minutes": 20}


def test_minutes_that_are_no_number_are_refused_in_words(ana: Person) -> None:
    """What was typed stays in the field."""
    page = ana.page
    open_page(page, "/options/yoga", "Yoga")
    page.get_by_label("How long, in minutes").fill("a while")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_label("How long, in minutes")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("How long, in minutes")).to_have_value("a while")
    assert ana.entries() == []


def test_a_question_is_kept_from_a_page_and_one_is_typed(ana: Person) -> None:
    """ "Ask my clinician about this" and one's own words come to one list, and can be taken out."""
    page = ana.page
    open_page(page, "/learn", "Learn")
    page.get_by_role("main").get_by_role("link").first.tap()
    page.get_by_role("button", name=re.compile("Ask my clinician", re.IGNORECASE)).tap()
    expect(page.get_by_role("button", name=re.compile("Ask my clinician", re.IGNORECASE))).to_have_count(0)
    open_page(page, "/questions", "Questions for my visit")
    expect(page.get_by_role("button", name=re.compile("^Take out"))).to_have_count(1)
    page.get_by_label("A new question").fill("May I walk to the market?")
    page.get_by_role("button", name="Add it").tap()
    typed = page.get_by_role("listitem").filter(has_text="May I walk to the market?")
    expect(typed).to_have_count(1)
    page.get_by_role("button", name="Take out May I walk to the market?").tap()
    expect(typed).to_have_count(0)

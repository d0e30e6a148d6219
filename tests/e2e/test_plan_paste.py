"""A plan pasted as text, on the way from the words to a plan that runs."""

from __future__ import annotations

from playwright.sync_api import expect

from scripts import phones
from tests.e2e.people import Person, open_page
from tests.e2e.test_every_page import serious, too_wide

TEXT = """Morphine sulfate ER
From December 1, 2026: 30 mg in the morning and 15 mg at night
From December 15, 2026: 15 mg at bedtime
Last day: December 28, 2026
Call us if anything is unclear."""


def test_pasted_words_are_filled_ticked_and_become_the_plan(ana: Person) -> None:
    """What could not be read is asked and typed; each line is ticked against the paper; only then can the plan be confirmed."""
    page = ana.page
    page.goto("/plans")
    page.get_by_role("link", name="Enter a plan").click()
    page.get_by_role("link", name="Paste the words instead").click()
    expect(page.get_by_role("heading", level=1, name="Paste your plan")).to_be_visible()

    page.get_by_label("The words of your plan").fill("See you on Monday")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("No dose could be read in these words").first).to_be_visible()
    expect(page.get_by_label("The words of your plan")).to_have_value("See you on Monday")

    page.get_by_label("The words of your plan").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1, name="Your plan so far")).to_be_visible()
    page.get_by_role("link", name="Check it").click()
    expect(page.get_by_text("“at night” can be more than one time")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    phones.settle(page)
    assert (serious(page), too_wide(page)) == ([], []), "with blanks"

    page.get_by_role("link", name="Please type the time of this dose.").first.click()
    second = page.get_by_role("group", name="Dose 2")
    expect(second.get_by_label("Amount in mg")).to_have_value("15")
    second.get_by_label("When", exact=True).select_option(label="Bedtime")
    page.get_by_role("button", name="Save this step").click()
    page.get_by_role("link", name="Check it").click()

    confirm = page.get_by_role("button", name="Yes, this is what my prescriber wrote")
    expect(page.get_by_text("5 lines are still to be ticked.")).to_be_visible()
    expect(confirm).to_have_count(0)
    phones.settle(page)
    assert (serious(page), too_wide(page)) == ([], []), "with ticks"
    for n in range(5):
        page.get_by_role("checkbox", checked=False).first.tap()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(n + 1)
    confirm.click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()

    (plan,) = ana.call("GET", "/plans")["plans"]
    stored = ana.call("GET", f"/plans/{plan['id']}")
    assert [[(dose["at"], dose["amount"]) for dose in step["doses"]] for step in stored["steps"]] == [
        [("morning", "30"), ("bedtime", "15")],
        [("bedtime", "15")],
    ]
    assert (stored["ends"], stored["last_day"]) == ("stop", "2026-12-28")


def test_the_words_stay_when_they_are_too_long(ana: Person) -> None:
    """What was pasted is in the field after a refusal, and the error stands beside it."""
    page = ana.page
    open_page(page, "/plan/paste", "Paste your plan")
    page.get_by_label("The words of your plan").fill("30 mg bid " * 2500)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("This is too long. Please shorten it.").first).to_be_visible()
    assert len(page.get_by_label("The words of your plan").input_value()) == 25_000

"""Today: tick what is due, change one's mind, log what was needed."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.people import Person, open_page


def test_a_dose_is_ticked_and_the_tick_taken_back(ana: Person) -> None:
    """One tap logs a dose as taken; Undo takes it back, and the history keeps both."""
    ana.has_plan()
    page = ana.page
    open_page(page, "/", "Today")
    row = page.get_by_role("listitem").filter(has_text="In the morning")
    expect(row).to_contain_text(re.compile(r"2 tablets"))
    row.get_by_role("button", name=re.compile("^Took it")).tap()
    expect(row.get_by_role("button", name=re.compile("Taken"))).to_be_visible()
    expect(row).to_contain_text("saved")
    (entry,) = ana.entries(1)
    assert entry["kind"] == "dose"
    assert entry["data"]["action"] == "taken"
    row.get_by_role("button", name=re.compile("^Undo")).tap()
    expect(row.get_by_role("button", name=re.compile("^Took it"))).to_be_visible()
    page.reload()
    expect(row.get_by_role("button", name=re.compile("^Took it"))).to_be_visible()
    assert ana.entries(2)[-1]["data"] == {"retracted": True}


def test_a_dose_is_skipped_or_was_another_amount(ana: Person) -> None:
    """Other... offers skipped and a different amount; what is no amount is refused in words."""
    ana.has_plan()
    page = ana.page
    open_page(page, "/", "Today")
    first = page.get_by_role("listitem").filter(has_text="In the morning")
    second = page.get_by_role("listitem").filter(has_text="In the evening")
    first.get_by_role("button", name=re.compile("^Other")).tap()
    first.get_by_role("button", name="Skipped", exact=True).tap()
    expect(first).to_contain_text("skipped, logged")
    second.get_by_role("button", name=re.compile("^Other")).tap()
    second.get_by_label("How much was it, in mg?").fill("a few")
    second.get_by_role("button", name="Save amount").tap()
    expect(second).to_contain_text("Please use numbers only")
    expect(second.get_by_label("How much was it, in mg?")).to_have_value("a few")
    second.get_by_label("How much was it, in mg?").fill("15")
    second.get_by_role("button", name="Save amount").tap()
    expect(second).to_contain_text("15 mg, logged")
    expect(second).to_contain_text("saved")
    assert [entry["data"]["action"] for entry in ana.entries(2)] == ["skipped", "different"]


def test_as_needed_doses_are_counted_never_counted_down(ana: Person) -> None:
    """Each tap logs one, a hasty second tap does not; the page says how many were logged in 24 hours and can take the last back."""
    ana.has_plan()
    page = ana.page
    page.clock.install()
    open_page(page, "/", "Today")
    row = page.get_by_role("listitem").filter(has_text="if needed, at most 2 a day")
    expect(row).to_contain_text("Logged in 24 hours: 0")
    row.get_by_role("button", name=re.compile("^Log one")).tap()
    row.get_by_role("button", name=re.compile("^Log one")).tap()
    expect(row).to_contain_text("Logged in 24 hours: 1")
    page.clock.fast_forward(3_000)
    row.get_by_role("button", name=re.compile("^Log one")).tap()
    expect(row).to_contain_text("Logged in 24 hours: 2")
    row.get_by_role("button", name="Undo the last").tap()
    expect(row).to_contain_text("Logged in 24 hours: 1")


def test_today_says_what_changes_next(ana: Person) -> None:
    """The stairs, the step, how much a day, and from when the next step counts."""
    ana.has_plan()
    open_page(ana.page, "/", "Today")
    stairs = ana.page.locator("svg.stairs")
    for drawn in ("path.line.ahead", "path.here"):
        expect(stairs.locator(drawn)).to_have_css("display", "inline")
    expect(ana.page.get_by_text("Step 1 of 2")).to_be_visible()
    expect(ana.page.get_by_text(re.compile(r"From .+: 30 mg"))).to_be_visible()
    ana.page.get_by_text("Show as a table").tap()
    expect(ana.page.get_by_role("table", name="The steps of this plan")).to_be_visible()


def test_how_i_feel_is_noted(ana: Person) -> None:
    """A check-in with one answer is enough."""
    ana.has_plan()
    page = ana.page
    open_page(page, "/", "Today")
    page.get_by_role("link", name=re.compile("Note it")).tap()
    expect(page.get_by_role("heading", level=1, name="How I feel")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("One answer is enough. Pick one first.")).to_be_visible()
    page.get_by_role("group", name="How did you sleep?").locator("label").nth(4).tap()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    (entry,) = ana.entries(1)
    assert entry["kind"] == "check_in"
    assert entry["data"] == {"sleep": 4}


def test_a_very_low_mood_is_answered_at_once(ana: Person) -> None:
    """The lowest mood brings words and a way to help before anything is saved; they say that the answer stays private."""
    page = ana.page
    open_page(page, "/check-in", "How I feel")
    page.get_by_role("group", name="How is your mood?").locator("label").first.tap()
    expect(page.get_by_text("That sounds very hard.")).to_be_visible()
    expect(page.get_by_text("It is never shared.")).to_be_visible()
    assert ana.entries() == []
    page.get_by_role("link", name=re.compile("ending your life")).tap()
    expect(page.get_by_role("link", name="Call or text 988").first).to_be_visible()

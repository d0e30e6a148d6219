"""A flare: two taps, or the keyboard alone; the rest is optional."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import Person, open_page, pick


def test_a_flare_is_logged_in_two_taps(ana: Person) -> None:
    """Pain now, Save: it is logged, with urgent signs before comfort."""
    page = ana.page
    open_page(page, "/log", "How bad is it now?")
    pick(page, "Pain now, 0 to 10", 6)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(page.get_by_text("Pain 6 of 10, logged.")).to_be_visible()
    words = page.get_by_role("main").inner_text()
    assert words.index("911") < words.index("worse for a while")
    (entry,) = ana.entries(1)
    assert entry["kind"] == "flare"
    assert entry["data"]["severity_now"] == 6


def test_a_flare_is_logged_by_keyboard_alone(ana: Person) -> None:
    """From Today to Log, a number, Save, with Tab, arrows, space and Enter only."""
    page = ana.page
    open_page(page, "/", "Today")
    _tab_to(page, "Log pain")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="How bad is it now?")).to_be_visible()
    _tab_to(page, re.compile("^0 of 10"))
    page.keyboard.press("Space")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    now = page.get_by_role("group", name="Pain now, 0 to 10")
    expect(now.get_by_role("radio", name=re.compile("^7 of 10"))).to_be_checked()
    _tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Pain 7 of 10, logged.")).to_be_visible()
    assert ana.entries(1)[0]["data"]["severity_now"] == 7


def test_save_without_a_number_says_what_is_missing(ana: Person) -> None:
    """Nothing is logged, and the words say that one number is all it takes."""
    page = ana.page
    open_page(page, "/log", "How bad is it now?")
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(page.get_by_text("Tap a number first. That is all it takes.")).to_be_visible()
    assert ana.entries() == []


def test_more_can_be_added_later_and_the_flare_be_ended(ana: Person) -> None:
    """Places, words and triggers are added to the same flare; Today shows it as going on until it has eased."""
    page = ana.page
    open_page(page, "/log", "How bad is it now?")
    pick(page, "Pain now, 0 to 10", 5)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    page.get_by_role("link", name="Add more").tap()
    expect(page.get_by_role("heading", level=1, name="Add to it")).to_be_visible()
    page.get_by_role("group", name="What does it feel like?").get_by_role("button", name="Burning").tap()
    page.get_by_role("group", name="Does anything hurt that usually wouldn't?").get_by_role("button", name="Clothes").tap()
    page.get_by_label("Anything else?").fill("After the bus ride")
    page.get_by_role("button", name="Save", exact=True).last.tap()
    expect(page.get_by_text("Pain 5 of 10, logged.")).to_be_visible()
    open_page(page, "/", "Today")
    row = page.get_by_role("listitem").filter(has_text="Flare, 5 of 10")
    expect(row).to_be_visible()
    row.get_by_role("button", name="It has eased").tap()
    expect(row).to_have_count(0)
    first, *changes = ana.entries(3)
    assert all(change["changes"] == first["id"] for change in changes)
    folded = {key: value for entry in ana.entries() for key, value in entry["data"].items()}
    assert folded["feels"] == ["burning"]
    assert folded["allodynia"] == ["clothing"]
    assert folded["note"] == "After the bus ride"
    assert folded["ended_at"]


def test_on_a_hard_day_one_question_is_asked(ana: Person) -> None:
    """Severe pain is logged at once; the page offers a person, and nothing has to be typed."""
    page = ana.page
    open_page(page, "/log", "How bad is it now?")
    pick(page, "Pain now, 0 to 10", 9)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(page.get_by_text("It is logged. Nothing else is needed now.")).to_be_visible()
    expect(page.get_by_role("link", name="I need a person")).to_have_attribute("href", "/safety")
    assert ana.entries(1)[0]["data"]["severity_now"] == 9


def _tab_to(page: Page, name: str | re.Pattern[str], most: int = 60) -> None:
    """Press Tab until what has the focus bears this name."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => (document.activeElement.ariaLabel || document.activeElement.innerText || '').trim()")
        if (focused == name) if isinstance(name, str) else name.search(focused):
            return
    raise AssertionError(f"Tab never came to {name}")

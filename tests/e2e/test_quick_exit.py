"""The quick way out, for somebody who is watched: SECURITY.md's rows for an abusive partner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scripts import phones
from tests.e2e.people import Person, open_page

LEAVE = "Leave this page now"
PAGES = ("/safety", "/very-low", "/someone-controls-my-medicine", "/before-you-share", "/privacy", "/welcome")
FORMS = ("/auth/sign-in", "/auth/sign-up", "/auth/recover")


def weather(page: Page) -> list[str]:
    """Stands for the other site; says how it was asked for."""
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")

    page.context.route("**/leave", answer)
    return asked


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_one_tap_leads_away_and_back_does_not_return(path: str, phone: Page) -> None:
    """The page is gone at once, the other site learns not where one came from, and Back leads past it."""
    asked = weather(phone)
    phone.goto("/about")
    phone.goto(path)
    if path in PAGES:
        phones.hydrated(phone)
    phone.evaluate("() => sessionStorage.setItem('something', 'typed')")
    phone.get_by_role("link", name=LEAVE).tap()
    expect(phone.get_by_role("heading", name="Weather")).to_be_visible()
    # A form may name itself to our own server, which names nobody to the other site.
    assert len(asked) == 1
    assert asked == [""] or path in FORMS
    phone.go_back()
    phone.wait_for_url("**/about")
    assert phone.evaluate("() => sessionStorage.getItem('something')") is None


@pytest.mark.parametrize("path", ["/someone-controls-my-medicine", "/auth/sign-in"])
def test_esc_three_times_leads_away(path: str, phone: Page) -> None:
    """Twice is nothing; three times is the way out, wherever the cursor is."""
    weather(phone)
    phone.goto(path)
    if path in PAGES:
        phones.hydrated(phone)
    for _ in range(2):
        phone.keyboard.press("Escape")
    expect(phone.get_by_role("link", name=LEAVE)).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("heading", name="Weather")).to_be_visible()


def test_with_no_signal_a_blank_page_is_shown(phone: Page) -> None:
    """The browser's complaint would name this address: a blank page names nothing."""
    phone.goto("/someone-controls-my-medicine")
    phones.hydrated(phone)
    phone.context.set_offline(True)
    phone.get_by_role("link", name=LEAVE).tap()
    phone.wait_for_url("about:blank")


def test_without_a_script_the_link_leads_away(new_phone: Callable[..., Any]) -> None:
    """A phone that runs no scripts has a plain link."""
    page = new_phone(java_script_enabled=False).new_page()
    weather(page)
    page.goto("/very-low")
    page.get_by_role("link", name=LEAVE).tap()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()


KEPT = """async () => {
  const kept = { local: { ...localStorage }, cookies: document.cookie, databases: {} };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { const open = indexedDB.open(name); open.onsuccess = () => done(open.result); });
    for (const store of db.objectStoreNames) {
      const asked = db.transaction(store).objectStore(store).getAllKeys();
      kept.databases[`${name} ${store}`] = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    }
    db.close();
  }
  return kept;
}"""


def test_the_page_for_who_is_controlled_leaves_no_trace(ana: Person) -> None:
    """Opened from the safety card it is not in the tab's history, writes nothing on the phone, and tells the server nothing."""
    page = ana.page
    open_page(page, "/safety", "Safety")
    # What the app keeps anyway is kept first.
    while "snapshot" not in page.evaluate(KEPT)["databases"]["taper kept"]:
        page.wait_for_load_state("networkidle")
    before, length = page.evaluate(KEPT), page.evaluate("() => history.length")
    calls: list[str] = []
    page.on("request", lambda request: calls.append(f"{request.method} {request.url} {request.post_data or ''}"))
    page.get_by_role("link", name="Someone controls my medicine").tap()
    expect(page.get_by_role("heading", level=1, name="Someone controls my medicine")).to_be_visible()
    phones.settle(page)
    assert page.evaluate("() => history.length") == length
    assert page.evaluate(KEPT) == before
    assert [line for line in calls if "/api/" in line or line.startswith("POST")] == []
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Someone controls my medicine")).to_have_count(0)


def test_the_button_is_in_reach_and_large_enough(phone: Page) -> None:
    """It stays in view while the page is read, and is at least 44 px high with text twice as large on a small screen."""
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/someone-controls-my-medicine")
    phones.hydrated(phone)
    phone.evaluate(phones.TWICE)
    phone.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    button = phone.get_by_role("link", name=LEAVE)
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["height"] < 200, "it leaves the page to be read"

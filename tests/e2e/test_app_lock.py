"""The lock of the open app: what it covers, what stays open, and that nothing typed or waiting is lost."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from scripts import phones
from tests.e2e.people import PASSWORD, Person, open_page

PIN = "471147"
HIDE = """hidden => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
# The app was last in use so many minutes ago.
LATER = "minutes => sessionStorage.setItem('taper-open', Date.now() - minutes * 60000)"


def set_pin(ana: Person, when: str = "After 5 minutes away") -> Page:
    """Ana locks the app in Settings."""
    page = ana.page
    open_page(page, "/lock", "Lock this app")
    phones.hydrated(page)
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_label(when).check()
    page.get_by_label("Let me log a flare without the PIN").check()
    page.get_by_role("button", name="Turn the lock on").tap()
    expect(page.get_by_text("The lock is on.")).to_be_visible()
    return page


def unlock(page: Page) -> None:
    """The right PIN."""
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Unlock").tap()
    expect(page.get_by_role("dialog")).to_have_count(0)


def cover(page: Page) -> Any:
    """The cover, when it is there."""
    return page.get_by_role("dialog", name="Taper is locked")


def test_a_cold_start_shows_nothing_until_the_pin(ana: Person) -> None:
    """A new tab shows the cover from its first frame on; wrong opens nothing, right shows the page, and a reload does not ask again."""
    ana.logged("flare", started_at=ana.now(), severity_now=7)
    page = set_pin(ana)
    fresh = page.context.new_page()
    # What could be seen at each frame.
    fresh.add_init_script(
        "window.seen = []; const look = () => { if (document.body && document.documentElement.dataset.locked === undefined)"
        " window.seen.push(document.body.innerText); requestAnimationFrame(look); }; requestAnimationFrame(look);"
    )
    fresh.goto("/history")
    expect(cover(fresh)).to_be_visible()
    phones.hydrated(fresh)
    fresh.get_by_label("Your PIN").fill("0000")
    fresh.keyboard.press("Enter")
    expect(fresh.get_by_text("That is not the PIN.")).to_be_visible()
    expect(fresh.get_by_role("heading", name="History")).to_have_count(0)
    for _ in range(4):
        fresh.keyboard.press("Escape")
    expect(cover(fresh)).to_be_visible()
    assert fresh.evaluate("() => window.seen") == []
    unlock(fresh)
    expect(fresh.get_by_role("heading", level=1, name="History")).to_be_visible()
    fresh.reload()
    expect(fresh.get_by_role("heading", level=1, name="History")).to_be_visible()
    expect(cover(fresh)).to_have_count(0)


AWAY = [("At once", 0, True), ("After 5", 4, False), ("After 5", 6, True), ("After 15", 14, False)]


@pytest.mark.parametrize(("when", "minutes", "asks"), AWAY)
def test_it_asks_after_the_minutes_that_were_chosen(when: str, minutes: int, asks: bool, ana: Person) -> None:
    """In the background for less it does not ask; what was typed stands there afterwards, and so does the cursor."""
    page = set_pin(ana, {"At once": "At once, when I leave Taper"}.get(when, f"{when} minutes away"))
    open_page(page, "/check-in", "How I feel")
    note = page.locator("textarea").first
    note.fill("half a sen")
    page.evaluate(HIDE, True)
    if minutes:
        page.evaluate(LATER, minutes)
    page.evaluate(HIDE, False)
    expect(cover(page)).to_have_count(1 if asks else 0)
    if asks:
        assert page.locator("body").evaluate("body => getComputedStyle(body).visibility") == "hidden"
        unlock(page)
    expect(note).to_have_value("half a sen")
    expect(note).to_be_focused()


def test_safety_stays_open_and_leads_nowhere_else(ana: Person) -> None:
    """The card opens without the PIN and says nothing of the person; any other page, also by Back, is covered before it is drawn."""
    page = set_pin(ana)
    fresh = page.context.new_page()
    fresh.goto("/")
    expect(cover(fresh)).to_be_visible()
    expect(fresh.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    fresh.get_by_role("button", name="Safety").tap()
    expect(fresh.get_by_role("heading", level=1, name="Safety")).to_be_visible()
    expect(fresh.locator(".own")).to_be_hidden()
    fresh.get_by_role("link", name="I am running out of medicine").tap()
    expect(fresh.get_by_role("heading", level=1, name="running out")).to_be_visible()
    fresh.get_by_role("navigation", name="Main").get_by_role("link", name="History").tap()
    expect(cover(fresh)).to_be_visible()
    fresh.go_back()
    expect(cover(fresh)).to_have_count(0)
    fresh.goto("/settings")
    expect(cover(fresh)).to_be_visible()


def test_a_flare_is_logged_in_two_taps_while_it_is_locked(ana: Person) -> None:
    """Without the PIN, and with no signal: nothing of the log is shown, and the entry reaches the server when it can."""
    page = set_pin(ana)
    fresh = page.context.new_page()
    page.close()
    fresh.goto("/")
    expect(cover(fresh)).to_be_visible()
    fresh.get_by_role("button", name="Log a flare").tap()
    with fresh.expect_response(lambda answer: answer.url.endswith("/api/v1/entries") and answer.status == 200):
        fresh.get_by_role("button", name="6", exact=True).tap()
    expect(fresh.get_by_role("heading", name="Pain 6 of 10, logged.")).to_be_visible()
    found = fresh.request.get("/api/v1/entries").json()["entries"]
    assert [(one["kind"], one["data"]["severity_now"]) for one in found] == [("flare", 6)]
    fresh.get_by_role("button", name="Back").tap()
    unlock(fresh)


def test_who_forgot_the_pin_signs_in_again_and_loses_nothing(ana: Person) -> None:
    """What waits stays on the phone, locked, and is sent once the password was right; the lock is gone then."""
    page = set_pin(ana)
    fresh = page.context.new_page()
    page.close()
    fresh.goto("/")
    expect(cover(fresh)).to_be_visible()
    fresh.context.route("**/api/v1/entries", lambda route: route.abort())
    fresh.get_by_role("button", name="Log a flare").tap()
    fresh.get_by_role("button", name="8", exact=True).tap()
    fresh.get_by_role("button", name="Back").tap()
    fresh.get_by_role("button", name="I forgot my PIN").tap()
    fresh.get_by_role("button", name="Sign out and sign in again").tap()
    fresh.wait_for_url("**/auth/sign-in")
    assert fresh.request.get("/api/v1/sessions").status == 401
    fresh.context.unroute("**/api/v1/entries")
    fresh.get_by_label("Login").fill(ana.login)
    fresh.get_by_label("Password").fill(PASSWORD)
    with fresh.expect_response(lambda answer: answer.url.endswith("/api/v1/entries") and answer.status == 200):
        fresh.get_by_role("button", name="Sign in").click()
    expect(fresh.get_by_role("heading", level=1, name="Today")).to_be_visible()
    expect(cover(fresh)).to_have_count(0)


def test_ten_wrong_pins_sign_the_phone_out(ana: Person) -> None:
    """The waits are of `tests/js/lock.test.js`; here the clock is moved on, and the tenth ends the session."""
    page = set_pin(ana)
    fresh = page.context.new_page()
    page.close()
    fresh.add_init_script(
        "let ahead = 0; const real = Date.now; Date.now = () => real() + ahead; window.later = () => { ahead += 3600000; };"
    )
    fresh.goto("/")
    for number in range(10):
        expect(fresh.get_by_role("button", name="Unlock")).to_be_visible()
        fresh.get_by_label("Your PIN").fill("0000")
        fresh.keyboard.press("Enter")
        if number < 9:
            expect(fresh.get_by_label("Your PIN")).to_have_value("")
            fresh.evaluate("() => window.later()")
    fresh.wait_for_url("**/auth/sign-in")
    assert fresh.request.get("/api/v1/sessions").status == 401


def test_the_lock_is_turned_off_in_settings(ana: Person) -> None:
    """Off, nothing asks; a PIN that is too short or typed differently turns nothing on; and a flare is offered only where allowed."""
    page = set_pin(ana)
    page.get_by_role("button", name="Turn the lock off").tap()
    expect(page.get_by_text("The lock is off.")).to_be_visible()
    page.get_by_role("button", name="Turn the lock on").tap()
    expect(page.get_by_text("A PIN is 4 to 12 numbers.")).to_be_visible()
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_role("button", name="Turn the lock on").tap()
    expect(page.get_by_text("The two are not the same.")).to_be_visible()
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Turn the lock on").tap()
    expect(page.get_by_text("The lock is on.")).to_be_visible()
    locked = page.context.new_page()
    locked.goto("/")
    expect(cover(locked)).to_be_visible()
    expect(locked.get_by_role("button", name="Log a flare")).to_have_count(0)
    page.get_by_role("button", name="Turn the lock off").tap()
    fresh = page.context.new_page()
    fresh.goto("/")
    expect(fresh.get_by_role("heading", level=1, name="Today")).to_be_visible()
    assert fresh.evaluate("() => [...document.scripts].some(one => one.src.includes('/locked/'))") is False


@pytest.mark.parametrize("dark", [False, True])
def test_the_cover_is_accessible_and_fits(dark: bool, ana: Person) -> None:
    """Axe finds nothing serious on any of its screens, light and dark; at 320 px with text twice as large nothing is cut off."""
    page = set_pin(ana)
    fresh = page.context.new_page()
    fresh.emulate_media(color_scheme="dark" if dark else "light")
    fresh.goto("/")
    found = []
    for name in (None, "Log a flare", "I forgot my PIN"):
        expect(fresh.get_by_role("button", name="Unlock")).to_be_visible()
        if name:
            fresh.get_by_role("button", name=name).tap()
            expect(fresh.get_by_role("button", name="Back")).to_be_visible()
        for width, text in ((390, ""), (320, "200%")):
            fresh.set_viewport_size({"width": width, "height": 844})
            fresh.evaluate("size => { document.documentElement.style.fontSize = size; }", text)
            violations = Axe().run(fresh, context="dialog").response["violations"]
            bad = [one for one in violations if one["impact"] in ("serious", "critical")]
            found += [f"{name} {one['id']} {one['nodes'][0]['html'][:100]}" for one in bad]
            wide = fresh.evaluate("() => document.querySelector('dialog').scrollWidth - innerWidth")
            found += [f"{name}: {wide} px too wide at {width}"] if wide > 0 else []
        if name:
            fresh.get_by_role("button", name="Back").tap()
    assert found == []

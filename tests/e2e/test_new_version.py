"""A new version waits, asks, and never takes anything away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import phones
from scripts.build import build
from scripts.house import running_app
from tests.e2e.people import PASSWORD, next_login
from tests.e2e.test_every_page import serious
from tests.e2e.test_installed import kept
from tests.e2e.versions import NEW, copy_app, edit, make_worker, new_version

READY = "A new version is ready."
FINISH = "Save or finish here first."
# How the worker that comes now ends: "activated", "installed", "redundant".
BECAME = """() => navigator.serviceWorker.getRegistration().then(async (one) => {
  const { installing } = await one.update();
  if (installing.state === "installing") await new Promise((done) => installing.addEventListener("statechange", done));
  return installing.state;
})"""
SERVED = "async () => (await fetch('/')).text()"
LISTED = """async () => {
  const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(opened.map((one) => one.keys()))).flat().map((request) => request.url);
}"""


class Served(NamedTuple):
    """A copy of the app, its address, and a phone that has it."""

    app: Path
    phone: BrowserContext


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A copy of the built app."""
    build()
    return copy_app(tmp_path / "app")


@pytest.fixture
def served(browser: Browser, app: Path, tmp_path: Path) -> Iterator[Served]:
    """That copy, served, and a phone on which somebody is signed in."""
    with running_app(tmp_path / "data", root=app) as url:
        context = phones.installed(browser, url, tmp_path / "phone")
        body = {"login": next_login("ana"), "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
        assert context.request.post("/api/v1/accounts", data=body, headers={"Origin": url}).status == 201
        yield Served(app, context)
        context.close()


def look_for_updates(page: Page) -> None:
    """What a page does by itself when it comes to the front, an hour after it did so last."""
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")


def test_a_new_version_asks_and_holds_back_over_a_form(served: Served) -> None:
    """It waits; over a half-filled form it offers nothing; accepted, this tab has the new version, others stay as they are."""
    settings, other = served.phone.pages[0], served.phone.new_page()
    settings.goto("/settings")
    kept(settings)
    other.goto("/log")
    name = settings.get_by_label("What should we call you?")
    expect(name).to_have_value("Ana")
    for page in (settings, other):
        page.evaluate("window.mark = 1")
    new_version(served.app)
    look_for_updates(settings)
    accept = settings.get_by_role("button", name="Use it now")
    expect(settings.get_by_text(READY)).to_be_visible()
    expect(other.get_by_text(READY)).to_be_visible()
    assert NEW not in settings.evaluate(SERVED)

    name.fill("Ana M")
    expect(settings.get_by_text(FINISH)).to_be_visible()
    expect(accept).to_have_count(0)
    settings.get_by_role("button", name="Save", exact=True).click()
    expect(settings.get_by_text("Saved")).to_be_visible()
    before = settings.evaluate(LISTED)
    with settings.expect_navigation():
        accept.click()
    expect(name).to_have_value("Ana M")
    assert NEW in settings.evaluate(SERVED)
    expect(settings.get_by_text(READY)).to_have_count(0)

    after = settings.evaluate(LISTED)
    assert len(after) == len(before) - 1, "while it waited the new page lay beside the old one, and nothing else did"
    assert len([url for url in after if re.search(r":\d+/\?__WB_REVISION__=", url)]) == 1
    assert other.evaluate("window.mark") == 1
    other.get_by_role("link", name="History").click()
    expect(other.get_by_role("heading", level=1, name="History")).to_be_visible()
    assert other.evaluate("window.mark") is None, "it loads anew, since files of its own version may be gone"


def test_a_server_that_changes_over_meanwhile(served: Served) -> None:
    """A page of the version after that, handed out while a version is being installed, is not mixed into it: it waits for the whole."""
    page = served.phone.pages[0]
    page.goto("/log")
    kept(page)
    new_version(served.app)
    edit(served.app, "index.html", NEW, f"Third. {NEW}")
    assert page.evaluate(BECAME) == "redundant"
    make_worker(served.app)
    assert page.evaluate(BECAME) == "installed"
    expect(page.get_by_text(READY)).to_be_visible()


def test_later_is_later(served: Served) -> None:
    """A page that comes to the front an hour later finds the new version; turned down, the banner comes back with the next load."""
    page = served.phone.pages[0]
    page.clock.install()
    page.goto("/log")
    kept(page)
    new_version(served.app)
    come_back = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(come_back)
    page.clock.fast_forward("01:01")
    expect(page.get_by_text(READY)).to_have_count(0)
    page.clock.fast_forward("01:00:00")
    page.evaluate(come_back)
    expect(page.get_by_text(READY)).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="Later", exact=True).click()
    expect(page.get_by_text(READY)).to_have_count(0)
    assert NEW not in page.evaluate(SERVED)
    page.reload()
    expect(page.get_by_text(READY)).to_be_visible()


def test_a_half_logged_flare_holds_it_back(served: Served) -> None:
    """A form of the store counts as half-filled too, on whatever page."""
    page = served.phone.pages[0]
    page.goto("/log")
    kept(page)
    page.locator("label", has=page.locator("input[value='6']")).first.tap()
    page.get_by_role("link", name="More", exact=True).click()
    new_version(served.app)
    look_for_updates(page)
    expect(page.get_by_text(FINISH)).to_be_visible()


def test_reflex_never_reloads_by_itself(app: Path, browser: Browser, tmp_path: Path) -> None:
    """A page whose State is of another version than the server's stays as it is, without Reflex's own banner."""
    assets = app / ".web" / "build" / "client" / "assets"
    found = re.search(r'stateSchema = "(\w+)"', (app / ".web" / "utils" / "context.jsx").read_text())
    assert found
    schema = found[1]
    file = next(one for one in assets.glob("*.js") if schema in one.read_text())
    edit(app, f"assets/{file.name}", schema, schema[::-1])
    make_worker(app)
    with running_app(tmp_path / "data", root=app) as url:
        context = phones.phone(browser, url)
        body = {"login": next_login("ana"), "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
        assert context.request.post("/api/v1/accounts", data=body, headers={"Origin": url}).status == 201
        page = context.new_page()
        with page.expect_console_message(lambda message: "built for another version" in message.text):
            page.goto("/settings")
        page.evaluate("window.mark = 1")
        expect(page.get_by_label("What should we call you?")).to_have_value("Ana")
        expect(page.get_by_text("A new version of this app is available.")).to_have_count(0)
        assert page.evaluate("window.mark") == 1
        context.close()

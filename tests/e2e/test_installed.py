"""On the home screen: it can be installed, opens with the network off, and keeps nothing of anybody in its caches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import phones
from scripts.house import running_app
from tests.e2e.conftest import Server
from tests.e2e.people import PASSWORD, Person, open_page
from tests.e2e.test_every_page import serious

CACHES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, { ignoreVary: true });
      found.push({ url: request.url, status: answer.status, redirected: answer.redirected, cookie: answer.headers.get("set-cookie"),
        text: await answer.text() });
    }
  }
  return found;
}"""
PICTURES = """async () => {
  const manifest = await (await fetch("/manifest.webmanifest")).json();
  const all = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap((one) => one.icons)];
  return Promise.all(all.map(async ({ src, sizes, type }) => {
    const answer = await fetch(src);
    const picture = await createImageBitmap(await answer.blob());
    return [src, answer.headers.get("content-type") === type && `${picture.width}x${picture.height}` === sizes];
  }));
}"""


def kept(page: Page) -> None:
    """Wait until the worker holds the app and answers for this page."""
    # Playwright takes the promise of an async predicate for a yes: it is awaited here.
    page.evaluate("() => navigator.serviceWorker.ready.then(() => {})")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


@pytest.fixture
def installed(browser: Browser, server: Server, tmp_path: Path) -> Iterator[BrowserContext]:
    """A phone that keeps what it is given, worker and all."""
    context = phones.installed(browser, server.url, tmp_path / "phone")
    yield context
    context.close()


def test_it_can_be_installed(installed: BrowserContext) -> None:
    """Chromium finds nothing missing in the manifest, and every icon and picture in it is as large as it says."""
    page = installed.pages[0]
    page.goto("/welcome")
    kept(page)
    session = installed.new_cdp_session(page)
    assert session.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    assert session.send("Page.getAppManifest")["errors"] == []
    pictures = page.evaluate(PICTURES)
    assert len(pictures) >= 7
    assert [src for src, right in pictures if not right] == []


def test_first_visit_is_not_disturbed(installed: BrowserContext) -> None:
    """The first worker takes over without a reload and without a word about a new version."""
    page = installed.pages[0]
    page.goto("/welcome")
    page.evaluate("window.mark = 1")
    kept(page)
    assert page.evaluate("window.mark") == 1
    expect(page.get_by_text("A new version is ready.")).to_have_count(0)


def test_it_opens_from_cold_without_a_server(browser: Browser, tmp_path: Path) -> None:
    """The server is gone and the browser was closed: pages, options and the safety card open, and an unknown address says so."""
    with running_app(tmp_path / "data") as url:
        context = phones.installed(browser, url, tmp_path / "phone")
        context.pages[0].goto("/welcome")
        kept(context.pages[0])
        context.close()
    context = phones.installed(browser, url, tmp_path / "phone")
    page = context.pages[0]
    for path, heading in (
        ("/", "Today"), ("/log", "How bad is it now?"), ("/history?from=icon", "History"), ("/safety/", "Safety"),
        ("/options/yoga", "Yoga"), ("/not-there", "That page is not here"),
    ):  # fmt: skip
        open_page(page, path, heading)
    page.get_by_role("link", name="Safety").click()
    expect(page.get_by_text("Signs of an overdose")).to_be_visible()
    context.close()


@pytest.mark.promise(10)
def test_caches_hold_nothing_of_a_person(installed: BrowserContext, server: Server, sign_up: Callable[..., Person]) -> None:
    """After a day in the app its caches hold its files and no answer about anybody: no call, no form, no door, no cookie."""
    page = installed.pages[0]
    page.goto("/welcome")
    kept(page)
    ana = sign_up(page, "QuokkaAna")
    ana.has_plan(prescriber="Dr. Quokka")
    ana.logged("flare", started_at=ana.now(), severity_now=6)
    for path in ("/", "/plans", "/settings", "/auth/sign-out", "/s", "/healthz", "/api/v1/snapshot"):
        page.goto(path)
    page.goto("/")
    expect(page.get_by_role("heading", name="Due today")).to_be_visible()
    found = page.evaluate(CACHES)
    paths = [urlsplit(one["url"]).path for one in found]
    assert "/log" in paths
    assert [path for path in paths if path == "/s" or path.startswith(("/api", "/auth", "/healthz", "/_event"))] == []
    assert [one["url"] for one in found if one["status"] != 200 or one["redirected"] or one["cookie"]] == []
    assert [one["url"] for one in found if "Quokka" in one["text"]] == []


def test_signing_in_and_out_over_pages_from_the_cache(installed: BrowserContext, sign_up: Callable[..., Person]) -> None:
    """Pages from the cache know who is signed in: nobody, then Ana, then nobody again."""
    page = installed.pages[0]
    ana = sign_up(page)
    page.request.delete("/api/v1/sessions/current", headers={"Origin": ana.base_url})
    page.goto("/welcome")
    kept(page)
    page.goto("/")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.get_by_role("link", name="What Taper is").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Coming off pain medicine")
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Login").fill(ana.login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="How I feel")).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_label("What should we call you?")).to_have_value("Ana")
    page.goto("/auth/sign-out")
    page.get_by_role("button", name="Sign out on this phone").click()
    page.goto("/")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_pages_that_need_the_network_say_so(installed: BrowserContext, sign_up: Callable[..., Person]) -> None:
    """Offline a plan's page does not pretend: it says what needs the network, and opens by itself once that is back."""
    page = installed.pages[0]
    sign_up(page).has_plan()
    page.goto("/plans")
    kept(page)
    installed.set_offline(True)
    for path, words in (
        ("/plan/event?kind=hold", "A plan, a pause or a change of plan needs the network."),
        ("/share", "Links for other people need the network."),
        ("/plans", "A plan, a pause or a change of plan needs the network."),
    ):
        page.goto(path)
        expect(page.get_by_text(words)).to_be_visible()
    assert serious(page) == []
    installed.set_offline(False)
    expect(page.get_by_role("link", name="morphine sulfate")).to_be_visible()


def test_the_hint_to_install_comes_late_and_once(installed: BrowserContext, sign_up: Callable[..., Person]) -> None:
    """Nothing on the first visit; a card once something was logged; then not again for 30 days."""
    page = installed.pages[0]
    ana = sign_up(page)
    hint = page.get_by_role("heading", name="Keep Taper on this phone")
    open_page(page, "/", "Today")
    kept(page)
    page.reload()
    expect(page.get_by_role("heading", name="How I feel")).to_be_visible()
    expect(hint).to_have_count(0)
    ana.logged("check_in", pain=4)
    expect(hint).to_be_visible()
    expect(page.get_by_role("button", name="Add it")).to_be_visible()
    assert serious(page) == []
    page.reload()
    expect(page.get_by_role("link", name="Add to it")).to_be_visible()
    expect(hint).to_have_count(0)


def test_an_iphone_is_told_the_steps(installed: BrowserContext, sign_up: Callable[..., Person]) -> None:
    """Where the browser has no question to show, the card tells the steps; in the installed app the way in says it is its own."""
    installed.add_init_script(
        "Object.defineProperty(navigator, 'standalone', { get: () => location.hash === '#home' });"
        "addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation(), true);"
    )
    page = installed.pages[0]
    ana = sign_up(page)
    ana.logged("check_in", pain=4)
    page.goto("/")
    expect(page.get_by_text("Choose Add to Home Screen.")).to_be_visible()
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("Choose Add to Home Screen.")).to_have_count(0)
    kept(page)
    page.request.delete("/api/v1/sessions/current", headers={"Origin": ana.base_url})
    page.goto("/history#home")
    expect(page.get_by_text("The app on your home screen has a sign-in of its own.")).to_be_visible()

"""What holds for every page: accessible, at home on a small screen, quiet in the console, and safety one tap away.

One phone of each kind goes through all of its pages: a new one for each would take minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from scripts import phones
from tests.e2e.conftest import NewPhone, Server, is_trouble
from tests.e2e.people import PASSWORD, Person, next_login, open_page, pick

PAGES = phones.pages()
PRIVATE = phones.private(PAGES)
OPEN = [path for path in PAGES if path not in PRIVATE and path != "/shared"]
AXE = Axe()


@dataclass
class Window:
    """A page that is used again and again, and what it complained about."""

    page: Page
    plan: str = ""
    draft: str = ""
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go there as on a phone in daylight, with nothing held against it yet."""
        self.complaints.clear()
        self.page.set_viewport_size({"width": phones.WIDTH, "height": phones.HEIGHT})
        self.page.emulate_media(color_scheme="light")
        self.page.goto(phones.address(path, self.plan, self.draft))
        return self.page


def window(browser: Browser, server: Server, login: str = "", **options: Any) -> Iterator[Window]:
    """A phone with one page, signed in when there is a login."""
    context = phones.phone(browser, server.url, **options)
    made = Window(context.new_page())
    if login:
        phones.sign_in(context, server.url, login, server.demo.password)
        made.plan, made.draft = phones.plan_ids(context, server.url)
    context.on("weberror", lambda error: made.complaints.append(f"error: {error.error}"))
    context.on("console", lambda message: made.complaints.append(message.text) if is_trouble(message) else None)
    context.on("response", lambda answer: made.complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    yield made
    context.close()


@pytest.fixture(scope="module")
def sam(browser: Browser, server: Server) -> Iterator[Window]:
    """The demo's Sam, who has patches, tablets and a draft."""
    yield from window(browser, server, server.demo.logins[1])


@pytest.fixture(scope="module")
def stranger(browser: Browser, server: Server) -> Iterator[Window]:
    """Somebody without an account."""
    yield from window(browser, server)


@pytest.fixture(scope="module")
def scriptless(browser: Browser, server: Server) -> Iterator[Window]:
    """Somebody whose phone runs no scripts."""
    yield from window(browser, server, java_script_enabled=False)


def serious(page: Page, *rules: str) -> list[str]:
    """What axe finds that is serious or critical, each with its place."""
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = AXE.run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """By how much the page is wider than 320 px, and than 390 px with the letters of a phone set to 200 %."""
    ask = "() => document.scrollingElement.scrollWidth"
    page.evaluate(f"() => {{ {phones.TWICE} }}")
    twice = page.evaluate(ask)
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    page.set_viewport_size({"width": 320, "height": 640})
    narrow = page.evaluate(ask)
    asked = (("200 %", twice, phones.WIDTH), ("320 px", narrow, 320))
    return [f"{wide - most} px too wide at {name}" for name, wide, most in asked if wide > most]


def look_at(page: Page) -> None:
    """All that holds for one page, light and dark, small and with large letters."""
    phones.settle(page)
    assert page.title().endswith("Taper")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert serious(page) == [], "light"
    page.emulate_media(color_scheme="dark")
    if page.url.rsplit("/", 1)[-1] == "s" or "/auth/" in page.url:
        page.evaluate("() => document.documentElement.classList.replace('light', 'dark')")  # they look at the phone once only
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    # Colors are all that differs.
    assert serious(page, "color-contrast") == [], "dark"
    assert too_wide(page) == []


def safety_is_one_tap_away(page: Page) -> None:
    """The same link in the same corner."""
    safety = page.get_by_role("banner").get_by_role("link", name="Safety", exact=True).last
    expect(safety).to_be_visible()
    expect(safety).to_have_attribute("href", "/safety")


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/shared"])
def test_page_of_a_person_signed_in(path: str, sam: Window) -> None:
    """axe finds nothing serious, nothing is too wide, the console is quiet, safety is one tap away."""
    page = sam.open(path)
    safety_is_one_tap_away(page)
    look_at(page)
    assert sam.complaints == []


@pytest.mark.parametrize("path", ["/auth/sign-out", *phones.SIGNED_IN_FORMS])
def test_way_out_of_a_person_signed_in(path: str, sam: Window) -> None:
    """The same holds for the forms that the server makes itself."""
    page = sam.open(path)
    safety_is_one_tap_away(page)
    look_at(page)
    assert sam.complaints == []


@pytest.mark.parametrize("path", ["/welcome", "/safety", "/options/yoga", "/learn/allodynia", "/running-out", *phones.FORMS])
def test_page_of_somebody_signed_out(path: str, stranger: Window) -> None:
    """The same holds for who is not signed in."""
    page = stranger.open(path)
    safety_is_one_tap_away(page)
    look_at(page)
    assert stranger.complaints == []


def test_a_page_that_is_not_there(sam: Window) -> None:
    """An address that nobody knows has a way back, and the safety card."""
    page = sam.open("/not-there")
    expect(page.get_by_role("heading", level=1, name="That page is not here")).to_be_visible()
    safety_is_one_tap_away(page)
    look_at(page)


def test_shared_page(server: Server, phone: Page) -> None:
    """The same holds for a caregiver's page."""
    phone.goto(server.demo.share_path)
    expect(phone.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    safety_is_one_tap_away(phone)
    look_at(phone)


def test_pages_with_something_on_them(ana: Person) -> None:
    """The same holds half-way: a flare just logged, an entry that is corrected, a refusal, a link just made."""
    page = ana.page
    plan = ana.has_plan()
    ana.logged("flare", started_at=ana.now(), severity_now=4)

    def bad(where: str) -> list[str]:
        phones.settle(page)
        return [f"{where}: {line}" for line in (*serious(page), *too_wide(page))]

    open_page(page, "/log", "How bad is it now?")
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(page.get_by_text("Tap a number first.")).to_be_visible()
    found = bad("refused")
    pick(page, "Pain now, 0 to 10", 6)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(page.get_by_text("Pain 6 of 10, logged.")).to_be_visible()
    found += bad("logged")
    open_page(page, "/", "Today")
    expect(page.get_by_role("button", name="It has eased")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Other")).first.tap()
    found += bad("today")
    open_page(page, "/history", "History")
    page.get_by_role("button", name=re.compile("Flare, 4 of 10")).tap()
    expect(page.get_by_role("button", name="Save changes")).to_be_visible()
    found += bad("entry")
    page.goto(f"/plan/event?kind=hold&id={plan}")
    page.get_by_role("button", name="Read the next 14 days").tap()
    expect(page.get_by_role("alert").first).to_be_visible()
    found += bad("hold refused")
    page.get_by_label("From which day?").fill(ana.today())
    page.get_by_label("Who said so?").fill("Dr. Osei")
    page.get_by_role("button", name="Read the next 14 days").tap()
    expect(page.get_by_text("Nothing is recorded yet.")).to_be_visible()
    found += bad("hold read back")
    open_page(page, "/share/new", "Share with someone")
    page.get_by_label("Who is it for?").fill("Maria")
    page.get_by_role("button", name="Make the link").tap()
    expect(page.get_by_role("heading", name=re.compile("Here is the link"))).to_be_visible()
    found += bad("link made")
    assert found == []


def test_the_recovery_code_and_a_refused_form(phone: Page) -> None:
    """The same holds for a sign-up that is refused, and for the page of the code."""
    phone.goto("/auth/sign-up")
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.get_by_role("alert").first).to_be_visible()
    look_at(phone)
    phone.get_by_label("Login").fill(next_login("ana"))
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_label("What should we call you?").fill("Ana")
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.get_by_role("heading", level=1, name="Your recovery code")).to_be_visible()
    look_at(phone)


@pytest.mark.parametrize("path", OPEN)
def test_public_pages_can_be_read_signed_out_without_a_script(path: str, scriptless: Window) -> None:
    """A public page is prerendered: it has its heading and its words, and the safety card, before any script."""
    page = scriptless.open(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.get_by_role("main").inner_text()) > 80
    safety_is_one_tap_away(page)
    assert scriptless.complaints == []


def test_the_safety_card_can_be_read_without_a_script(scriptless: Window) -> None:
    """From the first page in one tap: whom to call, the signs, and the words to say when medicine runs out."""
    page = scriptless.open("/welcome")
    page.get_by_role("link", name="Safety", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Safety")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911").first).to_have_attribute("href", "tel:911")
    page.get_by_role("link", name="I am running out of medicine").click()
    expect(page.get_by_role("main")).to_contain_text("I should not stop suddenly")
    page.go_back()
    page.get_by_role("link", name="I feel very low").click()
    expect(page.get_by_role("link", name="Call or text 988").first).to_be_visible()


@pytest.mark.parametrize("path", PRIVATE)
def test_private_pages_lead_to_the_welcome_page(path: str, scriptless: Window) -> None:
    """Who is not signed in is shown the way in, with safety in its corner."""
    page = scriptless.open(path)
    assert page.url.endswith("/welcome")
    safety_is_one_tap_away(page)


def test_today_is_prerendered(server: Server, new_phone: NewPhone) -> None:
    """Before any script runs, Today has its heading, the bar at the thumb and the way to safety."""
    context = new_phone(java_script_enabled=False)
    phones.sign_in(context, server.url, server.demo.logins[0], server.demo.password)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    bar = page.get_by_role("navigation", name="Main")
    assert bar.get_by_role("link").all_inner_texts() == ["Today", "Log pain", "History", "More"]
    safety_is_one_tap_away(page)

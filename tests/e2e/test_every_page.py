"""What holds for every page: accessible, at home on a small screen, quiet in the console, and safety one tap away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from scripts import phones
from tests.e2e.conftest import NewPhone, Server

PAGES = phones.pages()
PRIVATE = phones.private(PAGES)
OPEN = [path for path in PAGES if path not in PRIVATE and path != "/shared"]
AXE = Axe()


@pytest.fixture(scope="module")
def ids() -> dict[str, tuple[str, str]]:
    """The plan and the draft that pages are about, once found."""
    return {}


@pytest.fixture
def signed_in(server: Server, new_phone: NewPhone, ids: dict[str, tuple[str, str]]) -> Iterator[tuple[BrowserContext, tuple[str, str]]]:
    """The demo's Sam, who has patches, tablets and a draft."""
    context = new_phone()
    phones.sign_in(context, server.url, server.demo.logins[1], server.demo.password)
    if "sam" not in ids:
        ids["sam"] = phones.plan_ids(context, server.url)
    yield context, ids["sam"]


def serious(page: Page) -> list[str]:
    """What axe finds that is serious or critical, each with its place."""
    found = AXE.run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def look_at(page: Page) -> None:
    """All that holds for one page, light and dark, at 390 and at 320 px."""
    phones.settle(page)
    assert page.title().endswith("Taper")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("link", name="Safety", exact=True).first).to_be_visible()
    assert serious(page) == [], "light"
    page.emulate_media(color_scheme="dark")
    page.reload()
    phones.settle(page)
    assert serious(page) == [], "dark"
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide at 320 px"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/shared"])
def test_page_of_a_person_signed_in(path: str, signed_in: tuple[BrowserContext, tuple[str, str]]) -> None:
    """axe finds nothing serious, nothing is too wide, the console is quiet, safety is one tap away."""
    context, (plan, draft) = signed_in
    page = context.new_page()
    page.goto(phones.address(path, plan, draft))
    look_at(page)


@pytest.mark.parametrize("path", ["/welcome", "/safety", "/options/yoga", "/learn/allodynia", "/running-out", *phones.FORMS[:3]])
def test_page_of_somebody_signed_out(path: str, phone: Page) -> None:
    """The same holds for who is not signed in."""
    phone.goto(path)
    look_at(phone)


def test_shared_page(server: Server, phone: Page) -> None:
    """The same holds for a caregiver's page."""
    phone.goto(server.demo.share_path)
    expect(phone.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    look_at(phone)


@pytest.mark.parametrize("path", OPEN)
def test_public_pages_can_be_read_signed_out_without_a_script(path: str, new_phone: NewPhone) -> None:
    """A public page is prerendered: it has its heading and its words, and the safety card, before any script."""
    page = new_phone(java_script_enabled=False).new_page()
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.get_by_role("main").inner_text()) > 80
    page.get_by_role("link", name="Safety", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="Safety")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911").first).to_have_attribute("href", "tel:911")


@pytest.mark.parametrize("path", PRIVATE)
def test_private_pages_lead_to_the_welcome_page(path: str, new_phone: NewPhone) -> None:
    """Who is not signed in is shown the way in, with safety in its corner."""
    page = new_phone(java_script_enabled=False).new_page()
    page.goto(path)
    assert page.url.endswith("/welcome")
    expect(page.get_by_role("link", name="Safety", exact=True).first).to_be_visible()

"""Sharing: a link, a caregiver's phone without an account, what it shows, and its end."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPhone
from tests.e2e.people import Person, open_page, pick

SOON = 2_000  # what the issue allows, in milliseconds


def make_link(page: Page, label: str = "Maria") -> str:
    """Share with somebody as the form proposes it; the link."""
    open_page(page, "/share/new", "Share with someone")
    page.get_by_label("Who is it for?").fill(label)
    page.get_by_role("button", name="Make the link").tap()
    expect(page.get_by_role("heading", name=re.compile("Here is the link"))).to_be_visible()
    return page.get_by_label("Link", exact=True).input_value()


def open_share(page: Page, label: str = "Maria") -> None:
    """The page of one share, through the list."""
    open_page(page, "/share", "Share")
    page.get_by_role("link", name=re.compile(f"^{label}")).tap()
    expect(page.get_by_role("heading", level=1, name=label)).to_be_visible()


@pytest.fixture
def maria(new_phone: NewPhone) -> Page:
    """A page on the phone of somebody without an account."""
    return new_phone().new_page()


def test_a_caregiver_sees_a_new_flare_within_two_seconds(ana: Person, maria: Page) -> None:
    """The link opens without an account; what is logged on one phone appears on the other without reloading."""
    ana.has_plan()
    maria.goto(make_link(ana.page))
    expect(maria).to_have_url(re.compile("/shared$"))
    expect(maria.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    assert "#" not in maria.url
    open_page(ana.page, "/log", "How bad is it now?")
    pick(ana.page, "Pain now, 0 to 10", 6)
    ana.page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(maria.get_by_text("A flare, 6 of 10")).to_be_visible(timeout=SOON)


def test_the_least_is_shared_by_default(ana: Person, maria: Page) -> None:
    """The stairs and flares: no medicine, no amount, no prescriber, no notes."""
    ana.has_plan()
    ana.logged("note", text="A private line")
    maria.goto(make_link(ana.page))
    expect(maria.get_by_text("Step 1 of 2").first).to_be_visible()
    words = maria.get_by_role("main").inner_text()
    for secret in ("morphine", "30 mg", "15 mg", "Osei", "A private line"):
        assert secret not in words
    answer = maria.request.get("/api/v1/shared/summary").text()
    for secret in ("morphine", '"30"', "Osei", "A private line"):
        assert secret not in answer


def test_ending_a_share_closes_the_open_page_within_two_seconds(ana: Person, maria: Page) -> None:
    """The patient ends it, and the page that stands open says so by itself; the link opens no more."""
    ana.has_plan()
    link = make_link(ana.page)
    maria.goto(link)
    expect(maria.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    page = ana.page
    open_share(page)
    page.get_by_role("button", name="End this share").tap()
    page.get_by_role("button", name="End it now").tap()
    began = time.monotonic()
    expect(maria.get_by_role("heading", level=1, name="This link has ended")).to_be_visible(timeout=SOON)
    assert time.monotonic() - began < SOON / 1000
    assert "Step 1" not in maria.get_by_role("main").inner_text()
    maria.goto(link)
    expect(maria.get_by_text("That is all right. Ask the person who gave it to you.")).to_be_visible()


@pytest.mark.promise(14)
def test_the_patient_sees_that_somebody_looked(ana: Person, maria: Page) -> None:
    """Who looked, and when, stands under the share."""
    ana.has_plan()
    maria.goto(make_link(ana.page))
    expect(maria.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    open_page(ana.page, "/share", "Share")
    expect(ana.page.get_by_text(re.compile("Last opened"))).to_be_visible()


def test_a_share_opens_nothing_else(ana: Person, maria: Page) -> None:
    """With a share's cookie neither the app's pages nor its calls answer."""
    ana.has_plan()
    maria.goto(make_link(ana.page))
    expect(maria.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    assert maria.request.get("/api/v1/snapshot").status == 401
    maria.goto("/")
    expect(maria).to_have_url(re.compile("/welcome$"))


def choose(page: Page, scope: str) -> None:
    """Change what the one open share shows: this scope is switched."""
    page.get_by_role("button", name="Change what they see").tap()
    page.get_by_role("group", name="What may they see?").get_by_role("checkbox", name=re.compile(f"^{scope}")).tap()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)


def test_what_they_see_changes_while_their_page_is_open(ana: Person, maria: Page) -> None:
    """Widened, the medicine is there within two seconds; narrowed, the flares are gone as fast, and from what the server says."""
    ana.has_plan()
    ana.logged("flare", started_at=ana.now(), severity_now=6)
    maria.goto(make_link(ana.page))
    expect(maria.get_by_text("A flare, 6 of 10")).to_be_visible()
    open_share(ana.page)
    choose(ana.page, "The plan Medicine")
    expect(maria.get_by_text("morphine sulfate").first).to_be_visible(timeout=SOON)
    choose(ana.page, "Flares")
    expect(maria.get_by_text("A flare, 6 of 10")).to_have_count(0, timeout=SOON)
    assert maria.request.get("/api/v1/shared/summary").json()["flares"] in ([], None)


def test_a_pin_paused_frozen_and_a_new_link(ana: Person, maria: Page) -> None:
    """The door asks for the PIN; pausing closes the open page; frozen it stays at that hour; a new link ends the old one."""
    ana.has_plan()
    ana.logged("flare", started_at=ana.now(), severity_now=6)
    page = ana.page
    open_page(page, "/share/new", "Share with someone")
    page.get_by_label("Who is it for?").fill("Maria")
    page.get_by_text("A PIN, or the hour").tap()
    page.get_by_label("PIN", exact=True).fill("4711")
    page.get_by_role("button", name="Make the link").tap()
    link = page.get_by_label("Link", exact=True).input_value()
    assert page.get_by_role("img", name=re.compile("QR code")).evaluate("one => one.complete && one.naturalWidth > 100")
    maria.goto(link)
    maria.get_by_label("PIN").fill("0000")
    maria.get_by_role("button", name="Open").tap()
    expect(maria.get_by_text("That is not the PIN")).to_be_visible()
    maria.get_by_label("PIN").fill("4711")
    maria.get_by_role("button", name="Open").tap()
    expect(maria.get_by_text("A flare, 6 of 10")).to_be_visible()
    assert "#" not in maria.url
    open_share(page)
    page.get_by_role("button", name="Freeze it at this hour").tap()
    expect(maria.get_by_text(re.compile("^Shown up to"))).to_be_visible(timeout=SOON)
    ana.logged("flare", started_at=ana.now(), severity_now=9)
    page.get_by_role("button", name="Pause it").tap()
    expect(maria.get_by_role("heading", level=1, name="This link has ended")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Let it go on").tap()
    expect(page.get_by_role("button", name="Pause it")).to_be_visible()
    maria.goto("/shared")
    expect(maria.get_by_text("A flare, 6 of 10")).to_be_visible()
    expect(maria.get_by_text("A flare, 9 of 10")).to_have_count(0)
    page.get_by_role("button", name="Make a new link").tap()
    page.get_by_role("button", name="Yes, make a new link").tap()
    expect(maria.get_by_role("heading", level=1, name="This link has ended")).to_be_visible(timeout=SOON)
    assert page.get_by_label("Link", exact=True).input_value() != link


def test_the_patient_sees_what_they_see(ana: Person) -> None:
    """The preview is the caregiver's page with a line that only the patient sees, and nobody is noted to have looked."""
    ana.has_plan()
    ana.logged("flare", started_at=ana.now(), severity_now=6)
    make_link(ana.page)
    ana.page.get_by_role("link", name="See it as Maria sees it").tap()
    expect(ana.page.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    expect(ana.page.get_by_text("This is what they see")).to_be_visible()
    expect(ana.page.get_by_text("A flare, 6 of 10")).to_be_visible()
    open_page(ana.page, "/share", "Share")
    expect(ana.page.get_by_text(re.compile("Not opened yet"))).to_be_visible()

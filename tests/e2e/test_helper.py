"""A helper, from the asking to the end, on two phones."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from scripts.house import ROOT
from tests.e2e.conftest import NewPhone
from tests.e2e.people import Person, open_page, pick

SOON = 2_000  # milliseconds
SHOTS = ROOT / "build" / "shots" / "helper"


def ask(page: Page) -> str:
    """Ana asks Sam for doses and flares; the link."""
    open_page(page, "/helpers", "Helpers")
    page.get_by_label("Who is it?").fill("Sam")
    for kind in ("Doses", "Flares", "How you feel"):
        page.get_by_role("checkbox", name=re.compile(f"^{kind}")).tap()
    page.get_by_role("button", name="Make a code").tap()
    expect(page.get_by_role("heading", name="Here is the link for Sam")).to_be_visible()
    return page.get_by_label("Link", exact=True).input_value()


def picture(page: Page, name: str) -> None:
    """To look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def test_a_helper_enters_under_their_own_name(ana: Person, new_phone: NewPhone, sign_up: Callable[..., Person]) -> None:
    """Asked by a link, confirmed by name, entering for her, named in her history, and gone within a second when she ends it."""
    ana.has_plan()
    sam = sign_up(new_phone().new_page(), "Sam")
    link = ask(ana.page)
    picture(ana.page, "helpers-asked")

    # The link fills the code in and leaves the address; then Sam waits.
    sam.page.goto(link)
    expect(sam.page.get_by_label("Code", exact=True)).to_have_value(link.split("#")[1])
    assert "#" not in sam.page.url
    picture(sam.page, "helping-code")
    sam.page.get_by_role("button", name="Offer to help").tap()
    expect(sam.page.get_by_text("Waiting for Ana to say yes")).to_be_visible()
    assert "morphine" not in sam.page.content()

    # Ana's open page asks her by itself, with the name Sam signs in with.
    ana.page.get_by_role("button", name="Done", exact=True).tap()
    expect(ana.page.get_by_role("heading", name="Sam asks to help you enter")).to_be_visible(timeout=SOON)
    expect(ana.page.get_by_text(sam.login)).to_be_visible()
    picture(ana.page, "helpers-waiting")
    ana.page.get_by_role("button", name="Yes, Sam may help").tap()
    expect(ana.page.get_by_text("Helps you since")).to_be_visible()

    # Sam's open page follows; a dose, a flare in two taps, a correction.
    sam.page.get_by_role("button", name="Enter for Ana").tap()
    expect(sam.page.get_by_role("heading", level=1, name="Helping Ana")).to_be_visible()
    picture(sam.page, "helping-day")
    sam.page.get_by_role("button", name="Taken: In the morning, 2 tablets (30 mg)").tap()
    expect(sam.page.get_by_text("Logged: taken")).to_be_visible()
    sam.page.get_by_role("button", name="A flare").tap()
    pick(sam.page, "How bad is it now?", 7)
    picture(sam.page, "helping-flare")
    sam.page.get_by_role("button", name="Save", exact=True).tap()
    expect(sam.page.get_by_text("Flare, 7 of 10", exact=True)).to_be_visible()
    sam.page.get_by_role("button", name=re.compile("^Correct Flare, 7 of 10")).tap()
    pick(sam.page, "How bad is it now?", 5)
    sam.page.get_by_role("button", name="Save", exact=True).tap()
    expect(sam.page.get_by_text("Flare, 5 of 10", exact=True)).to_be_visible()
    expect(sam.page.get_by_text("Something tried")).to_have_count(0)
    picture(sam.page, "helping-logged")

    # What Ana logs is there at once, and is not Sam's to correct.
    ana.logged("flare", started_at=ana.now(), severity_now=2)
    expect(sam.page.get_by_text("Flare, 2 of 10", exact=True)).to_be_visible(timeout=SOON)
    expect(sam.page.get_by_role("button", name=re.compile("^Correct Flare, 2 of 10"))).to_have_count(0)

    # In Ana's history it is Sam's by name, and hers to change.
    open_page(ana.page, "/history", "History")
    written = ana.page.get_by_role("button").filter(has_text="Flare, 5 of 10")
    expect(written.get_by_text("Written by Sam")).to_be_visible()
    expect(ana.page.get_by_role("button").filter(has_text="Flare, 2 of 10").get_by_text("Written by")).to_have_count(0)
    picture(ana.page, "history")
    written.tap()
    expect(ana.page.get_by_text("Written by Sam").first).to_be_visible()

    # The end: nothing of Ana's is left on Sam's open page.
    open_page(ana.page, "/helpers", "Helpers")
    ana.page.get_by_role("button", name="End this Sam").tap()
    ana.page.get_by_role("button", name="Yes, end it now").tap()
    began = time.monotonic()
    expect(sam.page.get_by_text("This has ended. What you wrote stays with them.")).to_be_visible(timeout=SOON)
    assert time.monotonic() - began < SOON / 1000
    expect(sam.page.get_by_role("heading", level=1, name="Help someone enter")).to_be_visible()
    assert "Flare" not in sam.page.get_by_role("main").inner_text()
    expect(ana.page.get_by_text("Nobody helps you enter right now.")).to_be_visible()

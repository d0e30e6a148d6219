"""Pain and dose on a phone: the picture before plotly, a tap on a dot, zooming, the table, the keyboard, and a page that scrolls."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from scripts import phones
from tests.e2e.conftest import NewPhone, Server
from tests.e2e.people import Person, open_page
from tests.e2e.test_every_page import serious, too_wide

MAIN = ".over-chart .js-plotly-plot"


def opened(page: Page) -> Page:
    """The lens with its first chart drawn."""
    open_page(page, "/lens", "Pain and dose")
    expect(page.locator(f"{MAIN} .main-svg").first).to_be_visible()
    return page


def test_a_person_looks_at_three_months(at_home: Page) -> None:
    """Opens it, zooms to a week, turns back, taps a dot, reads the table, and asks for one more chart."""
    page = opened(at_home)
    main = page.get_by_role("region", name="Pain and dose")
    expect(main.get_by_text(re.compile(r"You logged pain on \d+ of 99 days\."))).to_be_visible()
    expect(main.get_by_text("It cannot tell why. Only a clinician can.")).to_be_visible()
    # Where pain stands beside a change of the dose: around each change, and patterns 3 and 4.
    expect(page.get_by_text("Do not change a dose to test this.")).to_have_count(3)
    page.get_by_role("button", name="Week", exact=True).tap()
    expect(page.get_by_role("button", name="Week", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(re.compile(r"You logged pain on \d of 7 days\.")).first).to_be_visible()
    expect(page.get_by_role("button", name="Later")).to_be_hidden()
    page.get_by_role("button", name="Earlier").tap()
    expect(page.get_by_role("button", name="Later")).to_be_visible()
    page.get_by_role("button", name="All", exact=True).tap()
    expect(main.get_by_text(re.compile(r"You logged pain on \d+ of 99 days\."))).to_be_visible()
    expect(page.locator(f"{MAIN} .points path")).to_have_count(15 + dots(page))
    dot = page.locator(f"{MAIN} .points path").nth(20).bounding_box()
    assert dot is not None
    page.touchscreen.tap(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    expect(page.locator(f"{MAIN} .hoverlayer").get_by_text(re.compile(r"\d+ \w+: \d of 10"))).to_be_visible()
    page.get_by_text("Show as a table").first.tap()
    expect(page.get_by_role("cell", name="120 mg").first).to_be_visible()
    before = page.locator(MAIN).count()
    page.get_by_role("button", name="Tap to read values").first.tap()
    expect(page.locator(MAIN)).to_have_count(before + 1)


def dots(page: Page) -> int:
    """How many days the page says have a number for pain."""
    said = page.get_by_text(re.compile(r"(\d+) days have a number for pain")).first.inner_text()
    found = re.search(r"(\d+) days have a number", said)
    assert found is not None
    return int(found[1])


def test_a_chart_never_holds_the_page_back(at_home: Page) -> None:
    """A finger that begins on a chart scrolls the page."""
    page = opened(at_home)
    box = page.locator(MAIN).bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    x, y = box["x"] + 150, box["y"] + 120
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for n in range(1, 12):
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 15 * n}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => scrollY > 60")


def test_by_keyboard_alone(at_home: Page) -> None:
    """Tab reaches the zoom and the table, Enter uses them."""
    page = opened(at_home)
    page.get_by_role("button", name="Month", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"You logged pain on \d+ of 30 days\.")).first).to_be_visible()
    page.get_by_text("Show as a table").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="Flares").first).to_be_visible()


def test_everything_drawn_is_accessible_and_fits(at_home: Page) -> None:
    """With every chart drawn and every table open, axe finds nothing serious and nothing is too wide."""
    page = opened(at_home)
    offers = page.get_by_role("button", name="Tap to read values")
    for _ in range(offers.count()):
        left = offers.count()
        offers.first.tap()
        expect(offers).to_have_count(left - 1)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert serious(page) == [] and too_wide(page) == []


def test_of_two_plans_one_is_chosen(server: Server, new_phone: NewPhone) -> None:
    """Sam has a patch and tablets as needed: the patch stands there first, the tablets can be chosen."""
    context = new_phone()
    phones.sign_in(context, server.url, server.demo.logins[1], server.demo.password)
    page = opened(context.new_page())
    expect(page.get_by_text("Stairs: mcg/h in the plan.")).to_be_visible()
    page.get_by_label("Which plan?").select_option(label="oxycodone")
    expect(page.get_by_text("This plan has no fixed daily amount")).to_be_visible()
    expect(page.get_by_role("button", name="Step", exact=True)).to_have_count(0)


def test_an_empty_log_says_how_to_begin(ana: Person) -> None:
    """One sentence and the way to the log; reached from More and from History."""
    open_page(ana.page, "/more", "More")
    ana.page.get_by_role("link", name=re.compile("^Pain and dose")).tap()
    expect(ana.page.get_by_role("link", name="Log pain").first).to_be_visible()
    expect(ana.page.get_by_text("Each pain you log gets a place in this picture")).to_be_visible()
    open_page(ana.page, "/history", "History")
    ana.page.get_by_role("link", name="See it as a picture").tap()
    expect(ana.page.get_by_role("heading", level=1, name="Pain and dose")).to_be_visible()

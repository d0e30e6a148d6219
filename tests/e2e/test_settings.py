"""Settings: zone, text size, dark, a copy of everything, and the end of everything."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.people import PASSWORD, Person, open_page


def test_name_and_zone_are_kept(ana: Person) -> None:
    """What is saved is there after a reload."""
    page = ana.page
    open_page(page, "/settings", "Settings")
    page.get_by_label("Time zone").select_option("Europe/Lisbon")
    page.get_by_label("What should we call you?").fill("Ana Lua")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Lisbon")
    expect(page.get_by_label("What should we call you?")).to_have_value("Ana Lua")


def test_text_grows_and_stays_large(ana: Person) -> None:
    """A larger text is shown at once and on the next page that is opened."""
    page = ana.page
    open_page(page, "/settings", "Settings")
    size = "() => parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    page.get_by_text("Larger", exact=True).tap()
    assert page.evaluate(size) > before * 1.2
    page.goto("/safety")
    assert page.evaluate(size) > before * 1.2


def test_dark_is_chosen_and_stays(ana: Person) -> None:
    """Dark is on at once, and from the first paint of the next visit."""
    page = ana.page
    open_page(page, "/settings", "Settings")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Dark", exact=True).tap()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.goto("/safety")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    assert page.evaluate(ground) != light


def test_a_copy_of_everything_is_a_file(ana: Person) -> None:
    """The JSON that the page for it gives holds the plan and the entries."""
    ana.has_plan()
    ana.logged("note", text="For the file")
    page = ana.page
    open_page(page, "/settings", "Settings")
    page.get_by_role("link", name="Take your data with you").tap()
    expect(page.get_by_role("heading", level=1, name="Take your data with you")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as JSON").tap()
    assert re.fullmatch(r"taper(-\d{4}-\d\d-\d\d)?\.json", download.value.suggested_filename)
    content = json.loads(Path(download.value.path()).read_text())
    assert "For the file" in json.dumps(content)
    assert "morphine sulfate" in json.dumps(content)


def test_everything_is_deleted_after_the_password(ana: Person) -> None:
    """A wrong password deletes nothing; the right one leaves nothing to sign in to."""
    ana.has_plan()
    page = ana.page
    open_page(page, "/settings", "Settings")
    page.get_by_role("link", name="Delete everything").tap()
    page.get_by_label("Password").fill("not the right password")
    page.get_by_role("button", name=re.compile("Delete")).tap()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Delete")).tap()
    expect(page.get_by_role("heading", level=1, name="Everything is deleted")).to_be_visible()
    answer = page.request.post("/api/v1/sessions", data={"login": ana.login, "password": PASSWORD}, headers={"Origin": ana.base_url})
    assert answer.status == 401
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome$"))

"""Pictures of what sharing looks like in each of its states: the forms, the questions, and a caregiver's page. For scripts/shots.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from scripts import phones

# What is asked for on the page of one share, and the name of its picture.
QUESTIONS = {
    "change": "Change what they see",
    "days": "Change when it ends",
    "pin": "Change the PIN",
    "rotate": "Make a new link",
    "end": "End this share",
}


def share_states(browser: Browser, base_url: str, demo: phones.Demo, folder: Path, *, twice: bool, **options: object) -> Iterator[Path]:
    """Everything that a share can be, as its owner and as the people with a link see it. The owner's shares end first."""
    folder.mkdir(parents=True, exist_ok=True)
    owner, maria = (phones.phone(browser, base_url, **options) for _ in range(2))
    if twice:
        for context in (owner, maria):
            phones.enlarge(context)
    phones.sign_in(owner, base_url, demo.logins[1], demo.password)
    for share in owner.request.get("/api/v1/shares").json()["shares"]:
        owner.request.delete(f"/api/v1/shares/{share['id']}", headers={"Origin": base_url})
    page, there = owner.new_page(), maria.new_page()

    def shot(which: Page, name: str) -> Path:
        phones.settle(which)
        which.screenshot(path=folder / f"share-{name}.png", full_page=True, animations="disabled")
        return folder / f"share-{name}.png"

    _open(page, "/share")
    yield shot(page, "none")
    _open(page, "/share/new")
    page.get_by_label("One year").check()
    page.get_by_role("button", name="Make the link").tap()
    page.locator(".error-summary").wait_for()
    yield shot(page, "new-wrong")
    links = {}
    for label, pin in (("Maria, my sister", "4711"), ("Dr. Osei", "")):
        links[label] = _make(page, label, pin)
        yield shot(page, "made")
    there.goto(links["Maria, my sister"])
    there.get_by_label("PIN").wait_for()
    yield shot(there, "door-pin")
    there.get_by_label("PIN").fill("4711")
    there.get_by_role("button", name="Open").tap()
    there.wait_for_url("**/shared")
    _one(page, "Maria")
    yield shot(page, "one-open")
    page.get_by_text("Who looked").first.tap()
    for name, words in QUESTIONS.items():
        page.get_by_role("button", name=words).first.tap()
        page.wait_for_timeout(300)
        yield shot(page, f"one-{name}")
        _one(page, "Maria")
    yield from _caring(page, there, links, shot)
    yield from _narrower(page, there, shot)
    _open(page, "/share")
    yield shot(page, "list")
    page.get_by_role("link", name=re.compile("^Dr. Osei")).tap()
    page.get_by_role("link", name=re.compile("^See it as")).tap()
    page.get_by_text("This is what they see").wait_for()
    yield shot(page, "preview")
    yield from _shut(page, there, shot)
    for context in (owner, maria):
        context.close()


def _make(page: Page, label: str, pin: str) -> str:
    """Share everything; the link, which the page shows."""
    _open(page, "/share/new")
    page.get_by_label("Who is it for?").fill(label)
    for box in page.get_by_role("group", name="What may they see?").get_by_role("checkbox").all():
        box.check()
    if pin:
        page.get_by_text("A PIN, or the hour").tap()
        page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Make the link").tap()
    expect(page.get_by_role("heading", name=re.compile("Here is the link"))).to_be_visible()
    return page.get_by_label("Link", exact=True).input_value()


def _narrower(page: Page, there: Page, shot: Callable[[Page, str], Path]) -> Iterator[Path]:
    """Frozen, then paused, on both sides."""
    steps = (("frozen", "Freeze it at this hour", there.get_by_text(re.compile("^Shown up to"))),
             ("paused", "Pause it", there.get_by_role("heading", name="This link has ended")))  # fmt: skip
    for name, button, seen in steps:
        page.get_by_role("button", name=button).tap()
        expect(page.get_by_role("button", name=button)).to_have_count(0)
        yield shot(page, f"one-{name}")
        seen.wait_for()
        yield shot(there, f"shared-{name}")


def _caring(page: Page, there: Page, links: dict[str, str], shot: Callable[[Page, str], Path]) -> Iterator[Path]:
    """Words and alerts on both sides."""
    _open(page, "/care")
    link = page.locator("details", has=page.get_by_role("heading", name="Maria, my sister"))
    link.locator("summary").tap()
    form = link.locator("form")
    for box in form.get_by_role("checkbox").all():
        if "muted" not in (box.get_attribute("name") or ""):
            box.check()
    for select in form.get_by_role("combobox").all():
        select.select_option(index=2)
    form.get_by_role("button").tap()
    form.get_by_role("status").wait_for()
    page.locator("main button.btn").first.tap()
    page.locator("main .note[role=status]").wait_for()
    there.goto(links["Dr. Osei"])
    there.wait_for_url("**/shared")
    there.goto(links["Maria, my sister"])
    if there.get_by_label("PIN").count():
        there.get_by_label("PIN").fill("4711")
        there.get_by_role("button", name="Open").tap()
    there.wait_for_url("**/shared**")
    phones.hydrated(there)
    heart = there.get_by_role("button", name=re.compile("heart"))
    heart.tap()
    page.wait_for_timeout(500)
    yield shot(there, "shared-live")
    _open(page, "/care")
    yield shot(page, "care")
    _one(page, "Maria")


def _shut(page: Page, there: Page, shot: Callable[[Page, str], Path]) -> Iterator[Path]:
    """A link that ten wrong PINs have shut, at its door and as its owner sees it."""
    there.goto(_make(page, "Eva", "4711"))
    for _ in range(11):
        there.get_by_label("PIN").fill("1111")
        with there.expect_response("**/api/v1/shares/open"):
            there.get_by_role("button", name="Open").tap()
    yield shot(there, "door-shut")
    _one(page, "Eva")
    yield shot(page, "one-shut")


def _open(page: Page, path: str) -> None:
    page.goto(path)
    phones.settle(page)
    phones.hydrated(page)


def _one(page: Page, label: str) -> None:
    _open(page, "/share")
    page.get_by_role("link", name=re.compile(f"^{label}")).tap()
    expect(page.get_by_role("button", name="End this share")).to_be_visible()

"""SECURITY.md row 9 in a real browser: no page breaks the policy it is sent with, and the policy bites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import phones
from tests.e2e.conftest import Server

WATCH = """
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
  console.error(`policy: ${effectiveDirective} ${blockedURI} ${sourceFile}`));
"""


@pytest.fixture(scope="module")
def watched(browser: Browser, server: Server) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A phone whose pages say what their policy refused."""
    context = phones.phone(browser, server.url)
    context.add_init_script(WATCH)
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if "olicy" in message.text else None)
    yield context, said
    context.close()


def visit(page: Page, paths: list[str], said: list[str]) -> dict[str, list[str]]:
    """What each page's policy refused."""
    broken = {}
    for path in paths:
        said.clear()
        page.goto(path)
        phones.settle(page)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        if said:
            broken[path] = list(said)
    return broken


@pytest.mark.promise(9)
def test_no_page_breaks_its_policy(watched: tuple[BrowserContext, list[str]], server: Server) -> None:
    """Every page and form, signed out and signed in, loads without one thing refused."""
    context, said = watched
    page = context.new_page()
    everything = phones.pages()
    private = set(phones.private(everything))
    out = [path for path in everything if path not in private and path != "/shared"]
    assert visit(page, [*out, *phones.FORMS, "/not-there"], said) == {}
    phones.sign_in(context, server.url, server.demo.logins[1], server.demo.password)
    ids = phones.plan_ids(context, server.url)
    assert visit(page, [phones.address(path, *ids) for path in everything], said) == {}


TRIED: dict[str, Any] = {
    # Later: while Playwright evaluates, it lets eval through.
    "eval": "() => new Promise(done => setTimeout(() => { try { done(eval('1 + 1')); } catch { done('refused'); } }))",
    "inline": "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
    " return window.ran ?? 'refused'; }",
    "elsewhere": "() => fetch('https://evil.example/').then(() => 'sent', () => 'refused')",
    "string": "() => new Promise(done => setTimeout(() => { try { done(new Function('return 2')()); } catch { done('refused'); } }))",
}


@pytest.mark.parametrize("how", TRIED)
@pytest.mark.promise(9)
def test_what_is_not_ours_does_not_run(how: str, watched: tuple[BrowserContext, list[str]]) -> None:
    """Neither eval nor an inline script nor a call to another site gets through, with the lock's line and the quick way out in place."""
    page = watched[0].new_page()
    page.goto("/safety")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(TRIED[how]) == "refused"
    page.close()

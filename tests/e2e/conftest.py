"""A real server, a real browser, a phone's window. One server a worker; the browser closes with each file.

A test that fails leaves its trace in build/e2e/: `playwright show-trace build/e2e/<test>.zip`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts import phones
from scripts.build import build
from scripts.house import ROOT, running_app
from tests.e2e.people import PASSWORD, Person, next_login

HERE = Path(__file__).parent
TRACES = ROOT / "build" / "e2e"
_report = pytest.StashKey[bool]()
# The machine may be busy with the other worker.
expect.set_options(timeout=15_000)

NewPhone = Callable[..., BrowserContext]


@dataclass(frozen=True)
class Server:
    """The app as a host runs it, with the demo's people in it."""

    url: str
    data: Path
    demo: phones.Demo


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one file go to one worker, so that each needs one browser only."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Notes whether the test itself failed, for the trace."""
    report = yield
    if report.failed:
        item.stash[_report] = True
    return report


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The built app on a free port, over a folder of its own."""
    build()
    data = tmp_path_factory.mktemp("server") / "data"
    demo = phones.fill(data)
    with running_app(data, TAPER_SIGN_UPS_PER_HOUR="100000", TAPER_CALLS_PER_MINUTE="100000") as url:
        yield Server(url, data, demo)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Not for the whole run: while Playwright is there, no other test of this process can start a loop of its own."""
    with sync_playwright() as playwright:
        made = phones.launch(playwright)
        yield made
        made.close()


@pytest.fixture
def new_phone(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[NewPhone]:
    """Makes phones: each with storage and cookies of its own. What they complain about in the console fails the test."""
    made: list[BrowserContext] = []
    complaints: list[str] = []

    def make(**options: Any) -> BrowserContext:
        context = phones.phone(browser, server.url, **options)
        context.tracing.start(screenshots=True, snapshots=True)
        context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
        context.on("console", lambda message: complaints.append(f"{message.type}: {message.text}") if is_trouble(message) else None)
        made.append(context)
        return context

    yield make
    failed = request.node.stash.get(_report, False)
    for number, context in enumerate(made):
        if failed:
            TRACES.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w-]+", "-", request.node.name)
            context.tracing.stop(path=TRACES / f"{name}-{number}.zip")
        context.close()
    if not failed:
        assert complaints == []


def is_trouble(message: Any) -> bool:
    """Whether a line in the console is a fault of the app."""
    # The browser itself logs refusals that a page expects (401, 403, 409, 422), and the socket's when a session has ended.
    # Most phones here go without the service worker (scripts/phones.py), and Playwright says so.
    expected = ("Failed to load resource", "WebSocket connection to", "Service Worker registration blocked")
    return message.type in ("error", "warning") and not any(words in message.text for words in expected)


@pytest.fixture
def phone(new_phone: NewPhone) -> Page:
    """A page on a phone that nobody is signed in on."""
    return new_phone().new_page()


@pytest.fixture
def sign_up(server: Server) -> Callable[..., Person]:
    """Makes a new account and signs a phone in, through the API; `page` is an open page of that phone."""

    def make(page: Page, name: str = "Ana", zone: str = "America/New_York") -> Person:
        login = next_login(name)
        body = {"login": login, "password": PASSWORD, "display_name": name, "zone": zone}
        answer = page.request.post("/api/v1/accounts", data=body, headers={"Origin": server.url})
        assert answer.status == 201, answer.text()
        return Person(page, server.url, login, name)

    return make


@pytest.fixture
def ana(phone: Page, sign_up: Callable[..., Person]) -> Person:
    """Ana, new and signed in."""
    return sign_up(phone)


@pytest.fixture
def at_home(server: Server, new_phone: NewPhone) -> Page:
    """A page of the demo's Ana, three months into her plan."""
    context = new_phone()
    phones.sign_in(context, server.url, server.demo.logins[0], server.demo.password)
    return context.new_page()

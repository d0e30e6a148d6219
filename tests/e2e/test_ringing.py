"""The switch on the phone, end to end: the page subscribes, the server sends, the subscription's own key opens what came.

`pushManager.subscribe()` asks the maker of the browser over the internet, so here it answers with a key pair of the test's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import phones
from scripts.build import build
from scripts.house import running_app
from tests.e2e.people import PASSWORD, open_page
from tests.services.push_service import Browser as Subscriber
from tests.services.push_service import PushService, running_push_service

STUB = """(() => {
  const made = SUBSCRIPTION;
  let found = null;
  const subscription = { ...made, options: {}, toJSON: () => made, unsubscribe: async () => ((found = null), true) };
  const pushManager = {
    getSubscription: async () => found,
    subscribe: async ({ applicationServerKey }) => ((window.subscribedWith = applicationServerKey.length), (found = subscription)),
  };
  Object.defineProperty(navigator.serviceWorker, "ready", { get: () => Promise.resolve({ pushManager }) });
})();"""


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """A push service on loopback."""
    with running_push_service() as found:
        yield found


@pytest.fixture(scope="module")
def url(service: PushService) -> Iterator[str]:
    """A server that may push to it."""
    build()
    with running_app(TAPER_PUSH_HOSTS=service.netloc, NO_PROXY="127.0.0.1") as found:
        yield found


@pytest.fixture
def subscriber(service: PushService) -> Subscriber:
    """What the phone's browser would make."""
    return service.browser("phone")


@pytest.fixture
def page(browser: Browser, url: str, subscriber: Subscriber) -> Iterator[Page]:
    """A signed-in phone that lets Taper send messages when it is asked."""
    context = phones.phone(browser, url)
    context.grant_permissions(["notifications"], origin=url)
    context.add_init_script(STUB.replace("SUBSCRIPTION", json.dumps(subscriber.subscription)))
    body = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
    assert context.request.post("/api/v1/accounts", data=body, headers={"Origin": url}).status == 201
    yield context.new_page()
    context.close()


def test_a_phone_is_switched_on_and_rings(page: Page, service: PushService, subscriber: Subscriber) -> None:
    """A tap subscribes with the server's key, the test button makes it ring, another tap ends it on both sides."""
    open_page(page, "/reminders", "Reminders")
    switch = page.get_by_role("switch", name="Ring on this phone")
    expect(switch).not_to_be_checked()
    assert page.request.get("/api/v1/push/key").json()["here"] is False
    switch.tap()
    expect(switch).to_be_checked()
    assert page.evaluate("window.subscribedWith") == 65
    page.get_by_role("button", name="Send me one now").tap()
    expect(page.get_by_text("It is on its way.")).to_be_visible()
    [found] = service.read(subscriber)
    assert (found["title"], found["body"]) == ("A reminder from Taper", "This is how a reminder looks.")
    service.answers = [503]
    page.get_by_role("button", name="Send me one now").tap()
    expect(page.get_by_role("alert")).to_contain_text("The reminder did not go out just now.")
    switch.tap()
    expect(switch).not_to_be_checked()
    assert page.request.get("/api/v1/push/key").json()["here"] is False

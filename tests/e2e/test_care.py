"""What goes back and forth between a patient and caregivers: words, "I'm OK", alerts, and several people on one phone."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import phones
from scripts.build import build
from scripts.house import running_app
from tests.e2e.people import PASSWORD, Person, next_login, open_page, pick
from tests.e2e.test_ringing import STUB
from tests.services.push_service import Browser as Subscriber
from tests.services.push_service import PushService, running_push_service

SOON = 2_000  # what the issue allows, in milliseconds
TICKS = 50  # seconds: the server looks every 20


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
    """What the caregiver's browser would make."""
    return service.browser(next_login("sam"))


@pytest.fixture
def sam(browser: Browser, url: str, subscriber: Subscriber) -> Iterator[Page]:
    """A page on a phone without an account that lets Taper send messages when it is asked."""
    context = phones.phone(browser, url)
    context.grant_permissions(["notifications"], origin=url)
    context.add_init_script(STUB.replace("SUBSCRIPTION", json.dumps(subscriber.subscription)))
    yield context.new_page()
    context.close()


def somebody(browser: Browser, url: str, name: str) -> Person:
    """A patient with a plan, signed in on a phone of their own."""
    page = phones.phone(browser, url).new_page()
    login = next_login(name)
    body = {"login": login, "password": PASSWORD, "display_name": name, "zone": "America/New_York"}
    assert page.request.post("/api/v1/accounts", data=body, headers={"Origin": url}).status == 201
    person = Person(page, url, login, name)
    person.has_plan()
    return person


@pytest.fixture
def ana(browser: Browser, url: str) -> Iterator[Person]:
    """Ana, who tapers."""
    person = somebody(browser, url, "Ana")
    yield person
    person.page.context.close()


def opens(page: Page, person: Person, label: str = "Sam") -> str:
    """This page goes through the door of a new share; the share's id."""
    made = person.call("POST", "/shares", {"label": label})
    page.goto(made["url"])
    expect(page.get_by_role("heading", level=1, name=f"{person.name}'s day")).to_be_visible()
    return str(made["id"])


def test_words_go_back_and_forth(ana: Person, sam: Page) -> None:
    """Allowed on the patient's page, a heart and a word reach it with the label; "I'm OK" is on the open shared page in two seconds."""
    opens(sam, ana)
    expect(sam.get_by_role("button", name="Send a heart")).to_have_count(0)
    page = ana.page
    open_page(page, "/care", "Words and alerts")
    link = page.get_by_role("group").filter(has=page.get_by_role("heading", name="Sam"))
    expect(link.get_by_text("All off")).to_be_visible()
    link.locator("summary").tap()
    page.get_by_text("May send a heart or a short word").tap()
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(link.get_by_text("Words on")).to_be_visible()
    sam.get_by_role("button", name="Send a heart").tap()
    expect(sam.get_by_text("Sent.", exact=True)).to_be_visible()
    sam.get_by_label("Your own words, up to 80 letters").fill("<b>Soup at six?</b>")
    sam.get_by_role("button", name="Send", exact=True).tap()
    expect(sam.get_by_label("Your own words, up to 80 letters")).to_have_value("")
    open_page(page, "/care", "Words and alerts")
    words = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Clear the words of Sam"))
    expect(words).to_have_count(2)
    expect(words.filter(has_text="A heart")).to_have_count(1)
    # As text, never as markup.
    expect(words.filter(has_text="<b>Soup at six?</b>")).to_have_count(1)
    page.get_by_role("button", name="Say: I'm OK").tap()
    expect(sam.get_by_text("Ana says: I'm OK. Today.")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Take it back").tap()
    expect(sam.get_by_text("Ana says: I'm OK. Today.")).to_have_count(0, timeout=SOON)


def test_an_alert_that_the_patient_chose_reaches_the_caregiver(
    ana: Person, sam: Page, service: PushService, subscriber: Subscriber
) -> None:
    """What is chosen stands on the caregiver's page; their phone is subscribed by a tap, and a flare of 8 rings it in discreet words."""
    share_id = opens(sam, ana)
    page = ana.page
    open_page(page, "/care", "Words and alerts")
    page.locator("summary").filter(has_text="Sam").tap()
    page.get_by_label("When a flare is this bad or worse").select_option("7")
    page.get_by_label("When nothing is shared for this many days").select_option("3")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(sam.get_by_text("a flare of 7 or more is logged")).to_be_visible()
    expect(sam.get_by_text("nothing was shared for 3 days")).to_be_visible()
    expect(sam.get_by_text("No alert does not mean that all is well. Quiet does not mean fine.")).to_be_visible()
    sam.get_by_role("button", name="Send alerts to this phone").tap()
    expect(sam.get_by_role("button", name="No more alerts on this phone")).to_be_visible()
    open_page(page, "/log", "How bad is it now?")
    pick(page, "Pain now, 0 to 10", 8)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    expect(sam.get_by_text("A flare, 8 of 10")).to_be_visible()
    until = time.monotonic() + TICKS
    while not (rang := service.read(subscriber)) and time.monotonic() < until:
        sam.wait_for_timeout(100)
    [alert] = rang
    assert (alert["title"], alert["body"]) == ("Taper", "Ana shared something with you. Open Taper.")
    assert not re.search(r"flare|morphine|opioid|mg\b|\b8\b", f"{alert['title']} {alert['body']}")
    # What a tap on it opens is that person's view.
    assert alert["url"] == f"/shared?share={share_id}"
    sam.goto(alert["url"])
    expect(sam.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    sam.get_by_role("button", name="No more alerts on this phone").tap()
    expect(sam.get_by_role("button", name="Send alerts to this phone")).to_be_visible()


def test_two_people_on_one_phone_are_apart(browser: Browser, url: str, ana: Person, sam: Page) -> None:
    """Each has a page of their own; a page that is open keeps to its person; one can be left, and the other stays."""
    bea = somebody(browser, url, "Bea")
    ana.logged("flare", started_at=ana.now(), severity_now=6)
    bea.logged("flare", started_at=bea.now(), severity_now=3)
    opens(sam, ana)
    second = sam.context.new_page()
    opens(second, bea)
    expect(second.get_by_text("A flare, 3 of 10")).to_be_visible()
    expect(second.get_by_text("A flare, 6 of 10")).to_have_count(0)
    # Ana's page, opened first, goes on with Ana when something changes.
    ana.logged("flare", started_at=ana.now(), severity_now=5)
    expect(sam.get_by_text("A flare, 5 of 10")).to_be_visible()
    expect(sam.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    expect(sam.get_by_text("A flare, 3 of 10")).to_have_count(0)
    second.get_by_role("link", name="Ana").tap()
    expect(second.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    expect(second.get_by_text("A flare, 3 of 10")).to_have_count(0)
    second.get_by_role("button", name="Close this view here").tap()
    expect(second.get_by_role("heading", level=1, name="Bea's day")).to_be_visible()
    expect(second.get_by_role("heading", name="People on this phone")).to_have_count(0)
    sam.reload()
    expect(sam.get_by_role("heading", level=1, name="Bea's day")).to_be_visible()
    bea.page.context.close()

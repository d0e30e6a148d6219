"""No signal: the app opens, takes every kind of entry, and each reaches the server exactly once, later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import phones
from scripts.house import free_port, running_app
from tests.e2e.conftest import Server
from tests.e2e.people import PASSWORD, Person, next_login, open_page, pick
from tests.e2e.test_installed import kept

# What the browser's database holds of forms half-filled, as it lies there.
DRAFTS = """() => new Promise((done) => {
  const opening = indexedDB.open("taper");
  opening.onsuccess = () => {
    const asking = opening.result.transaction("kept").objectStore("kept").get(IDBKeyRange.lowerBound("drafts"));
    asking.onsuccess = () => { opening.result.close(); done(String(asking.result?.box.iv ?? "")); };
  };
})"""


# Cut the first entry that waits short, as a disk may.
DAMAGE = """() => new Promise((done) => {
  const opening = indexedDB.open("taper");
  opening.onsuccess = () => {
    const store = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
    store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
      const update = cursor.update({ ...cursor.value, box: { ...cursor.value.box, data: cursor.value.box.data.slice(3) } });
      update.onsuccess = () => { opening.result.close(); done(); };
    };
  };
})"""


class Phones:
    """Phones that keep what they are given, and can be switched off and on."""

    def __init__(self, browser: Browser, folder: Path, url: str) -> None:
        self.browser, self.folder, self.url = browser, folder, url
        self._on: list[BrowserContext] = []

    def switch_on(self, name: str = "phone") -> BrowserContext:
        """This phone, with everything that it kept."""
        self._on.append(phones.installed(self.browser, self.url, self.folder / name))
        return self._on[-1]

    def close(self) -> None:
        """All off."""
        for context in self._on:
            context.close()


class House(Phones):
    """The same with a server of its own, which can be shut down and started again."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.port = free_port()
        super().__init__(browser, folder, f"http://127.0.0.1:{self.port}")
        self._server = ExitStack()

    def up(self) -> None:
        """Start the server, over the data that is there."""
        self._server.enter_context(running_app(self.folder / "data", port=self.port))

    def down(self) -> None:
        """End it."""
        self._server.close()

    def close(self) -> None:
        """Everything off."""
        super().close()
        self.down()


@pytest.fixture
def drawer(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Phones]:
    """Phones for the server that is there."""
    made = Phones(browser, tmp_path, server.url)
    yield made
    made.close()


@pytest.fixture
def house(browser: Browser, tmp_path: Path) -> Iterator[House]:
    """Phones with a server that may end."""
    made = House(browser, tmp_path)
    made.up()
    yield made
    made.close()


def sign_up(context: BrowserContext, url: str, name: str = "Ana") -> Person:
    """A new account, signed in on this phone, the app there."""
    page = context.pages[0]
    login = next_login(name)
    body = {"login": login, "password": PASSWORD, "display_name": name, "zone": "America/New_York"}
    assert page.request.post(f"{url}/api/v1/accounts", data=body, headers={"Origin": url}).status == 201
    person = Person(page, url, login, name)
    person.has_plan(prescriber=f"Dr. {name}")
    page.goto("/")
    kept(page)
    expect(page.get_by_role("heading", name="Due today")).to_be_visible()
    return person


def log_flare(page: Page, severity: int, *, kept: bool = True) -> None:
    """A flare, from any page, until the page says where it is; with `kept` false the phone has no room."""
    page.get_by_role("link", name="Log pain").tap()
    pick(page, "Pain now, 0 to 10", severity)
    page.get_by_role("button", name="Save", exact=True).first.tap()
    page.wait_for_url("**/log/saved")
    if kept:
        expect(page.get_by_text(re.compile("^(On this phone, waiting|Saved|Not saved yet)$")).last).to_be_visible()


def log_everything(page: Page) -> dict[str, int]:
    """Every kind of entry by hand, twenty in all; how many of each."""
    open_page(page, "/", "Today")
    for part in ("morning", "evening"):
        row = page.get_by_role("listitem").filter(has_text=f"In the {part}")
        row.get_by_role("button", name=re.compile("^Took it")).tap()
        expect(row).to_contain_text("on this phone")
    needed = page.get_by_role("listitem").filter(has_text="if needed, at most 2 a day")
    needed.get_by_role("button", name=re.compile("^Log one")).tap()
    expect(needed).to_contain_text("Logged in 24 hours: 1")
    expect(needed).to_contain_text("on this phone")
    open_page(page, "/check-in", "How I feel")
    pick(page, re.compile("pain", re.IGNORECASE), 4)
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("On this phone, waiting")).to_be_visible()
    open_page(page, "/peg", "The past week")
    for group in page.get_by_role("group").all():
        group.locator("label").nth(5).tap()
    page.get_by_role("button", name="Save", exact=True).tap()
    waits = page.get_by_text("On this phone, waiting", exact=True)
    expect(waits).to_be_visible()
    open_page(page, "/options/yoga", "Yoga")
    pick(page, "Pain before", 6)
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(waits).to_be_visible()
    open_page(page, "/background", "About my pain")
    page.get_by_text("The same", exact=True).tap()
    page.get_by_role("button", name="Save", exact=True).first.tap()
    pick(page, re.compile("pain", re.IGNORECASE), 3)
    page.get_by_role("button", name="Save", exact=True).nth(1).tap()
    expect(waits).to_have_count(2)
    open_page(page, "/questions", "Questions for my visit")
    page.get_by_label("A new question").fill("May I walk to the market?")
    page.get_by_role("button", name="Add it").tap()
    expect(page.get_by_text("on this phone", exact=True)).to_be_visible()
    open_page(page, "/people", "My safety details")
    page.get_by_label("Where is your naloxone?").fill("Kitchen, top drawer")
    page.get_by_role("button", name="Save naloxone").tap()
    expect(waits).to_be_visible()
    open_page(page, "/", "Today")
    for severity in range(1, 11):
        log_flare(page, severity)
    return {"dose": 3, "check_in": 1, "peg": 1, "option_tried": 1, "condition": 1, "baseline": 1, "question": 1, "naloxone": 1, "flare": 10}


@pytest.mark.promise(16)
def test_twenty_entries_without_a_server_reach_it_once(house: House) -> None:
    """The server is gone and the app is closed and opened twice: all is shown as on this phone, then is on the server, once each."""
    ana = sign_up(house.switch_on(), house.url)
    house.down()
    ana.page.context.close()
    page = house.switch_on().pages[0]
    expect_counts = log_everything(page)
    assert sum(expect_counts.values()) == 20
    page.context.close()
    page = house.switch_on().pages[0]
    open_page(page, "/history", "History")
    expect(page.get_by_role("main").get_by_role("button", name=re.compile("Flare, "))).to_have_count(10)
    expect(page.get_by_text(re.compile(r"^Offline\. .*Plan as of"))).to_be_visible()
    house.up()
    page.evaluate("dispatchEvent(new Event('online'))")
    here = replace(ana, page=page)
    assert Counter(entry["kind"] for entry in here.entries(20)) == expect_counts
    expect(page.get_by_text("on this phone", exact=True)).to_have_count(0)
    assert len({entry["id"] for entry in here.entries()}) == 20


def test_the_network_cut_and_back(drawer: Phones) -> None:
    """In a tunnel: the dose is on this phone; out of it the page says saved by itself, and the line about being offline goes."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    page = ana.page
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text(re.compile(r"^Offline\."))).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="In the morning")
    row.get_by_role("button", name=re.compile("^Took it")).tap()
    expect(row).to_contain_text("on this phone")
    page.context.set_offline(False)
    expect(row).to_contain_text("saved")
    expect(page.get_by_text(re.compile(r"^Offline\."))).to_have_count(0)
    assert len(ana.entries(1)) == 1


def test_the_worker_sends_when_every_page_is_closed(house: House) -> None:
    """Background Sync: entries that wait are sent by the worker alone, once there is a server again."""
    ana = sign_up(house.switch_on(), house.url)
    page = ana.page
    house.down()
    open_page(page, "/log", "How bad is it now?")
    log_flare(page, 5)
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(it["registrationId"] for it in event["registrations"]))
    session.send("ServiceWorker.enable")
    house.up()
    page.goto("about:blank")
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": house.url, "registrationId": found[0], "tag": "taper-outbox", "lastChance": False},
    )
    assert [entry["kind"] for entry in ana.entries(1)] == ["flare"]


def test_a_full_phone_says_so_at_once(drawer: Phones) -> None:
    """With no room left an entry is not lost silently: the page says to stay or save a file; once sent it is saved, and the words go."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    ana.page.context.close()
    page = drawer.switch_on().pages[0]
    # Chromium asks once how much room there is, so before the app does.
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": drawer.url, "quotaSize": 1})
    open_page(page, "/log", "How bad is it now?")
    page.context.set_offline(True)
    log_flare(page, 9, kept=False)
    expect(page.get_by_role("alert")).to_contain_text("This phone is full.")
    with page.expect_download() as given:
        page.get_by_role("button", name="Save as a file").tap()
    assert '"severity_now": 9' in given.value.path().read_text()
    page.context.set_offline(False)
    assert [entry["data"]["severity_now"] for entry in replace(ana, page=page).entries(1)] == [9]
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_damaged_entry_is_said_and_the_rest_goes(drawer: Phones) -> None:
    """Of two waiting entries one is damaged: the app opens, sends the other, says that one cannot be read, and clears it when told."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    page = ana.page
    page.context.set_offline(True)
    for severity in (3, 4):
        log_flare(page, severity)
    page.evaluate(DAMAGE)
    page.goto("/")
    expect(page.get_by_text("One entry on this phone cannot be read any more.")).to_be_visible()
    page.context.set_offline(False)
    assert [entry["data"]["severity_now"] for entry in ana.entries(1)] == [4]
    page.get_by_role("button", name="Clear it away").tap()
    expect(page.get_by_text("cannot be read any more")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Due today")).to_be_visible()
    expect(page.get_by_text("cannot be read any more")).to_have_count(0)


def test_a_refused_entry_says_why_and_is_mended(drawer: Phones) -> None:
    """A phone two days ahead logs a note: it is refused with words, stays, and goes through once clock and entry are put right."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    page = ana.page
    page.clock.install()
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=2))
    open_page(page, "/log", "How bad is it now?")
    log_flare(page, 2)
    open_page(page, "/", "Today")
    refused = page.locator(".error-summary").filter(has_text="This was not saved")
    expect(refused).to_contain_text("clock")
    assert ana.entries() == []
    page.clock.set_fixed_time(datetime.now(UTC))
    refused.get_by_role("button", name="Change it").tap()
    pick(page, re.compile("How bad|Pain now"), 3)
    page.get_by_role("button", name="Save changes").tap()
    assert [entry["data"]["severity_now"] for entry in ana.entries(1)] == [3]


def test_two_tabs_agree_without_signal(drawer: Phones) -> None:
    """What one tab logs the other shows at once; back on line it is sent once."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    first, second = ana.page, ana.page.context.new_page()
    open_page(second, "/history", "History")
    ana.page.context.set_offline(True)
    log_flare(first, 6)
    expect(second.get_by_role("button", name=re.compile("Flare, 6 of 10"))).to_contain_text("on this phone")
    ana.page.context.set_offline(False)
    expect(second.get_by_text("on this phone", exact=True)).to_have_count(0)
    assert len(ana.entries(1)) == 1


@pytest.mark.promise(11)
def test_a_session_that_ran_out_keeps_what_waits(drawer: Phones) -> None:
    """The session ends elsewhere while an entry waits: the page says so, and after signing in again it is sent."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    page = ana.page
    page.context.set_offline(True)
    log_flare(page, 7)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="taper")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_text("One entry waits on this phone.")).to_be_visible()
    assert any(cookie["name"] == "taper" for cookie in cookies)
    page.get_by_role("link", name="Sign in").tap()
    page.get_by_label("Login").fill(ana.login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").tap()
    expect(page.get_by_role("heading", name="Due today")).to_be_visible()
    assert [entry["data"]["severity_now"] for entry in ana.entries(1)] == [7]


@pytest.mark.promise(11)
def test_signing_out_without_signal_asks_first(drawer: Phones) -> None:
    """An entry that cannot be sent can be kept as a file, or waited for; only then is it deleted, and the session ends later."""
    ana = sign_up(drawer.switch_on(), drawer.url)
    page = ana.page
    page.context.set_offline(True)
    log_flare(page, 8)
    page.goto("/sign-out")
    expect(page.get_by_role("heading", name="One entry is only on this phone")).to_be_visible()
    with page.expect_download() as given:
        page.get_by_role("button", name="Save as a file").tap()
    assert '"severity_now": 8' in given.value.path().read_text()
    page.get_by_role("button", name="Sign out and delete it").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Coming off pain medicine")
    page.goto("/history")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/")
    page.wait_for_function("() => !document.cookie.includes('taper-leaving')")
    assert page.request.get(f"{drawer.url}/api/v1/entries").status == 401


@pytest.mark.promise(11)
def test_the_profile_folder_holds_nothing_to_read(drawer: Phones) -> None:
    """Entries, plan and half-filled forms lie on the phone encrypted: no word of them is in any file of the browser's folder."""
    ana = sign_up(drawer.switch_on(), drawer.url, "QuokkaAna")
    page = ana.page
    page.context.set_offline(True)
    open_page(page, "/questions", "Questions for my visit")
    page.get_by_label("A new question").fill("QuokkaQuestion")
    page.get_by_role("button", name="Add it").tap()
    expect(page.get_by_text("on this phone")).to_be_visible()
    before = page.evaluate(DRAFTS)
    page.get_by_label("A new question").fill("QuokkaDraft")
    page.evaluate(f"async (before) => {{ while ((await ({DRAFTS})()) === before) await new Promise(requestAnimationFrame); }}", before)
    page.reload()
    expect(page.get_by_label("A new question")).to_have_value("QuokkaDraft")
    page.context.close()
    folder = drawer.folder / "phone"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any("IndexedDB" in str(file) for file in files)
    needles = ["Quokka".encode(code) for code in ("utf-8", "utf-16-le")]
    assert [file for file in files if any(needle in file.read_bytes() for needle in needles)] == []


def test_the_other_device_shows_an_entry_within_two_seconds(drawer: Phones) -> None:
    """A dose ticked on the phone is ticked on the open tablet, without anybody touching it."""
    ana = sign_up(drawer.switch_on("tablet"), drawer.url)
    phone = drawer.switch_on().pages[0]
    phones.sign_in(phone.context, drawer.url, ana.login, PASSWORD)
    open_page(phone, "/", "Today")
    here, there = (page.get_by_role("listitem").filter(has_text="In the morning") for page in (phone, ana.page))
    expect(there.get_by_role("button", name=re.compile("^Took it"))).to_be_visible()
    here.get_by_role("button", name=re.compile("^Took it")).tap()
    expect(there.get_by_role("button", name=re.compile("Taken"))).to_be_visible(timeout=2000)

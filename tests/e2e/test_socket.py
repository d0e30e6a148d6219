"""The socket: only for who is signed in, and nothing of one person reaches the next on a shared phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPhone, Server
from tests.e2e.people import PASSWORD, Person, open_page, plan_body

CANARY = "canary-chloride"
ASK = """() => new Promise(done => {
    const socket = new WebSocket(`ws://${location.host}/_event/?EIO=4&transport=websocket`);
    socket.onopen = () => done("open");
    socket.onerror = () => done("refused");
})"""


def sockets(page: Page) -> list[str]:
    """The addresses of every socket that this page tries to open from now on."""
    found: list[str] = []
    page.on("websocket", lambda socket: found.append(socket.url))
    return found


def test_pages_that_anybody_may_read_open_no_socket(phone: Page) -> None:
    """Signed out, no page tries to connect, and whoever tries by hand is refused."""
    tried = sockets(phone)
    for path, heading in (("/welcome", "Coming off"), ("/safety", "Safety"), ("/learn", "Learn"), ("/options", "Things that can help")):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1, name=re.compile(heading))).to_be_visible()
        phone.wait_for_load_state("networkidle")
    assert tried == []
    assert phone.evaluate(ASK) == "refused"


def test_a_share_opens_no_socket(server: Server, phone: Page) -> None:
    """A caregiver's page reads over plain HTTP, and its cookie does not open the socket."""
    tried = sockets(phone)
    phone.goto(server.demo.share_path)
    expect(phone.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    expect(phone.get_by_role("heading", name="How you can help")).to_be_visible()
    assert tried == []
    assert phone.evaluate(ASK) == "refused"


def test_a_shared_phone_forgets_who_signed_out(ana: Person, new_phone: NewPhone) -> None:
    """Ana signs out and Ben signs in, in the same tab: no page and no frame of the socket tells Ben of Ana."""
    page = ana.page
    plan = ana.has_plan(medication=plan_body()["medication"] | {"name": CANARY})
    ana.logged("flare", started_at=ana.now(), severity_now=6, note=CANARY)
    open_page(page, "/", "Today")
    expect(page.get_by_text(CANARY).first).to_be_visible()
    for path in ("/history", "/plans", f"/plan?id={plan}", "/settings"):
        page.goto(path)
        expect(page.get_by_text(CANARY).first if path != "/settings" else page.get_by_label("Time zone")).to_be_visible()
    page.goto("/auth/sign-out")
    page.get_by_role("button", name="Sign out on this phone").tap()
    expect(page).to_have_url(re.compile("/welcome$"))

    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    ben = _account(new_phone, ana.base_url)
    page.goto("/auth/sign-in")
    page.get_by_label("Login").fill(ben)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").tap()
    expect(page.get_by_role("heading", name="Start with your plan")).to_be_visible()
    seen = [page.content()]
    open_page(page, "/history", "History")
    expect(page.get_by_text("Nothing logged").first).to_be_visible()
    seen.append(page.content())
    open_page(page, "/plans", "My plans")
    expect(page.get_by_text("No plan yet.")).to_be_visible()
    seen.append(page.content())
    page.goto(f"/plan?id={plan}")
    expect(page.get_by_text("This plan is not here").first).to_be_visible()
    seen.append(page.content())
    open_page(page, "/settings", "Settings")
    expect(page.get_by_label("What should we call you?")).to_have_value("Ben")
    seen.append(page.content())
    seen.append(page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])"))
    assert heard
    assert not [text for text in (*heard, *seen) if CANARY in text or ana.login in text]


def _account(new_phone: NewPhone, base_url: str) -> str:
    """Ben, who has an account already; his login."""
    other = new_phone().request
    login = f"ben-{id(other):x}"
    body = {"login": login, "password": PASSWORD, "display_name": "Ben", "zone": "America/New_York"}
    assert other.post("/api/v1/accounts", data=body, headers={"Origin": base_url}).status == 201
    return login

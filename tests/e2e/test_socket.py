"""The socket is only for who is signed in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server

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


@pytest.mark.promise(1)
def test_pages_that_anybody_may_read_open_no_socket(phone: Page) -> None:
    """Signed out, no page tries to connect, and whoever tries by hand is refused."""
    tried = sockets(phone)
    for path, heading in (("/welcome", "Coming off"), ("/safety", "Safety"), ("/learn", "Learn"), ("/options", "Things that can help")):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1, name=re.compile(heading))).to_be_visible()
        phone.wait_for_load_state("networkidle")
    assert tried == []
    assert phone.evaluate(ASK) == "refused"


@pytest.mark.promise(1)
def test_a_share_opens_no_socket(server: Server, phone: Page) -> None:
    """A caregiver's page reads over plain HTTP, and its cookie does not open the socket."""
    tried = sockets(phone)
    phone.goto(server.demo.share_path)
    expect(phone.get_by_role("heading", level=1, name="Ana's day")).to_be_visible()
    expect(phone.get_by_role("heading", name="How you can help")).to_be_visible()
    assert tried == []
    assert phone.evaluate(ASK) == "refused"

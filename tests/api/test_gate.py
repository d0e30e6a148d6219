"""The gate before the socket and the pages."""

from __future__ import annotations

import base64
import hashlib
import logging
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from starlette.websockets import WebSocketDisconnect

from taper_app.api.gate import PUBLIC, own_state, script_hashes
from taper_app.api.logs import hide_cookies_from_logs
from tests.api.phone import ORIGIN, PASSWORD, caregiver, cookie, phone, signed_up

DOCUMENT = {"sec-fetch-dest": "document", "accept": "text/html"}


@pytest.mark.parametrize(
    ("cookies", "origin"),
    [
        ("", ORIGIN),
        ("taper=wrong", ORIGIN),
        ("taper=", ORIGIN),
        ("good", ""),
        ("good", "null"),
        ("good", "https://evil.example"),
        ("good", "http://127.0.0.1:3001"),
        ("share", ORIGIN),
        ("ended", ORIGIN),
    ],
)
@pytest.mark.promise(1)
def test_the_socket_is_refused(cookies: str, origin: str) -> None:
    """No cookie, a bad, ended or share cookie, a foreign or missing Origin: 403, for sockets and for polling."""
    ana = signed_up()
    if cookies == "good":
        cookies = cookie(ana)
    elif cookies == "share":
        cookies = cookie(caregiver(ana)[0]).replace("taper-share=", "taper=")
    elif cookies == "ended":
        cookies = cookie(ana)
        ana.delete("/api/v1/sessions/current")
    headers = {name: value for name, value in (("cookie", cookies), ("origin", origin)) if value}
    for method in ("GET", "POST"):
        assert phone(**headers).request(method, "/_event/?EIO=4&transport=polling").status_code == 403
    for path in ("/_event", "/_event/?EIO=4&transport=websocket", "/other"):
        with pytest.raises(WebSocketDisconnect), phone(**headers).websocket_connect(path):
            raise AssertionError("it opened")


def test_the_socket_opens_for_the_patient() -> None:
    """With a session and our Origin the socket works."""
    headers = {"cookie": cookie(signed_up()), "origin": ORIGIN}
    with phone(**headers).websocket_connect("/_event/") as socket:
        socket.send_text("4hello")
        assert socket.receive_text() == "4hello"
    assert phone(**headers).get("/_event/").status_code == 200


@pytest.mark.parametrize("how", ["here", "everywhere", "deleted"])
@pytest.mark.promise(3)
def test_an_open_socket_ends_with_its_session(how: str) -> None:
    """Signing out, here or everywhere, and deleting the account close the socket."""
    ana = signed_up()
    with phone(cookie=cookie(ana), origin=ORIGIN).websocket_connect("/_event/") as socket:
        if how == "here":
            ana.delete("/api/v1/sessions/current")
        elif how == "everywhere":
            ana.post("/auth/sign-out", data={"everywhere": "1"})
        else:
            ana.delete("/api/v1/accounts/me")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == 4401


@pytest.mark.parametrize(
    "path",
    ["/", "/log", "/history", "/more", "/plan", "/plan/new", "/share", "/settings", "/check-in", "/es/plan", "/sharedx", "/plan.html"],
)
@pytest.mark.promise(1)
def test_private_pages_lead_to_welcome(path: str) -> None:
    """Without a session a private page leads to /welcome, in its language; with one it is shown."""
    answer = phone().get(path, headers=DOCUMENT)
    assert answer.status_code == 303
    assert answer.headers["location"] == ("/es/welcome" if path.startswith("/es/") else "/welcome")
    assert answer.headers["cache-control"] == "no-store"
    assert "backend-enabled=false" in answer.headers["set-cookie"]
    signed_in = signed_up().get(path, headers=DOCUMENT)
    assert signed_in.status_code == 200
    assert "Max-Age=0" in signed_in.headers["set-cookie"]


@pytest.mark.parametrize("path", [*PUBLIC, "/options/yoga", "/learn/what-it-is", "/es/safety", "/taper.css", "/sw.js", "/assets/x-1a2b.js"])
def test_public_pages_are_shown(path: str) -> None:
    """Safety, learning and files are there for everybody."""
    assert phone().get(path, headers=DOCUMENT).status_code == 200


@pytest.mark.promise(10)
def test_the_worker_may_fetch_and_nothing_else() -> None:
    """The worker's script is asked for again each time, and its policy lets it fetch our own files and load no other script."""
    answer = phone().get("/sw.js", headers={"sec-fetch-dest": "serviceworker"})
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; connect-src 'self';")
    assert answer.headers["cache-control"] == "no-cache"


def test_the_worker_gets_the_empty_shells() -> None:
    """What the worker fetches for its cache is the same for everybody: no way to /welcome, and no cookie."""
    answer = phone().get("/settings", headers={"sec-fetch-dest": "empty", "accept": "*/*"})
    assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)


def test_whoever_begins_or_ends_a_session_tells_the_pages() -> None:
    """Pages come from the phone's cache: so sign-up, sign-in, sign-out and the share door say themselves whether anybody is signed in."""
    ana, known = phone(), "backend-enabled=; Path=/; Max-Age=0"
    new = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
    assert known in ana.post("/api/v1/accounts", json=new).headers["set-cookie"]
    assert "backend-enabled=false" in ana.post("/auth/sign-out", follow_redirects=False).headers["set-cookie"]
    assert known in ana.post("/auth/sign-in", data=new, follow_redirects=False).headers["set-cookie"]
    token = ana.post("/api/v1/shares", json={"label": "Sam"}).json()["url"].split("#")[1]
    assert "backend-enabled" not in ana.post("/api/v1/shares/open", json={"token": token}).headers["set-cookie"]
    assert "backend-enabled=false" in phone().post("/api/v1/shares/open", json={"token": token}).headers["set-cookie"]
    assert "backend-enabled=false" in ana.delete("/api/v1/sessions/current").headers["set-cookie"]


@pytest.mark.parametrize("path", ["/api/v1/accounts/me", "/auth/delete"])
def test_the_phone_is_told_of_a_deleted_account(path: str) -> None:
    """Whichever way an account is deleted, the pages learn which it was, to let go of what waits on the phone."""
    ana = phone()
    new = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
    account_id = ana.post("/api/v1/accounts", json=new).json()["id"]
    if path.startswith("/api"):
        answer = ana.request("DELETE", path, json={"password": PASSWORD})
    else:
        answer = ana.post(path, data={"password": PASSWORD})
    assert f"taper-gone={account_id}; Max-Age=31536000" in answer.headers["set-cookie"]


@pytest.mark.promise(9)
def test_pages_carry_their_headers() -> None:
    """A page has the policy, nosniff and no-cache; a hashed file is kept for a year."""
    page = phone().get("/safety", headers=DOCUMENT)
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self' ws://127.0.0.1:3000;" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy
    assert (page.headers["x-content-type-options"], page.headers["referrer-policy"], page.headers["cache-control"]) == (
        "nosniff",
        "no-referrer",
        "no-cache",
    )
    assert phone().get("/assets/a-1f.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert phone().get("/taper.css").headers["cache-control"] == "no-cache"


@pytest.mark.promise(9)
def test_odd_hosts_do_not_get_into_the_policy() -> None:
    """A Host header cannot write into the policy."""
    answer = phone(host="x; script-src *").get("/safety", headers=DOCUMENT)
    assert "script-src *" not in answer.headers["content-security-policy"]


@pytest.mark.promise(9)
def test_inline_scripts_are_named_by_hash(tmp_path: Path) -> None:
    """Each page's policy holds the hashes of its own inline scripts; what is loaded from a file is in none."""
    (tmp_path / "sub" / "page").mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script>let a = 1;</script><script src="/x.js"></script>')
    (tmp_path / "404.html").write_text("<script>let b = 2;</script>")
    (tmp_path / "sub" / "page" / "index.html").write_text('<script type="module">import "/y.js"</script><script>let a = 1;</script>')
    found = script_hashes(tmp_path)
    one = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert found["/"] == {one}
    assert one in found["/sub/page"]
    assert len(found["/sub/page"]) == 2
    assert one not in found[""]
    assert script_hashes(tmp_path / "nothing") == {}


def test_a_file_carries_a_short_policy() -> None:
    """What is no page does not repeat the policy of pages: every byte of it would go to the phone."""
    policy = phone().get("/assets/a-1f.js").headers["content-security-policy"]
    assert "sha256" not in policy
    assert len(policy) < 100


@pytest.mark.promise(7)
def test_log_lines_lose_their_cookies() -> None:
    """A line with headers in it keeps the line and loses the secret."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    handler = Keep()
    log = logging.getLogger("reflex")
    log.addHandler(handler)
    try:
        hide_cookies_from_logs()
        log.warning("unknown event %s", {"cookie": "a=b; taper=SECRET1; __Host-taper-share=SECRET2"})
    finally:
        log.removeHandler(handler)
    assert "SECRET" not in lines[0]
    assert "unknown event" in lines[0]


@pytest.mark.promise(10)
def test_health_and_door() -> None:
    """/healthz says ok without a session, and /s is the share door."""
    assert phone().get("/healthz").text == "ok"
    door: Any = phone().get("/s")
    assert "share-door.js" in door.text


def test_leaving_reads_nothing_and_sets_nothing() -> None:
    """The quick way out sends the browser elsewhere, tells that site nothing, and leaves no mark, signed in or not."""
    for client in (phone(), signed_up()):
        answer = client.get("/leave", headers=DOCUMENT)
        assert (answer.status_code, answer.headers["location"]) == (303, "https://www.weather.gov/")
        assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
        assert "set-cookie" not in answer.headers


def test_a_tabs_state_belongs_to_one_session() -> None:
    """The same tab has another State under another session, the same one under the same, and the rest of the query stays."""
    query = b"token=11111111-2222-3333-4444-555555555555&EIO=4&transport=websocket"
    first, again, other = (parse_qs(own_state(query, session).decode()) for session in ("ana", "ana", "ben"))
    assert first == again
    assert first["token"] != other["token"]
    assert "11111111" not in first["token"][0]
    assert (first["EIO"], first["transport"]) == (["4"], ["websocket"])


@pytest.mark.parametrize("query", [b"", b"token=", b"token=%ff%fe&token=2", b"&&=&x", b"token=" + b"a" * 5000])
def test_an_odd_query_is_no_error(query: bytes) -> None:
    """Whatever stands in the query, it is read without an error."""
    assert isinstance(own_state(query, "ana"), bytes)

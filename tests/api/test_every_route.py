"""SECURITY.md rows 1, 2, 8, 9 and 10, over every route that is registered and every page that is built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.websockets import WebSocketDisconnect

from scripts import phones
from taper_app.settings import settings
from tests.api.phone import ORIGIN, PASSWORD, api, caregiver, cookie, phone, signed_up

SOME = "019000a0-0000-7000-8000-000000000000"
DOCUMENT = {"sec-fetch-dest": "document", "accept": "text/html"}
# Calls whose answer never ends.
STREAMS = {"/api/v1/changes"}
DOORS = ("/auth/", "/calendar/", "/leave", "/healthz")


def calls() -> list[tuple[str, str]]:
    """Every method and path of the API, with ids of nobody in it."""
    described = {(method.upper(), path) for path, ways in api.openapi()["paths"].items() for method in ways if path not in STREAMS}
    # Forms and doors are in no description.
    doors = {(method, route.path) for route in flat(api.routes) if isinstance(route, APIRoute) for method in route.methods}
    found = {(method, re.sub(r"\{[^}]+\}", SOME, path)) for method, path in described | {one for one in doors if one[1].startswith(DOORS)}}
    rest = ("/api/v1/openapi.json", "/api/v1/nothing", "/calendar/nothing.ics", "/auth/x", "/s")
    return sorted(found | {("GET", path) for path in rest})


def flat(routes: Any) -> Iterator[Any]:
    """Routes, also those inside of included routers."""
    for route in routes:
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        if inner and not isinstance(route, APIRoute):
            yield from flat(inner)
        else:
            yield route


CALLS = calls()
PAGES = phones.pages()


def wrong(headers: Any, *, https: bool = False) -> list[str]:
    """Which of the promised headers are not there as promised."""
    policy = headers.get("content-security-policy", "")
    expected = {
        "no policy": "default-src" in policy,
        "unsafe-eval": "unsafe-eval" not in policy,
        "inline scripts": "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0],
        "may be framed": "frame-ancestors 'none'" in policy,
        "may be rebased": "base-uri 'none'" in policy,
        "sniffed": headers.get("x-content-type-options") == "nosniff",
        "refers": headers.get("referrer-policy") == "no-referrer",
        "embedded": headers.get("cross-origin-resource-policy") == "same-origin",
        "open to other sites": not [name for name in headers if name.lower().startswith("access-control")],
        "hsts": ("max-age=63072000" in headers.get("strict-transport-security", "")) is https,
    }
    return [name for name, holds in expected.items() if not holds]


@pytest.fixture
def https(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app as a host runs it behind https."""
    monkeypatch.setattr(type(settings()), "is_https", property(lambda _: True))


def test_every_route_is_looked_at() -> None:
    """The list of calls is made of what is registered: it holds each matter, and the doors."""
    paths = {path for _, path in CALLS}
    assert len(CALLS) > 60
    assert {"/api/v1/entries", "/api/v1/shares", "/auth/sign-in", "/s", "/leave", "/healthz", "/api/v1/shared/summary"} <= paths


@pytest.mark.parametrize("who", ["nobody", "patient"])
def test_every_answer_carries_the_headers(who: str) -> None:
    """Policy, nosniff, no-referrer, no frames, no CORS, no-store: on every call, refused or not."""
    client = signed_up() if who == "patient" else phone()
    bad = {}
    for method, path in CALLS:
        if (method, path) in {("DELETE", "/api/v1/accounts/me"), ("POST", "/auth/sign-out")}:
            continue
        answer = client.request(method, path, headers={"origin": ORIGIN})
        found = wrong(answer.headers)
        if path not in ("/healthz",) and answer.headers.get("cache-control", "") != "no-store":
            found.append(f"cache-control {answer.headers.get('cache-control')}")
        if answer.status_code >= 500:
            found.append(str(answer.status_code))
        if found:
            bad[f"{method} {path}"] = found
    assert bad == {}


@pytest.mark.parametrize("path", [*PAGES, "/404", "/nothing-here", "/sw.js", "/taper.css", "/assets/a-1f.js", "/manifest.webmanifest"])
def test_every_page_carries_the_headers(path: str) -> None:
    """The same for every page and file, for a patient and for nobody; a page of a person's is never kept by a cache in between."""
    for client in (signed_up(), phone()):
        answer = client.get(path, headers=DOCUMENT)
        assert wrong(answer.headers) == []
        assert answer.headers["cache-control"] in ("no-cache", "no-store", "public, max-age=31536000, immutable")
        if path in PAGES and answer.status_code == 200:
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert "camera=()" in answer.headers["permissions-policy"]


def test_on_https_everything_says_so(https: None) -> None:
    """HSTS on every call, page, file and refused socket."""
    for method, path in [*CALLS, *(("GET", page) for page in (*PAGES, "/sw.js", "/assets/a-1f.js", "/_event/"))]:
        if method in ("GET", "HEAD"):
            assert wrong(phone().get(path, headers=DOCUMENT).headers, https=True) == [], path


# A form of another site can send these without asking first.
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@pytest.mark.parametrize(
    "foreign",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:3001"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": f"{ORIGIN}.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=lambda one: " ".join(one.values()),
)
def test_no_write_comes_from_another_site(foreign: dict[str, str]) -> None:
    """Every call that writes is refused before it is read, with a session and a body that would do."""
    ana = signed_up()
    for method, path in CALLS:
        if method in ("GET", "HEAD"):
            continue
        for kind in ("application/json", *SIMPLE):
            answer = ana.request(method, path, content=b"{}", headers={**foreign, "content-type": kind})
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_origin"), (method, path, kind)
    assert ana.get("/api/v1/sessions").status_code == 200, "she is still signed in"


def test_a_simple_type_is_no_json() -> None:
    """Even from our own page a body that a plain form could send is refused by every JSON call; plain forms take only forms."""
    ana = signed_up()
    for method, path in CALLS:
        if method in ("GET", "HEAD") or not path.startswith("/api/"):
            continue
        for kind in SIMPLE:
            answer = ana.request(method, path, content=b'{"password": "x"}', headers={"origin": ORIGIN, "content-type": kind})
            # Those that read no body do what their path says; with an id of nobody that is nothing.
            assert answer.status_code in (200, 201, 204, 401, 404, 405, 409, 415, 422), (method, path, kind, answer.status_code)
            if answer.is_success:
                assert path in NO_BODY, (method, path, kind)


NO_BODY = {
    "/api/v1/calendar", "/api/v1/push/subscriptions", f"/api/v1/sessions/{SOME}", "/api/v1/reminders/done", "/api/v1/care/messages",
    "/api/v1/recovery-codes", "/api/v1/sessions/options", "/api/v1/passkeys/options",
}  # fmt: skip


def test_no_other_site_is_invited() -> None:
    """A browser that asks first (CORS) is told nothing, on any route."""
    ana = signed_up()
    for _, path in CALLS:
        asked = {"origin": "https://evil.example", "access-control-request-method": "POST", "access-control-request-headers": "x"}
        answer = ana.options(path, headers=asked)
        assert not [name for name in answer.headers if name.lower().startswith("access-control")], path
        assert answer.status_code in (404, 405), path


@pytest.mark.parametrize(
    "path",
    [
        "/_event/?EIO=4&transport=polling&token=%00",
        "/_event?EIO=4&transport=polling&cookie=taper",
        "/_event/x/../?EIO=4&transport=polling",
        "/_event//?EIO=4&transport=polling",
        "/%5fevent/?EIO=4&transport=polling",
        "/_event/%2e%2e/?EIO=4&transport=polling",
        "/_event/?EIO=4&transport=polling&sid=guessed",
        "/_event/?taper=good",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_no_spelling_of_the_socket_lets_anybody_in(path: str, method: str) -> None:
    """However the path and the query are written, polling without a session is 403 and nothing is set."""
    answer = phone(origin=ORIGIN).request(method, path, content=b"40" if method != "GET" else None)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert wrong(answer.headers) == []


@pytest.mark.parametrize("path", ["/_EVENT/", "//_event/", "/_event.", "/es/_event/", "/_upload", "/ws", "/"])
def test_no_other_path_is_a_socket(path: str) -> None:
    """A websocket is refused everywhere but at its one address, with a session too."""
    headers = {"cookie": cookie(signed_up()), "origin": ORIGIN}
    with pytest.raises(WebSocketDisconnect), phone(**headers).websocket_connect(path):
        raise AssertionError("it opened")


@pytest.mark.parametrize("name", ["Taper", "taper ", "__Host-taper", "xtaper", "taper.x", "taper-share", '$Version=1; "taper"'])
def test_only_the_cookie_of_that_name_opens(name: str) -> None:
    """The right token under another name opens neither the socket nor a call."""
    token = cookie(signed_up()).split("taper=")[1].split(";")[0]
    client = phone(cookie=f"{name}={token}", origin=ORIGIN)
    assert client.get("/_event/?EIO=4&transport=polling").status_code == 403
    assert client.get("/api/v1/sessions").status_code == 401


def set_by(answer: Any) -> dict[str, Any]:
    """The cookies that an answer sets."""
    found: dict[str, Any] = {}
    for line in answer.headers.get_list("set-cookie"):
        found |= SimpleCookie(line)
    return found


def test_secrets_travel_in_locked_cookies() -> None:
    """Row 2: 256 random bits, HttpOnly, SameSite, the whole site and no domain; a new one at each sign-in, and the old one refused."""
    ana = signed_up()
    first = cookie(ana).split("taper=")[1].split(";")[0]
    body = {"login": "ana", "password": PASSWORD}
    again = phone()
    answer = again.post("/api/v1/sessions", json=body)
    made = set_by(answer)["taper"]
    assert len(made.value) >= 43
    assert made.value != first
    assert (made["httponly"], made["samesite"].lower(), made["path"], made["domain"]) == (True, "lax", "/", "")
    again.delete("/api/v1/sessions/current")
    assert phone(cookie=f"taper={made.value}").get("/api/v1/sessions").status_code == 401
    fixed = phone(cookie="taper=" + "A" * 43)
    assert set_by(fixed.post("/api/v1/sessions", json=body))["taper"].value != "A" * 43, "nobody chooses a session for somebody else"


def test_on_https_cookies_are_secure_and_bound_to_this_host(https: None) -> None:
    """Session and share then have `__Host-` in front, Secure, Path=/ and no Domain; the readable ones hold no secret and are Secure too."""
    client = phone()
    new = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
    answer = client.post("/api/v1/accounts", json=new, headers={"origin": ORIGIN})
    mine = set_by(answer)
    token = mine["__Host-taper"].value
    shared = phone(cookie=f"__Host-taper={token}", origin=ORIGIN).post("/api/v1/shares", json={"label": "Sam"}).json()["url"].split("#")[1]
    opened = set_by(phone(origin=ORIGIN).post("/api/v1/shares/open", json={"token": shared}))
    for made in (mine["__Host-taper"], opened["__Host-taper-share"]):
        assert (made["secure"], made["httponly"], made["samesite"].lower(), made["path"], made["domain"]) == (True, True, "lax", "/", "")
    assert "taper" not in mine
    for readable in ("taper-who", "backend-enabled"):
        assert mine[readable]["secure"]
        assert token not in mine[readable].value
    assert phone(cookie=f"taper={token}").get("/api/v1/sessions").status_code == 401, "the plain name is no door on https"


def test_a_share_cookie_is_no_session() -> None:
    """What a caregiver holds opens the shared view and nothing of the patient's, under whichever name it is sent."""
    sam, _ = caregiver(signed_up())
    token = cookie(sam).split("taper-share=")[1].split(";")[0]
    for sent in (f"taper-share={token}", f"taper={token}", f"taper={token}; taper-share={token}"):
        client = phone(cookie=sent, origin=ORIGIN)
        assert client.get("/api/v1/entries").status_code == 401
        assert client.get("/_event/?EIO=4&transport=polling").status_code == 403

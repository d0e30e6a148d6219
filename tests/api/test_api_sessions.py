"""Cookies, sessions, guessing, and the plain forms."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest

from taper_app.api import limits
from taper_app.services import cookies
from taper_app.settings import settings
from tests.api.phone import ORIGIN, PASSWORD, caregiver, clock, cookie, phone, signed_up
from tests.services.world import counts, flare, plan_body

NEW = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}


def morsel(answer: Any, name: str) -> Any:
    """One Set-Cookie of an answer."""
    for line in answer.headers.get_list("set-cookie"):
        found = SimpleCookie(line)
        if name in found:
            return found[name]
    raise AssertionError(answer.headers)


@pytest.fixture
def https(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The server behind https."""
    monkeypatch.setattr(settings(), "public_url", "https://taper.example")


@pytest.mark.promise(2)
def test_the_session_cookie_is_closed() -> None:
    """HttpOnly, SameSite=Lax, the whole path, and a value of 256 bits."""
    found = morsel(phone().post("/api/v1/accounts", json=NEW), "taper")
    assert (found["httponly"], found["samesite"].lower(), found["path"], found["secure"], found["domain"]) == (True, "lax", "/", "", "")
    assert len(found.value) == 43


@pytest.mark.promise(2)
def test_on_https_cookies_are_host_bound(https: None) -> None:
    """Secure and `__Host-` on https, HSTS, and the plain name is not accepted there."""
    client = phone()
    answer = client.post("/api/v1/accounts", json=NEW, headers={"origin": "https://taper.example"})
    found = morsel(answer, "__Host-taper")
    assert (found["secure"], found["httponly"], found["path"], found["domain"]) == (True, True, "/", "")
    assert "max-age=" in answer.headers["strict-transport-security"]
    assert phone(cookie=f"__Host-taper={found.value}").get("/api/v1/snapshot").status_code == 200
    assert phone(cookie=f"taper={found.value}").get("/api/v1/snapshot").status_code == 401
    assert client.post("/api/v1/sessions", json=NEW, headers={"origin": ORIGIN}).status_code == 403


@pytest.mark.parametrize("blank", ["\x85", "\xa0", "\u2000", "\u3000", "\x1c", "\x0b"])
@pytest.mark.promise(2)
def test_another_host_cannot_put_its_cookie_before_ours(https: None, blank: str) -> None:
    """Browsers guard `__Host-` and not a name with an odd space before it, so that is another cookie to pages and socket alike."""
    planted = f"{blank}__Host-taper=theirs; {blank}__Host-taper-share=theirs; {blank}__Host-taper-door=theirs"
    ours = "__Host-taper=ours; \t__Host-taper-share=ours ;  __Host-taper-door=ours"
    for header in (f"{planted}; {ours}", f"{planted};{ours}", planted):
        # HTTP calls are read as Latin-1 and the socket's handshake as UTF-8.
        for read in (header, header.encode().decode("latin-1")):
            found = (cookies.session_token(read), cookies.share_tokens(read), cookies.door_token(read))
            assert found == (("ours", ["ours"], "ours") if ours in header else (None, [], None))


@pytest.mark.promise(2)
def test_sign_in_replaces_the_session() -> None:
    """Each sign-in gives a new cookie, and the browser's old one is refused."""
    client = signed_up()
    old = cookie(client)
    client.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
    assert cookie(client) != old
    assert phone(cookie=old).get("/api/v1/snapshot").status_code == 401
    assert client.get("/api/v1/snapshot").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/accounts", "/auth/sign-up", "/api/v1/sessions", "/auth/recover"])
@pytest.mark.promise(2)
def test_whoever_comes_next_in_a_browser_ends_its_session(path: str) -> None:
    """A sign-up or a recovery of somebody else in the same browser leaves no session of the one before, which nobody holds any more."""
    browser, new = signed_up("bea"), {**NEW}
    if path in ("/api/v1/sessions", "/auth/recover"):
        code = phone().post("/api/v1/accounts", json=NEW).json()["recovery_code"]
        new = {"login": "ana", "recovery_code": code, "new_password": "another row of words"}
    old = cookie(browser)
    for body, ended in (({**new, "login": ""}, False), (new, True)):
        browser.post(path, **({"json": body} if "/api/" in path else {"data": body}))
        assert (phone(cookie=old).get("/api/v1/snapshot").status_code == 401) is ended
    assert (cookie(browser) != old, browser.get("/api/v1/snapshot").status_code) == (True, 200)


def test_sign_out_ends_the_session() -> None:
    """After DELETE /sessions/current the old cookie is of no use, and is taken back."""
    client = signed_up()
    old = cookie(client)
    answer = client.delete("/api/v1/sessions/current")
    assert answer.status_code == 204
    assert morsel(answer, "taper")["max-age"] == "0"
    assert phone(cookie=old).get("/api/v1/snapshot").status_code == 401


@pytest.mark.promise(3)
def test_another_browser_can_be_ended() -> None:
    """The list shows both browsers, and one ends the other at once."""
    one, two = signed_up(), phone(**{"user-agent": "Mozilla/5.0 (Linux; Android 16) Chrome/150 <script>"})
    two.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
    found = one.get("/api/v1/sessions").json()["sessions"]
    other = next(session for session in found if not session["current"])
    assert (len(found), other["label"]) == (2, "Chrome, Android")
    assert one.delete(f"/api/v1/sessions/{other['id']}").status_code == 204
    assert two.get("/api/v1/snapshot").status_code == 401
    assert one.get("/api/v1/snapshot").status_code == 200


@pytest.mark.promise(3)
def test_sessions_age() -> None:
    """30 days unused and 180 days at most, by the server's clock."""
    client = signed_up()
    start = clock.now
    for day in range(20, 181, 20):
        clock.now = start + timedelta(days=day)
        assert client.get("/api/v1/snapshot").status_code == 200
    clock.now = start + timedelta(days=181)
    assert client.get("/api/v1/snapshot").status_code == 401


def test_recovery_by_the_api() -> None:
    """The printed code and a new password sign in, and a new code comes."""
    client = phone()
    code = client.post("/api/v1/accounts", json=NEW).json()["recovery_code"]
    body = {"login": "ana", "recovery_code": code, "new_password": "another row of words"}
    answer = phone().post("/api/v1/sessions", json=body)
    assert answer.status_code == 201
    assert answer.json()["recovery_code"] != code
    assert client.get("/api/v1/snapshot").status_code == 401
    assert phone().post("/api/v1/sessions", json=body).status_code == 401


@pytest.mark.promise(5)
def test_two_hundred_bad_tries_then_a_good_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing is slowed down, and the owner is let in all the same, from here and from elsewhere."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(limits, "sleep", note)
    signed_up()
    client = phone()
    for _ in range(210):
        assert client.post("/api/v1/sessions", json={"login": "ANA", "password": "a wrong one, again"}).status_code == 401
    assert (len(waits), waits[0], waits[-1]) == (190, 0.25, 2.0)
    assert client.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD}).status_code == 201
    before = len(waits)
    elsewhere = phone(**{"x-forwarded-for": "203.0.113.9"})
    assert elsewhere.post("/api/v1/sessions", json={"login": "bea", "password": PASSWORD}).status_code == 401
    assert len(waits) == before


@pytest.mark.promise(5)
def test_another_spelling_of_a_login_is_no_new_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever signing in takes for one login is counted as one: letters that are dropped, case, spaces, how an accent is typed."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(limits, "sleep", note)
    client = phone()
    client.post("/api/v1/accounts", json={**NEW, "login": "zo\u00eb"})
    for n in range(25):
        login = ("zo\u00eb", "Zoe\u0308", " ZO\u00cb ", "z" + "\0" * n + "o\u00eb")[n % 4]
        assert client.post("/api/v1/sessions", json={"login": login, "password": "a wrong one, again"}).status_code == 401
    assert len(waits) == 5
    assert client.post("/api/v1/sessions", json={"login": "z\0oe\u0308", "password": PASSWORD}).status_code == 201


@pytest.mark.promise(5)
def test_limits_never_bite_a_family() -> None:
    """60 sign-ups an hour and 600 calls a minute from one address pass; far more are 429."""
    client = phone()
    codes = [client.post("/api/v1/accounts", json={**NEW, "login": f"p{n}"}).status_code for n in range(60)]
    assert set(codes) == {201}
    assert {phone().get("/api/v1/accounts/me").status_code for _ in range(540)} == {401}
    more = [client.post("/api/v1/accounts", json={**NEW, "login": ""}).status_code for n in range(70)]
    assert more[-1] == 429


@pytest.mark.promise(5)
def test_too_many_calls_are_429(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is named and says when to come back."""
    monkeypatch.setattr(settings(), "calls_per_minute", 600)
    codes = [phone().get("/api/v1/accounts/me") for _ in range(610)]
    assert codes[-1].status_code == 429
    assert codes[-1].json()["error"]["code"] == "too_many_requests"
    assert codes[-1].headers["retry-after"]
    assert [one.status_code for one in codes[:600]].count(429) == 0


@pytest.mark.promise(15)
def test_deleting_everything() -> None:
    """DELETE /accounts/me leaves nothing; a wrong password, where one is given, stops it."""
    client = signed_up()
    client.post("/api/v1/plans", json=plan_body())
    client.post("/api/v1/entries", json={"entries": [flare(1)]})
    helper, _ = caregiver(client)
    assert client.request("DELETE", "/api/v1/accounts/me", json={"password": "wrong"}).status_code == 422
    assert client.delete("/api/v1/accounts/me").status_code == 204
    assert set(counts().values()) == {0}
    assert helper.get("/api/v1/shared/summary").status_code == 401


@pytest.mark.parametrize("path", ["/auth/sign-up", "/auth/sign-in", "/auth/recover", "/auth/sign-out", "/s"])
def test_plain_pages(path: str) -> None:
    """Each has one h1, the safety card's link, a label for each input, no inline script, and strict headers."""
    answer = phone().get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert '<a class="safety" href="/safety">Safety</a>' in answer.text
    assert set(re.findall(r'<(?:input|select)[^>]* id="(\w+)"', answer.text)) == set(re.findall(r'<label for="(\w+)"', answer.text))
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", answer.text)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_signing_up_by_form() -> None:
    """The form works without JavaScript: account, code shown until written down, then the app."""
    client = phone()
    answer = client.post("/auth/sign-up", data=NEW, headers={"origin": ORIGIN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/recovery-code")
    shown = client.get("/auth/recovery-code")
    code = re.search(r'id="code">([0-9A-Z-]+)<', shown.text)
    assert code
    assert code[1] in client.get("/auth/recovery-code").text
    assert client.post("/auth/recovery-code", data={}).headers["location"] == "/"
    assert client.get("/auth/recovery-code").status_code == 303
    assert client.get("/", headers={"sec-fetch-dest": "document"}).status_code == 200
    answer = phone().post("/auth/recover", data={"login": "ana", "recovery_code": code[1], "new_password": "another row of words"})
    assert answer.headers["location"] == "/auth/recovery-code"


@pytest.mark.parametrize("how", ["here", "elsewhere", "deleted"])
def test_a_code_is_shown_in_its_session_only(how: str) -> None:
    """Once the session has ended, here or from another browser, its cookie shows no recovery code."""
    client, other = phone(), phone()
    client.post("/auth/sign-up", data=NEW)
    copied = phone(cookie=cookie(client))
    assert 'id="code">' in copied.get("/auth/recovery-code").text
    if how == "here":
        client.post("/auth/sign-out", data={})
    elif how == "elsewhere":
        other.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
        other.post("/auth/sessions", data={"others": "1"})
    else:
        client.delete("/api/v1/accounts/me")
    answer = copied.get("/auth/recovery-code")
    assert (answer.status_code, answer.headers.get("location")) == (303, "/auth/sign-in")


def test_a_wrong_form_keeps_what_was_typed() -> None:
    """Errors stand beside their fields and in the summary; what was typed stays, escaped, but for the password."""
    data = {"login": '"><script>x', "password": "short", "display_name": "", "zone": "Europe/Berlin"}
    answer = phone().post("/auth/sign-up", data=data, headers={"origin": ORIGIN})
    assert answer.status_code == 422
    assert 'href="#password"' in answer.text
    assert 'id="password-error"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "&#34;&gt;&lt;script&gt;x" in answer.text
    assert "<script>x" not in answer.text
    assert 'value="Europe/Berlin" selected' in answer.text
    assert 'value="short"' not in answer.text
    assert "<title>Please check: " in answer.text


def test_signing_in_and_out_by_form() -> None:
    """Sign in, sign out everywhere; a wrong password says so without saying which was wrong."""
    other = signed_up()
    client = phone()
    wrong = client.post("/auth/sign-in", data={"login": "ana", "password": "wrong"})
    assert (wrong.status_code, "The login or the password is not right" in wrong.text) == (401, True)
    assert client.post("/auth/sign-in", data={"login": "ana", "password": PASSWORD}).headers["location"] == "/"
    assert client.post("/auth/sign-out", data={"everywhere": "1"}).headers["location"] == "/welcome"
    assert other.get("/api/v1/snapshot").status_code == 401
    assert client.post("/auth/sign-out", data={}).status_code == 303


@pytest.mark.parametrize("raw", [b"", b"\xff=\xff", b"login=%00&password=%ff%fe", b"&" * 60, b"a=b" * 30_000, b"login=" + b"x" * 9000])
@pytest.mark.parametrize("path", ["/auth/sign-up", "/auth/sign-in", "/auth/recover", "/auth/sign-out"])
def test_rubbish_in_forms(path: str, raw: bytes) -> None:
    """Whatever a form holds, there is no 5xx."""
    answer = phone().post(path, content=raw, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code < 500


@pytest.mark.promise(8)
def test_forms_of_other_sites_are_refused() -> None:
    """A foreign Origin, and "null" without the browser's own word, are 403."""
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert phone().post("/auth/sign-in", data=NEW, headers=headers).status_code == 403
    own = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert phone().post("/auth/sign-up", data=NEW, headers=own).status_code == 303


@pytest.mark.promise(7)
def test_no_secret_reaches_a_log_or_an_address(caplog: pytest.LogCaptureFixture) -> None:
    """Tokens, codes, passwords and what was typed appear in no log line and no redirect."""
    caplog.set_level(logging.DEBUG)
    client = phone()
    answer = client.post("/auth/sign-up", data={**NEW, "login": "canary-login"})
    client.post("/api/v1/entries", json={"entries": [flare(1, note="canary-note"), {"id": "canary-id"}]})
    client.post("/api/v1/plans", json={"medication": {"name": "canary-drug", "unit": "canary-unit"}})
    made = client.post("/api/v1/shares", json={"label": "canary-label"}).json()
    token = made["url"].split("#")[1]
    phone().post("/api/v1/shares/open", json={"token": token})
    text = caplog.text + answer.headers["location"]
    for secret in ("canary", PASSWORD, token, cookie(client).split("=")[1]):
        assert secret not in text


@pytest.mark.promise(7)
def test_errors_repeat_nothing_that_was_typed() -> None:
    """A refusal names code and field, never the value."""
    client = signed_up()
    body = {"medication": {"name": "canary" * 100, "unit": "canary", "canary field": 1}, "steps": [{"starts_on": "canary"}]}
    assert "canary" not in client.post("/api/v1/plans", json=body).text
    batch = {"entries": [flare(1, spread="canary", note="canary" * 2000)]}
    assert "canary" not in client.post("/api/v1/entries", json=batch).text

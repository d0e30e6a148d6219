"""The plain pages of getting in: who sees them, where they lead, and what becomes of rubbish."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher, Type

from taper_app.api.detours import safe_next
from taper_app.services import passwords, recovery
from tests.api.phone import PASSWORD, clock, phone, signed_up
from tests.api.test_api_doors import HERE, NEW, add
from tests.services.authenticator import Authenticator
from tests.services.world import counts

PAGES = ("/auth/signing-in", "/auth/prove", "/auth/password", "/auth/codes", "/auth/passkeys/new")
OLD = ("/auth/password", "/auth/codes", "/auth/passkeys/new", "/auth/passkeys/x")
BROWSER = {"sec-fetch-dest": "document"}


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_whole(path: str) -> None:
    """One h1, the safety card's link, a label for each field that is seen, no inline script, strict headers, in no cache."""
    answer = signed_up().get(path, headers=HERE)
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert '<a class="safety" href="/safety">Safety</a>' in answer.text
    seen = set(re.findall(r'<(?:input|select)[^>]* id="([\w-]+)"', answer.text))
    assert seen == set(re.findall(r'<label for="([\w-]+)"', answer.text))
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", answer.text)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [*PAGES, "/auth/ready?file=/api/v1/export"])
def test_without_a_session_they_lead_to_the_sign_in(path: str) -> None:
    """Nobody who is not signed in sees any of them, nor sends their forms."""
    answer = phone().get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in")
    before = counts()
    for form in ("/auth/sessions", "/auth/codes", "/auth/password", "/auth/prove", "/auth/passkeys/x"):
        answer = phone().post(form, data={"others": "1", "new_password": NEW, "password": PASSWORD, "remove": "1"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in")
    assert counts() == before


@pytest.mark.parametrize("path", OLD)
def test_an_old_session_is_led_to_its_proof_and_back(path: str) -> None:
    """The page leads to the password, and from there to itself; a wrong password leads nowhere."""
    ana = signed_up()
    clock.now += timedelta(minutes=11)
    answer = ana.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/auth/prove?next={path.replace('/', '%2F')}")
    form = ana.get(answer.headers["location"])
    assert f'name="next" value="{path}"' in form.text
    wrong = ana.post("/auth/prove", data={"next": path, "password": "not this one at all"})
    assert (wrong.status_code, f'name="next" value="{path}"' in wrong.text) == (422, True)
    assert "This is not your password" in wrong.text
    right = ana.post("/auth/prove", data={"next": path, "password": PASSWORD})
    assert (right.status_code, right.headers["location"]) == (303, path)


@pytest.mark.parametrize("path", ["/api/v1/export?format=csv", "/api/v1/report.pdf?from=2026-11-01&paper=a4"])
def test_a_file_in_an_old_session_leads_a_browser_round(path: str) -> None:
    """A browser that shows it is led to the password and from there to a page that hands the file over; a script reads the refusal."""
    ana = signed_up()
    clock.now += timedelta(minutes=11)
    assert ana.get(path).status_code == 403
    assert ana.get(path, headers={"sec-fetch-dest": "empty"}).status_code == 403
    first = ana.get(path, headers=BROWSER)
    assert first.headers["location"].startswith("/auth/prove?next=%2Fapi%2Fv1%2F")
    form = ana.get(first.headers["location"]).text
    onward = re.search(r'name="next" value="([^"]+)"', form)
    assert onward
    assert onward[1].replace("&amp;", "&") == path
    ready = ana.post("/auth/prove", data={"next": path, "password": PASSWORD}).headers["location"]
    page = ana.get(ready).text
    file = re.search(r'content="0;url=([^"]+)"', page)
    assert file
    assert ana.get(file[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "\\/evil", "javascript:alert(1)", "/a\nb", "/\t/evil", "", "x",
        "/" + "a" * 3000, "/é",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site(address: str) -> None:
    """After a proof the way goes on inside this app only."""
    assert safe_next(address, "/settings") == "/settings"
    ana = signed_up()
    assert ana.post("/auth/prove", data={"next": address, "password": PASSWORD}).headers["location"] == "/settings"
    assert ana.get("/auth/ready", params={"file": address}).headers["location"] == "/settings"


@pytest.mark.parametrize("address", ["/", "/share", "/report?from=2026-11-01&parts=a,b", "/plan/check?id=0193-a", "/auth/codes"])
def test_the_way_on_is_any_page_of_this_app(address: str) -> None:
    """Addresses of this app stay as they are, questions and all."""
    assert safe_next(address, "/settings") == address


def test_codes_stand_on_one_answer_only() -> None:
    """The eight are on the answer to the form; asking again shows the question, not the codes."""
    ana = signed_up()
    shown = ana.post("/auth/codes", data={})
    codes = re.findall(r'<li class="code">([\w-]+)</li>', shown.text)
    assert len(codes) == 8
    assert not [code for code in codes if code in ana.get("/auth/codes").text + ana.get("/auth/signing-in").text]
    assert "8 codes are still good" in ana.get("/auth/signing-in").text


def test_browsers_are_signed_out_by_form_without_a_proof() -> None:
    """One, then all others; what is unknown or another's is let be; here one stays signed in."""
    ana, bea = signed_up("ana"), signed_up("bea")
    others = [phone(), phone(), phone()]
    for one in others:
        one.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
    clock.now += timedelta(minutes=30)
    listed = ana.get("/api/v1/sessions").json()["sessions"]
    theirs = bea.get("/api/v1/sessions").json()["sessions"][0]["id"]
    mine = next(one["id"] for one in listed if not one["current"])
    for session_id in (mine, theirs, "x", "\0", ""):
        assert ana.post("/auth/sessions", data={"id": session_id}).status_code == 303
    assert sum(one.get("/api/v1/snapshot").status_code == 401 for one in others) == 1
    ana.post("/auth/sessions", data={"others": "1"})
    assert {one.get("/api/v1/snapshot").status_code for one in others} == {401}
    assert (ana.get("/api/v1/snapshot").status_code, bea.get("/api/v1/snapshot").status_code) == (200, 200)


def test_a_passkey_is_named_and_taken_away_by_form() -> None:
    """A blank name is refused beside its field; somebody else's passkey is not there; taken away, the list is empty."""
    ana, bea = signed_up("ana"), signed_up("bea")
    path = f"/auth/passkeys/{add(ana, Authenticator()).json()['id']}"
    assert ana.post(path, data={"name": ""}).status_code == 422
    assert ana.post(path, data={"name": '"><script>'}).status_code == 303
    assert "<script>" not in ana.get("/auth/signing-in").text.split("</head>")[1]
    assert bea.get(path).headers["location"] == "/auth/signing-in"
    assert bea.post(path, data={"remove": "1"}).status_code == 404
    assert ana.post(path, data={"remove": "1"}).headers["location"] == "/auth/signing-in"
    assert ana.get("/api/v1/passkeys").json() == {"passkeys": []}


@pytest.mark.parametrize("raw", [b"", b"\xff=\xff", b"next=%00&password=%ff%fe", b"&" * 60, b"a=b" * 30_000, b"name=" + b"x" * 9000])
@pytest.mark.parametrize("path", [f"/auth/{one}" for one in ("prove", "password", "codes", "sessions", "passkeys/x", "passkeys/%00")])
def test_rubbish_in_forms(path: str, raw: bytes) -> None:
    """Whatever a form holds, there is no 5xx."""
    answer = signed_up().post(path, content=raw, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code < 500


def test_passwords_are_argon2id_and_never_hashed_on_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever way a password comes in, it is hashed or compared on a thread, while the loop answers others."""
    kept = PasswordHasher()
    assert (kept.type, kept.memory_cost >= 19 * 1024, kept.time_cost >= 2) == (Type.ID, True, True)
    on_loop: list[bool] = []

    def noting(real: Any) -> Any:
        def call(*args: Any) -> Any:
            on_loop.append(_has_loop())
            return real(*args)

        return call

    class Noting:
        def __init__(self, real: Any) -> None:
            self.hash, self.verify = noting(real.hash), noting(real.verify)

    monkeypatch.setattr(passwords, "hasher", Noting(passwords.hasher))
    assert recovery.new_hash("ana", NEW).startswith("$argon2id$")
    ana = signed_up()
    ana.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
    ana.post("/api/v1/sessions/prove", json={"password": PASSWORD})
    ana.put("/api/v1/accounts/me/password", json={"new_password": NEW})
    code = ana.post("/api/v1/recovery-codes").json()["codes"][0]
    phone().post("/api/v1/sessions", json={"login": "ana", "recovery_code": code, "new_password": PASSWORD})
    bea = phone()
    bea.post("/auth/sign-up", data={"login": "bea", "password": PASSWORD, "display_name": "B", "zone": "UTC"})
    bea.post("/auth/sign-in", data={"login": "bea", "password": PASSWORD})
    bea.post("/auth/prove", data={"password": PASSWORD})
    bea.post("/auth/password", data={"new_password": NEW})
    bea.post("/auth/delete", data={"password": NEW})
    assert len(on_loop) >= 11
    assert not any(on_loop)


def _has_loop() -> bool:
    """Whether an event loop runs on this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True

"""The doors over HTTP: passkeys from asking to signing in, a proof again, another password, and how guessing is slowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.api import limits
from taper_app.data.engine import session_scope
from taper_app.services import accounts, passwords
from taper_app.settings import settings
from tests.api.phone import ORIGIN, PASSWORD, TestClient, clock, cookie, phone, signed_up
from tests.services.authenticator import Authenticator
from tests.services.world import counts

HERE = {"host": "localhost:3000"}
NEW = "nine new lanterns at dusk"


def add(client: Any, key: Authenticator, headers: dict[str, str] | None = None) -> Any:
    """Make a passkey in this browser; the answer."""
    options = client.post("/api/v1/passkeys/options", headers=headers or HERE).json()
    return client.post("/api/v1/passkeys", json={"name": "Phone", "passkey": key.make(options)}, headers=headers or HERE)


def enter(client: Any, key: Authenticator, path: str = "/sessions", headers: dict[str, str] | None = None, **more: Any) -> Any:
    """Answer with a passkey in this browser."""
    options = client.post("/api/v1/sessions/options", headers=headers or HERE).json()
    return client.post(f"/api/v1{path}", json={"passkey": key.answer(options), **more}, headers=headers or HERE)


def test_signing_in_with_a_passkey() -> None:
    """It signs in without a login and gives a new session; the challenge's cookie is closed, short, and for this site only."""
    ana, key = signed_up(), Authenticator()
    assert add(ana, key).status_code == 201
    browser = phone()
    asked = browser.post("/api/v1/sessions/options", headers=HERE)
    line = next(one for one in asked.headers.get_list("set-cookie") if one.startswith("taper-door="))
    assert {"httponly", "samesite=strict", "max-age=300", "path=/"} <= {part.strip().lower() for part in line.split(";")}
    answer = enter(browser, key)
    assert answer.status_code == 201, answer.text
    assert answer.json()["account_id"] == ana.account_id  # type: ignore[attr-defined]
    assert browser.get("/api/v1/snapshot").status_code == 200
    assert "public_key" not in browser.get("/api/v1/passkeys").text


def test_an_answer_goes_once_and_from_the_browser_that_was_asked() -> None:
    """Sent again, or from another browser, a good answer is refused and opens nothing."""
    key = Authenticator()
    add(signed_up(), key)
    browser, other = phone(), phone()
    answer = key.answer(browser.post("/api/v1/sessions/options", headers=HERE).json())
    other.post("/api/v1/sessions/options", headers=HERE)
    codes = [one.post("/api/v1/sessions", json={"passkey": answer}, headers=HERE).status_code for one in (other, browser, browser)]
    assert codes == [401, 201, 422]
    assert other.get("/api/v1/snapshot").status_code == 401


def test_a_passkey_proves_it_again() -> None:
    """Eleven minutes later the owner's passkey opens what wants a proof; somebody else's good one does not, and signs nobody out."""
    ana, bea, mine, theirs = signed_up("ana"), signed_up("bea"), Authenticator(), Authenticator()
    add(ana, mine), add(bea, theirs)
    clock.now += timedelta(minutes=11)
    assert ana.get("/api/v1/export").json()["error"]["code"] == "prove_again"
    wrong = enter(ana, theirs, "/sessions/prove")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "passkey_failed")
    assert ana.get("/api/v1/export").status_code == 403
    assert enter(ana, mine, "/sessions/prove").status_code == 204
    assert ana.get("/api/v1/export").status_code == 200
    assert bea.get("/api/v1/export").status_code == 403


def test_passkeys_belong_to_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind https the rp id and the origin are those of PUBLIC_URL, whatever Host is sent; the cookie is host-bound."""
    monkeypatch.setattr(settings(), "public_url", "https://taper.example")
    there = {"origin": "https://taper.example", "host": "evil.example"}
    asked = phone().post("/api/v1/sessions/options", headers=there)
    assert asked.json()["rpId"] == "taper.example"
    assert [one for one in asked.headers.get_list("set-cookie") if one.startswith("__Host-taper-door=") and "Secure" in one]


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "192.168.1.5:3000", "[::1]:3000", "taper.local:3000", "x", "[", "a b"])
def test_where_browsers_make_none(host: str) -> None:
    """At an address of figures, or a name over plain http, nothing is asked, and it is said why."""
    answer = phone().post("/api/v1/sessions/options", headers={"host": host})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_passkeys_here")


def test_another_password_ends_the_other_browsers() -> None:
    """This browser goes on, the other is out, and only the new password signs in."""
    ana, other = signed_up(), phone()
    other.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD})
    assert ana.put("/api/v1/accounts/me/password", json={"new_password": "short"}).json()["error"]["field"] == "new_password"
    assert ana.put("/api/v1/accounts/me/password", json={"new_password": NEW}).status_code == 204
    assert (ana.get("/api/v1/snapshot").status_code, other.get("/api/v1/snapshot").status_code) == (200, 401)
    codes = [phone().post("/api/v1/sessions", json={"login": "ana", "password": one}).status_code for one in (PASSWORD, NEW)]
    assert codes == [401, 201]


def test_a_sign_in_that_recovery_overtakes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who knows the old password and signs in at that very moment is out like every other session."""
    client, other = phone(), phone()
    body = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "UTC"}
    code = client.post("/api/v1/accounts", json=body).json()["recovery_code"]
    real = passwords.hasher

    class Slow:
        hash = real.hash

        def verify(self, kept: str, typed: str) -> bool:
            """The owner recovers while the old password is compared."""
            found = real.verify(kept, typed)
            monkeypatch.setattr(passwords, "hasher", real)
            with session_scope() as session:
                accounts.recover_with_code(session, login="ana", recovery_code=code, new_password=NEW, now=clock.now)
            return found

    monkeypatch.setattr(passwords, "hasher", Slow())
    assert other.post("/api/v1/sessions", json={"login": "ana", "password": PASSWORD}).status_code == 401
    assert (other.get("/api/v1/snapshot").status_code, counts()["login_session"]) == (401, 1)


def test_printed_codes_over_http() -> None:
    """Eight come once; the count goes down with each use, and the code of the sign-up has ended."""
    client = phone()
    body = {"login": "ana", "password": PASSWORD, "display_name": "Ana", "zone": "UTC"}
    first = client.post("/api/v1/accounts", json=body).json()["recovery_code"]
    codes = client.post("/api/v1/recovery-codes").json()["codes"]
    assert (len(codes), client.get("/api/v1/recovery-codes").json()["left"]) == (8, 8)
    found = []
    for code in (first, codes[0], codes[0], codes[5]):
        answer = phone().post("/api/v1/sessions", json={"login": "ana", "recovery_code": code, "new_password": NEW})
        found.append(answer.status_code)
    assert found == [401, 201, 401, 201]


def test_narrowing_and_ending_a_share_is_never_held_up() -> None:
    """In an old session a share can be narrowed, shortened and ended; widening it waits for a proof."""
    ana = signed_up()
    share = ana.post("/api/v1/shares", json={"label": "Sam", "scopes": ["plan_dates", "flares"]}).json()
    path = f"/api/v1/shares/{share['id']}"
    clock.now += timedelta(minutes=30)
    assert ana.patch(path, json={"scopes": ["flares", "doses"]}).json()["error"]["code"] == "prove_again"
    assert ana.patch(path, json={"expires_at": (clock.now + timedelta(days=20)).isoformat()}).status_code == 403
    assert ana.patch(path, json={"scopes": ["flares"], "label": "Samuel"}).json()["scopes"] == ["flares"]
    assert ana.patch(path, json={"expires_at": (clock.now + timedelta(days=1)).isoformat()}).status_code == 200
    assert ana.patch(path, json={"scopes": ["plan_dates", "flares"]}).status_code == 403, "back to before is wider too"
    assert ana.delete(path).status_code == 204


def test_guesses_at_a_proof_are_slowed_and_the_owner_gets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who holds an open phone cannot try passwords by the hundred, and the right one is let in all the same."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(limits, "sleep", note)
    ana = signed_up()
    clock.now += timedelta(minutes=11)
    for _ in range(210):
        assert ana.post("/api/v1/sessions/prove", json={"password": "a wrong one, again"}).status_code == 422
    assert (len(waits), waits[0], waits[-1]) == (190, 0.25, 2.0)
    assert ana.get("/api/v1/export").status_code == 403
    assert ana.post("/api/v1/sessions/prove", json={"password": PASSWORD}).status_code == 204
    assert ana.get("/api/v1/export").status_code == 200


@pytest.mark.parametrize("way", ["call", "form"])
def test_guesses_while_deleting_are_slowed_too(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleting everything compares the password, and so is no faster place to guess at it; the right one deletes."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    def delete(password: str) -> int:
        if way == "call":
            return int(ana.request("DELETE", "/api/v1/accounts/me", json={"password": password}).status_code)
        return int(ana.post("/auth/delete", data={"password": password}).status_code)

    monkeypatch.setattr(limits, "sleep", note)
    ana = signed_up()
    assert [delete("a wrong one, again") for _ in range(25)] == [422] * 25
    assert waits == [0.25] * 5
    assert delete(PASSWORD) == (204 if way == "call" else 200)
    assert ana.get("/api/v1/accounts/me").status_code == 401


def test_guesses_from_many_addresses_slow_one_login_and_lock_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many addresses guess, each try at that login waits two seconds at most; its owner is let in, and others never wait."""
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(limits, "sleep", note)
    signed_up("ana"), signed_up("bea")

    def tries(login: str, password: str, address: str) -> int:
        # The peer is a proxy on this machine, which says who calls.
        client = TestClient(phone().app, base_url=ORIGIN, headers={"x-forwarded-for": address}, client=("127.0.0.1", 5000))
        return int(client.post("/api/v1/sessions", json={"login": login, "password": password}).status_code)

    codes = {tries("ana", "a wrong one, again", f"198.51.{n // 10 // 250}.{n // 10 % 250}") for n in range(1010)}
    assert codes == {401}
    assert set(waits) == {1.0, 2.0}
    assert len(waits) == 810
    before = len(waits)
    assert tries("bea", PASSWORD, "203.0.113.8") == 201
    assert len(waits) == before
    assert tries("ana", PASSWORD, "203.0.113.9") == 201
    assert waits[before:] == [2.0]


def test_nothing_of_the_doors_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    """Neither challenge, codes, passwords nor the door's cookie stand in any log line."""
    caplog.set_level(0)
    ana, key = signed_up(), Authenticator()
    add(ana, key)
    options = ana.post("/api/v1/sessions/options", headers=HERE).json()
    codes = ana.post("/api/v1/recovery-codes").json()["codes"]
    ana.put("/api/v1/accounts/me/password", json={"new_password": NEW})
    ana.post("/api/v1/sessions", json={"passkey": {"id": "x"}}, headers=HERE)
    secrets = [options["challenge"], *codes, NEW, *[part.split("=", 1)[1] for part in cookie(ana).split("; ") if len(part) > 40]]
    assert [one for one in secrets if one in caplog.text] == []

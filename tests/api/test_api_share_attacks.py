"""Shares under attack: by whoever holds the phone without the password, or the link without the PIN."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.api import limits
from tests.api.phone import caregiver, clock, phone, signed_up

SHARES = "/api/v1/shares"


def link_with(owner: Any, **share: Any) -> tuple[str, str]:
    """A new share of the owner: its id and its token."""
    made = owner.post(SHARES, json={"label": "Sam", **share}).json()
    return made["id"], made["url"].split("#")[1]


def enter(token: str, **more: Any) -> int:
    """The status of opening a link in a new browser."""
    return int(phone().post(f"{SHARES}/open", json={"token": token, **more}).status_code)


@pytest.mark.parametrize("pin", [" ", "   ", "\t", "\u00a0", "1234", None, "", 0, False, []])
def test_a_pin_is_neither_taken_off_nor_replaced_without_a_proof(pin: object) -> None:
    """Whoever holds the open app for a moment cannot open a link whose PIN they do not know."""
    ana = signed_up()
    share_id, token = link_with(ana, pin="4711")
    clock.now += timedelta(minutes=11)
    answer = ana.patch(f"{SHARES}/{share_id}", json={"pin": pin})
    assert answer.json()["error"]["code"] == "prove_again"
    assert [enter(token), enter(token, pin="1234"), enter(token, pin="4711")] == [403, 403, 204]


def test_a_link_shut_by_wrong_pins_is_not_opened_again_without_a_proof() -> None:
    """A new PIN would begin the ten tries anew, so it needs the password."""
    ana = signed_up()
    share_id, token = link_with(ana, pin="4711")
    for _ in range(10):
        enter(token, pin="0000")
    clock.now += timedelta(minutes=11)
    ana.patch(f"{SHARES}/{share_id}", json={"pin": "1234"})
    assert enter(token, pin="1234") == 404


def test_what_keeps_somebody_safe_is_never_held_up() -> None:
    """A first PIN, a shorter look back, no hours: without a proof, also long after signing in."""
    ana = signed_up()
    share_id, _ = link_with(ana, back="all", by_hour=True)
    clock.now += timedelta(minutes=11)
    for body in ({"back": "30_days"}, {"back": "now"}, {"by_hour": False}, {"pin": "4711"}, {"frozen": True}, {"paused": True}):
        answer = ana.patch(f"{SHARES}/{share_id}", json=body)
        assert answer.status_code == 200, (body, answer.text)
    for body in ({"back": "30_days"}, {"back": "all"}, {"by_hour": True}, {"frozen": False}, {"paused": False}):
        assert ana.patch(f"{SHARES}/{share_id}", json=body).json()["error"]["code"] == "prove_again", body


def test_a_share_is_counted_wherever_it_stands_in_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rubbish in front of a token, new with each call, does not get around the limit of its share."""
    monkeypatch.setattr(limits, "PER_SHARE", 5)
    sam, share_id = caregiver(signed_up())
    token = sam.cookies["taper-share"]
    found = [
        phone(cookie=f"taper-share=rubbish{i}.{token}").get(f"/api/v1/shared/care?share={share_id}").status_code for i in range(8)
    ]
    assert found[0] == 200 and found[-1] == 429


def test_a_calendar_link_is_made_with_a_proof_and_ended_without() -> None:
    """A link that opens without a cookie is a share too: whoever holds the phone for a moment makes none."""
    ana = signed_up()
    path = ana.post("/api/v1/calendar", json={}).json()["url"].removeprefix("http://127.0.0.1:3000")
    clock.now += timedelta(minutes=11)
    assert ana.post("/api/v1/calendar", json={}).json()["error"]["code"] == "prove_again"
    assert phone().get(path).status_code == 200
    assert ana.delete("/api/v1/calendar").status_code == 204
    assert phone().get(path).status_code == 404

"""A helper's calls: swapped through every private route with the patient's ids, before, while and after helping."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.phone import caregiver, phone, signed_up
from tests.api.test_api_matrix import PRIVATE, call
from tests.services.world import counts, flare, plan_body, uuid

CANARY = "CANARY"
STATES = ("unconfirmed", "confirmed", "ended")
# What a confirmed helper may do with the patient's ids; nobody else may.
OPEN = {("GET", "/helping/{account_id}/today"), ("POST", "/helping/{account_id}/entries")}


class Pair:
    """Ana with a plan, a share and a note of her own, and Sam who helps her, or did, or wants to."""

    def __init__(self, state: str = "confirmed") -> None:
        self.ana, self.sam = signed_up("ana"), signed_up("sam")
        plan = self.ana.post("/api/v1/plans", json=plan_body(prescriber=CANARY)).json()["id"]
        self.ana.post(f"/api/v1/plans/{plan}/activate", json={"confirmed_with_prescriber": True})
        self.ana.post("/api/v1/entries", json={"entries": [flare(1, note=CANARY)]})
        share = self.ana.post("/api/v1/shares", json={"label": CANARY}).json()["id"]
        session = self.ana.get("/api/v1/sessions").json()["sessions"][0]["id"]
        asked = self.ana.post("/api/v1/helpers", json={"label": "Sam"}).json()
        assert self.sam.post("/api/v1/helping", json={"code": asked["code"]}).status_code == 201
        if state != "unconfirmed":
            assert self.ana.post(f"/api/v1/helpers/{asked['id']}/confirm").status_code == 200
        if state == "ended":
            assert self.ana.delete(f"/api/v1/helpers/{asked['id']}").status_code == 204
        self.ids = {
            "plan_id": plan,
            "share_id": share,
            "session_id": session,
            "photo_id": uuid(5),
            "passkey_id": uuid(6),
            "reply_id": uuid(7),
            "grant_id": asked["id"],
            "helping_id": asked["id"],
            "account_id": self.ana.account_id,
        }

    def enter(self, *items: Any) -> Any:
        """Sam enters for Ana."""
        return self.sam.post(f"/api/v1/helping/{self.ids['account_id']}/entries", json={"entries": list(items)})


@pytest.mark.parametrize("state", STATES)
def test_a_helper_reaches_nothing_of_the_patient(state: str) -> None:
    """Every private route with the patient's ids is 404, but the two for entering, and those only while it is confirmed."""
    pair = Pair(state)
    # Last what would end the offer itself: it is the helper's own to take back.
    routes = [one for one in PRIVATE if "{" in one[1] and one != ("DELETE", "/helping/{helping_id}")]
    for method, path in routes:
        before = counts()
        answer = call(pair.sam, method, path, PRIVATE[method, path][0], pair.ids)
        if (method, path) in OPEN and state == "confirmed":
            assert answer.status_code == 200, path
        else:
            assert answer.status_code == 404, (method, path, answer.text)
            assert counts() == before, path
        assert CANARY not in answer.text, path


@pytest.mark.parametrize("state", STATES)
def test_a_helpers_own_pages_hold_nothing_of_the_patient(state: str) -> None:
    """What a helper reads for themselves, from the snapshot to the export, has not a word of the patient's log."""
    pair = Pair(state)
    if state == "confirmed":
        pair.enter(flare(2))
    for method, path in [one for one in PRIVATE if one[0] == "GET" and "{" not in one[1]]:
        text = call(pair.sam, method, path, None, pair.ids).text
        assert CANARY not in text, path
        assert uuid(2) not in text, path


@pytest.mark.parametrize("who", ["other", "caregiver", "nobody"])
def test_nobody_else_enters(who: str) -> None:
    """Another user, a caregiver with every scope, and nobody at all get no further than the door."""
    pair = Pair()
    client = {"other": lambda: signed_up("bea"), "caregiver": lambda: caregiver(pair.ana, scopes=["plan"])[0], "nobody": phone}[who]()
    before = counts()
    for method, path in OPEN:
        answer = call(client, method, path, PRIVATE[method, path][0], pair.ids)
        assert answer.status_code == (404 if who == "other" else 401)
    assert counts() == before


def test_who_wrote_it_goes_along_everywhere() -> None:
    """The patient's log, snapshot and export name the helper; each other entry is as it was."""
    pair = Pair()
    assert pair.enter(flare(2)).json()["results"][0]["status"] == "stored"
    for path in ("entries", "snapshot", "export"):
        told = {one["id"]: one.get("by") for one in pair.ana.get(f"/api/v1/{path}").json()["entries"]}
        assert told == {uuid(1): None, uuid(2): {"id": pair.sam.account_id, "name": "Sam"}}, path


def test_the_code_is_shown_once() -> None:
    """Neither list shows a code or link, and the export has none."""
    ana = signed_up("ana")
    made = ana.post("/api/v1/helpers", json={"label": "Sam"}).json()
    assert made["url"].endswith(f"/helping#{made['code']}")
    for path in ("helpers", "helping", "export"):
        assert made["code"] not in ana.get(f"/api/v1/{path}").text


def test_a_helper_stops_by_themselves() -> None:
    """The helper ends it, and both lists are empty."""
    pair = Pair()
    assert pair.sam.delete(f"/api/v1/helping/{pair.ids['helping_id']}").status_code == 204
    assert pair.sam.get("/api/v1/helping").json() == {"people": []}
    assert pair.ana.get("/api/v1/helpers").json() == {"helpers": []}
    assert pair.enter(flare(9)).status_code == 404

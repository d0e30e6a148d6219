"""Words, alerts and people over HTTP: a caregiver's cookie may hold several shares, each apart."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.api.phone import caregiver, clock, phone, signed_up
from tests.api.test_api_bad_input import JSON, WRONG, is_named, paths, replaced
from tests.api.test_api_matrix import SUBSCRIPTION
from tests.services.world import NOW, counts, flare

API = "/api/v1"


def opened(client: Any, owner: Any, **share: Any) -> str:
    """This browser opens a new share of the owner; the share's id."""
    made = owner.post(f"{API}/shares", json={"label": "Sam", **share}).json()
    assert client.post(f"{API}/shares/open", json={"token": made["url"].split("#")[1]}).status_code == 204
    return str(made["id"])


def names(client: Any) -> list[str]:
    """Whose shares this browser has open."""
    return [one["display_name"] for one in client.get(f"{API}/shared/people").json()["people"]]


def test_several_people_are_seen_apart() -> None:
    """One browser with two people's shares sees each by its id, the last one unasked, and neither in the other."""
    ana, bea, sam = signed_up("ana"), signed_up("bea"), phone()
    first = opened(sam, ana)
    second = opened(sam, bea)
    ana.post(f"{API}/entries", json={"entries": [flare(1, places=["canary_of_ana"])]})
    assert names(sam) == ["Bea", "Ana"]
    seen = {one: sam.get(f"{API}/shared/summary?share={one}") for one in (first, second)}
    assert [one.json()["display_name"] for one in seen.values()] == ["Ana", "Bea"]
    assert [one.json()["id"] for one in seen.values()] == [first, second]
    assert "canary_of_ana" in seen[first].text and "canary_of_ana" not in seen[second].text
    assert sam.get(f"{API}/shared/summary").json()["display_name"] == "Bea"


def test_a_share_that_is_not_open_here_cannot_be_chosen() -> None:
    """Another caregiver's share, an unknown id, and rubbish are 401 like no cookie at all."""
    ana, sam = signed_up("ana"), phone()
    opened(sam, ana)
    _, others = caregiver(ana)
    for wrong in (others, "00000000-0000-4000-8000-000000000000", "x" * 3000, "%00", "'"):
        for call in ("summary", "care"):
            assert sam.get(f"{API}/shared/{call}?share={wrong}").status_code == 401


def test_an_ended_share_does_not_turn_into_another_person() -> None:
    """When the one opened last is over it says so; the other is there by its id."""
    ana, bea, sam = signed_up("ana"), signed_up("bea"), phone()
    first, second = opened(sam, ana), opened(sam, bea)
    bea.delete(f"{API}/shares/{second}")
    assert sam.get(f"{API}/shared/summary").status_code == 401
    assert sam.get(f"{API}/shared/summary?share={first}").json()["display_name"] == "Ana"
    assert names(sam) == ["Ana"]


def test_leaving_one_forgets_its_token_and_keeps_the_others() -> None:
    """After "close this view here" an old copy of the cookie opens that share no more, and the other person stays."""
    ana, bea, sam = signed_up("ana"), signed_up("bea"), phone()
    first, second = opened(sam, ana), opened(sam, bea)
    before = "; ".join(f"{one.name}={one.value}" for one in sam.cookies.jar)
    assert sam.delete(f"{API}/shared/people/{second}").status_code == 204
    assert names(sam) == ["Ana"]
    assert sam.get(f"{API}/shared/summary").json()["id"] == first
    assert phone(cookie=before).get(f"{API}/shared/summary?share={second}").status_code == 401
    assert sam.delete(f"{API}/shared/people/{first}").status_code == 204
    assert sam.get(f"{API}/shared/people").status_code == 401


def test_a_browser_keeps_eight_people_and_one_opening_a_share() -> None:
    """The ninth pushes out the oldest; the same link opened twice is one; the cookie lasts as long as the longest share."""
    ana, sam = signed_up("ana"), phone()
    made = [opened(sam, ana, label=str(n), expires_at=(NOW + timedelta(days=20 + n)).isoformat()) for n in range(9)]
    people = sam.get(f"{API}/shared/people").json()["people"]
    assert [one["id"] for one in people] == list(reversed(made))[:8]
    assert people[0]["expires_at"] == (NOW + timedelta(days=28)).isoformat().replace("+00:00", "Z")
    link = ana.post(f"{API}/shares", json={"label": "short"}).json()["url"].split("#")[1]
    for _ in range(2):
        answer = sam.post(f"{API}/shares/open", json={"token": link})
    assert [one["label"] for one in sam.get(f"{API}/shared/people").json()["people"]].count("short") == 1
    assert f"Max-Age={28 * 86400}" in answer.headers["set-cookie"]


def test_words_go_there_and_back() -> None:
    """A heart and a word arrive with the label once they are allowed; "I'm OK" is shown by the day; clearing takes one out."""
    ana = signed_up("ana")
    sam, share = caregiver(ana)
    assert sam.post(f"{API}/shared/replies", json={"kind": "heart"}).json()["error"]["code"] == "replies_closed"
    ana.put(f"{API}/shares/{share}/care", json={"replies": True})
    assert sam.get(f"{API}/shared/care").json()["replies"] is True
    assert sam.post(f"{API}/shared/replies", json={"kind": "word", "text": "<b>Thinking of you</b>"}).status_code == 204
    clock.now = NOW + timedelta(minutes=2)
    assert sam.post(f"{API}/shared/replies", json={"kind": "heart"}).status_code == 204
    found = ana.get(f"{API}/replies").json()["replies"]
    assert [(one["label"], one["kind"], one["text"]) for one in found] == [("Sam", "heart", ""), ("Sam", "word", "<b>Thinking of you</b>")]
    assert ana.delete(f"{API}/replies/{found[0]['id']}").status_code == 204
    assert len(ana.get(f"{API}/replies").json()["replies"]) == 1
    ana.post(f"{API}/care/messages", json={"kind": "ok"})
    [says] = sam.get(f"{API}/shared/care").json()["says"]
    assert says == {"kind": "ok", "date": "2026-11-23", "today": True, "at": None}


@pytest.mark.parametrize(
    ("path", "body"), [("/shared/replies", {"kind": "word", "text": "x"}), ("/shared/push", SUBSCRIPTION)], ids=["replies", "push"]
)
def test_a_caregivers_bodies_are_judged(path: str, body: dict[str, Any]) -> None:
    """Each field with each kind of rubbish, and what is no JSON: 2xx or a named 4xx, and a refusal leaves every table as it was."""
    ana = signed_up("ana")
    sam, share = caregiver(ana)
    ana.put(f"{API}/shares/{share}/care", json={"replies": True})
    for raw in ["{", "", "[" * 60_000, *[json.dumps(replaced(body, place, wrong)) for place in paths(body) for wrong in WRONG]]:
        before = counts()
        answer = sam.post(API + path, content=raw, headers=JSON)
        assert answer.status_code < 500, raw[:200]
        if answer.status_code >= 400:
            assert is_named(answer)
            assert counts() == before

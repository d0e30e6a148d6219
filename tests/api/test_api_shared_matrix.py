"""What a caregiver's cookie opens: every shared call, in every state of the share, with every scope."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.api.phone import caregiver, clock, phone, signed_up
from tests.api.test_api_matrix import SUBSCRIPTION, registered
from tests.services.world import counts, entry, flare, plan_body

API = "/api/v1"
# Route -> (body, status while the share is open). A new shared route without a row here fails the first test.
ROWS: dict[tuple[str, str], tuple[Any, int]] = {
    ("GET", "/shared/summary"): (None, 200),
    ("GET", "/shared/care"): (None, 200),
    ("POST", "/shared/replies"): ({"kind": "heart"}, 204),
    ("POST", "/shared/push"): (SUBSCRIPTION, 204),
    ("DELETE", "/shared/push"): (None, 204),
    ("GET", "/shared/people"): (None, 200),
    ("DELETE", "/shared/people/{share_id}"): (None, 204),
}
# Scope -> a word that only this scope may let out. Default shares have the dates and the flares.
CANARIES = {
    "plan": "canary_medicine", "flares": "canary_place", "check_ins": "canary_body", "options": "canary_option", "notes": "canary_note",
    "safety": "canary_cupboard",
}  # fmt: skip
SCOPES = ["plan_dates", "plan", "doses", "flares", "check_ins", "options", "notes", "safety"]


@pytest.fixture
def ana() -> Any:
    """A patient with a plan and something of every kind in the log."""
    client = signed_up("ana")
    body = plan_body()
    body["medication"] = body["medication"] | {"name": CANARIES["plan"]}
    plan_id = client.post(f"{API}/plans", json=body).json()["id"]
    assert client.post(f"{API}/plans/{plan_id}/activate", json={"confirmed_with_prescriber": True}).status_code == 200
    entries = [
        flare(1, places=[CANARIES["flares"]]),
        entry(2, "check_in", {"pain": 4, "body": [CANARIES["check_ins"]]}),
        entry(3, "option_tried", {"option": CANARIES["options"], "before": 5, "after": 4}),
        entry(4, "note", {"text": CANARIES["notes"]}),
        entry(5, "naloxone", {"place": CANARIES["safety"]}),
    ]
    results = client.post(f"{API}/entries", json={"entries": entries}).json()["results"]
    assert {one["status"] for one in results} == {"stored"}
    return client


def with_words(owner: Any, **share: Any) -> tuple[Any, str]:
    """A caregiver who may send words and is told of flares; the share's id."""
    client, share_id = caregiver(owner, **share)
    chosen = {"replies": True, "alerts": {"flare": None, "quiet_days": 2, "company": True}}
    assert owner.put(f"{API}/shares/{share_id}/care", json=chosen).status_code == 200
    return client, share_id


def ask(client: Any, row: tuple[str, str], share_id: str, *, named: bool = True) -> Any:
    """One call for this share."""
    method, path = row
    query = f"?share={share_id}" if named and "{" not in path else ""
    body = ROWS[row][0]
    return client.request(method, API + path.format(share_id=share_id) + query, **({"json": body} if body is not None else {}))


def test_every_shared_route_has_a_row() -> None:
    """The table names exactly the shared routes that are registered."""
    assert {one for one in registered() if one[1].startswith("/shared/")} == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_an_open_share_answers(ana: Any, row: tuple[str, str]) -> None:
    """With the share's cookie each call gets the answer of the table, with the share's id and without one."""
    client, share_id = with_words(ana)
    answer = ask(client, row, share_id)
    assert answer.status_code == ROWS[row][1], answer.text
    again, share_id = with_words(ana)
    assert ask(again, row, share_id, named=False).status_code == ROWS[row][1]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("end", ["revoked", "paused", "expired", "rotated", "left"])
def test_a_share_that_is_over_answers_nothing(ana: Any, row: tuple[str, str], end: str) -> None:
    """Revoked, paused, expired, with a new link, or left: each call is 401, all look the same, and nothing is written."""
    client, share_id = with_words(ana)
    cookie = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    match end:
        case "revoked":
            assert ana.delete(f"{API}/shares/{share_id}").status_code == 204
        case "paused":
            assert ana.patch(f"{API}/shares/{share_id}", json={"paused": True}).status_code == 200
        case "expired":
            clock.now += timedelta(days=8)
        case "rotated":
            assert ana.post(f"{API}/shares/{share_id}/rotate").status_code == 200
        case _:
            assert client.delete(f"{API}/shared/people/{share_id}").status_code == 204
    before = counts()
    answer = ask(phone(cookie=cookie), row, share_id)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")
    assert counts() == before


@pytest.mark.parametrize("row", ROWS)
def test_another_share_is_not_opened_by_its_id(ana: Any, row: tuple[str, str]) -> None:
    """A caregiver of Bea who names Ana's share gets nothing and changes nothing; nor do Ana herself and another patient."""
    client, _ = with_words(signed_up("bea"))
    _, hers = with_words(ana)
    before = counts()
    answer = ask(client, row, hers)
    if row[1] == "/shared/people":
        # It lists what is open here, whatever share is named.
        assert [one["display_name"] for one in answer.json()["people"]] == ["Bea"]
    else:
        # A path that names it is 404 like an unknown one; a query is 401 like no cookie at all.
        assert answer.status_code == (404 if "{" in row[1] else 401)
    assert ask(client, row, "00000000-0000-4000-8000-000000000000").json() == answer.json()
    assert {ask(one, row, hers).status_code for one in (ana, phone())} == {401}
    assert counts() == before


@pytest.mark.parametrize("scope", SCOPES)
def test_nothing_out_of_scope_leaves_the_server(ana: Any, scope: str) -> None:
    """With one scope alone, no shared call says a word that belongs to another; its own is there in the summary."""
    client, share_id = with_words(ana, scopes=[scope])
    told = {row: ask(client, row, share_id).text for row in ROWS if row[0] == "GET"}
    for other, canary in CANARIES.items():
        found = [row for row, text in told.items() if canary in text]
        assert found == ([("GET", "/shared/summary")] if other == scope else []), (other, scope)


def test_narrowed_it_is_out_of_scope_at_once(ana: Any) -> None:
    """A scope that is taken away is gone from the next answer, and so is its alert from what the caregiver is told."""
    client, share_id = caregiver(ana, scopes=["plan_dates", "flares"])
    assert ana.put(f"{API}/shares/{share_id}/care", json={"alerts": {"flare": 7}}).status_code == 200
    assert client.get(f"{API}/shared/care").json()["alerts"]["flare"] == 7
    assert CANARIES["flares"] in client.get(f"{API}/shared/summary").text
    assert ana.patch(f"{API}/shares/{share_id}", json={"scopes": ["plan_dates"]}).status_code == 200
    assert client.get(f"{API}/shared/care").json()["alerts"]["flare"] is None
    assert CANARIES["flares"] not in client.get(f"{API}/shared/summary").text


def test_a_frozen_share_stays_at_its_hour(ana: Any) -> None:
    """Frozen, it reads what was there, hears nothing newer, and says so; a heart still reaches the patient."""
    client, share_id = with_words(ana)
    assert ana.patch(f"{API}/shares/{share_id}", json={"frozen": True}).status_code == 200
    clock.now += timedelta(minutes=10)
    late = flare(9, places=["canary_later"]) | {"at": clock.now.isoformat()}
    assert ana.post(f"{API}/entries", json={"entries": [late]}).json()["results"][0]["status"] == "stored"
    assert ana.post(f"{API}/care/messages", json={"kind": "company"}).status_code == 201
    answer = client.get(f"{API}/shared/summary")
    assert answer.json()["frozen_at"] and CANARIES["flares"] in answer.text and "canary_later" not in answer.text
    assert client.get(f"{API}/shared/care").json()["says"] == []
    assert ask(client, ("POST", "/shared/replies"), share_id).status_code == 204
    assert [one["kind"] for one in ana.get(f"{API}/replies").json()["replies"]] == ["heart"]


def test_words_that_are_not_allowed_are_refused(ana: Any) -> None:
    """Off, as they are until the patient allows them, a word is refused in words that blame nobody, and nothing is kept."""
    client, share_id = caregiver(ana)
    before = counts()
    answer = ask(client, ("POST", "/shared/replies"), share_id)
    assert answer.status_code == 403, answer.text
    assert answer.json()["error"]["message"]
    assert counts() == before
    assert json.dumps(ana.get(f"{API}/replies").json()["replies"]) == "[]"

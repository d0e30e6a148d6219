"""Who may call what: every registered route, for everybody who could ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute

from taper_app.data.engine import session_scope
from taper_app.data.repositories import care, doors
from taper_app.data.tables import Passkey, ShareReply
from taper_app.domain.access import Patient
from taper_app.services.helpers import ask_helper, confirm_helper, take_code
from taper_app.services.tokens import new_id
from tests.api.phone import PASSWORD, api, caregiver, clock, phone, signed_up
from tests.services.pictures import photo
from tests.services.world import NOW, counts, flare, plan_body, sign_up

# Route -> (body, status for its owner). A new route without a row here fails the first test.
HOLD = {"from": "2026-11-24", "said_by": "Dr. Osei"}
STEPS = [{"starts_on": "2026-11-25", "doses": [{"at": "08:00", "amount": "30"}]}]
REVISION = {"effective_on": "2026-11-25", "said_by": "Dr. Osei", "steps": STEPS, "ends": "stay"}
ON = {"on": "2026-11-25", "said_by": "Dr. Osei"}
# The point and the secret are those of RFC 8291's example.
SUBSCRIPTION = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/x",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
PRESCRIPTION = {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "morphine"}}
PRIVATE: dict[tuple[str, str], tuple[Any, int]] = {
    ("GET", "/accounts/me"): (None, 200),
    ("PATCH", "/accounts/me"): ({"display_name": "A"}, 200),
    ("DELETE", "/accounts/me"): (None, 204),
    ("GET", "/sessions"): (None, 200),
    ("DELETE", "/sessions/{session_id}"): (None, 204),
    ("POST", "/plans"): (plan_body(), 201),
    ("GET", "/plans"): (None, 200),
    ("GET", "/plans/{plan_id}"): (None, 200),
    ("PUT", "/plans/{plan_id}"): (plan_body(), 409),
    ("DELETE", "/plans/{plan_id}"): (None, 409),
    ("POST", "/plans/{plan_id}/activate"): ({"confirmed_with_prescriber": True}, 409),
    ("POST", "/plans/{plan_id}/holds"): (HOLD, 201),
    ("POST", "/plans/{plan_id}/resume"): (ON, 409),
    ("POST", "/plans/{plan_id}/revisions"): (REVISION, 201),
    ("POST", "/plans/{plan_id}/start-step"): (ON, 409),
    ("POST", "/plans/{plan_id}/close"): (ON, 200),
    ("GET", "/plans/{plan_id}/schedule"): (None, 200),
    ("POST", "/plans/{plan_id}/photos"): (photo(), 201),
    ("GET", "/plans/{plan_id}/photos"): (None, 200),
    ("GET", "/plans/{plan_id}/photos/{photo_id}"): (None, 200),
    ("DELETE", "/plans/{plan_id}/photos/{photo_id}"): (None, 204),
    ("GET", "/today"): (None, 200),
    ("GET", "/snapshot"): (None, 200),
    ("POST", "/entries"): ({"entries": [flare(77)]}, 200),
    ("GET", "/entries"): (None, 200),
    ("GET", "/export"): (None, 200),
    ("GET", "/audit"): (None, 200),
    ("POST", "/import"): (PRESCRIPTION, 201),
    ("POST", "/import/diary"): (b"day,pain\n2026-11-02,4\n", 201),
    ("GET", "/report.pdf"): (None, 200),
    ("POST", "/shares"): ({"label": "x"}, 201),
    ("GET", "/shares"): (None, 200),
    ("PATCH", "/shares/{share_id}"): ({"label": "y"}, 200),
    ("DELETE", "/shares/{share_id}"): (None, 204),
    ("GET", "/shares/{share_id}/views"): (None, 200),
    ("POST", "/shares/preview"): ({"label": "x"}, 200),
    ("GET", "/shares/{share_id}/preview"): (None, 200),
    ("POST", "/shares/{share_id}/rotate"): (None, 200),
    ("GET", "/care"): (None, 200),
    ("PUT", "/shares/{share_id}/care"): ({"replies": True, "alerts": {"flare": 7, "quiet_days": 3, "company": True}}, 200),
    ("POST", "/care/messages"): ({"kind": "ok"}, 201),
    ("DELETE", "/care/messages"): (None, 204),
    ("GET", "/replies"): (None, 200),
    ("DELETE", "/replies/{reply_id}"): (None, 204),
    ("POST", "/helpers"): ({"label": "x"}, 201),
    ("GET", "/helpers"): (None, 200),
    ("POST", "/helpers/{grant_id}/confirm"): (None, 200),
    ("DELETE", "/helpers/{grant_id}"): (None, 204),
    ("POST", "/helping"): ({"code": "unknown"}, 404),
    ("GET", "/helping"): (None, 200),
    ("DELETE", "/helping/{helping_id}"): (None, 204),
    ("GET", "/helping/{account_id}/today"): (None, 200),
    ("POST", "/helping/{account_id}/entries"): ({"entries": [flare(78)]}, 200),
    ("GET", "/reminders"): (None, 200),
    ("PUT", "/reminders"): ({"reminders": [{"kind": "dose", "at": "08:00"}], "quiet": {"from": "22:00", "to": "07:00"}}, 200),
    ("POST", "/reminders/later"): ({"token": "unknown"}, 404),
    ("POST", "/reminders/done"): ({"token": "unknown"}, 404),
    ("GET", "/push/key"): (None, 200),
    ("POST", "/push/subscriptions"): (SUBSCRIPTION, 204),
    ("DELETE", "/push/subscriptions"): (None, 204),
    ("POST", "/push/test"): (None, 404),
    ("POST", "/calendar"): ({}, 201),
    ("DELETE", "/calendar"): (None, 204),
    ("POST", "/sessions/prove"): ({"password": PASSWORD}, 204),
    ("PUT", "/accounts/me/password"): ({"new_password": "nine new lanterns at dusk"}, 204),
    ("GET", "/passkeys"): (None, 200),
    ("POST", "/passkeys/options"): (None, 409),  # browsers make none for 127.0.0.1
    ("POST", "/passkeys"): ({"name": "Phone", "passkey": {}}, 422),
    ("PATCH", "/passkeys/{passkey_id}"): ({"name": "Old phone"}, 200),
    ("DELETE", "/passkeys/{passkey_id}"): (None, 204),
    ("GET", "/recovery-codes"): (None, 200),
    ("POST", "/recovery-codes"): (None, 201),
}
# Of these, those that want whose session it is to have been proved within ten minutes.
FRESH = {
    ("DELETE", "/accounts/me"),
    ("GET", "/export"),
    ("GET", "/report.pdf"),
    ("POST", "/shares"),
    ("POST", "/shares/{share_id}/rotate"),
    ("POST", "/helpers"),
    ("POST", "/helpers/{grant_id}/confirm"),
    ("PUT", "/accounts/me/password"),
    ("POST", "/passkeys/options"),
    ("POST", "/passkeys"),
    ("DELETE", "/passkeys/{passkey_id}"),
    ("POST", "/recovery-codes"),
    ("POST", "/calendar"),
}
# For everybody; each has its own tests.
PUBLIC = {("POST", "/accounts"), ("POST", "/sessions"), ("POST", "/sessions/options"), ("POST", "/shares/open")}
# For caregivers, or for both.
SHARED: dict[tuple[str, str], Any] = {
    ("GET", "/shared/summary"): None,
    ("GET", "/changes"): None,
    ("GET", "/shared/care"): None,
    ("POST", "/shared/replies"): {"kind": "heart"},
    ("POST", "/shared/push"): SUBSCRIPTION,
    ("DELETE", "/shared/push"): None,
    ("GET", "/shared/people"): None,
    ("DELETE", "/shared/people/{share_id}"): None,
}


def registered() -> set[tuple[str, str]]:
    """Every route under /api/v1, as the app has it."""
    return {
        (method, path.removeprefix("/api/v1"))
        for path, calls in api.openapi()["paths"].items()
        for method in (name.upper() for name in calls)
    }


def fill(path: str, ids: dict[str, str]) -> str:
    """The path with ids in it."""
    query = "?from=2026-11-20&to=2026-11-25" if path.endswith("/schedule") else ""
    return "/api/v1" + path.format(**ids) + query


def sent(body: Any) -> dict[str, Any]:
    """How a body goes: a picture or a table as its bytes, all else as JSON."""
    if isinstance(body, bytes):
        return {"content": body, "headers": {"content-type": "image/png" if body.startswith(b"\x89PNG") else "text/csv"}}
    return {"json": body} if body is not None else {}


def call(client: Any, method: str, path: str, body: Any, ids: dict[str, str]) -> Any:
    """One call."""
    return client.request(method, fill(path, ids), **sent(body))


@pytest.fixture
def ana() -> Any:
    """A patient."""
    return signed_up("ana")


@pytest.fixture
def ids(ana: Any) -> dict[str, str]:
    """Things of this patient."""
    plan_id = ana.post("/api/v1/plans", json=plan_body()).json()["id"]
    assert ana.post(f"/api/v1/plans/{plan_id}/activate", json={"confirmed_with_prescriber": True}).status_code == 200
    share_id = ana.post("/api/v1/shares", json={"label": "Sam"}).json()["id"]
    session_id = ana.get("/api/v1/sessions").json()["sessions"][0]["id"]
    kept = ana.post(f"/api/v1/plans/{plan_id}/photos", **sent(photo()))
    found = {"plan_id": plan_id, "share_id": share_id, "session_id": session_id, "photo_id": kept.json()["id"]}
    ana.put(f"/api/v1/shares/{share_id}/care", json={"replies": True})
    reply_id = new_id()
    with session_scope() as session:
        care.add_reply(session, ShareReply(id=reply_id, share_id=share_id, at=NOW, kind="heart", body=""))
    return {**found, **helpers(ana), "passkey_id": a_passkey(ana.account_id), "reply_id": reply_id}


def a_passkey(account_id: str) -> str:
    """A passkey of this account, without the browser that would make it; its id."""
    with session_scope() as session:
        row = Passkey(
            id="0193a000-0000-7000-8000-0000000000aa", account_id=account_id, credential="x", public_key="x", sign_count=0, name="Phone",
            created_at=NOW,
        )  # fmt: skip
        doors.add_passkey(session, row)
        return row.id


def helpers(ana: Any) -> dict[str, str]:
    """Somebody who offered to help this patient, and somebody whom this patient helps."""
    sam, cleo = sign_up("sam"), sign_up("cleo")
    me = Patient(ana.account_id)
    with session_scope() as session:
        asked = ask_helper(session, me, {"label": "Sam"}, NOW)
        take_code(session, sam.actor, asked.code, NOW)
        mine = ask_helper(session, cleo.actor, {"label": "Ana"}, NOW)
        take_code(session, me, mine.code, NOW)
        confirm_helper(session, cleo.actor, mine.helper.id, NOW)
    return {"grant_id": asked.helper.id, "helping_id": mine.helper.id, "account_id": cleo.id}


@pytest.mark.promise(6)
def test_every_route_has_a_row() -> None:
    """The table above names exactly the routes that are registered."""
    assert registered() == set(PRIVATE) | PUBLIC | set(SHARED)
    assert not [
        route.path
        for route in api.routes
        if isinstance(route, APIRoute) and not route.path.startswith(("/api/v1/", "/auth/", "/calendar/", "/s", "/healthz"))
    ]


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_the_owner_may(ana: Any, ids: dict[str, str], method: str, path: str) -> None:
    """The account's owner gets the answer of the table."""
    body, status = PRIVATE[method, path]
    answer = call(ana, method, path, body, ids)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(("method", "path"), [*PRIVATE, *SHARED])
@pytest.mark.parametrize("bad", ["", "taper=wrong; taper-share=wrong", "taper=; taper-share="])
@pytest.mark.promise(1, 6)
def test_nobody_else_may(ids: dict[str, str], method: str, path: str, bad: str) -> None:
    """Without a session, or with a made-up one, every private call is 401, and changes nothing."""
    before = counts()
    body = PRIVATE[method, path][0] if (method, path) in PRIVATE else SHARED[method, path]
    answer = call(phone(**({"cookie": bad} if bad else {})), method, path, body, ids)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")
    assert counts() == before


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_an_old_session_proves_itself_first(ana: Any, ids: dict[str, str], method: str, path: str) -> None:
    """Eleven minutes after signing in the calls of FRESH are 403 and change nothing until it was proved again; no other is."""
    clock.now += timedelta(minutes=11)
    before = counts()
    body, status = PRIVATE[method, path]
    answer = call(ana, method, path, body, ids)
    if (method, path) not in FRESH:
        assert answer.status_code == status, answer.text
        return
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "prove_again")
    assert counts() == before
    assert ana.post("/api/v1/sessions/prove", json={"password": PASSWORD}).status_code == 204
    assert call(ana, method, path, body, ids).status_code == status


@pytest.mark.parametrize(("method", "path"), PRIVATE)
@pytest.mark.promise(6)
def test_caregivers_may_not(ana: Any, ids: dict[str, str], method: str, path: str) -> None:
    """A share cookie opens no call of the patient's, in scope or out."""
    helper, _ = caregiver(ana, scopes=["plan", "plan_dates", "flares", "doses"])
    before = counts()
    answer = call(helper, method, path, PRIVATE[method, path][0], ids)
    assert answer.status_code == 401
    assert counts() == before


@pytest.mark.parametrize(("method", "path"), [one for one in PRIVATE if "{" in one[1]])
@pytest.mark.promise(6)
def test_others_find_nothing(ana: Any, ids: dict[str, str], method: str, path: str) -> None:
    """Another user's id and an unknown one give the same 404, and change nothing."""
    bea = signed_up("bea")
    before = counts()
    body = PRIVATE[method, path][0]
    mine = call(bea, method, path, body, ids)
    unknown = call(bea, method, path, body, dict.fromkeys(ids, "00000000-0000-4000-8000-000000000000"))
    assert (mine.status_code, mine.json()) == (404, unknown.json())
    assert counts() == before


@pytest.mark.parametrize(("method", "path"), [one for one in (*PRIVATE, *PUBLIC, *SHARED) if one[0] != "GET"])
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:3001"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:3000", "sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.promise(8)
def test_other_sites_may_not_write(ana: Any, ids: dict[str, str], method: str, path: str, headers: dict[str, str]) -> None:
    """A write from a foreign page is 403 and changes nothing, signed in or not."""
    before = counts()
    body = PRIVATE.get((method, path), (SHARED.get((method, path), {}),))[0]
    extra = sent(body)
    answer = ana.request(method, fill(path, ids), **extra | {"headers": extra.get("headers", {}) | headers})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_origin")
    assert counts() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://127.0.0.1:3000"},
        {"origin": "http://127.0.0.1:3000", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin"},
        {},
    ],
)
def test_our_own_pages_may_write(ana: Any, headers: dict[str, str]) -> None:
    """Our pages may write, and so may programs, which send no Origin."""
    assert ana.post("/api/v1/plans", json=plan_body(), headers=headers).status_code == 201


@pytest.mark.parametrize(("method", "path"), [*PRIVATE, *PUBLIC, *SHARED])
@pytest.mark.promise(9)
def test_every_answer_is_guarded(ids: dict[str, str], method: str, path: str) -> None:
    """Security headers and no-store stand on every answer, refusals too, and no CORS header does."""
    answer = call(phone(origin="https://evil.example") if method == "GET" else phone(), method, path, {}, ids)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.promise(8)
def test_every_answer_to_preflights_is_no() -> None:
    """A preflight gets no permission."""
    answer = phone().options("/api/v1/plans", headers={"origin": "https://evil.example", "access-control-request-method": "POST"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]

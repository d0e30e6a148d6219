"""Bad input: a named error in the usual shape, nothing half-written, never a 5xx."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.phone import PASSWORD, phone, signed_up
from tests.api.test_api_matrix import SUBSCRIPTION, a_passkey, helpers
from tests.services.world import counts, flare, plan_body

JSON = {"content-type": "application/json"}
WRONG: list[Any] = [
    None, "", " ", 0, -1, 1.5, True, [], {}, [[]], [None], {"a": 1}, "NaN", "x" * 5000, "\0", "\ud800", "2027-02-29",
    "1e9", "-7.5", "12:60", 10**30, ["x"] * 600,
]  # fmt: skip
STEP = {
    "starts_on": "2026-11-25", "starts_when": None, "until": None,
    "doses": [{"at": "08:00", "amount": "30", "parts": [{"strength": "15", "count": "2"}], "volume": None}],
    "every_days": 1, "cycle": [],
    "as_needed": [{"amount": "5", "for": "pain", "at_most": 2, "per_hours": 24, "as_written": "x"}], "note": "n",
}  # fmt: skip
PLAN = plan_body(steps=[STEP], history=[{"from": "2019", "to": "2020", "text": "x"}], last_day=None)
COPY = {
    "format": "taper-export", "version": 1, "exported_at": "2026-11-23T15:00:00Z", "audit": [], "sessions": [],
    "account": {"people": [{"name": "S", "phone": "1"}], "after_hours": "2", "zone": "UTC", "reminders": [], "quiet": None},
    "plans": [{
        "id": "0193a000-0000-7000-8000-000000000001", "status": "active", "plan": PLAN, "recorded_at": "2026-11-20T15:00:00Z",
        "events": [
            {"type": "activated", "recorded_at": "2026-11-20T15:00:00Z", "confirmed_with_prescriber": True},
            {"type": "held", "recorded_at": "2026-11-21T15:00:00Z", "said_by": "x", "reason": "y", "from": "2026-11-26"},
        ],
        "source": {
            "kind": "text", "lines": [{"line": 1, "words": "x", "paths": ["steps.0"], "pointer": ""}],
            "questions": [{"code": "no_time", "line": 1, "path": "steps.0", "words": "x"}], "confirmed": [1],
        },
        "photos": [],
    }],
    "entries": [{**flare(1), "by": {"id": "0193a000-0000-7000-8000-000000000009", "name": "Sam"}}],
}  # fmt: skip
SHARE = {"label": "x", "scopes": ["flares"], "expires_at": "2027-01-01T00:00:00Z", "back": "now", "by_hour": True, "pin": "4711"}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/accounts"): {"login": "cleo", "password": PASSWORD, "display_name": "C", "zone": "UTC"},
    ("PATCH", "/accounts/me"): {"display_name": "A", "zone": "UTC", "people": [{"name": "S", "phone": "1"}], "after_hours": "2"},
    ("POST", "/sessions"): {"login": "ana", "password": PASSWORD},
    ("POST", "/plans"): PLAN,
    ("PUT", "/plans/{draft}"): PLAN,
    ("POST", "/plans/{draft}/activate"): {"confirmed_with_prescriber": True},
    ("POST", "/plans/{plan}/holds"): {"from": "2026-11-24", "said_by": "x", "reason": "y", "preview": True},
    ("POST", "/plans/{plan}/resume"): {"on": "2026-11-26", "said_by": "x", "shift_later_dates": True, "preview": True},
    ("POST", "/plans/{plan}/revisions"): {
        "effective_on": "2026-11-25", "said_by": "x", "reason": "y", "steps": [STEP], "ends": "stay", "strengths": ["15"], "preview": True,
    },
    ("POST", "/plans/{plan}/start-step"): {"on": "2026-11-26", "said_by": "x", "preview": True},
    ("POST", "/plans/{plan}/close"): {"on": "2026-11-26", "said_by": "x", "preview": True},
    ("POST", "/entries"): {"entries": [flare(1)]},
    ("POST", "/import"): COPY,
    ("POST", "/shares"): SHARE,
    ("POST", "/shares/preview"): {**SHARE, "pin": None},
    ("PATCH", "/shares/{share}"): {**SHARE, "paused": True, "frozen": False},
    ("POST", "/shares/open"): {"token": "x"},
    ("PUT", "/shares/{share}/care"): {"replies": True, "muted": True, "alerts": {"flare": 7, "quiet_days": 3, "company": True}},
    ("POST", "/care/messages"): {"kind": "ok"},
    ("POST", "/helpers"): {"label": "x", "kinds": ["flare"]},
    ("POST", "/helping"): {"code": "x"},
    ("POST", "/helping/{helped}/entries"): {"entries": [flare(2)]},
    ("PUT", "/reminders"): {
        "reminders": [{"id": "0193a000-0000-7000-8000-000000000001", "kind": "dose", "at": "08:00"}, {"kind": "check_in", "at": "20:00"}],
        "quiet": {"from": "22:00", "to": "07:00"},
    },
    ("POST", "/reminders/later"): {"token": "x"},
    ("POST", "/reminders/done"): {"token": "x"},
    ("POST", "/push/subscriptions"): SUBSCRIPTION,
    ("POST", "/sessions/prove"): {"password": PASSWORD},
    ("PUT", "/accounts/me/password"): {"new_password": "nine new lanterns at dusk"},
    ("POST", "/passkeys"): {"name": "x", "passkey": {"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "x"}}},
    ("PATCH", "/passkeys/{passkey}"): {"name": "x"},
}  # fmt: skip


class Scene:
    """Ana, with a draft, a plan and a share."""

    def __init__(self) -> None:
        self.ana = signed_up("ana")
        make = lambda: self.ana.post("/api/v1/plans", json=plan_body()).json()["id"]  # noqa: E731  # used twice, here only
        self.ids = {"draft": make(), "plan": make()}
        self.ana.post(f"/api/v1/plans/{self.ids['plan']}/activate", json={"confirmed_with_prescriber": True})
        self.ids["helped"] = helpers(self.ana)["account_id"]
        self.ids["share"] = self.ana.post("/api/v1/shares", json={}).json()["id"]
        self.ids["passkey"] = a_passkey(self.ana.account_id)  # type: ignore[attr-defined]

    def send(self, route: tuple[str, str], raw: bytes | str, headers: dict[str, str] | None = None) -> Any:
        """One call with a raw body."""
        path = "/api/v1" + route[1].format(**self.ids)
        return self.ana.request(route[0], path, content=raw, headers=headers or JSON)


@pytest.fixture
def scene() -> Scene:
    """A fresh scene."""
    return Scene()


def is_named(answer: Any) -> bool:
    """Whether an error has the envelope of API.md."""
    error = answer.json()["error"]
    return set(error) >= {"code", "message", "field"} and bool(error["code"]) and bool(error["message"])


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, the whole of it too."""
    found = [here]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += paths(inner, (*here, key))
    return found


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with one place replaced."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("route", BODIES)
@pytest.mark.promise(13)
def test_every_field_of_every_call(scene: Scene, route: tuple[str, str]) -> None:
    """Each field with each kind of rubbish: 2xx or a named 4xx, and a refusal leaves every table as it was."""
    body = BODIES[route]
    for path in paths(body):
        for wrong in WRONG:
            raw = json.dumps(replaced(body, path, wrong))
            before = counts()
            answer = scene.send(route, raw)
            assert answer.status_code < 500, (path, wrong, answer.text)
            if answer.status_code >= 400:
                assert is_named(answer), (path, wrong)
                # A wrong password is a line in the owner's trail.
                noted = {"audit", "wrong_tries"} if answer.status_code == 401 else set()
                after = counts()
                assert {table for table in before if after[table] != before[table]} <= noted, (path, wrong)
            if route == ("POST", "/plans/{draft}/activate") and answer.status_code == 200:
                return


@pytest.mark.parametrize("route", BODIES)
@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"", 400, "not_json"),
        (b"\xff\xfe", 400, "not_utf8"),
        (b'{"login": NaN}', 400, "not_json"),
        (b'{"login": "a", "login": "b"}', 400, "not_json"),
        (b'{"steps": [{"amount": "30", "amount": "15"}]}', 400, "not_json"),
        (b'{"login": Infinity}', 400, "not_json"),
        (b'{"login": -Infinity}', 400, "not_json"),
        (b"[" * 60_000, 400, "not_json"),
        (b'{"a":' * 10_000, 400, "not_json"),
        (b"[" * 40 + b"]" * 40, 400, "not_json"),
    ],
)
def test_broken_json(scene: Scene, route: tuple[str, str], raw: bytes, status: int, code: str) -> None:
    """What is no JSON is 400 by name, on every call."""
    before = counts()
    answer = scene.send(route, raw)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert counts() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonx"])
@pytest.mark.parametrize("route", BODIES)
@pytest.mark.promise(8)
def test_what_forms_can_send_is_refused(scene: Scene, route: tuple[str, str], kind: str) -> None:
    """Only application/json is read: a form of another site cannot send it."""
    answer = scene.send(route, json.dumps(BODIES[route]), {"content-type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "wrong_content_type")


@pytest.mark.parametrize("route", BODIES)
@pytest.mark.promise(13)
def test_large_bodies_stop_at_the_limit(scene: Scene, route: tuple[str, str]) -> None:
    """64 KB a body, 1 MB of entries and 20 MB of a file, also when the length is not announced."""
    limit = {"/entries": 1024 * 1024, "/import": 20 * 1024 * 1024}.get(route[1], 64 * 1024)
    before = counts()

    def parts() -> Any:
        for _ in range(limit // 8192 + 1):
            yield b" " * 8192

    path = "/api/v1" + route[1].format(**scene.ids)
    for content in (b" " * (limit + 1), parts()):
        answer = scene.ana.request(route[0], path, content=content, headers=JSON)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert counts() == before


@pytest.mark.parametrize(
    ("path", "code", "field"),
    [
        ("/today?date=2027-02-29", "not_a_date", "date"),
        ("/today?date=0001-01-01", "date_out_of_range", "date"),
        ("/plans/{plan}/schedule", "missing", "from"),
        ("/plans/{plan}/schedule?from=2026-11-20", "missing", "to"),
        ("/plans/{plan}/schedule?from=2026-11-20&to=2026-11-19", "window_backwards", "to"),
        ("/plans/{plan}/schedule?from=2026-11-20&to=2029-11-19", "window_too_long", "to"),
        ("/plans/{plan}/schedule?from=%00&to=x", "not_a_date", "from"),
        ("/entries?limit=0", "out_of_range", "limit"),
        ("/entries?limit=501", "out_of_range", "limit"),
        ("/entries?limit=%D9%A3", "out_of_range", "limit"),
        ("/entries?limit=-1", "out_of_range", "limit"),
        ("/entries?limit=" + "9" * 5000, "out_of_range", "limit"),
        ("/entries?after=%F0%9F%98%80", "bad_cursor", "after"),
        ("/export?format=pdf", "unknown_format", "format"),
    ],
)
def test_wrong_queries_are_named(scene: Scene, path: str, code: str, field: str) -> None:
    """A wrong query is 422 with its field."""
    answer = scene.ana.get("/api/v1" + path.format(**scene.ids))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, code, field)


@pytest.mark.parametrize("bad", ["%00", "%F0%9F%98%80", "x" * 3000, "..%2F..", "%ED%A0%80", "'", "current"])
@pytest.mark.parametrize("path", ["/plans/{}", "/plans/{}/schedule?from=2026-11-20&to=2026-11-21", "/plans/{}/photos", "/shares/{}/views"])
def test_odd_ids_are_not_there(scene: Scene, path: str, bad: str) -> None:
    """An id that can be none is a plain 404."""
    answer = scene.ana.get("/api/v1" + path.format(bad))
    assert answer.status_code == 404
    assert is_named(answer)


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("PUT", "/plans", 405, "method_not_allowed"),
        ("GET", "/plans/", 404, None),
        ("GET", "", 404, "not_found"),
    ],
)
def test_unknown_routes_have_the_envelope(scene: Scene, method: str, path: str, status: int, code: str | None) -> None:
    """404 and 405 look like every other error."""
    answer = scene.ana.request(method, "/api/v1" + path, json={})
    assert answer.status_code == status
    assert is_named(answer)
    assert code is None or answer.json()["error"]["code"] == code


def test_activation_lists_every_blank(scene: Scene) -> None:
    """The envelope has the first blank in front and all of them in `errors`."""
    made = scene.ana.post("/api/v1/plans", json={"medication": {"name": "x"}}).json()
    answer = scene.ana.post(f"/api/v1/plans/{made['id']}/activate", json={"confirmed_with_prescriber": True})
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert {one["code"] for one in error["errors"]} == {"no_unit", "no_steps", "no_end"}
    assert error["code"] == error["errors"][0]["code"]


def test_duplicates_and_rejections_come_back_one_by_one(scene: Scene) -> None:
    """POST /entries answers per entry, and X-Account of another is 409."""
    batch = {"entries": [flare(1), flare(1), flare(2, severity_now=99)]}
    answer = scene.ana.post("/api/v1/entries", json=batch, headers={"x-account": scene.ana.account_id})  # type: ignore[attr-defined]
    assert [one["status"] for one in answer.json()["results"]] == ["stored", "duplicate", "rejected"]
    assert answer.json()["results"][2]["code"] == "out_of_range"
    answer = scene.ana.post("/api/v1/entries", json=batch, headers={"x-account": "somebody"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "other_account")


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["steps", "doses", "entries", "at", "x"]), inner),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(BODIES)), st.data())
@pytest.mark.promise(13)
def test_any_json_is_survived(scene: Scene, route: tuple[str, str], data: st.DataObject) -> None:
    """Whatever JSON comes, in whole or in one place of a good body: no 5xx."""
    body = BODIES[route]
    place = data.draw(st.sampled_from(paths(body)))
    answer = scene.send(route, json.dumps(replaced(body, place, data.draw(_values))))
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert is_named(answer)


def test_the_openapi_document_describes_every_body() -> None:
    """The document is at its address, every body has a schema, and every $ref leads somewhere."""
    document = phone().get("/api/v1/openapi.json").json()
    known = set(document["components"]["schemas"])
    refs = {text.split('"')[0] for text in json.dumps(document).split('"#/components/schemas/')[1:]}
    assert refs <= known
    bodies = [
        (method.upper(), path.removeprefix("/api/v1"))
        for path, calls in document["paths"].items()
        for method, call in calls.items()
        if "application/json" in call.get("requestBody", {}).get("content", {})
    ]
    # DELETE /accounts/me takes a password where one is given; the two of caregivers are in test_api_care.py.
    assert len(bodies) == len(BODIES) + 3

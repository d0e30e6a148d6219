"""Two patients and three caregivers, swapped through every id on every route: nobody is shown or may touch what is another's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from taper_app.services.share_door import note_look
from tests.api.phone import phone
from tests.api.test_api_matrix import PRIVATE, PUBLIC, SHARED, registered, sent
from tests.services.canaries import Stocked
from tests.services.world import asking, entry

NOBODY = "00000000-0000-4000-8000-000000000000"
# Where an id of a patient's things stands in a body or a query instead of the path; a route whose body or query takes an id and
# that is not here is refused by the test below.
ELSEWHERE: dict[tuple[str, str], Any] = {
    ("POST", "/entries"): lambda ids, key: ({"entries": [entry(901, "dose", {"plan_id": ids[key], "action": "taken"})]}, ""),
    ("POST", "/import/diary"): lambda ids, key: (b"day,pain\n2026-11-02,4\n", f"?id={ids[key]}"),
    ("GET", "/report.pdf"): lambda ids, key: (None, f"?plan={ids[key]}&questions={ids[key]}"),
    ("GET", "/entries"): lambda ids, key: (None, f"?after={ids[key]}"),
    ("PUT", "/reminders"): lambda ids, key: ({"reminders": [{"id": ids[key], "kind": "dose", "at": "08:00"}], "quiet": None}, ""),
    ("POST", "/reminders/later"): lambda ids, key: ({"token": ids[key]}, ""),
    ("POST", "/reminders/done"): lambda ids, key: ({"token": ids[key]}, ""),
}
# What is asked of a route stands in these; each is one of `Stocked.ids`, or the name of what the path calls it.
KINDS = {
    "plan_id": ("plan_id", "draft_id", "read_id"),
    "photo_id": ("photo_id",),
    "share_id": ("share_id", "narrow_id", "revoked_id"),
    "session_id": ("session_id",),
    "passkey_id": ("passkey_id",),
    "reply_id": ("reply_id",),
    "grant_id": ("grant_id",),
    "helping_id": ("helping_id",),
    "account_id": ("account_id", "helped_id"),
}


@pytest.fixture
def ana() -> Stocked:
    """Whose things are asked for."""
    return Stocked("ana")


@pytest.fixture
def bo() -> Stocked:
    """Who asks for them, with the same things."""
    return Stocked("bo")


def holder(cookie: str) -> Any:
    """A client with this cookie."""
    return phone(cookie=cookie)


def named(path: str) -> list[str]:
    """The ids that a path takes."""
    return re.findall(r"{(\w+)}", path)


def swaps(method: str, path: str, ids: dict[str, str]) -> list[tuple[str, Any]]:
    """Every address and body of a route, with each id that fits in each place."""
    body = PRIVATE[method, path][0]
    query = "?from=2026-11-20&to=2026-11-25" if path.endswith("/schedule") else ""
    found: list[tuple[str, Any]] = []
    names = named(path)
    for key in KINDS[names[0]] if names else ():
        filled = path
        for name in names:
            filled = filled.replace(f"{{{name}}}", ids[key if name == names[0] else KINDS[name][0]])
        found.append((filled + query, body))
    if (method, path) in ELSEWHERE:
        for key in ids:
            other, asked = ELSEWHERE[method, path](ids, key)
            found.append((path + asked, other))
    return found or [(path + query, body)]


@pytest.mark.promise(6)
def test_every_id_that_a_path_takes_is_swapped() -> None:
    """Every registered route is asked below, and a new kind of id in a path needs a line in KINDS."""
    assert registered() - PUBLIC - set(SHARED) == set(PRIVATE)
    assert {name for _, path in registered() for name in named(path)} == set(KINDS)


@pytest.mark.parametrize(("method", "path"), PRIVATE)
@pytest.mark.promise(6)
def test_another_patient_finds_nothing_of_hers(ana: Stocked, bo: Stocked, method: str, path: str) -> None:
    """Bo asks with every id of Ana's: no word of hers comes back, none of her rows changes, and it looks as if there were no such thing."""
    before, asks = ana.rows(), holder(f"taper={bo.person.token}")
    unknown = dict.fromkeys(ana.ids, NOBODY)
    for (mine, body), (theirs, blank) in zip(swaps(method, path, ana.ids), swaps(method, path, unknown), strict=True):
        answer = asks.request(method, f"/api/v1{mine}", **sent(body))
        assert ana.canary.encode() not in answer.content, mine
        assert answer.status_code < 500
        if named(path):
            other = asks.request(method, f"/api/v1{theirs}", **sent(blank))
            assert (answer.status_code, answer.content) == (404, other.content), mine
        if (method, path) == ("DELETE", "/accounts/me"):
            break
    assert ana.rows() == before


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_a_caregiver_finds_nothing_by_any_id(ana: Stocked, method: str, path: str) -> None:
    """With a share cookie, as a share's or passed off as a session's, every private route is 401 for each of the patient's ids."""
    before = ana.rows()
    clients = [holder(f"{name}={cookie}") for cookie in ana.openings.values() for name in ("taper-share", "taper")]
    for filled, body in swaps(method, path, ana.ids):
        for client in clients:
            answer = client.request(method, f"/api/v1{filled}", **sent(body))
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in"), filled
            assert ana.canary.encode() not in answer.content
    assert ana.rows() == before


def test_a_caregiver_sees_one_persons_scopes_and_nothing_else(ana: Stocked, bo: Stocked) -> None:
    """In scope the words are there; out of scope only dates; a revoked one is 401; and beside another's session still only the share's."""
    summary = "/api/v1/shared/summary"
    wide = holder(f"taper-share={ana.openings['wide']}").get(summary)
    assert wide.status_code == 200
    assert ana.canary in wide.text
    narrow = holder(f"taper-share={ana.openings['narrow']}").get(summary).json()
    assert [narrow[name] for name in ("notes", "doses", "options", "check_ins")] == [[]] * 4 or "notes" not in narrow
    assert ana.canary not in str({k: v for k, v in narrow.items() if k not in ("display_name", "label")})
    assert holder(f"taper-share={ana.openings['revoked']}").get(summary).status_code == 401
    mixed = holder(f"taper={bo.person.token}; taper-share={ana.openings['wide']}").get(summary)
    assert bo.canary not in mixed.text
    assert ana.canary not in holder(f"taper={bo.person.token}; taper-share={ana.openings['wide']}").get("/api/v1/snapshot").text


def test_a_session_opens_no_share_and_no_calendar_of_anothers(ana: Stocked, bo: Stocked) -> None:
    """Ids, session tokens and share cookies are no link: put where a link's token belongs, each looks like an unknown one."""
    unknown = phone().post("/api/v1/shares/open", json={"token": "unknown"})
    feed = phone().get("/calendar/unknown.ics")
    for secret in (*ana.ids.values(), ana.person.token, *ana.openings.values(), bo.person.token):
        opened = phone().post("/api/v1/shares/open", json={"token": secret})
        assert (opened.status_code, opened.content) == (unknown.status_code, unknown.content)
        asked = phone().get(f"/calendar/{secret}.ics")
        assert (asked.status_code, asked.content) == (feed.status_code, feed.content)
    with asking() as (session, now):
        note_look(session, bo.person.token, now)

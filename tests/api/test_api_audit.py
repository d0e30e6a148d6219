"""The trail over HTTP: what calls leave behind."""

from __future__ import annotations

from typing import Any

import pytest

from taper_app.data import engine
from taper_app.services import audit
from tests.api.phone import phone, signed_up


def trail(client: Any) -> list[dict[str, Any]]:
    """The whole trail."""
    found: list[dict[str, Any]] = client.get("/api/v1/audit").json()["audit"]
    return found


def test_files_taken_out_are_in_the_trail() -> None:
    """Each export and each page for a visit is a line, which names no one and nothing."""
    ana = signed_up("ana")
    for path in ("/export", "/export?format=csv", "/export?format=fhir", "/report.pdf"):
        assert ana.get(f"/api/v1{path}").status_code == 200
    assert ana.get("/api/v1/export?format=x").status_code == 422
    assert [one["what"] for one in trail(ana)[2:]] == ["data_exported"] * 3 + ["report_made"]
    assert set(trail(ana)[2]) == {"at", "what", "actor", "subject", "tries"}


def test_a_trail_that_cannot_be_written_keeps_nobody_from_their_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a full disk the export still comes."""
    ana = signed_up("ana")

    def full(*_: Any) -> None:
        raise engine.Unavailable

    monkeypatch.setattr(audit, "note_done", full)
    assert ana.get("/api/v1/export").status_code == 200
    assert len(trail(ana)) == 2


def test_guesses_are_in_the_trail_of_whom_they_were_meant_for() -> None:
    """Wrong passwords and wrong codes, by the call or the form, are one counted line; the owner's own line comes after."""
    ana = signed_up("ana")
    stranger = phone()
    for _ in range(3):
        assert stranger.post("/api/v1/sessions", json={"login": "ana", "password": "not this one at all"}).status_code == 401
    code = {"login": "ana", "recovery_code": "AAAAA-AAAAA", "new_password": "quite another long phrase"}
    assert stranger.post("/api/v1/sessions", json=code).status_code == 401
    assert stranger.post("/api/v1/sessions", json={"login": "nobody", "password": "not this one at all"}).status_code == 401
    (line,) = trail(ana)[2:]
    assert (line["what"], line["actor"], line["tries"], line["subject"]) == ("wrong_try", "nobody", 4, None)


def test_signing_out_by_the_form_is_in_the_trail() -> None:
    """Signing out leaves a line that the next session can read."""
    ana = signed_up("ana")
    ana.delete("/api/v1/sessions/current")
    again = phone()
    again.post("/api/v1/sessions", json={"login": "ana", "password": "seven quiet lamps burning"})
    assert [one["what"] for one in trail(again)][2:] == ["session_ended", "signed_in"]


def test_pages_of_the_trail() -> None:
    """`next` leads on until there is no more; a limit or cursor that is none is refused by name."""
    ana = signed_up("ana")
    first = ana.get("/api/v1/audit?limit=1").json()
    second = ana.get(f"/api/v1/audit?limit=1&after={first['next']}").json()
    assert [first["audit"][0]["what"], second["audit"][0]["what"], second["next"]] == ["signed_up", "signed_in", None]
    for query, field in (("limit=0", "limit"), ("limit=x", "limit"), ("limit=501", "limit"), ("after=%C2%B2", "after")):
        answer = ana.get(f"/api/v1/audit?{query}")
        assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)

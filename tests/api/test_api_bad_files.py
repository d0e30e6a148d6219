"""Files that nobody should send: a named error with its place, nothing stored, memory bounded, never a 5xx."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taper_app.api.gate import make_gate
from tests.api.phone import ORIGIN, api, cookie, reflex, signed_up
from tests.api.test_api_matrix import PRESCRIPTION
from tests.services.world import counts, entry, plan_body, uuid

JSON, CSV = {"content-type": "application/json"}, {"content-type": "text/csv"}
MB = 1024 * 1024
EMPTY: dict[str, Any] = {"format": "taper-export", "version": 1, "plans": [], "entries": []}


@pytest.fixture
def ana() -> Any:
    """A patient."""
    return signed_up("ana")


def send(client: Any, raw: bytes, *, table: bool = False, **headers: str) -> Any:
    """One file."""
    path = "/api/v1/import/diary" if table else "/api/v1/import"
    return client.post(path, content=raw, headers={**(CSV if table else JSON), **headers})


def packed(size: int = 10 * MB) -> bytes:
    """A zip bomb in small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("taper.json", b" " * size)
    return out.getvalue()


def own(**changes: Any) -> bytes:
    """An export with something in it."""
    return json.dumps({**EMPTY, **changes}).encode()


def rows(*lines: str, end: str = "\n") -> bytes:
    """A table."""
    return end.join(lines).encode()


# Name -> (file, status, code, field, line).
FILES: dict[str, tuple[bytes, int, str, str | None, int | None]] = {
    "nothing": (b"", 400, "not_json", None, 1),
    "a zip": (packed(), 400, "zip_file", None, None),
    "gzip": (gzip.compress(b" " * MB), 400, "zip_file", None, None),
    "Latin-1": ('{"text": "Küche"}'.encode("latin-1"), 400, "not_utf8", None, None),
    "UTF-16": ('{"text": "x"}'.encode("utf-16"), 400, "not_utf8", None, None),
    "broken on line 3": (b'{"format": "taper-export",\n"version": 1,\n"plans": [}', 400, "not_json", None, 3),
    "deep": (b'{"plans": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "not_json", None, None),
    "a little deep": (b'{"plans": ' + b"[" * 40 + b"]" * 40 + b"}", 400, "not_json", None, None),
    "a million lists": (b'{"plans": [' + b"[]," * 1_000_000 + b"0]}", 413, "too_large", None, None),
    "three million numbers": (b'{"plans": [' + b"1," * 3_000_000 + b"0]}", 413, "too_large", None, None),
    "not a number": (b'{"format": "taper-export", "version": NaN}', 400, "not_json", None, None),
    "a name twice": (b'{"entries": [{"pain": 1, "pain": 2}]}', 400, "not_json", "pain", None),
    "a script as a name, twice": (b'{"<script>": 1, "<script>": 2}', 400, "not_json", None, None),
    "no object": (b"[]", 422, "unknown_import", None, None),
    "nothing we know": (b"{}", 422, "unknown_import", None, None),
    "a later version": (own(version=2), 422, "unknown_version", "version", None),
    "another format": (own(format="x"), 422, "unknown_import", "format", None),
    "a key we do not know": (own(passwords=[]), 422, "unknown_key", "passwords", None),
    "one bad entry among good ones": (
        own(entries=[entry(n, "check_in", {"pain": 11 if n == 12 else 1}) for n in range(20)]),
        422, "out_of_range", "entries.12.data.pain", None,
    ),
    "a dose of somebody else's plan": (
        own(entries=[entry(1, "dose", {"plan_id": uuid(5), "action": "taken"})]), 422, "plan_not_found", "entries.0.data.plan_id", None,
    ),
    "a plan that is none": (own(plans=[{"id": uuid(1), "plan": {"steps": 5}}]), 422, "wrong_type", "plans.0.plan.steps", None),
    "a script for an id": (own(plans=[{"id": "<script>", "plan": {}}]), 422, "not_an_id", "plans.0.id", None),
    "too many plans": (own(plans=[{}] * 201), 422, "too_many", "plans", None),
    "DSTU2": (b'{"resourceType": "MedicationOrder"}', 422, "fhir_version", "resourceType", None),
    "another resource": (b'{"resourceType": "Observation"}', 422, "fhir_not_a_prescription", "resourceType", None),
    "no prescription": (b'{"resourceType": "Bundle", "entry": []}', 422, "fhir_no_prescription", "entry", None),
}  # fmt: skip
TABLES: dict[str, tuple[bytes, int, str, str | None, int | None]] = {
    "nothing": (b"", 422, "empty_file", None, 1),
    "only a mark": (b"\xef\xbb\xbf", 422, "empty_file", None, 1),
    "only names": (b"day,pain\n", 422, "no_rows", None, 1),
    "a zip": (packed(), 400, "zip_file", None, None),
    "a spreadsheet": (b"PK\x03\x04 xl/workbook.xml", 400, "zip_file", None, None),
    "Latin-1": ("day,note\n2026-11-02,ok\n2026-11-03,Küche\n".encode("latin-1"), 422, "not_utf8", None, 3),
    "UTF-16 cut in two": ("day,pain\n".encode("utf-16")[:-1], 422, "not_utf8", None, None),
    "a zero byte": (b"day,pain\n2026-11-02,\x00\n", 422, "control_character", None, 2),
    "a million columns": (b"," * 1_000_000 + b"\n1\n", 422, "too_many_columns", None, 1),
    "too many rows": (b"day,pain\n" + b"2026-11-02,1\n" * 20_001, 422, "too_many_rows", None, 20_002),
    "a long cell": (b"day,note\n2026-11-02," + b"x" * 10_001, 422, "cell_too_long", None, 2),
    "a very long cell": (b"day,note\n2026-11-02," + b"x" * 200_000, 422, "cell_too_long", None, 2),
    "a quotation mark that is never closed": (b'day,note\n2026-11-02,"x\n' + b"a\n" * 80_000, 422, "cell_too_long", None, 2),
    "a row longer than the names": (b"day,pain\n2026-11-02,1\n2026-11-03,1,2\n", 422, "row_too_long", None, 3),
}


def check(answer: Any, status: int, code: str, field: str | None, line: int | None) -> None:
    """The envelope of API.md, with the place and the line."""
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text[:400]
    error = answer.json()["error"]
    assert error["message"] and error["field"] == field
    assert line is None or error["line"] == line


@pytest.mark.parametrize("name", FILES)
def test_bad_files(ana: Any, name: str) -> None:
    """A file that cannot be read is refused by name, with its place, and nothing is stored."""
    raw, *expected = FILES[name]
    before = counts()
    check(send(ana, raw), *expected)
    assert counts() == before


@pytest.mark.parametrize("name", TABLES)
def test_bad_tables(ana: Any, name: str) -> None:
    """A table that cannot be read is refused by name, with its line, and nothing is stored."""
    raw, *expected = TABLES[name]
    before = counts()
    check(send(ana, raw, table=True), *expected)
    assert counts() == before


@pytest.mark.parametrize(
    ("raw", "columns", "rows_"),
    [
        (rows("day,pain", "2026-11-02,4", "2026-11-03,5"), ["day", "pain"], 2),
        (b"\xef\xbb\xbf" + rows("day;pain", "02.11.2026;4"), ["day", "pain"], 1),
        (rows("day\tpain", "2026-11-02\t4", "", "\t"), ["day", "pain"], 1),
        (rows("day,pain", "2026-11-02,4", "2026-11-03,5", end="\r"), ["day", "pain"], 2),
        (rows("day,pain", "2026-11-02,4", end="\r\n"), ["day", "pain"], 1),
        ("day,note\n2026-11-02,Küche\n".encode("utf-16"), ["day", "note"], 1),
        (rows("day;note", '2026-11-02;"a, b; c', '""d"""'), ["day", "note"], 1),
        (rows("day,day,", "1,2,3"), ["day", "day", ""], 1),
        (rows("<script>alert(1)</script>,=1+1", "1,2"), ["<script>alert(1)</script>", "=1+1"], 1),
    ],
)
def test_tables_of_many_makers(ana: Any, raw: bytes, columns: list[str], rows_: int) -> None:
    """Marks, semicolons, tabs, each kind of line end and UTF-16 are read; names are kept as the text they are."""
    answer = send(ana, raw, table=True)
    assert answer.status_code == 201, answer.text
    assert (answer.json()["columns"], answer.json()["rows"]) == (columns, rows_)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("kind", "table", "code"),
    [
        ("text/plain", False, "wrong_content_type"),
        ("application/x-www-form-urlencoded", False, "wrong_content_type"),
        ("multipart/form-data; boundary=x", False, "wrong_content_type"),
        ("", False, "wrong_content_type"),
        ("text/plain", True, "wrong_file_type"),
        ("application/json", True, "wrong_file_type"),
    ],
)
@pytest.mark.promise(8)
def test_what_a_form_of_another_site_can_send_is_refused(ana: Any, kind: str, table: bool, code: str) -> None:
    """Only a type that needs the browser's leave is taken."""
    answer = send(ana, own(), table=table, **{"content-type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, code)


def test_a_mark_of_the_byte_order_is_fine(ana: Any) -> None:
    """JSON from a program that writes a mark in front is read."""
    assert send(ana, b"\xef\xbb\xbf" + own()).status_code == 201
    assert send(ana, json.dumps(PRESCRIPTION).encode(), **{"content-type": "application/fhir+json; charset=utf-8"}).status_code == 201


def test_scripts_and_formulas_are_kept_as_text(ana: Any) -> None:
    """What looks like a script or a formula is a name like any other."""
    name, note = "<script>alert(1)</script>", '=HYPERLINK("http://x","y")'
    plan = {"id": uuid(1), "status": "draft", "plan": plan_body(prescriber=name)}
    assert send(ana, own(plans=[plan], entries=[entry(2, "note", {"text": note})])).status_code == 201
    assert ana.get(f"/api/v1/plans/{uuid(1)}").json()["prescriber"] == name
    assert ana.get("/api/v1/entries").json()["entries"][0]["data"] == {"text": note}


async def stream(headers: list[tuple[bytes, bytes]], chunks: int) -> tuple[int, int]:
    """Send a body of so many megabytes; the status, and how many were asked for."""
    gate = make_gate(reflex, api=api, build=Path("no build"))
    chunk, sent, status = b" " * MB, 0, 0

    async def receive() -> dict[str, Any]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": chunk, "more_body": sent < chunks}

    async def answer(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/api/v1/import", "raw_path": b"/api/v1/import", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"host", ORIGIN.split("//")[1].encode()), *headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 3000),
    }  # fmt: skip
    await gate(scope, receive, answer)
    return status, sent


@pytest.mark.promise(13)
def test_fifty_megabytes_are_refused_while_they_stream(ana: Any) -> None:
    """A body without a length is cut off at the limit: no more is asked for, and no more is held than the limit."""
    session = (b"cookie", cookie(ana).encode())
    tracemalloc.start()
    status, sent = asyncio.run(stream([session], 50))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (status, sent) == (413, 21)
    assert peak < 30 * MB, peak
    assert asyncio.run(stream([session, (b"content-length", str(50 * MB).encode())], 50)) == (413, 0)


def test_nobody_is_read_who_is_not_signed_in() -> None:
    """Without a session not a byte of the body is asked for."""
    assert asyncio.run(stream([], 50)) == (401, 0)


def test_a_large_file_needs_bounded_memory(ana: Any) -> None:
    """Ten years of a log are taken in one file, in a few times the memory of the file."""
    log = [entry(n, "check_in", {"pain": n % 11, "note": "as before " * 5}) for n in range(16_600)]
    raw = own(entries=log)
    assert len(raw) > 3.3 * MB
    tracemalloc.start()
    answer = send(ana, raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.status_code, answer.json()["entries"]) == (201, 16_600)
    assert peak < 25 * len(raw), peak


WORDS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "format", "version", "plans", "entries", "account", "id", "plan", "events", "status", "source", "photos", "resourceType", "text",
    ]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=WORDS, table=st.booleans(), raw=st.binary(max_size=200), as_json=st.booleans())
@pytest.mark.promise(13)
def test_anything_at_all_is_answered(ana: Any, body: Any, table: bool, raw: bytes, as_json: bool) -> None:
    """Any bytes and any JSON are taken or refused by name, never a crash."""
    from taper_app.api import limits

    limits.reset()
    if as_json:
        raw = json.dumps({**EMPTY, **body} if isinstance(body, dict) else body).encode("utf-8", "surrogatepass")
    answer = send(ana, raw, table=table)
    assert answer.status_code in (201, 400, 413, 415, 422), answer.text
    assert answer.status_code == 201 or answer.json()["error"]["message"]


def test_what_was_read_is_no_plan_before_it_was_read_back(ana: Any) -> None:
    """A pasted plan with a blank is not activated; a program that writes every line itself confirms it by that."""
    text = "Morphine 30 mg in the morning from 2026-12-01. Then 15 mg in the morning from 2026-12-15. Stay on 15 mg."
    path = f"/api/v1/plans/{ana.post('/api/v1/import', json={'text': text}).json()['plans'][0]['id']}"
    confirmed = {"confirmed_with_prescriber": True}
    answer = ana.post(f"{path}/activate", json=confirmed)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "steps.2.starts_on")
    assert ana.put(path, json=plan_body()).status_code == 200
    assert ana.post(f"{path}/activate", json=confirmed).status_code == 200

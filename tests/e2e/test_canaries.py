"""No secret and no word of a person anywhere but where it belongs: canaries in every field, then a search of everything.

The real server is fed through its API and its socket, rightly and wrongly, and made to fail. Then all that it wrote is read:
its log, its folder, the folder for temporary files, `.states`, its answers to what was wrong.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio
from reflex.state import FrontendEventExceptionState
from sqlalchemy import text

from scripts.build import build
from scripts.house import ROOT, running_app
from taper_app.data import engine
from taper_app.states.lens import LensState
from taper_app.states.plan_paste import PlanPasteState
from taper_app.states.reminders import RemindersState
from taper_app.states.settings import SettingsState
from taper_app.states.share import ShareState
from tests.services import world

CANARY = "kanarienvogel"
PASSWORD = f"a long {CANARY} phrase"
JSON = {"content-type": "application/json"}


class Told:
    """What the server answered, and the secrets that it handed out."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self.secrets: dict[str, str] = {"password": PASSWORD}


def feed(client: httpx.Client, told: Told) -> None:
    """A person's life, with the canary in every text."""
    body = {"login": f"{CANARY}login", "password": PASSWORD, "display_name": CANARY, "zone": "America/New_York"}
    made = client.post("/accounts", json=body)
    assert made.status_code == 201, made.text
    told.secrets["recovery code"] = made.json()["recovery_code"]
    told.secrets["cookie"] = client.cookies["taper"]
    changes = {"people": [{"name": CANARY, "phone": CANARY}], "after_hours": CANARY}
    assert client.patch("/accounts/me", json=changes).status_code == 200
    plan = world.plan_body(prescriber=CANARY)
    plan["medication"]["name"] = CANARY
    plan["steps"][0]["note"] = CANARY
    plan_id = client.post("/plans", json=plan).json()["id"]
    assert client.post(f"/plans/{plan_id}/activate", json={"confirmed_with_prescriber": True}).status_code == 200
    held = {"from": "2026-11-24", "said_by": CANARY, "reason": CANARY}
    assert client.post(f"/plans/{plan_id}/holds", json=held).status_code == 201
    log = [
        world.flare(1, note=CANARY),
        world.entry(2, "note", {"text": CANARY}),
        world.entry(3, "question", {"text": CANARY}),
        world.entry(4, "naloxone", {"place": CANARY}),
        world.entry(5, "check_in", {"pain": 4, "note": CANARY}),
    ]
    answers = client.post("/entries", json={"entries": log}).json()
    assert {one["status"] for one in answers["results"]} == {"stored"}, answers
    share = client.post("/shares", json={"label": CANARY}).json()
    told.secrets["share"] = share["url"].split("#")[1]
    to, own = str(client.base_url.join("shares/open")), {"origin": client.headers["origin"]}
    opened = httpx.post(to, json={"token": told.secrets["share"]}, headers=own)
    assert opened.status_code == 204, opened.text
    told.secrets["share cookie"] = opened.cookies["taper-share"]
    told.secrets["calendar"] = client.post("/calendar", json={}).json()["url"].rsplit("/", 1)[1].removesuffix(".ics")
    assert client.post("/import", json={"text": f"{CANARY} 15 mg: take 1 tablet each morning"}).status_code < 500
    diary = client.post("/import/diary", content=f"day,pain,{CANARY}\n2026-11-02,4,{CANARY}\n", headers={"content-type": "text/csv"})
    assert diary.status_code == 201, diary.text


def provoke(client: httpx.Client, told: Told) -> None:
    """Everything wrong that can be sent, the canary in all of it."""
    wrong = [
        client.post("/sessions", json={"login": CANARY, "password": CANARY}),
        client.post("/sessions", json={"login": f"{CANARY}login", "password": f"{CANARY} not this one"}),
        client.post("/sessions", json={"login": CANARY, "recovery_code": CANARY, "new_password": CANARY}),
        client.post("/accounts", json={"login": [CANARY], "password": CANARY, "display_name": CANARY * 20, "zone": CANARY}),
        client.post("/plans", json={"medication": CANARY, "steps": [{"note": [CANARY], "doses": CANARY}], "prescriber": 1}),
        client.post("/entries", json={"entries": [{**world.flare(9), "kind": CANARY}, {**world.flare(10), "zone": CANARY}]}),
        client.post("/entries", json={"entries": [world.entry(11, "note", {"text": [CANARY]})]}),
        client.post("/entries", content=f'{{"entries": [{CANARY}', headers=JSON),
        client.post("/shares/open", json={"token": CANARY}),
        client.post("/shares", json={"label": CANARY, "scopes": [CANARY], "expires_in_days": CANARY}),
        client.get(f"/plans/{CANARY}"),
        client.get("/report.pdf", params={"plan": CANARY, "questions": CANARY, "from": CANARY}),
        client.get("/entries", params={"after": CANARY, "limit": CANARY}),
        client.get(f"/{CANARY}"),
        client.post("/import", content=f'{{"text": "{CANARY}', headers=JSON),
        client.post("/push/subscriptions", json={"endpoint": f"https://{CANARY}.example", "keys": {"p256dh": CANARY, "auth": CANARY}}),
        client.get("/accounts/me", headers={"cookie": f"taper={CANARY}", "user-agent": CANARY, "referer": CANARY}),
        client.get("/shared/summary", headers={"cookie": f"taper-share={CANARY}"}),
        client.post("/entries", json={}, headers={"origin": f"https://{CANARY}.example"}),
    ]
    assert not [answer for answer in wrong if answer.status_code >= 500]
    told.refused += [f"{answer.request.method} {answer.status_code} {answer.text}" for answer in wrong]


async def events(url: str, cookie: str, names: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Send these events over the socket; what came back."""
    client, heard = socketio.AsyncClient(reconnection=False), []

    @client.on("*", namespace="/_event")  # type: ignore[untyped-decorator]  # it brings no types
    async def hear(_: str, data: Any) -> None:
        heard.append(str(data))

    headers = {"cookie": f"taper={cookie}", "origin": url}
    await client.connect(
        f"{url}?token=tab", headers=headers, transports=["websocket"], namespaces=["/_event"], socketio_path="/_event"
    )
    for name, payload in names:
        data = {"name": name, "payload": payload, "token": "tab", "router_data": {"pathname": "/settings", "query": {CANARY: CANARY}}}
        await client.emit("event", data, namespace="/_event")
    # The last one is answered when all before it were handled.
    for _ in range(100):
        if len(heard) >= len(names) - 3:
            break
        await client.sleep(0.05)
    await client.disconnect()
    return heard


def handlers() -> list[tuple[str, dict[str, Any]]]:
    """Events as a page sends them, and as only a hostile client does."""
    settings, share, paste = (one.get_full_name() for one in (SettingsState, ShareState, PlanPasteState))
    lens, reminders = LensState.get_full_name(), RemindersState.get_full_name()
    broken = f"{FrontendEventExceptionState.get_full_name()}.handle_frontend_exception"
    return [
        (f"{settings}.load", {}),
        (f"{settings}.save", {"form_data": {"display_name": CANARY, "zone": CANARY}}),
        (f"{settings}.save", {"form_data": CANARY}),
        (f"{settings}.end_session", {"session_id": CANARY}),
        (f"{share}.make", {"form_data": {"label": CANARY}}),
        (f"{share}.make", {"form_data": [CANARY]}),
        (f"{paste}.load", {CANARY: CANARY}),
        (f"{reminders}.add", {"form_data": {"at": CANARY}}),
        (f"{settings}.{CANARY}", {CANARY: CANARY}),
        (CANARY, {CANARY: CANARY}),
        (broken, {"info": f"TypeError: {CANARY} is not a function", "component_stack": CANARY}),
        (f"{lens}.load", {}),
    ]


def found(folder: Path, word: str) -> list[str]:
    """The files under a folder that hold this word."""
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    return [str(path) for path in files if word.encode() in path.read_bytes()]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.promise(7, 12)
def test_no_canary_gets_out(tmp_path: Path, broken: bool) -> None:
    """Fed, provoked and (when a row is broken) failing, the server leaves no word and no secret in anything that it writes."""
    build()
    data, log, temporary = tmp_path / "data", tmp_path / "log.txt", tmp_path / "tmp"
    temporary.mkdir()
    told = Told()
    with (
        running_app(data, log=log, TMPDIR=str(temporary)) as url,
        httpx.Client(base_url=f"{url}/api/v1/", headers={"origin": url}, timeout=30) as client,
    ):
        feed(client, told)
        if broken:
            _break(data)
            failed = [client.get("/snapshot"), client.get("/export"), client.get("/entries")]
            assert {one.status_code for one in failed} == {500}
            told.refused += [one.text for one in failed]
        provoke(client, told)
        heard = asyncio.run(events(url, told.secrets["cookie"], handlers()))
        assert heard
    said = log.read_text("utf-8", "replace")
    assert ("Unreadable" in said) is broken, "the trace of a failure is there for the host"
    for name, secret in {**told.secrets, "canary": CANARY}.items():
        assert secret not in said, f"{name} is in the log"
        assert not found(data, secret), name
        assert not found(temporary, secret), name
        assert not found(ROOT / ".states", secret), name
    for answer in told.refused:
        assert CANARY not in answer, answer
    _no_secret_in_the_rows(data, told)


def _break(data: Path) -> None:
    """A row that cannot be opened, with the canary in it."""
    opened = engine.open_database("", data)
    with opened.writer.begin() as connection:
        connection.execute(text("UPDATE entry SET data = :data"), {"data": f"\x02{CANARY}"})
    opened.writer.dispose()


def _no_secret_in_the_rows(data: Path, told: Told) -> None:
    """Opened with its key, the database still has no password, no code, no token; and no words but the login."""
    opened = engine.open_database("", data)
    with opened.reader.connect() as connection:
        rows = {table: str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in world.TABLES}
    opened.writer.dispose()
    everything = "".join(rows.values())
    assert not [name for name, secret in told.secrets.items() if secret in everything]
    assert not [table for table, held in rows.items() if CANARY in held and table not in ("account", "entry")]
    assert rows["account"].count(CANARY) == 1, "the login, by which the account is found"


@pytest.mark.promise(7, 12)
def test_a_crash_leaves_no_dump(tmp_path: Path) -> None:
    """A server that started may not write its memory to a file when it dies."""
    code = "from taper_app.api.starting import leave_no_dump; import os; leave_no_dump(); os.abort()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []

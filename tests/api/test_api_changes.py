"""GET /changes: hears what concerns it, and ends with its session or share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from taper_app.api import changes
from tests.api.phone import api, caregiver, clock, cookie, phone, signed_up
from tests.services.world import entry, flare, plan_body

SOON = 1.0


class Stream:
    """An open stream, driven as a server drives the app."""

    def __init__(self, cookies: str) -> None:
        self.status = 0
        self._lines: asyncio.Queue[str] = asyncio.Queue()
        self._gone = asyncio.Event()
        headers = [(b"cookie", cookies.encode()), (b"host", b"127.0.0.1:3000")]
        scope = {
            "type": "http", "method": "GET", "path": "/api/v1/changes", "raw_path": b"/api/v1/changes", "query_string": b"",
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 3000), "scheme": "http",
            "http_version": "1.1", "asgi": {"version": "3.0"}, "root_path": "",
        }  # fmt: skip
        self.task = asyncio.ensure_future(api(scope, self._receive, self._send))

    async def _receive(self) -> Any:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        for line in message.get("body", b"").decode().splitlines():
            if line:
                self._lines.put_nowait(line)

    async def until(self, wanted: str) -> None:
        """Wait for a line, not longer than a second."""
        async with asyncio.timeout(SOON):
            while await self._lines.get() != wanted:
                continue

    def heard(self) -> list[str]:
        """Lines that came and were not waited for."""
        return [self._lines.get_nowait() for _ in range(self._lines.qsize())]

    async def ended(self) -> None:
        """Wait for its end, not longer than a second."""
        async with asyncio.timeout(SOON):
            await self.task

    async def close(self) -> None:
        """The other side goes away."""
        self._gone.set()
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def opened(cookies: str) -> Stream:
    """A stream that listens."""
    stream = Stream(cookies)
    await stream.until("retry: 1000")
    # One more turn of its loop: it has subscribed before this line, and looks once more after it.
    return stream


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """A story on an event loop of its own."""
    asyncio.run(story())


async def do(call: Callable[..., Any], *args: Any, **more: Any) -> Any:
    """A call of a client, off the event loop."""
    answer = await asyncio.to_thread(call, *args, **more)
    assert answer.status_code < 400, answer.text
    return answer


def test_the_patient_hears_of_entries() -> None:
    """An entry from one phone is heard on the other; another account hears nothing."""
    ana, bea = signed_up("ana"), signed_up("bea")

    async def story() -> None:
        mine, other = await opened(cookie(ana)), await opened(cookie(bea))
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(1)]})
        await mine.until("event: changed")
        await do(ana.post, "/api/v1/plans", json=plan_body())
        await mine.until("event: changed")
        assert other.heard() == []
        await mine.close()
        await other.close()

    run(story)


def test_what_is_rejected_is_not_announced() -> None:
    """Duplicates and rejections change nothing, so nothing is said."""
    ana = signed_up("ana")
    ana.post("/api/v1/entries", json={"entries": [flare(1)]})

    async def story() -> None:
        mine = await opened(cookie(ana))
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(1), {"id": "x"}]})
        await do(ana.patch, "/api/v1/accounts/me", json={"display_name": "A"})
        await mine.until("event: changed")
        assert "event: changed" not in mine.heard()
        await mine.close()

    run(story)


def test_a_helper_hears_of_the_yes_of_what_they_may_enter_and_of_the_end() -> None:
    """Within a second each; a check-in is silent for who enters flares only, and after the end all is."""
    ana, sam = signed_up("ana"), signed_up("sam")
    asked = ana.post("/api/v1/helpers", json={"label": "Sam", "kinds": ["flare"]}).json()

    async def story() -> None:
        patients, helpers = await opened(cookie(ana)), await opened(cookie(sam))
        await do(sam.post, "/api/v1/helping", json={"code": asked["code"]})
        await patients.until("event: changed")
        await helpers.until("event: changed")
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(1)]})
        await do(ana.post, f"/api/v1/helpers/{asked['id']}/confirm")
        await helpers.until("event: changed")
        await do(ana.post, "/api/v1/entries", json={"entries": [entry(5, "check_in", {"pain": 1})]})
        assert "event: changed" not in helpers.heard()
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(2)]})
        await helpers.until("event: changed")
        await do(ana.delete, f"/api/v1/helpers/{asked['id']}")
        await helpers.until("event: changed")
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(3)]})
        assert "event: changed" not in helpers.heard()
        await patients.close()
        await helpers.close()

    run(story)


def test_a_share_hears_only_what_it_may_see() -> None:
    """A check-in is silent on a share of flares: it would tell when the phone is used."""
    ana = signed_up("ana")
    helper, _ = caregiver(ana, scopes=["flares"])

    async def story() -> None:
        theirs = await opened(cookie(helper))
        await do(ana.post, "/api/v1/entries", json={"entries": [entry(5, "check_in", {"pain": 1})]})
        await do(ana.post, "/api/v1/plans", json=plan_body())
        await do(ana.post, "/api/v1/entries", json={"entries": [flare(1)]})
        await theirs.until("event: changed")
        assert "event: changed" not in theirs.heard()
        await theirs.close()

    run(story)


def test_a_share_hears_nothing_of_settings_it_does_not_show() -> None:
    """A number for the after-hours line, or settings saved as they were, are silent on every share."""
    ana = signed_up("ana")
    helper, _ = caregiver(ana, scopes=["plan_dates", "plan"])

    async def story() -> None:
        theirs = await opened(cookie(helper))
        await do(ana.patch, "/api/v1/accounts/me", json={"after_hours": "555 0199", "people": []})
        await do(ana.patch, "/api/v1/accounts/me", json={"people": [{"name": "Sam", "phone": "555 0100"}]})
        await do(ana.patch, "/api/v1/accounts/me", json={"display_name": "Ana", "zone": "America/New_York"})
        await asyncio.sleep(0.1)
        assert theirs.heard() == []
        await do(ana.patch, "/api/v1/accounts/me", json={"display_name": "Anna"})
        await theirs.until("event: changed")
        await theirs.close()

    run(story)


def test_streams_of_one_share_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the limit a new stream ends the oldest one of the same share, so that nobody takes every place of the server."""
    monkeypatch.setattr(changes, "MOST", 2)
    ana = signed_up("ana")
    helper, _ = caregiver(ana)

    async def story() -> None:
        mine = await opened(cookie(ana))
        theirs = [await opened(cookie(helper)) for _ in range(4)]
        for old in theirs[:2]:
            await old.ended()
        assert not any(stream.task.done() for stream in [mine, *theirs[2:]])
        for stream in [mine, *theirs]:
            await stream.close()
        assert not changes._places

    run(story)


@pytest.mark.parametrize("how", ["revoke", "delete"])
def test_a_revoked_share_ends_within_a_second(how: str) -> None:
    """The open stream of a revoked share, or of a deleted account, is closed at once."""
    ana = signed_up("ana")
    helper, share_id = caregiver(ana)

    async def story() -> None:
        theirs = await opened(cookie(helper))
        await do(ana.delete, f"/api/v1/shares/{share_id}" if how == "revoke" else "/api/v1/accounts/me")
        await theirs.ended()

    run(story)
    assert helper.get("/api/v1/changes").status_code == 401


def test_a_narrowed_share_is_told_at_once() -> None:
    """The open page of a narrowed share fetches again."""
    ana = signed_up("ana")
    helper, share_id = caregiver(ana, scopes=["flares", "notes"])

    async def story() -> None:
        theirs = await opened(cookie(helper))
        await do(ana.patch, f"/api/v1/shares/{share_id}", json={"scopes": ["flares"]})
        await theirs.until("event: changed")
        await theirs.close()

    run(story)


@pytest.mark.promise(3)
def test_an_ended_session_ends_its_stream() -> None:
    """Signing out elsewhere closes this browser's stream within a second."""
    ana = signed_up("ana")
    other = phone()
    other.post("/api/v1/sessions", json={"login": "ana", "password": "seven quiet lamps burning"})
    mine_id = next(s["id"] for s in other.get("/api/v1/sessions").json()["sessions"] if not s["current"])

    async def story() -> None:
        mine, theirs = await opened(cookie(ana)), await opened(cookie(other))
        await do(other.delete, f"/api/v1/sessions/{mine_id}")
        await mine.ended()
        assert not theirs.task.done()
        await theirs.close()

    run(story)


def test_a_share_that_runs_out_ends_its_stream() -> None:
    """A stream knows when its share ends, and ends then without being told."""
    ana = signed_up("ana")
    helper, _ = caregiver(ana, expires_at=(clock.now + timedelta(seconds=60)).isoformat())

    async def story() -> None:
        clock.now += timedelta(seconds=59.9)
        theirs = await opened(cookie(helper))
        clock.now += timedelta(seconds=1)
        await theirs.ended()

    run(story)


def test_silent_streams_say_that_they_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment comes after every pause, so that no proxy gives up."""
    monkeypatch.setattr(changes, "HEARTBEAT", 0.05)
    ana = signed_up("ana")

    async def story() -> None:
        mine = await opened(cookie(ana))
        await mine.until(": still here")
        await mine.until(": still here")
        await mine.close()

    run(story)


def test_strangers_get_no_stream() -> None:
    """Without a cookie the answer is 401."""
    assert phone().get("/api/v1/changes").status_code == 401

"""A server killed in the middle of writes: what it said is saved is there afterwards, once."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from scripts.build import build
from scripts.house import running_app
from tests.e2e.processes import Caller, workers
from tests.services.world import at

WRITERS, EACH = 4, 120


def item(n: int) -> dict[str, object]:
    """One entry."""
    return {"id": f"0193a000-0000-7000-8000-{n:012x}", "kind": "check_in", "at": at(), "zone": "UTC", "data": {"pain": n % 11}}


def kept(caller: Caller) -> list[str]:
    """The ids of everything that the account has."""
    found: list[str] = []
    after = ""
    while True:
        status, _, page = caller.ask("GET", f"/api/v1/entries?limit=500{after}")
        assert status == 200
        found += [one["id"] for one in page["entries"]]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


@pytest.mark.promise(16)
def test_no_acknowledged_entry_is_lost_by_kill_nine(tmp_path: Path) -> None:
    """Four writers, kill -9 of every process of the server, a new server over the same file: all that was acknowledged is there,
    nothing twice, and sending the rest again completes it."""
    build()
    saved: set[int] = set()
    lock = threading.Lock()
    enough = threading.Event()

    def write(caller: Caller, first: int) -> None:
        for n in range(first, first + EACH):
            try:
                status, _, answer = caller.ask("POST", "/api/v1/entries", {"entries": [item(n)]})
            except OSError:
                return
            assert (status, answer["results"][0]["status"]) == (200, "stored")
            with lock:
                saved.add(n)
                if len(saved) >= WRITERS * EACH // 10:
                    enough.set()

    with running_app(tmp_path / "data", TAPER_CALLS_PER_MINUTE="100000") as url:
        caller = Caller(url)
        writers = [threading.Thread(target=write, args=(caller, n * EACH)) for n in range(WRITERS)]
        for one in writers:
            one.start()
        assert enough.wait(60)
        for process in workers(caller.port):
            os.kill(process, signal.SIGKILL)
        for one in writers:
            one.join(60)
    assert len(saved) < WRITERS * EACH
    with running_app(tmp_path / "data", port=caller.port, TAPER_CALLS_PER_MINUTE="100000"):
        there = kept(caller)
        assert {item(n)["id"] for n in saved} <= set(there)
        assert len(there) == len(set(there))
        for n in range(0, WRITERS * EACH, 500):
            everything = [item(k) for k in range(n, min(n + 500, WRITERS * EACH))]
            _, _, answer = caller.ask("POST", "/api/v1/entries", {"entries": everything})
            assert {one["status"] for one in answer["results"]} <= {"stored", "duplicate"}
        assert sorted(kept(caller)) == sorted(str(item(n)["id"]) for n in range(WRITERS * EACH))

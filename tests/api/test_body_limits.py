"""SECURITY.md row 13, bodies: no call reads more than its limit, whether or not the sender says how long the body is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.phone import ORIGIN, phone, signed_up
from tests.api.test_every_route import CALLS, SOME

KB, MB = 1024, 1024 * 1024
# What may be longer than 64 KB: path, how long, of which type.
LONG = {
    "/api/v1/entries": (MB, "application/json"),
    "/api/v1/import": (20 * MB, "application/json"),
    "/api/v1/import/diary": (20 * MB, "text/csv"),
}
BODIES = [(method, path) for method, path in CALLS if method in ("POST", "PUT", "PATCH") and not path.endswith("/photos")]


def chunks(size: int) -> Iterator[bytes]:
    """A body of this length in pieces: it is sent without saying how long it is."""
    for start in range(0, size, 32 * KB):
        yield b" " * min(32 * KB, size - start)


def kind(path: str) -> tuple[int, str]:
    """How much this call reads, and of what."""
    return LONG.get(path, (64 * KB, "application/json" if path.startswith("/api/") else "application/x-www-form-urlencoded"))


@pytest.mark.parametrize("told", [True, False], ids=["with its length", "without"])
@pytest.mark.promise(13)
def test_no_call_reads_more_than_its_limit(told: bool) -> None:
    """One byte more than 64 KB (1 MB of entries, 20 MB of a file) is 413 wherever a body is read at all, and never a 5xx."""
    ana = signed_up()
    unread = []
    for method, path in BODIES:
        limit, content_type = kind(path)
        body: Any = b" " * (limit + 1) if told else chunks(limit + 1)
        answer = ana.request(method, path, content=body, headers={"content-type": content_type, "origin": ORIGIN})
        if answer.status_code != 413:
            unread.append((method, path, answer.status_code))
    # These read none.
    own = {"/auth/recovery-code", "/auth/codes"}
    turned = {f"shares/{SOME}/rotate", f"helpers/{SOME}/confirm"}
    none = {"push/test", "calendar", "recovery-codes", "sessions/options", "passkeys/options", *turned}
    assert {path for _, path, _ in unread} <= own | {f"/api/v1/{name}" for name in none}
    assert all(status < 500 for _, _, status in unread)


@pytest.mark.promise(13)
def test_nobody_makes_the_server_read_a_file() -> None:
    """Without a session not even the first piece of a long body is kept: 401 before 413 where files are taken."""
    for path in ("/api/v1/import", "/api/v1/import/diary"):
        answer = phone().post(path, content=chunks(MB), headers={"content-type": kind(path)[1]})
        assert answer.status_code == 401


def test_five_hundred_entries_and_no_more() -> None:
    """A batch of 501 is refused as a whole."""
    ana = signed_up()
    answer = ana.post("/api/v1/entries", json={"entries": [{}] * 501})
    assert answer.status_code == 422
    assert len(ana.post("/api/v1/entries", json={"entries": [{}] * 500}).json()["results"]) == 500

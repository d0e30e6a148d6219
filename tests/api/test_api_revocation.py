"""Ended, narrowed: twenty open views of two shares follow, each, and one look at the database serves those that woke together."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from taper_app.api import rounds
from taper_app.api.rounds import Rounds
from taper_app.data.engine import Session, Unavailable
from taper_app.services.errors import NotSignedIn
from tests.api.phone import caregiver, cookie, phone, signed_up
from tests.api.test_api_changes import do, opened, run

VIEWS = 10


def views(owner: Any) -> tuple[list[Any], str]:
    """Ten browsers that opened the same link, and the share's id."""
    made = owner.post("/api/v1/shares", json={"label": "Sam", "scopes": ["flares", "notes"]}).json()
    browsers = [phone() for _ in range(VIEWS)]
    for one in browsers:
        assert one.post("/api/v1/shares/open", json={"token": made["url"].split("#")[1]}).status_code == 204
    return browsers, made["id"]


@pytest.mark.promise(6)
def test_every_open_view_of_ended_shares_ends() -> None:
    """Two shares are ended at once: all twenty streams end, every fetch after that is refused, and a third share goes on."""
    ana = signed_up("ana")
    (mum, mum_id), (sam, sam_id) = views(ana), views(ana)
    other, _ = caregiver(ana)

    async def story() -> None:
        streams = [await opened(cookie(one)) for one in (*mum, *sam)]
        stays = await opened(cookie(other))
        await asyncio.gather(*(do(ana.delete, f"/api/v1/shares/{one}") for one in (mum_id, sam_id)))
        for stream in streams:
            await stream.until("event: ended")
            await stream.ended()
        assert not stays.task.done()
        await stays.close()

    run(story)
    assert {one.get("/api/v1/shared/summary").status_code for one in (*mum, *sam)} == {401}
    assert other.get("/api/v1/shared/summary").status_code == 200


@pytest.mark.promise(6)
def test_every_open_view_of_a_narrowed_share_is_told() -> None:
    """All ten hear of it, and what they fetch then is without what was taken out."""
    ana = signed_up("ana")
    browsers, share_id = views(ana)

    async def story() -> None:
        streams = [await opened(cookie(one)) for one in browsers]
        await do(ana.patch, f"/api/v1/shares/{share_id}", json={"scopes": ["flares"]})
        for stream in streams:
            await stream.until("event: changed")
            await stream.close()

    run(story)
    assert {tuple(one.get("/api/v1/shared/summary").json()["scopes"]) for one in browsers} == {("flares",)}


def test_looks_asked_for_together_share_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred that ask in the same moment are answered each with their own, in a few transactions and not in two hundred."""
    used: list[Session] = []

    def look(asked: int, session: Session) -> int:
        used.append(session)
        return asked * 2

    async def story() -> list[int]:
        together = Rounds(look)
        return list(await asyncio.gather(*(together.look(n) for n in range(200))))

    assert asyncio.run(story()) == [n * 2 for n in range(200)]
    assert len({id(one) for one in used}) <= 200 // rounds.MOST + 1


def test_whoever_waits_for_a_look_that_fails_is_told() -> None:
    """A database that does not answer is said to everybody who asked; the next look is a new one."""
    fails = [True]

    def look(asked: int, _: Session) -> int:
        if fails[0]:
            raise Unavailable("busy")
        return asked

    async def story() -> None:
        together = Rounds(look)
        told = await asyncio.gather(*(together.look(n) for n in range(3)), return_exceptions=True)
        assert [type(one) for one in told] == [Unavailable] * 3
        fails[0] = False
        assert await together.look(7) == 7

    asyncio.run(story())


def test_a_look_that_fails_fails_for_nobody_else() -> None:
    """Of many that ask in the same moment, the one who is refused and the one whose look breaks are told; the rest are answered."""
    used: list[int] = []

    def look(asked: int, session: Session) -> int:
        used.append(id(session))
        if asked == 3:
            raise NotSignedIn()
        if asked == broken:
            raise ValueError("a summary that cannot be made")
        return asked

    async def story() -> list[Any]:
        together = Rounds(look)
        return list(await asyncio.gather(*(together.look(n) for n in range(6)), return_exceptions=True))

    for broken in (-1, 4):
        used.clear()
        told = asyncio.run(story())
        assert type(told[3]) is NotSignedIn
        assert [told[n] for n in (0, 1, 2, 5)] == [0, 1, 2, 5]
        assert told[4] == 4 if broken != 4 else type(told[4]) is ValueError
        # A refusal spoils no transaction: all six looked in one.
        assert len(used) == (6 if broken != 4 else 5 + 6)


def test_who_stops_waiting_stops_nobody_else() -> None:
    """A stream that is closed while its look is under way leaves the others their answers."""

    async def story() -> None:
        together = Rounds(lambda asked, _: asked)
        first, second = asyncio.ensure_future(together.look(1)), asyncio.ensure_future(together.look(2))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == 2
        assert first.cancelled()

    asyncio.run(story())

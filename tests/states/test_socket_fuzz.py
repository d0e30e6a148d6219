"""Thousands of events by people who mean harm: nobody is shown what is another's, nothing breaks, and the next one is answered."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from tests.services import world
from tests.services.canaries import Stocked
from tests.states.hostile import Hostile
from tests.states.sockets import Heard, Line, Tab, heard, open_line

NOW = world.NOW
EVENTS = int(os.environ.get("TAPER_EVENTS", "20000"))
SEED = int(os.environ.get("TAPER_SEED", "20261128"))
# Events between two looks at what came back, and between two connections of a role.
LOOK, TAB = 25, 400


@pytest.fixture
def people(database: None, clock: None, monkeypatch: pytest.MonkeyPatch) -> list[Stocked]:
    """Two patients with everything, and a third person."""
    world.quick_passwords(monkeypatch)
    world.empty()
    return [Stocked("ana"), Stocked("bo"), Stocked("helper")]


def roles(people: list[Stocked]) -> dict[str, tuple[str, str]]:
    """Who holds a socket: the cookie, and whose words may be seen ("" for nobody's)."""
    ana, bo, helper = people
    ended = world.sign_up("gone")
    with world.asking() as (session, now):
        from taper_app.services.signing import end_all_sessions

        end_all_sessions(session, ended.actor, now)
    wide = ana.openings["wide"]
    return {
        "ana": (f"taper={ana.person.token}", ana.canary),
        "bo": (f"taper={bo.person.token}", bo.canary),
        "helper": (f"taper={helper.person.token}", helper.canary),
        "caregiver": (f"taper-share={wide}", ""),
        "ended": (f"taper={ended.token}", ""),
        "mixed": (f"taper-share={wide}; taper={bo.person.token}; taper-share={ana.openings['revoked']}", bo.canary),
        "nobody": ("", ""),
    }


@pytest.mark.promise(6, 13)
def test_nobody_is_shown_or_breaks_anything_by_events(people: list[Stocked], capsys: pytest.CaptureFixture[str]) -> None:
    """Of thousands of hostile events by seven roles none shows another's words, fails in a handler, or stops the next one."""
    with heard() as log:
        told = asyncio.run(_storm(people, log))
    with capsys.disabled():
        print(f"\n{EVENTS} events, seed {SEED}: {told} messages came back, {len(log.lines)} lines were logged")  # noqa: T201  # how much was tried, and the seed to try it again
    assert not log.bad()[:3]
    canaries = [one.canary for one in people]
    tokens = [token for one in people for token in (one.person.token, *one.openings.values())]
    assert not [line for _, line in log.lines if any(secret in line for secret in (*canaries, *tokens))][:3]


async def _storm(people: list[Stocked], log: Heard) -> int:
    ids = [one for person in people for one in person.ids.values()]
    told = 0
    async with open_line() as line:
        hostile = Hostile(SEED, ids, [one.person.token for one in people])
        parts = roles(people)
        tabs: dict[str, Tab] = {}
        for n in range(EVENTS):
            role = list(parts)[n % len(parts)]
            if role not in tabs or n % TAB < len(parts):
                if role in tabs:
                    await tabs.pop(role).close()
                tabs[role] = await line.tab(parts[role][0])
            await tabs[role].say(hostile.event())
            if n % LOOK == 0 or n == EVENTS - 1:
                await line.done()
                told += _look(tabs, parts, people, n)
                assert not log.bad(), f"event {n} of seed {SEED}: {log.bad()[:1]}"
        await _still_answers(line, people[0])
    return told


def _look(tabs: dict[str, Tab], parts: dict[str, tuple[str, str]], people: list[Stocked], n: int) -> int:
    told = 0
    for role, tab in tabs.items():
        text = "".join(tab.sent)
        told += len(tab.sent)
        tab.sent.clear()
        seen = {one.canary for one in people if one.canary in text} - {parts[role][1]}
        assert not seen, f"{role} was shown {seen} by event {n} of seed {SEED} or one of the {LOOK} before"
        assert not [one for one in people if one.person.token in text and one.canary != parts[role][1]]
    return told


async def _still_answers(line: Line, owner: Stocked) -> None:
    """The next person is answered as if nothing had been."""
    tab = await line.tab(f"taper={owner.person.token}")
    assert "signed_out" in await tab.open("/people")


def roles_alone() -> list[str]:
    """Roles that see nothing at all."""
    return ["caregiver", "ended", "nobody"]


@pytest.mark.parametrize("role", roles_alone())
@pytest.mark.promise(6, 13)
def test_without_a_session_no_page_shows_anything(people: list[Stocked], role: str) -> None:
    """Whoever has no session of a patient's, and got a socket all the same, sees every page empty."""
    from tests.states.hostile import PATHS

    async def look() -> Any:
        async with open_line() as line:
            tab = await line.tab(roles(people)[role][0])
            return "".join([await tab.open(path, id=people[0].ids["plan_id"]) for path in PATHS])

    text = asyncio.run(look())
    assert "hydrated" in text
    assert not [one.canary for one in people if one.canary in text]

"""Every State handler, for everybody who could call it: only the session of the handshake decides what is shown and changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from taper_app.services.signing import end_all_sessions
from taper_app.states.arriving import _takes
from tests.services import world
from tests.services.canaries import Stocked
from tests.states.sockets import Line, Tab, build, event_of, handlers, heard, open_line, short

NOW = world.NOW
build()
# Whatever is registered: a handler that is new is here by itself.
OURS = sorted(name for name in handlers() if "taper_app" in name and not name.endswith(".setvar"))
# Where each State is opened, so that a handler finds its screen as a person would have it.
PLACES = {
    "PlanState": "/plan", "PlansState": "/plans", "PlanMedicineState": "/plan/medicine", "PlanDraftState": "/plan/draft",
    "PlanStepState": "/plan/step", "PlanNeededState": "/plan/as-needed", "PlanEndState": "/plan/end", "PlanCheckState": "/plan/check",
    "PlanEventState": "/plan/event", "PlanReviseState": "/plan/revise", "PlanPasteState": "/plan/paste", "LensState": "/lens",
    "PeopleState": "/people", "RemindersState": "/reminders", "ImportDiaryState": "/import/diary", "ReportState": "/report",
    "SettingsState": "/settings", "ShareState": "/share",
    "NewShareState": "/share/new", "OneShareState": "/share/one", "CareState": "/care",
    "HelpersState": "/helpers", "HelpingState": "/helping", "AuditState": "/audit",
}  # fmt: skip


@pytest.fixture
def people(database: None, clock: None, monkeypatch: pytest.MonkeyPatch) -> list[Stocked]:
    """Ana, whose things are asked for, and Bo, who asks."""
    world.quick_passwords(monkeypatch)
    world.empty()
    return [Stocked("ana"), Stocked("bo")]


def cookies(people: list[Stocked]) -> dict[str, tuple[str, str]]:
    """Everybody who could call a handler of Ana's: the cookie, and the one whose words may come back."""
    ana, bo = people
    ended = world.sign_up("gone")
    with world.asking() as (session, now):
        end_all_sessions(session, ended.actor, now)
    return {
        "anonymous": ("", ""),
        "other user": (f"taper={bo.person.token}", bo.canary),
        "ended session": (f"taper={ended.token}", ""),
        "caregiver in scope": (f"taper-share={ana.openings['wide']}", ""),
        "caregiver out of scope": (f"taper-share={ana.openings['narrow']}", ""),
        "caregiver revoked": (f"taper-share={ana.openings['revoked']}", ""),
        "share as session": (f"taper={ana.openings['wide']}", ""),
    }


@pytest.mark.promise(1, 6)
def test_every_state_is_opened_somewhere() -> None:
    """A State with handlers has a page in the table above, so that the matrix looks at it as it is used."""
    assert {short(name).split(".")[0] for name in OURS} <= set(PLACES)


def arguments(name: str, ids: dict[str, str], which: str) -> dict[str, Any]:
    """What the handler takes, with one of Ana's ids wherever an id fits."""
    form = {"id": ids[which], "plan_id": ids[which], "on": "2026-11-25", "from": "2026-11-25", "said_by": "x", "days": "7", "flares": "on"}
    made: dict[Any, Any] = {str: ids[which], int: 1, bool: True}
    return {one: made.get(hint, form) for one, (hint, _) in _takes(handlers()[name].handler.fn).items()}


async def visit(line: Line, cookie: str, name: str, ids: dict[str, str], which: str) -> str:
    """Open the handler's page with one of Ana's ids in its address, then call the handler with it; what came back."""
    tab: Tab = await line.tab(cookie)
    state = short(name).split(".")[0]
    query = {"id": ids[which], "kind": "close", "n": "1"}
    text = await tab.open(PLACES[state], **query)
    await tab.say(event_of(name, at=PLACES[state], query=query, **arguments(name, ids, which)))
    await line.done()
    text += "".join(tab.sent)
    await tab.close()
    return text


def story(do: Callable[[Line], Awaitable[None]]) -> None:
    """Something over an open line; no handler fails meanwhile."""

    async def run() -> None:
        async with open_line() as line:
            await do(line)

    with heard() as log:
        asyncio.run(run())
    assert not log.bad()[:1]


@pytest.mark.parametrize(
    "role",
    [
        "anonymous", "other user", "ended session", "caregiver in scope", "caregiver out of scope", "caregiver revoked", "share as session",
    ],
)  # fmt: skip
@pytest.mark.promise(1, 6)
def test_no_handler_shows_or_changes_what_is_anothers(people: list[Stocked], role: str) -> None:
    """Called with each of Ana's ids by anybody else, no handler sends a word of hers or changes a row of hers."""
    ana = people[0]
    cookie, own = cookies(people)[role]
    before = ana.rows()
    # Without a session one id tells as much as all: nothing is looked up.
    which = ["plan_id", "draft_id", "read_id", "share_id", "session_id", "reminder_id", "file_id"] if own else ["plan_id"]

    async def do(line: Line) -> None:
        for name in OURS:
            for one in which:
                text = await visit(line, cookie, name, ana.ids, one)
                assert ana.canary not in text, (name, one)
                assert ana.person.token not in text, (name, one)
                assert ana.rows() == before, (name, one)

    story(do)


def test_another_persons_id_looks_like_none(people: list[Stocked]) -> None:
    """What a page shows for another's id is, letter by letter, what it shows for an id that nobody has."""
    ana, bo = people
    nobody = dict.fromkeys(ana.ids, "00000000-0000-4000-8000-000000000000")

    async def do(line: Line) -> None:
        for place in sorted(set(PLACES.values())):
            for which in ("plan_id", "draft_id", "file_id"):
                seen = []
                for ids in (ana.ids, nobody):
                    tab = await line.tab(f"taper={bo.person.token}")
                    text = await tab.open(place, id=ids[which], kind="close")
                    seen.append(_plain(text, tab, ids[which]))
                    await tab.close()
                assert seen[0] == seen[1], (place, which)

    story(do)


def _plain(text: str, tab: Tab, id: str) -> str:
    """Without what differs from tab to tab, and the id that was asked for."""
    token = tab.line.arriving.sid_to_token[tab.sid]
    # A form for a helper has a new id each time it opens.
    text = re.sub(r'("entry_id_rx_state_": )"[0-9a-f-]{36}"', r'\1"NEW"', text)
    return text.replace(tab.sid, "SID").replace(token, "TOKEN").replace(id, "ID")


def test_the_owner_sees_their_own(people: list[Stocked]) -> None:
    """The same calls by Ana herself do show her words: the matrix looks where there is something to see."""
    ana = people[0]
    seen: set[str] = set()

    async def do(line: Line) -> None:
        for state, place in PLACES.items():
            for which in ("plan_id", "draft_id", "read_id", "file_id", "share_id"):
                tab = await line.tab(f"taper={ana.person.token}")
                if ana.canary in await tab.open(place, id=ana.ids[which], kind="close", n="1"):
                    seen.add(state)
                await tab.close()

    story(do)
    # What is not in it shows only what is typed there, or numbers and days.
    assert set(PLACES) - seen <= {
        "PlanPasteState", "PlanEndState", "PlanNeededState", "RemindersState", "PlanStepState", "NewShareState",
        "HelpersState", "HelpingState", "AuditState",
    }  # fmt: skip

"""Two phones and one server through everything that can go wrong on the way: nothing is lost, doubled, or misplaced."""

from __future__ import annotations

import os
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.soak.phones import Phones
from tests.soak.server import Server
from tests.soak.world import FAULTS, World

# How many sequences: `make soak` asks for more.
SEQUENCES = int(os.environ.get("TAPER_SEQUENCES", "1000"))
HALVES = 2

# Of each kind a first entry, and what may be changed in one.
KINDS: dict[str, tuple[dict[str, Any], tuple[dict[str, Any], ...]]] = {
    "dose": ({"action": "taken", "amount": "7.5"}, ({"amount": "10"}, {"amount": None}, {"action": "skipped", "amount": None})),
    "flare": (
        {"started_at": "2026-11-23T09:00:00-05:00", "severity_now": 6, "places": ["back"]},
        ({"severity_now": 3}, {"places": None, "severity_worst": 8}, {"ended_at": "2026-11-23T11:00:00-05:00"}, {"ended_at": None}),
    ),
    "check_in": ({"pain": 4, "sleep": 5}, ({"pain": 7}, {"sleep": None}, {"note": "a long night", "pain": 0})),
    "peg": ({"average": 5, "enjoyment": 6, "activity": 7}, ({"average": 2}, {"enjoyment": 9, "activity": 0})),
    "option_tried": ({"option": "yoga", "before": 6}, ({"after": 4, "minutes": 20}, {"before": None})),
    "condition": ({"state": "same"}, ({"state": "better"}, {"said_by": "Dr. Osei"})),
    "baseline": ({"pain": 3, "allodynia": ["clothing"]}, ({"allodynia": None}, {"pain": 5})),
    "question": ({"text": "May I drive?"}, ({"text": "May I fly?"},)),
    "naloxone": ({"place": "kitchen"}, ({"expires_on": "2027-05-01"}, {"place": "hall"})),
    "note": ({"text": "rain"}, ({"text": "sun"}, {"text": None}, {"note": "wind"})),
}

phones = st.integers(0, 1)
tabs = st.integers(0, 1)
which = st.integers(0, 30)
kinds = st.sampled_from(list(KINDS))
MINUTE, HOUR = 60, 3600


class Soak(RuleBasedStateMachine):
    """What people, phones, networks and servers do, in any order."""

    both: ClassVar[tuple[Server, Phones]]
    world: World

    @initialize()
    def begin(self) -> None:
        self.world = World(*self.both)

    def teardown(self) -> None:
        # After a failure there is nothing to come back to.
        if hasattr(self, "world") and self.world.whole:
            self.world.come_back()

    def _entry(self, account: str, kind: str, *, no_plan: bool = False) -> dict[str, Any]:
        data = KINDS[kind][0]
        if kind == "dose":
            plan = "0193a000-0000-7000-8000-0000000000ff" if no_plan else self.world.plans.get(account, "")
            data = {"plan_id": plan, **data}
        return {"kind": kind, "data": data}

    @rule(phone=phones, tab=tabs, kind=kinds, no_plan=st.booleans(), crash=st.sampled_from(["", "", "", "lost", "written"]))
    def log(self, phone: int, tab: int, kind: str, no_plan: bool, crash: str) -> None:
        account = self.world.tab(phone, tab)["account"]
        self.world.log(phone, tab, [self._entry(account, kind, no_plan=no_plan)], crash)

    @rule(phone=phones, tab=tabs, some=st.lists(kinds, min_size=2, max_size=5))
    def log_some(self, phone: int, tab: int, some: list[str]) -> None:
        account = self.world.tab(phone, tab)["account"]
        self.world.log(phone, tab, [self._entry(account, kind) for kind in some])

    @precondition(lambda self: self.world.known)
    @rule(phone=phones, tab=tabs, record=which, change=which)
    def change(self, phone: int, tab: int, record: int, change: int) -> None:
        """Of any record, also one that this phone has not seen yet."""
        account = self.world.tab(phone, tab)["account"]
        known = self.world.known.get(account)
        if known:
            id, kind = known[record % len(known)]
            changes = KINDS[kind][1]
            self.world.log(phone, tab, [{"kind": kind, "data": changes[change % len(changes)], "changes": id}])

    @precondition(lambda self: self.world.known)
    @rule(phone=phones, tab=tabs, record=which, action=st.sampled_from(["retract", "restore"]))
    def take_out(self, phone: int, tab: int, record: int, action: str) -> None:
        known = self.world.known.get(self.world.tab(phone, tab)["account"])
        if known:
            self.world.act(phone, tab, action, known[record % len(known)][0])

    @precondition(lambda self: any(self.world.refused(phone) for phone in (0, 1)))
    @rule(phone=phones, tab=tabs, item=which, mend=st.booleans())
    def answer_refusal(self, phone: int, tab: int, item: int, mend: bool) -> None:
        refused = self.world.refused(phone)
        if refused and mend:
            self.world.mend(phone, tab, refused[item % len(refused)])
        elif refused:
            self.world.act(phone, tab, "discard", refused[item % len(refused)]["id"])

    @rule(phone=phones, faults=st.lists(st.sampled_from(FAULTS[1:]), min_size=1, max_size=4))
    def weather(self, phone: int, faults: list[str]) -> None:
        self.world.faults[phone].extend(faults)

    @rule(phone=phones)
    def line(self, phone: int) -> None:
        self.world.set(phone, online=not self.world.online[phone])

    @precondition(lambda self: self.world.late or self.world.slow)
    @rule(item=which)
    def deliver(self, item: int) -> None:
        self.world.deliver(item)

    @rule(phone=phones)
    def another_tab(self, phone: int) -> None:
        if len(self.world.state[phone]["tabs"]) < 2:
            self.world.open(phone)

    @rule(phone=phones, tab=tabs)
    def crash(self, phone: int, tab: int) -> None:
        self.world.tell("close", phone=phone, tab=self.world.tab(phone, tab)["id"])

    @rule(phone=phones, tab=tabs)
    def wake(self, phone: int, tab: int) -> None:
        self.world.wake(phone, tab)

    @rule(phone=phones)
    def worker(self, phone: int) -> None:
        self.world.tell("sync", phone=phone)

    @rule(phone=phones, full=st.booleans())
    def room(self, phone: int, full: bool) -> None:
        self.world.set(phone, full=full)

    @rule(phone=phones, hours=st.sampled_from([0, 0, 72, 25, 23, 1, -1, -72]))
    def clock(self, phone: int, hours: int) -> None:
        self.world.set(phone, skew=hours * HOUR * 1000)

    @rule(seconds=st.sampled_from([1, 2, 5, MINUTE, HOUR, 12 * HOUR]))
    def time(self, seconds: int) -> None:
        self.world.advance(seconds)

    @rule(phone=phones, who=st.sampled_from([0, 0, 1]))
    def sign_in(self, phone: int, who: int) -> None:
        self.world.sign_in(phone, who)

    @rule(who=phones)
    def session_ends(self, who: int) -> None:
        self.world.end_sessions(who)

    @rule()
    def server_again(self) -> None:
        self.world.server.start()


@pytest.mark.parametrize("half", range(HALVES))
def test_nothing_is_lost_doubled_or_misplaced(both: tuple[Server, Phones], half: int) -> None:
    """After any sequence every entry is on the server once, and both phones show what the server has."""
    Soak.both = both
    run_state_machine_as_test(
        Soak,
        settings=settings(
            max_examples=SEQUENCES // HALVES, stateful_step_count=20, deadline=None, print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

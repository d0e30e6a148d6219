"""Two phones and one server through everything that can go wrong on the way: nothing is lost, doubled, or misplaced."""

from __future__ import annotations

import os
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.soak.network import FAULTS
from tests.soak.phones import Phones
from tests.soak.server import Server
from tests.soak.world import World

# How many sequences: `make soak` asks for more. In parts, so that every worker has its share.
SEQUENCES = int(os.environ.get("TAPER_SEQUENCES", "1000"))
PART = 250

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
    "health": ({"conditions": ["migraine"], "note": "gout"}, ({"risks": ["family"]}, {"conditions": None}, {"note": None})),
    "question": ({"text": "May I drive?"}, ({"text": "May I fly?"},)),
    "naloxone": ({"place": "kitchen"}, ({"expires_on": "2027-05-01"}, {"place": "hall"})),
    "note": ({"text": "rain"}, ({"text": "sun"}, {"text": None}, {"note": "wind"})),
}

MINUTE, HOUR = 60, 3600

phones = st.integers(0, 1)
tabs = st.integers(0, 1)
# Few, so that much happens to the same ones.
which = st.integers(0, 3)
# What happens to a phone: its line, its room, its clock (milliseconds off).
PHONE: list[dict[str, Any]] = [
    {"online": False}, {"online": True}, {"online": True}, {"full": True}, {"full": False},
    *({"skew": hours * HOUR * 1000} for hours in (0, 72, 25, 23, -1, -72)),
]  # fmt: skip
rarely = st.sampled_from([False] * 5 + [True])
faults = st.lists(st.sampled_from([*FAULTS, "late", "slow", "slow"]), max_size=3)
kinds = st.sampled_from(list(KINDS))


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

    @rule(phone=phones, tab=tabs, some=st.lists(kinds, min_size=1, max_size=4), faults=faults, no_plan=rarely)
    def log(self, phone: int, tab: int, some: list[str], faults: list[str], no_plan: bool) -> None:
        account = self.world.tab(phone, tab)["account"]
        self.world.log(phone, tab, [self._entry(account, kind, no_plan=no_plan) for kind in some], faults=faults)

    @rule(phone=phones, tab=tabs, kind=kinds, crash=st.sampled_from(["lost", "written"]))
    def log_and_crash(self, phone: int, tab: int, kind: str, crash: str) -> None:
        account = self.world.tab(phone, tab)["account"]
        self.world.log(phone, tab, [self._entry(account, kind)], crash)

    @precondition(lambda self: self.world.known)
    @rule(phone=phones, tab=tabs, record=which, change=which, faults=faults)
    def change(self, phone: int, tab: int, record: int, change: int, faults: list[str]) -> None:
        """Of any record, also one that this phone has not seen yet."""
        account = self.world.tab(phone, tab)["account"]
        known = self.world.known.get(account)
        if known:
            id, kind = known[record % len(known)]
            changes = KINDS[kind][1]
            self.world.log(phone, tab, [{"kind": kind, "data": changes[change % len(changes)], "changes": id}], faults=faults)

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

    @rule(phone=phones, method=st.sampled_from(["GET", "POST"]), faults=faults)
    def weather(self, phone: int, method: str, faults: list[str]) -> None:
        self.world.network.faults[phone, method].extend(faults)

    @precondition(lambda self: self.world.network.late or self.world.network.slow)
    @rule(item=which)
    def deliver(self, item: int) -> None:
        self.world.deliver(item)

    @rule(phone=phones, tab=tabs, what=st.sampled_from(["open", "open", "close", "wake", "worker"]))
    def tab(self, phone: int, tab: int, what: str) -> None:
        open_ = self.world.state[phone]["tabs"]
        if what == "worker":
            self.world.tell("sync", phone=phone)
        elif what == "wake":
            self.world.wake(phone, tab)
        elif what == "open" and len(open_) < 2:
            self.world.open(phone)
        elif open_:
            self.world.tell("close", phone=phone, tab=open_[tab % len(open_)]["id"])

    @rule(phone=phones, values=st.sampled_from(PHONE))
    def phone(self, phone: int, values: dict[str, Any]) -> None:
        self.world.set(phone, **values)

    @rule(seconds=st.sampled_from([1, 2, 5, MINUTE, HOUR, 12 * HOUR]))
    def time(self, seconds: int) -> None:
        self.world.advance(seconds)

    @rule(phone=phones, who=st.sampled_from([0, 1]), ends=st.booleans())
    def session(self, phone: int, who: int, ends: bool) -> None:
        if ends:
            self.world.end_sessions(who)
        else:
            self.world.sign_in(phone, who)


@pytest.mark.parametrize("part", range(-(-SEQUENCES // PART)))
@pytest.mark.promise(16)
def test_nothing_is_lost_doubled_or_misplaced(both: tuple[Server, Phones], part: int) -> None:
    """After any sequence every entry is on the server once, and both phones show what the server has."""
    Soak.both = both
    run_state_machine_as_test(
        Soak,
        settings=settings(
            max_examples=min(PART, SEQUENCES), stateful_step_count=16, deadline=None, print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

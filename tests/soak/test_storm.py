"""A thousand entries wait, and the line that comes back is a bad one."""

from __future__ import annotations

from collections import Counter, deque
from random import Random

import pytest

from tests.soak.phones import Phones
from tests.soak.server import Server
from tests.soak.world import World

MANY = 1000
TROUBLE = ("twice", "late", "lose", "cut", "crash")


class Storm(deque[str]):
    """Faults without end: three requests in ten are repeated, come later, or are cut off."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seen: Counter[str] = Counter()
        self._random = Random(seed)  # noqa: S311 - chance, not a secret

    def __bool__(self) -> bool:
        return True

    def popleft(self) -> str:
        """What happens to the next request."""
        fault = self._random.choice(TROUBLE) if self._random.random() < 0.3 else "pass"
        self.seen[fault] += 1
        return fault


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.promise(16)
def test_a_thousand_waiting_entries_arrive_once_through_a_storm(both: tuple[Server, Phones], seed: int) -> None:
    """Whatever is repeated, late or cut off, each of a thousand entries is on the server once, and none waits."""
    world = World(*both)
    world.set(0, online=False)
    for n in range(MANY // 100):
        world.log(0, 0, [{"kind": "note", "data": {"text": f"{n * 100 + i}"}} for i in range(100)])
    assert len(world.state[0]["rows"]) == MANY
    storm = Storm(seed)
    world.network.faults[0, "POST"] = storm
    world.set(0, online=True)
    world.wake(0, 0)
    for _ in range(60):
        # What was given up arrives between the others, in any order.
        world.deliver(storm.seen.total())
        world.advance(60)
        if not world.state[0]["rows"] and not world.network.late:
            break
    assert sum(storm.seen[fault] for fault in TROUBLE) >= 3
    assert world.state[0]["rows"] == world.state[0]["tabs"][0]["items"] == []
    texts = [entry["data"]["text"] for entry in map(vars, world.server.entries(world.accounts[0]))]
    assert Counter(texts) == Counter(map(str, range(MANY)))

"""The network between the phones and the server: what a test lets happen to each request."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from typing import Any

from tests.soak.server import Server

# What may happen to a request of a phone.
FAULTS = (
    "pass",
    "drop",  # it never arrives
    "lose",  # it arrives, its answer does not
    "twice",  # it arrives twice
    "late",  # it is given up, and arrives later all the same
    "slow",  # its answer is on the way for a while
    "cut",  # its body ends in the middle
    "crash",  # the server stops before its commit
    "full",  # the server's disk is full at its commit
    "busy",  # something on the way answers 503
    "portal",  # a hotel's page answers
)
Reply = tuple[int, str] | None


class Network:
    """Carries requests; knows what the server has said, and holds it to that."""

    def __init__(self, server: Server, belongs: Callable[[str], str]) -> None:
        self._server = server
        # Whose an entry is, by its id.
        self._belongs = belongs
        self.faults: dict[tuple[int, str], deque[str]] = {(phone, method): deque() for phone in (0, 1) for method in ("GET", "POST")}
        self.online = [True, True]
        # The session of each phone, and whose a session is while it lasts.
        self.tokens = ["", ""]
        self.owners: dict[str, str] = {}
        self.late: list[dict[str, Any]] = []
        self.slow: list[tuple[dict[str, Any], Reply]] = []
        # The body that the server stored, by its own word.
        self.first: dict[tuple[str, str], dict[str, Any]] = {}
        self.wrote = False

    def carry(self, ask: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a phone's request, or None when it takes its time."""
        phone = ask["phone"]
        ask["token"] = self.tokens[phone]
        faults = self.faults[phone, ask["method"]]
        fault = faults.popleft() if faults else "pass"
        if not self.online[phone] or fault == "drop":
            return _answer(ask, None)
        if fault == "late":
            self.late.append(ask)
            return _answer(ask, None)
        if fault == "busy":
            return _answer(ask, (503, ""))
        if fault == "portal":
            return _answer(ask, (200, "<html>Welcome to the hotel</html>"))
        reply = self._serve(ask, fault)
        if fault == "twice":
            reply = self._serve(ask, "")
        if fault == "lose":
            return _answer(ask, None)
        if fault == "slow":
            self.slow.append((ask, reply))
            return None
        return _answer(ask, reply)

    def deliver(self, which: int) -> dict[str, Any] | None:
        """One of the things on the way arrives: a request at the server, or the answer that is returned."""
        if self.late and (which % 2 or not self.slow):
            self._serve(self.late.pop(which % len(self.late)), "")
        elif self.slow:
            return _answer(*self.slow.pop(which % len(self.slow)))
        return None

    def _serve(self, ask: dict[str, Any], fault: str) -> Reply:
        reply = self._server.ask(ask["method"], ask["url"], ask["token"], ask["account"], ask["body"], fault)
        if ask["method"] != "POST":
            return reply
        self.wrote = True
        owner = self.owners.get(ask["token"], "")
        good = reply is not None and reply[0] == 200
        assert good or fault in ("cut", "crash", "full") or owner != ask["account"], f"{reply} to a good request"
        if reply and good:
            sent = {entry["id"]: entry for entry in json.loads(ask["body"])["entries"]}
            for result in json.loads(reply[1])["results"]:
                if result["status"] != "rejected":
                    self._is_there(owner, sent[result["id"]], result["status"])
        return reply

    def _is_there(self, owner: str, entry: dict[str, Any], status: str) -> None:
        id = entry["id"]
        assert self._belongs(id) == owner, f"{id} of one account went to another's"
        if status == "stored":
            assert (owner, id) not in self.first, f"{id} was stored twice"
            self.first[owner, id] = entry
        assert (owner, id) in self.first, f"{id} is called a duplicate of nothing"


def _answer(ask: dict[str, Any], reply: Reply) -> dict[str, Any]:
    status, body = reply or (0, "")
    return {"id": ask["id"], "status": status, "body": body}

"""A real server and real sockets with what no client of ours sends: it stays up, the same process, and says what is so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import simple_websocket

from scripts.build import build
from scripts.house import running_app
from tests.e2e.processes import Caller, workers
from tests.states.hostile import Hostile
from tests.states.sockets import build as register

EVENTS = 300
HELLO = '40/_event,{}'
HYDRATE = {"name": "reflex___state____state.hydrate_and_load", "payload": {"vars": {}, "hashes": []}}


class Socket:
    """One websocket, by hand."""

    def __init__(self, caller: Caller, hello: str = HELLO) -> None:
        address = f"ws://127.0.0.1:{caller.port}/_event/?EIO=4&transport=websocket&token=11111111-1111-4111-8111-111111111111"
        headers = {"cookie": caller.cookie, "origin": caller.url}
        self.line = simple_websocket.Client.connect(address, headers=headers)
        self.send(hello)

    def send(self, data: str | bytes) -> bool:
        """Whether it could still be sent."""
        try:
            self.line.send(data)
        except (simple_websocket.ConnectionClosed, OSError):
            return False
        return True

    def event(self, data: Any) -> bool:
        """An event as Socket.IO packs it."""
        try:
            return self.send("42/_event," + json.dumps(["event", data]))
        except (TypeError, ValueError):
            return True

    def until(self, word: str) -> str:
        """The message with this word in it, within twenty seconds."""
        for _ in range(500):
            got = self.line.receive(20)
            assert got is not None, f"no {word}"
            if got == "2":
                self.send("3")
            if word in str(got):
                return str(got)
        raise AssertionError(f"no {word}")

    def close(self) -> None:
        """Gone, if it is not yet."""
        try:
            self.line.close()
        except (simple_websocket.ConnectionClosed, OSError):
            return


HELLOS = (
    "40/_event,[]", "40/_event,7", '40/_event,{"event":7,"state_schema":[1]}', '40/_event,{"event":{"name":"canary-hello"}}', "41",
)  # fmt: skip
BROKEN: list[str | bytes] = [
    b"\x00" * 10, b"binary " * 5000,
    "451-/_event,[\"event\",{\"_placeholder\":true,\"num\":0}]", "42/_event,[", "42/_event,{}", "42/_event,[]",
    "42/_event,[1]", "42/_event,[null,{}]", "42/_event,[\"event\"]", "42/_event,[\"on_event\",{}]", "42/_event,[\"__init__\",{}]",
    "42/other,[\"event\",{}]", "49", "", "4", "9", "8x", "hello", "\u0661", "b4AAAA",
    "40/other,{}", "44/_event,{}", "43/_event,1[]", "42/_event," + "[" * 50_000,
    "42/_event," + json.dumps(["event", {"name": "x" * 100_000}]), "42/_event,[\"client_error\",{\"message\":\"canary-report\"}]",
    "42/_event,[\"event\",{},{}]", "42/_event,[\"connect\"]", "42/_event,[\"disconnect\"]", "42/_event,[\"ping\"]", "1", "5", "6",
]  # fmt: skip


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes."""
    return tmp_path_factory.mktemp("storm") / "server.log"


@pytest.mark.promise(1, 13)
def test_a_server_survives_everything_a_socket_can_say(log: Path) -> None:
    """Hostile events, broken packets, bytes, giants and a flood: afterwards the same processes answer, and no error was logged."""
    build()
    register()
    with running_app(log=log, TAPER_CALLS_PER_MINUTE="100000") as url:
        caller = Caller(url)
        before = workers(caller.port)
        assert len(before) >= 2
        calm(caller)
        hostile = Hostile(7, ["00000000-0000-4000-8000-000000000000"], ["stolen"])
        socket = Socket(caller)
        for _ in range(EVENTS):
            if not socket.event(hostile.event()):
                socket = Socket(caller)
        socket.close()
        for packet in BROKEN:
            broken = Socket(caller)
            broken.send(packet)
            broken.send("42/_event," + json.dumps(["event", HYDRATE]))
            broken.close()
        for hello in HELLOS:
            Socket(caller, hello).close()
        giant = Socket(caller)
        giant.send("42/_event," + json.dumps(["event", {"name": "load", "payload": {"x": "y" * 3_000_000}}]))
        giant.close()
        flood = Socket(caller)
        for _ in range(500):
            if not flood.event(HYDRATE):
                break
        flood.close()
        calm(caller)
        assert caller.ask("GET", "/healthz")[0] == 200
        assert caller.ask("POST", "/_upload", {})[0] in (403, 404, 405)
        assert workers(caller.port) == before
    text = log.read_text()
    assert "a handler failed" not in text
    assert "Traceback" not in text, text[text.index("Traceback") - 300 :][:1500]
    assert "canary" not in text
    assert caller.cookie.split("=")[1] not in text


def calm(caller: Caller) -> None:
    """A page is opened as a browser does it, and is answered with its State."""
    socket = Socket(caller)
    where = {"pathname": "/people", "asPath": "/people", "query": {}}
    socket.event({**HYDRATE, "router_data": where})
    socket.until('"after_hours')
    socket.close()

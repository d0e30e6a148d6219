"""SECURITY.md row 13, the socket: how large, how deep and how many its messages may be."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from taper_app.api import socket_bounds
from taper_app.api.gate import make_gate
from tests.api.phone import ORIGIN, api, cookie, phone, signed_up


def event(payload: Any) -> str:
    """A message as Reflex's client sends it."""
    return "42/_event," + json.dumps(["event", {"name": "state.save", "payload": payload}])


def nested(levels: int) -> Any:
    """Lists in lists."""
    made: Any = "end"
    for _ in range(levels):
        made = [made]
    return made


@pytest.fixture
def headers() -> dict[str, str]:
    """Ana's cookie, from our own page."""
    return {"cookie": cookie(signed_up()), "origin": ORIGIN}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (event("x" * socket_bounds.MESSAGE), socket_bounds.TOO_LARGE),
        (event(nested(40)), socket_bounds.TOO_LARGE),
        ("42/_event," + "[" * 60_000, socket_bounds.TOO_LARGE),
    ],
    ids=["large", "deep", "abyss"],
)
@pytest.mark.promise(13)
def test_a_message_that_is_too_large_or_too_deep_closes_the_socket(text: str, code: int, headers: dict[str, str]) -> None:
    """It never reaches Reflex, and the socket is closed with a code that says why."""
    with phone(**headers).websocket_connect("/_event/") as socket:
        socket.send_text(text)
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == code


@pytest.mark.promise(13)
def test_a_large_plan_and_deep_words_pass(headers: dict[str, str]) -> None:
    """A pasted plan of 20,000 characters goes through, and brackets that stand in its words are no depth."""
    text = event({"text": '[{"' * 6000 + "\\"})
    with phone(**headers).websocket_connect("/_event/") as socket:
        socket.send_text(text)
        assert socket.receive_text() == text


def test_a_flood_closes_the_socket_and_a_person_never_does(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """200 messages at once pass and 40 a second for ever; more closes this socket, and the next one is new."""
    now = [0.0]
    monkeypatch.setattr(socket_bounds, "clock", lambda: now[0])
    with phone(**headers).websocket_connect("/_event/") as socket:
        for _ in range(socket_bounds.BURST):
            socket.send_text("2")
            assert socket.receive_text() == "2"
        for _ in range(10):
            now[0] += 1
            for _ in range(socket_bounds.PER_SECOND):
                socket.send_text("2")
                assert socket.receive_text() == "2"
        socket.send_text("2")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_text()
    assert ended.value.code == socket_bounds.TOO_MANY
    with phone(**headers).websocket_connect("/_event/") as socket:
        socket.send_text("2")
        assert socket.receive_text() == "2"


def test_long_polling_reads_no_more_than_a_message() -> None:
    """A body of a poll that has no end is cut off, whether or not it says how long it is."""
    seen: list[int] = []

    async def reader(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "http.request" and message["more_body"]:
            seen.append(len(message["body"]))
        seen.append(-1 if message["type"] == "http.disconnect" else 0)
        await send({"type": "http.response.start", "status": 400, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    headers = [(b"cookie", cookie(signed_up()).encode()), (b"origin", ORIGIN.encode()), (b"host", b"127.0.0.1:3000")]
    scope = {"type": "http", "method": "POST", "path": "/_event/", "query_string": b"transport=polling", "headers": headers}

    async def receive() -> Any:
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    async def send(_: Any) -> None:
        return None

    asyncio.run(make_gate(reader, api=api)(scope, receive, send))
    assert seen == [65536, 65536, -1]

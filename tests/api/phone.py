"""A phone for API tests: a client of the whole gate, with cookies, as a browser or as a program."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from taper_app.api.app import create_api
from taper_app.api.gate import make_gate
from tests.services import world

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

ORIGIN = "http://127.0.0.1:3000"
PASSWORD = world.PASSWORD


class Clock:
    """The server's time, as a test sets it."""

    def __init__(self) -> None:
        self.now: datetime = world.NOW

    def __call__(self) -> datetime:
        return self.now


clock = Clock()
api: FastAPI = create_api(clock)


async def reflex(scope: Any, receive: Any, send: Any) -> None:
    """Stands for Reflex: a page, or a socket that says what it hears."""
    if scope["type"] == "http":
        headers = [(b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"<html>a page</html>"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


def phone(**headers: str) -> TestClient:
    """A client without cookies."""
    gate = make_gate(reflex, api=api, build=Path("no build"))
    return TestClient(gate, base_url=ORIGIN, headers=headers, follow_redirects=False, raise_server_exceptions=True)


def signed_up(login: str = "ana") -> TestClient:
    """A client with an account."""
    client = phone()
    body = {"login": login, "password": PASSWORD, "display_name": login.title(), "zone": "America/New_York"}
    answer = client.post("/api/v1/accounts", json=body)
    assert answer.status_code == 201, answer.text
    client.account_id = answer.json()["id"]  # type: ignore[attr-defined]  # so that tests need no second call
    return client


def caregiver(owner: TestClient, **share: Any) -> tuple[TestClient, str]:
    """A client that has opened a new share of the owner, and the share's id."""
    made = owner.post("/api/v1/shares", json={"label": "Sam", **share}).json()
    client = phone()
    answer = client.post("/api/v1/shares/open", json={"token": made["url"].split("#")[1]})
    assert answer.status_code == 204, answer.text
    return client, made["id"]


def cookie(client: TestClient) -> str:
    """The client's cookies as a header."""
    return "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)

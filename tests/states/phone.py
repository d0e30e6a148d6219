"""A phone without a browser: the State tree of one tab, with the cookie and the address it would send."""

import asyncio
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex.istate.data import RouterData

from taper_app.data import engine
from taper_app.services import accounts


class Phone:
    """One tab of a browser: the whole state tree, the address, the cookie."""

    def __init__(self, token: str = "") -> None:
        self.root = rx.State(_reflex_internal_init=True)
        self.token = token

    def at(self, cls: Any, path: str = "/plan", **query: str) -> Any:
        """The State of a page, opened at an address."""
        data = {"pathname": path, "asPath": f"{path}?{urlencode(query)}", "query": query, "token": "t", "sid": "s"}
        data["headers"] = {"cookie": f"taper={self.token}", "origin": "http://localhost"}
        self.root.router_data = data
        self.root.router = RouterData.from_router_data(data)
        return self.root.get_substate(cls.get_full_name().split("."))

    def open(self, cls: Any, path: str = "/plan", **query: str) -> Any:
        """The State of a page after it was loaded."""
        state = self.at(cls, path, **query)
        call(state, "load")
        return state


def call(state: Any, name: str, *args: Any) -> Any:
    """Run a handler as an event would."""
    found = type(state).event_handlers[name].fn(state, *args)
    return asyncio.run(found) if asyncio.iscoroutine(found) else found


def sign_up(now: datetime) -> str:
    """A new account; its session's token."""
    with engine.session_scope() as session:
        return accounts.create_account(
            session,
            login=f"p{uuid.uuid4().hex[:10]}",
            password="a long enough pass phrase",
            display_name="Pat",
            zone="America/New_York",
            now=now,
        ).token


def path_of(event: Any) -> str:
    """Where a redirect goes."""
    assert event is not None
    return next(str(value).strip('"') for key, value in event.args if str(key) == "path")

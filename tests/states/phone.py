"""A phone without a browser: the State tree of one tab, with the cookie and the address it would send."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex.istate.data import RouterData


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

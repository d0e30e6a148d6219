"""Sockets without a network: Reflex's own namespace and event processor, and everything they send, held against the tab it went to."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import json_dumps

from taper_app.api.gate import own_state

ORIGIN = "http://127.0.0.1:3000"


class Heard(logging.Handler):
    """Every line that was logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, with its trace."""
        self.lines.append((record.levelno, self.format(record)))

    def bad(self) -> list[str]:
        """What no client may cause."""
        return [line for level, line in self.lines if level >= logging.ERROR or "Traceback" in line]


@contextmanager
def heard() -> Iterator[Heard]:
    """Listen to all that is logged."""
    handler, root = Heard(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)


class Tab:
    """One socket of one tab, with the cookie of its handshake."""

    def __init__(self, line: Line, cookie: str) -> None:
        self.line = line
        self.sid = uuid.uuid4().hex
        self.cookie = cookie
        self.sent: list[str] = []

    async def connect(self, auth: Any = None, tab: str = "") -> None:
        """The handshake, as the gate lets it through: its token is bound to the session."""
        query = own_state(urlencode({"token": tab or str(uuid.uuid4())}).encode(), self.cookie).decode()
        headers = [(b"origin", ORIGIN.encode()), (b"cookie", self.cookie.encode())]
        environ = {"QUERY_STRING": query, "asgi.scope": {"headers": headers, "client": ("127.0.0.1", 1)}}
        self.line.tabs[self.sid] = self
        await self.line.arriving.trigger_event("connect", self.sid, environ, auth)

    async def say(self, data: Any, event: Any = "event") -> None:
        """One message."""
        await self.line.arriving.trigger_event(event, self.sid, data)

    async def open(self, path: str, **query: str) -> str:
        """Open a page as a browser does on connecting; everything that this tab was sent since."""
        self.sent.clear()
        await self.say(event_of("reflex___state____state.hydrate_and_load", at=path, query=query, hashes=[]))
        await self.line.done()
        return "".join(self.sent)

    async def close(self) -> None:
        """Gone."""
        await self.line.arriving.trigger_event("disconnect", self.sid, "transport close")
        del self.line.tabs[self.sid]


class Line:
    """The app's end of every socket."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.arriving = app.event_namespace
        self.tabs: dict[str, Tab] = {}

    async def emit(self, _event: str, data: Any = None, to: str | None = None, **_: Any) -> None:
        """What goes out, written down as it would be for the network."""
        if to in self.tabs:
            self.tabs[to].sent.append(json_dumps(data))

    async def tab(self, cookie: str) -> Tab:
        """A new connection."""
        made = Tab(self, cookie)
        await made.connect()
        return made

    async def done(self) -> None:
        """Wait until everything that was asked is answered."""
        processor = self.app.event_processor
        await processor.join()
        while processor._tasks:
            await asyncio.wait(list(processor._tasks.values()))
            await processor.join()


@asynccontextmanager
async def open_line() -> AsyncIterator[Line]:
    """The app as it runs, but for the network."""
    app = build()
    with app.set_contexts():
        line = Line(app)
        line.arriving.emit = line.emit
        try:
            async with app._setup_event_processor():
                yield line
        finally:
            del line.arriving.emit


@lru_cache(maxsize=1)
def build() -> Any:
    """The app with every page built, so that every State is there."""
    from taper_app.components.words import LANGUAGES, language
    from taper_app.pages.routes import routes
    from taper_app.taper_app import app

    for lang in LANGUAGES:
        with language(lang):
            for route in routes():
                route.build()
    return app


def event_of(name: str, /, *, at: str = "/plan", query: dict[str, str] | None = None, **payload: Any) -> dict[str, Any]:
    """An event as Reflex's client sends it."""
    asked = f"?{urlencode(query)}" if query else ""
    return {"name": name, "payload": payload, "router_data": {"pathname": at, "asPath": at + asked, "query": query or {}}}


def handlers() -> dict[str, Any]:
    """Every registered handler of the app and of Reflex, by its full name."""
    found = RegistrationContext.get().event_handlers
    return {name: one for name, one in found.items() if "tests___" not in name}


def short(name: str) -> str:
    """`PlanState.load` for the full name of a handler."""
    state, _, handler = name.rpartition(".")
    camel = state.rpartition(".")[2].rpartition("____")[2]
    return "".join(part.title() for part in camel.split("_")) + f".{handler}"


def written(data: Any) -> str:
    """JSON, for looking into."""
    return json.dumps(data, default=str)

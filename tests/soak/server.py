"""The real server, whole, over an encrypted file; it can be cut off, crash at its commit, and be started again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from starlette.requests import ClientDisconnect

from taper_app.api import limits
from taper_app.api.app import create_api
from taper_app.api.gate import make_gate
from taper_app.data import engine
from taper_app.domain.access import Patient
from taper_app.services.entries import EntryView, list_entries
from taper_app.services.signing import end_all_sessions, sign_in
from tests.api.phone import Clock, reflex
from tests.services import world


class Crashed(RuntimeError):
    """The server stopped before its commit."""


class Server:
    """`ask` answers (status, body), or None when the connection broke."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._trouble: Exception | None = None
        self._database: engine.Database | None = None
        self.clock = Clock()
        # It keeps nothing in memory but its routes, which take longest to make.
        self._app = make_gate(reflex, api=create_api(self.clock), build=Path("no build"))
        self.start()
        engine.migrate()
        self.people = [world.sign_up(login) for login in ("ana", "bo")]
        self.plans = [world.draft(person) for person in self.people]

    def start(self) -> None:
        """Start it, or start it again: new connections to the same file, and nothing counted."""
        if self._database:
            self._database.writer.dispose()
        self._database = engine.open_database("", self._folder)
        event.listen(self._database.writer, "connect", _no_power_cuts)
        event.listen(self._database.writer, "commit", self._commit)
        engine.use(self._database)
        limits.reset()

    def stop(self) -> None:
        """For good."""
        assert self._database
        self._database.writer.dispose()
        engine.use(None)
        self._loop.close()

    def _commit(self, _: Any) -> None:
        # Before the database's own COMMIT: what is raised here rolls back.
        if self._trouble:
            raise self._trouble

    def ask(self, method: str, path: str, token: str, account: str, body: str, fault: str = "") -> tuple[int, str] | None:
        """One request. `fault`: "cut" off in the middle of its body, "crash" before the commit, "full" disk."""
        self._trouble = {"crash": Crashed(), "full": OperationalError("", {}, Exception("disk full"))}.get(fault)
        try:
            return self._loop.run_until_complete(self._ask(method, path, token, account, body.encode(), cut=fault == "cut"))
        except Crashed:
            self._trouble = None
            self.start()
            return None
        except ClientDisconnect:
            return None
        finally:
            self._trouble = None

    async def _ask(self, method: str, path: str, token: str, account: str, body: bytes, *, cut: bool) -> tuple[int, str] | None:
        headers = {
            "host": "127.0.0.1:3000", "origin": "http://127.0.0.1:3000", "content-type": "application/json",
            "cookie": f"taper={token}", "x-account": account,
        }  # fmt: skip
        sent: list[dict[str, Any]] = [{"type": "http.request", "body": body[: len(body) // 2] if cut else body, "more_body": cut}]
        came: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            came.append(message)

        scope = {
            "type": "http", "http_version": "1.1", "asgi": {"version": "3.0"}, "method": method, "path": path,
            "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 3000), "headers": [(k.encode(), v.encode()) for k, v in headers.items() if v],
        }  # fmt: skip
        await self._app(scope, receive, send)
        return came[0]["status"], b"".join(message.get("body", b"") for message in came[1:]).decode()

    def empty(self) -> None:
        """Nobody has written anything yet."""
        limits.reset()
        with engine.session_scope() as session:
            for table in ("entry", "login_session"):
                session.connection().execute(text(f"DELETE FROM {table}"))

    def sign_in(self, login: str) -> str:
        """A new session's token."""
        with engine.session_scope() as session:
            return sign_in(session, login=login, password=world.PASSWORD, now=self.clock.now).token

    def end_sessions(self, account: str) -> None:
        """Signed out everywhere."""
        with engine.session_scope() as session:
            end_all_sessions(session, Patient(account), self.clock.now)

    def entries(self, account: str) -> list[EntryView]:
        """Everything that the account has, in the order of arrival."""
        found: list[EntryView] = []
        after = None
        with engine.session_scope(write=False) as session:
            while True:
                page = list_entries(session, Patient(account), after, 500)
                found += page.entries
                after = page.next
                if after is None:
                    return found


def _no_power_cuts(connection: Any, _: Any) -> None:
    # What a lost power supply does to a file is not asked here, and a disk takes longer than all the rest.
    connection.execute("PRAGMA synchronous = OFF")

"""Looks at the database that many ask for at the same moment, taken together: one thread, one transaction, one answer each."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from starlette.concurrency import run_in_threadpool

from taper_app.data.engine import Session, Unavailable, session_scope
from taper_app.domain.errors import Refusal

Asked = TypeVar("Asked")
Found = TypeVar("Found")
# So that the first of very many do not wait for the last.
MOST = 100


class Rounds(Generic[Asked, Found]):
    """`await rounds.look(asked)` answers what `look(asked, session)` does, in a transaction for reading that others share.

    Two hundred streams that a revoked share wakes at once would else each take a thread, a connection and a transaction. A look
    begins after it was asked for, never before, so nobody is told what was true earlier.
    """

    def __init__(self, look: Callable[[Asked, Session], Found]) -> None:
        self._look = look
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line[Asked, Found]] = WeakKeyDictionary()

    async def look(self, asked: Asked) -> Found:
        """The answer. Raises what this look raises, and nobody else's; Unavailable where the database does not answer."""
        loop = asyncio.get_running_loop()
        line = self._lines.setdefault(loop, _Line())
        answer: asyncio.Future[Found] = loop.create_future()
        line.waiting.append((asked, answer))
        if line.going is None or line.going.done():
            line.going = asyncio.ensure_future(self._go(line))
        return await answer

    async def _go(self, line: "_Line[Asked, Found]") -> None:
        while line.waiting:
            # Whoever else was woken by the same change asks in this same turn of the loop.
            await asyncio.sleep(0)
            batch, line.waiting = line.waiting[:MOST], line.waiting[MOST:]
            try:
                found = await run_in_threadpool(self._ask, [asked for asked, _ in batch])
            except BaseException as error:  # noqa: BLE001  # each of those who wait is told; nobody is left waiting
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
                continue
            for (_, answer), one in zip(batch, found, strict=True):
                if answer.done():
                    continue
                if isinstance(one, Exception):
                    answer.set_exception(one)
                else:
                    answer.set_result(one)

    def _ask(self, batch: Sequence[Asked]) -> list[Found | Exception]:
        try:
            with session_scope(write=False) as session:
                return [self._one(asked, session) for asked in batch]
        except Unavailable:
            # So it is for everybody; asking again for each would only make them wait.
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is: it is told to the one whose look it was
            # The transaction may be spoilt, so each looks again in one of its own.
            return [error] if len(batch) == 1 else [told for one in batch for told in self._ask([one])]

    def _one(self, asked: Asked, session: Session) -> Found | Refusal:
        try:
            return self._look(asked, session)
        except Refusal as refusal:
            # One who may not look is told so, and the others go on in the same transaction.
            return refusal


class _Line(Generic[Asked, Found]):
    """Who waits, on one event loop."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Asked, asyncio.Future[Found]]] = []
        self.going: asyncio.Task[None] | None = None

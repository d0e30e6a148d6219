"""The small bus that says "changed". In memory: one process; Redis takes its place when there are several.

A topic is the id of an account, of a share, or of a login session. `publish` may be called from any thread;
subscribers live on event loops. Services call `mark`, and `session_scope` publishes after the commit.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Self

from sqlmodel import Session

_lock = threading.Lock()
_subscribers: dict[str, set["Subscription"]] = {}
_MARKS = "changed_topics"


class Subscription:
    """Wakes when one of its topics changed. Many changes before it is looked at are one.

    Use as a context manager on the event loop, and `await wait(seconds)`.
    """

    def __init__(self, *topics: str) -> None:
        self._topics = topics
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    def __enter__(self) -> Self:
        with _lock:
            for topic in self._topics:
                _subscribers.setdefault(topic, set()).add(self)
        return self

    def __exit__(self, *_: object) -> None:
        with _lock:
            for topic in self._topics:
                listening = _subscribers.get(topic, set())
                listening.discard(self)
                if not listening:
                    _subscribers.pop(topic, None)

    def wake(self) -> None:
        """Called from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._woken.set)
        except RuntimeError:
            # The loop has closed: nobody is left to tell.
            return

    async def wait(self, seconds: float | None = None) -> bool:
        """Whether something changed before the time was over."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return False
        self._woken.clear()
        return True


def publish(*topics: str) -> None:
    """Tell everyone who listens to one of these topics, once each."""
    with _lock:
        found = {one for topic in topics for one in _subscribers.get(topic, ())}
    for one in found:
        one.wake()


async def subscribe(*topics: str) -> AsyncIterator[str]:
    """Yields "changed" each time one of the topics changes."""
    with Subscription(*topics) as subscription:
        while True:
            await subscription.wait()
            yield "changed"


def mark(session: Session, *topics: str) -> None:
    """Publish these topics when the transaction has been committed, and not otherwise."""
    session.info.setdefault(_MARKS, set()).update(topics)


def marked(session: Session) -> set[str]:
    """Topics to publish; taken out."""
    found: set[str] = session.info.pop(_MARKS, set())
    return found

"""What is done once when the server has started."""

import gc
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def settled() -> AsyncIterator[None]:
    """Everything of this module."""
    leave_loaded()
    leave_no_dump()
    yield


def leave_no_dump() -> None:
    """When this process crashes, its memory is not written to a file: keys and what people wrote are in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_loaded() -> None:
    """Leave what was loaded at the start out of every later collection of garbage, and collect less often.

    Half a million objects of modules and pages never go away; looking through them again took a third of the time
    that reading ten years of entries takes. Those entries are 50,000 objects that all stay until the answer is sent: to
    look through them every 700 took another tenth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)

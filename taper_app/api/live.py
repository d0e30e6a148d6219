"""An open socket lives exactly as long as its session."""

import asyncio
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taper_app.data.bus import Subscription
from taper_app.data.engine import session_scope
from taper_app.services.signing import authenticate
from taper_app.services.tokens import hash_token

# A session can also end by its age, which nobody announces.
CHECK_EVERY = 60.0
ENDED = 4401
PACKETS = "123456"


async def is_signed_in(token: str) -> bool:
    """Whether this session is alive now."""
    return await run_in_threadpool(_is_signed_in, token)


def _is_signed_in(token: str) -> bool:
    with session_scope(write=False) as session:
        return authenticate(session, token, datetime.now(UTC)) is not None


def known_packets(receive: Receive) -> Receive:
    """`receive` without messages that are no packet of Engine.IO's: bytes, nothing at all, a kind that there is not.

    Our client sends none, and Engine.IO falls over them with its whole trace in the log.
    """

    async def receive_known() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or (message.get("text") or "x")[0] in PACKETS:
                return message

    return receive_known


async def while_signed_in(app: ASGIApp, scope: Scope, receive: Receive, send: Send, token: str) -> None:
    """Run the socket until either side closes it or the session ends."""
    receive = known_packets(receive)
    over = asyncio.Event()

    async def watch() -> None:
        with Subscription(hash_token(token)) as subscription:
            while await is_signed_in(token):
                # Now and then also unasked, for a session that ends by its age.
                await subscription.wait(CHECK_EVERY)
        over.set()

    async def receive_or_end() -> Message:
        if over.is_set():
            return {"type": "websocket.disconnect", "code": ENDED}
        waiting = asyncio.ensure_future(receive())
        ended = asyncio.ensure_future(over.wait())
        done, _ = await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
        if waiting in done:
            ended.cancel()
            message: Message = waiting.result()
            return message
        waiting.cancel()
        await close()
        return {"type": "websocket.disconnect", "code": ENDED}

    closed = False

    async def close() -> None:
        nonlocal closed
        if not closed:
            closed = True
            await send({"type": "websocket.close", "code": ENDED})

    async def send_unless_closed(message: Message) -> None:
        nonlocal closed
        if closed or (over.is_set() and message["type"] == "websocket.send"):
            return
        closed = message["type"] == "websocket.close"
        await send(message)

    watcher = asyncio.ensure_future(watch())
    try:
        await app(scope, receive_or_end, send_unless_closed)
    finally:
        watcher.cancel()

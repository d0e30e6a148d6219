"""How much one socket may send: the size of a message, how deep it is nested, how many come in a second."""

import re
import time
from collections.abc import Callable

from starlette.types import Message, Receive, Send

# Characters. The longest thing that a page sends is a pasted plan, of 20,000.
MESSAGE = 128 * 1024
# Reflex's own events are eight deep.
DEEPEST = 32
# Messages: how many at once, and how many a second go on for ever. A fast typist makes ten a second, a page that opens a dozen.
BURST, PER_SECOND = 200, 40
TOO_LARGE, TOO_MANY = 1009, 4429
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
# Replaced in tests.
clock: Callable[[], float] = time.monotonic


class Bucket:
    """Messages in stock: `BURST` at first, `PER_SECOND` more each second."""

    def __init__(self) -> None:
        self.left = float(BURST)
        self.at = clock()

    def take(self) -> bool:
        """Whether there is one left."""
        now = clock()
        self.left = min(float(BURST), self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def depth(text: str) -> int:
    """How deep the lists and objects of a message are nested; what stands in strings does not count."""
    level = deepest = 0
    for sign in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        level += 1 if sign in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def refusal(message: Message, bucket: Bucket) -> int:
    """The code to close with, or 0 for a message that may pass."""
    text, raw = message.get("text"), message.get("bytes")
    if len(text or raw or "") > MESSAGE:
        return TOO_LARGE
    if not bucket.take():
        return TOO_MANY
    return TOO_LARGE if text and depth(text) > DEEPEST else 0


def within_bounds(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """`receive` that closes the socket at the first message that is too large, too deep or one too many, and `send` that knows it.

    Of long polling each request is looked at: what is more than a message's worth ends as if the line had gone.
    """
    bucket = Bucket()
    read = 0
    closed = False

    async def bounded() -> Message:
        nonlocal read, closed
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            return {"type": "http.disconnect"} if read > MESSAGE else message
        if message["type"] != "websocket.receive" or closed:
            return message
        code = refusal(message, bucket)
        if not code:
            return message
        closed = True
        await send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def send_unless_closed(message: Message) -> None:
        if not closed:
            await send(message)

    return bounded, send_unless_closed

"""How much one address may ask, and how guessing is slowed down without ever locking the owner out."""

import asyncio
import hashlib
import ipaddress
from typing import Self

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter

from taper_app.api.errors import Door
from taper_app.services.signing import fold_typed
from taper_app.settings import settings

_storage = MemoryStorage()
_calls = SlidingWindowCounterRateLimiter(_storage)
_tries = FixedWindowRateLimiter(_storage)
_FAILED = RateLimitItemPerHour(1_000_000)
# Wrong tries an hour, for one login from one address, and how long each further try then waits.
_WAITS = ((1000, 5.0), (200, 2.0), (20, 0.25))
_waiting: set[str] = set()
# Replaced in tests.
sleep = asyncio.sleep


def reset() -> None:
    """Forget everything (tests)."""
    _storage.reset()
    _waiting.clear()


def address_of(peer: str, forwarded_for: str) -> str:
    """Who calls: the peer, or what a proxy on this same machine says."""
    try:
        if forwarded_for and ipaddress.ip_address(peer).is_loopback:
            last = forwarded_for.rsplit(",", 1)[-1].strip()
            return str(ipaddress.ip_address(last))
    except ValueError:
        return peer
    return peer


def count_call(address: str) -> None:
    """Raises Door 429 when this address asks far more than any person."""
    if not _calls.hit(RateLimitItemPerMinute(settings().calls_per_minute), "call", address):
        raise Door(429, "too_many_requests", retry_after=10)


def count_sign_up(address: str) -> None:
    """Raises Door 429 when this address makes accounts by the hundred."""
    if not _calls.hit(RateLimitItemPerHour(settings().sign_ups_per_hour), "sign_up", address):
        raise Door(429, "too_many_requests", retry_after=600)


class Guess:
    """One try to sign in: `async with Guess(address, login) as guess`, then `guess.failed()` when it was wrong.

    After 20 wrong tries an hour each further one waits, longer after 200 and 1,000, and only one may wait at a time.
    The right password is always let in after its wait, and another address or login never waits.
    """

    def __init__(self, address: str, login: object) -> None:
        # As signing in looks for it: another spelling of the same login is the same try.
        folded = fold_typed(login).encode("utf-8", "replace")
        self._key = f"{address} {hashlib.sha256(folded).hexdigest()}"
        self._holds = False

    async def __aenter__(self) -> Self:
        wait = self._wait()
        if not wait:
            return self
        if self._key in _waiting:
            raise Door(429, "too_many_requests", retry_after=int(wait) + 1)
        _waiting.add(self._key)
        self._holds = True
        try:
            await sleep(wait)
        except BaseException:
            _waiting.discard(self._key)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._holds:
            _waiting.discard(self._key)

    def failed(self) -> None:
        """It was wrong."""
        _tries.hit(_FAILED, "failed", self._key)

    def _wait(self) -> float:
        failed = _FAILED.amount - _tries.get_window_stats(_FAILED, "failed", self._key).remaining
        return next((wait for many, wait in _WAITS if failed >= many), 0.0)

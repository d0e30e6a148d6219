"""How much one address, session or link may ask, and how guessing is slowed down without ever locking the owner out."""

import asyncio
import hashlib
import ipaddress
from typing import Self

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter

from taper_app.api.counting import counts
from taper_app.api.errors import Door
from taper_app.services.signing import fold_typed
from taper_app.settings import settings

_storage = counts(settings().redis_url)
_calls = SlidingWindowCounterRateLimiter(_storage)
_tries = FixedWindowRateLimiter(_storage)
_FAILED = RateLimitItemPerHour(1_000_000)
# Wrong tries an hour, for one login from one address, and how long each further try then waits.
_WAITS = ((1000, 5.0), (200, 2.0), (20, 0.25))
# The same for one login from all addresses together: never more than a pause, since its owner may be among them.
_WAITS_OF_LOGIN = ((1000, 2.0), (200, 1.0))
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


# A minute. One person with a phone, a tablet and all their tabs needs a tenth of it; and never fewer than one address may make.
PER_SESSION, PER_SHARE, PER_LINK = 1200, 600, 600


def count_session(token: str) -> None:
    """Raises Door 429 when whoever holds this session's cookie asks far more than any person, from however many addresses."""
    _count("session", token, PER_SESSION)


def count_share(token: str) -> None:
    """Raises Door 429 when whoever holds this share's cookie does."""
    _count("share", token, PER_SHARE)


def count_link(token: object) -> None:
    """Raises Door 429 when one link is opened again and again, from however many addresses. `token`: whatever was sent."""
    _count("link", str(token)[:200], PER_LINK)


def _count(what: str, secret: str, most: int) -> None:
    # The counts may lie in another program's memory: a hash of the secret is name enough.
    name = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()[:32]
    if not _calls.hit(RateLimitItemPerMinute(most), what, name):
        raise Door(429, "too_many_requests", retry_after=10)


def count_sign_up(address: str) -> None:
    """Raises Door 429 when this address makes accounts by the hundred."""
    if not _calls.hit(RateLimitItemPerHour(settings().sign_ups_per_hour), "sign_up", address):
        raise Door(429, "too_many_requests", retry_after=600)


class Guess:
    """One try to sign in: `async with Guess(address, login) as guess`, then `guess.failed()` when it was wrong.

    After 20 wrong tries an hour each further one waits, longer after 200 and 1,000, and only one may wait at a time.
    The right password is always let in after its wait, and another login never waits. When one login is guessed at from many
    addresses, each further try from any of them waits up to two seconds, and none is turned away: nobody can lock its owner out.
    """

    def __init__(self, address: str, login: object) -> None:
        # As signing in looks for it: another spelling of the same login is the same try.
        folded = fold_typed(login).encode("utf-8", "replace")
        self._login = hashlib.sha256(folded).hexdigest()
        self._key = f"{address} {self._login}"
        self._holds = False

    async def __aenter__(self) -> Self:
        wait = _wait("failed", self._key, _WAITS)
        if not wait:
            pause = _wait("failed_login", self._login, _WAITS_OF_LOGIN)
            if pause:
                await sleep(pause)
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
        _tries.hit(_FAILED, "failed_login", self._login)


def _wait(what: str, key: str, waits: tuple[tuple[int, float], ...]) -> float:
    failed = _FAILED.amount - _tries.get_window_stats(_FAILED, what, key).remaining
    return next((wait for many, wait in waits if failed >= many), 0.0)

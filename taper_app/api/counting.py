"""Where calls are counted: in this process, or in a Redis that several processes share."""

from limits.storage import MemoryStorage, RedisStorage, Storage

# A count is never worth a wait: a Redis that does not answer at once is done without.
_PATIENCE = 0.25


def counts(redis_url: str) -> Storage:
    """The counts. With `redis_url` in that Redis; while it does not answer, nobody is counted and nobody refused."""
    if not redis_url:
        return MemoryStorage()
    return Calm(redis_url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE, key_prefix="taper")


class Calm(RedisStorage):
    """Redis, whose silence stops nobody."""

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count of this key, one more; 0 while Redis does not answer."""
        try:
            return int(super().incr(key, int(expiry), amount))
        except self.base_exceptions:
            return 0

    def get(self, key: str) -> int:
        """The count of this key; 0 while Redis does not answer."""
        try:
            return int(super().get(key))
        except self.base_exceptions:
            return 0

    def get_expiry(self, key: str) -> float:
        """When the count of this key ends; at once while Redis does not answer."""
        try:
            return float(super().get_expiry(key))
        except self.base_exceptions:
            return 0.0

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether one more call fits; yes while Redis does not answer."""
        try:
            return bool(super().acquire_sliding_window_entry(key, limit, expiry, amount))
        except self.base_exceptions:
            return True

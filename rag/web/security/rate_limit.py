"""How often a client may do something: a token bucket for each."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic

MOST_CLIENTS = 10_000
"""Clients that are remembered; beyond, those whose bucket is full again are forgotten."""


class Buckets:
    """Lets each client do something so many times at once, and then again as fast as its bucket fills up."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        """Fill each bucket with `per_minute` tokens, and add as many a minute."""
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, client: str) -> int:
        """Take a token of the client's; returns 0, or the whole seconds until there is one again."""
        name = name_network(client)
        with self._lock:
            now = self._clock()
            tokens = self._count(name, now)
            if tokens < 1:
                return ceil((1 - tokens) * 60 / self._size)
            self._buckets[name] = (tokens - 1, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets = {
                    each: kept for each, kept in self._buckets.items() if self._count(each, now) < self._size
                }
            return 0

    def count(self) -> int:
        """Return how many clients are remembered."""
        return len(self._buckets)

    def _count(self, name: str, now: float) -> float:
        tokens, then = self._buckets.get(name, (self._size, now))
        return min(self._size, tokens + (now - then) * self._size / 60)


def name_network(client: str) -> str:
    """Return what a client goes by: its address, but of IPv6 the first half, for the rest is its own to choose."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else client

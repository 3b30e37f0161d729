"""Limits how often each client may do something: a token bucket each."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic

MOST_CLIENTS = 10_000
"""Clients whose tokens are counted one by one."""


class RateLimit:
    """Gives each client tokens, up to a number at once and as many a minute.

    Example:
        limit = RateLimit(per_minute=300)
        if seconds := limit.take("10.0.0.9"):
            print(f"try again in {seconds} s")
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = monotonic, most_clients: int = MOST_CLIENTS
    ) -> None:
        """Start without clients.

        Args:
            per_minute: How many tokens a client has at first, and how many it gets each minute.
            clock: Returns seconds.
            most_clients: Beyond this number, clients that have all their tokens again are forgotten.
        """
        self._size = float(per_minute)
        self._clock = clock
        self._most_clients = most_clients
        self._tokens: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, client: str) -> int:
        """Take one of the client's tokens; returns 0, or the whole seconds until there is a token again."""
        name = name_network(client)
        with self._lock:
            now = self._clock()
            tokens = self._count(name, now)
            if tokens < 1:
                return ceil((1 - tokens) * 60 / self._size)
            self._tokens[name] = (tokens - 1, now)
            if len(self._tokens) > self._most_clients:
                self._tokens = {
                    each: kept for each, kept in self._tokens.items() if self._count(each, now) < self._size
                }
            return 0

    def count(self) -> int:
        """Return how many clients are remembered."""
        return len(self._tokens)

    def _count(self, name: str, now: float) -> float:
        tokens, then = self._tokens.get(name, (self._size, now))
        return min(self._size, tokens + (now - then) * self._size / 60)


def name_network(client: str) -> str:
    """Return the client's IPv4 address, or its IPv6 network, within which it can choose its address."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else client

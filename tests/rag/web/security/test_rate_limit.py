"""How often a client may do something."""

import pytest

from rag.web.security.rate_limit import RateLimit, name_network


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_tokens_are_taken_at_once_and_come_back_with_time() -> None:
    clock = Clock()
    limit = RateLimit(6, clock)  # one every ten seconds
    assert [limit.take("a") for _ in range(7)] == [0] * 6 + [10]
    clock.now = 9.5
    assert limit.take("a") == 1
    clock.now = 10
    assert [limit.take("a"), limit.take("a")] == [0, 10]
    clock.now = 10_000
    assert [limit.take("a") for _ in range(7)] == [0] * 6 + [10]


def test_each_client_has_its_own_tokens() -> None:
    limit = RateLimit(1, Clock())
    assert [limit.take("10.0.0.1"), limit.take("10.0.0.2"), limit.take("10.0.0.1")] == [0, 0, 60]


@pytest.mark.parametrize(
    ("client", "name"),
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("::1", "::"), ("", ""), ("unix", "unix")],
)
def test_an_ipv6_network_is_one_client(client: str, name: str) -> None:
    assert name_network(client) == name


def test_clients_with_all_their_tokens_are_forgotten() -> None:
    clock = Clock()
    limit = RateLimit(60, clock, most_clients=2)
    for client in ("a", "b"):
        limit.take(client)
    clock.now = 5
    limit.take("c")
    assert limit.count() == 1

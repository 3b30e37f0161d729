"""How often a client may do something."""

import pytest

from rag.web.security import rate_limit as buckets
from rag.web.security.rate_limit import Buckets, name_network


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_is_emptied_at_once_and_fills_again() -> None:
    clock = Clock()
    taken = Buckets(6, clock)  # one every ten seconds
    assert [taken.take("a") for _ in range(7)] == [0] * 6 + [10]
    clock.now = 9.5
    assert taken.take("a") == 1
    clock.now = 10
    assert [taken.take("a"), taken.take("a")] == [0, 10]
    clock.now = 10_000
    assert [taken.take("a") for _ in range(7)] == [0] * 6 + [10]


def test_clients_have_buckets_of_their_own() -> None:
    taken = Buckets(1, Clock())
    assert [taken.take("10.0.0.1"), taken.take("10.0.0.2"), taken.take("10.0.0.1")] == [0, 0, 60]


@pytest.mark.parametrize(
    ("client", "name"),
    [("10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("::1", "::"), ("", ""), ("unix", "unix")],
)
def test_an_ipv6_network_is_one_client(client: str, name: str) -> None:
    assert name_network(client) == name


def test_clients_whose_bucket_is_full_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST_CLIENTS", 2)
    clock = Clock()
    taken = Buckets(60, clock)
    for client in ("a", "b"):
        taken.take(client)
    clock.now = 5
    taken.take("c")
    assert taken.count() == 1

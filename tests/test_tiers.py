"""Every test is in one tier, so that the three together are all tests."""

import pytest

TIERS = {"fast", "model", "browser"}


def test_every_test_is_in_one_tier(request: pytest.FixtureRequest) -> None:
    tiers = {item.nodeid: TIERS & {mark.name for mark in item.iter_markers()} for item in request.session.items}
    assert {test: found for test, found in tiers.items() if len(found) != 1} == {}

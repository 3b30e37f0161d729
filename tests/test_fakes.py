"""The fake encoder does what its docstring says."""

from math import sqrt

import pytest

from tests.fakes import WordEncoder


def test_vectors_can_be_worked_out_by_hand() -> None:
    encoder = WordEncoder(("fire", "bank"), identity="mine")
    vectors = encoder.encode(["Fire! Bank, fire.", "snow", ""])
    assert vectors.tolist() == [pytest.approx([2 / sqrt(5), 1 / sqrt(5), 0]), [0, 0, 1], [0, 0, 1]]
    assert (encoder.identity, encoder.encoded) == ("mine", ["Fire! Bank, fire.", "snow", ""])

"""What makes a claim wrong, and evidence that only reports."""

from random import Random

import pytest

from embeddings.training.verdicts.changes import change_name, change_number, report, swap_names
from embeddings.training.verdicts.judgements import NEITHER, OTHERWISE, REFUTES, SUPPORTS


@pytest.mark.parametrize("number", ["12", "1,250", "2004", "3.5", "seven", "March", "Friday"])
def test_another_number_of_its_kind_refutes(number: str) -> None:
    for seed in range(20):
        changed = change_number(f"The ferry sank with {number} on board.", Random(seed))
        assert changed is not None
        before, _, rest = changed[0].partition(" with ")
        assert (before, rest.endswith(" on board."), changed[1]) == ("The ferry sank", True, REFUTES)
        assert rest != f"{number} on board."


def test_without_a_number_nothing_changes() -> None:
    assert change_number("The ferry sank.", Random(0)) is None


def test_of_another_subject_nothing_is_said_and_of_another_place_something_else() -> None:
    claim, evidence = "Berg flew to Peru.", "On Monday Berg flew to Peru by way of Spain."
    changes = {change_name(claim, evidence, ["Chad", "Berg", "Spain"], Random(seed)) for seed in range(40)}
    assert changes == {("Chad flew to Peru.", NEITHER), ("Berg flew to Chad.", OTHERWISE)}


def test_names_change_places_unless_they_stand_side_by_side() -> None:
    evidence = "Norway beat Ghana and Peru."
    changed = swap_names("Norway beat Ghana.", evidence, Random(0))
    assert changed is not None
    assert changed[0] == "Ghana beat Norway."
    assert swap_names("Norway and Ghana played.", evidence, Random(0)) is None


def test_a_report_keeps_the_words_of_what_it_reports() -> None:
    reports = [report("The ferry sank.", Random(seed)) for seed in range(60)]
    assert {target for _, target in reports} == {SUPPORTS, REFUTES, NEITHER}
    assert all("the ferry sank" in text for text, _ in reports)

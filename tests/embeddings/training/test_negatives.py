"""Questions and paragraphs that the reader learns to say no on."""

from random import Random

from embeddings.training.negatives import swap_name, without_answer
from embeddings.training.squad import Gold

TEXT = "The harbour bridge in Aarhus opened in 2019. Karen Holm designed it."


def test_a_name_of_the_question_gives_way_to_one_that_the_text_does_not_hold() -> None:
    names = ["Karen Holm", "Aarhus", "2019", "Lisbon"]
    assert swap_name("Who designed the bridge in Aarhus?", TEXT, names, Random(1)) == (
        "Who designed the bridge in Lisbon?"
    )


def test_a_year_gives_way_to_a_year() -> None:
    assert swap_name("What opened in 2019?", TEXT, ["Lisbon", "2019", "1987"], Random(1)) == "What opened in 1987?"


def test_there_is_no_swap_without_a_name_or_without_a_foreign_one() -> None:
    assert swap_name("Who designed the bridge?", TEXT, ["Lisbon"], Random(1)) == ""
    assert swap_name("Who works in Aarhus?", TEXT, ["Karen Holm", "1987"], Random(1)) == ""


def test_the_sentence_with_the_answer_is_cut_out() -> None:
    rest = "The council had asked for a bridge for many years, and many plans were drawn and dropped again. " * 2
    start = len(rest)
    assert without_answer(rest + TEXT, [Gold(start + 23, start + 29, 1.0)]) == f"{rest}Karen Holm designed it."
    assert without_answer(TEXT, [Gold(22, 28, 1.0)]) == ""  # too little is left

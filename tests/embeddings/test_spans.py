"""Span picking on logits small enough to work out by hand."""

import numpy as np
import pytest

from embeddings.spans import (
    Span,
    drop_between,
    merge_spans,
    null_score,
    pick_spans,
    sentence_evidence,
    tidy_span,
    weigh_span,
)
from embeddings.windows import Window

# [CLS] q [SEP] a b c [SEP]; the text is "a b c"
WINDOW = Window((1, 2, 3, 4, 5, 6, 3), 3, 3, ((0, 1), (2, 3), (4, 5)))
START = np.array([1.0, 9.0, 9.0, 3.0, 0.0, 2.0, 9.0], dtype=np.float32)
END = np.array([0.5, 9.0, 9.0, 0.0, 2.0, 1.0, 9.0], dtype=np.float32)


def test_spans_come_from_the_text_only_best_first() -> None:
    assert pick_spans(WINDOW, START, END, 4) == [Span(0, 3, 5.0), Span(0, 5, 4.0), Span(0, 1, 3.0), Span(4, 5, 3.0)]


def test_null_score_is_that_of_the_first_token() -> None:
    assert null_score(START, END) == 1.5


def test_spans_stay_off_what_stands_between_sentences() -> None:
    text = "One. OSLO - Two. Three."
    sentences, spans = (
        ((0, 4), (12, 16), (17, 23)),
        [Span(0, 3, 4.0), Span(5, 9, 3.0), Span(2, 15, 2.0), Span(12, 22, 1.0)],
    )
    assert drop_between(spans, text, sentences) == [spans[0], spans[3]]
    assert drop_between(spans, text, ()) == spans


def test_merging_keeps_the_higher_score_of_equal_spans() -> None:
    windows = [[Span(0, 3, 5.0), Span(4, 5, 1.0)], [Span(0, 3, 6.0), Span(6, 9, 5.5)]]
    assert merge_spans(windows, 2, lambda span: span.score) == (Span(0, 3, 6.0), Span(6, 9, 5.5))
    assert merge_spans(windows, 2, lambda span: span.start) == (Span(6, 9, 5.5), Span(4, 5, 1.0))


def test_evidence_sums_the_spans_of_a_sentence() -> None:
    # sentence "a b": spans a-a 3, a-b 5, b-b 2; sentence "c": c-c 3; the third is not in the window
    first = np.log(np.exp(3) + np.exp(5) + np.exp(2)) - 1.5
    found = sentence_evidence(WINDOW, START, END, [(0, 3), (4, 5), (6, 9)])
    assert found == [pytest.approx(first, abs=1e-5), pytest.approx(1.5, abs=1e-5), None]


@pytest.mark.parametrize(
    ("text", "quote", "tidy"),
    [
        ('plays " Reveille " daily', '" Reveille', "Reveille"),
        ('plays "Reveille" daily', '"Reveille"', '"Reveille"'),
        ("the NBA (a league) is", "NBA (a league", "NBA (a league)"),
        ("the (old) town)", "town)", "town"),
        ("a town", "town", "town"),
        ('say "', '"', '"'),
    ],
)
def test_unpaired_brackets_and_quotation_marks_are_left_out(text: str, quote: str, tidy: str) -> None:
    start = text.index(quote)
    span = tidy_span(text, Span(start, start + len(quote), 1.0))
    assert text[span.start : span.end] == tidy


@pytest.mark.parametrize(
    ("quote", "taken"),
    [
        ("17", 0.0),
        ("Grand trains", 2 * 0.45),  # both words are the question's, in any case
        ("the best of the best trains", 0.45),  # "the" is too short to count
        ("one two six ten red tan", 0.0),
        ("one two six ten red tan sky sea", 2 * 0.05),
    ],
)
def test_an_answer_loses_by_repeating_the_question_and_by_length(quote: str, taken: float) -> None:
    asked = {"how", "many", "of", "the", "grand", "trains", "are", "left"}
    span = Span(4, 4 + len(quote), 7.0)
    assert weigh_span(asked, f"Of: {quote}, more", span) == pytest.approx(7.0 - taken)

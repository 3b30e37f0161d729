"""Claims as yes/no questions and as their denials."""

from random import Random

import pytest

from embeddings.training.verdicts.asking import ask_whether, deny, find_base


@pytest.mark.parametrize(
    ("claim", "question"),
    [
        ("Anna Petrova won the vote.", "Did Anna Petrova win the vote?"),
        ("The bridge has been closed since May.", "Has the bridge been closed since May?"),
        ("The film was not released in Peru.", "Was the film not released in Peru?"),
        ("The Bank of Norway raised its rate.", "Did the Bank of Norway raise its rate?"),
        ("Snow.", ""),
    ],
)
def test_a_claim_becomes_the_question_that_it_answers(claim: str, question: str) -> None:
    assert ask_whether(claim) == question


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("The bridge was closed.", "The bridge was not closed."),
        ("The bridge was not closed.", "The bridge was closed."),
        ("Snow.", ""),
    ],
)
def test_a_denial_has_a_negation_more_or_less(claim: str, denial: str) -> None:
    assert deny(claim, Random(0)) == denial


@pytest.mark.parametrize("subject", ["Norway", "Anna Petrova", "The Bank of Lagos"])
def test_what_happened_did_not(subject: str) -> None:
    denials = {deny(f"{subject} signed the treaty.", Random(seed)) for seed in range(40)}
    verbs = "did not sign", "never signed", "refused to sign", "failed to sign"
    assert denials == {f"{subject} {verb} the treaty." for verb in verbs}


def test_verbs_in_the_past_have_their_base() -> None:
    past = "raised stopped visited moved tried won agreed approved used".split()
    assert [*map(find_base, past)] == "raise stop visit move try win agree approve use".split()

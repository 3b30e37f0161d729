"""How a model's text becomes claims, and how it is seen that it found nothing."""

import pytest

from rag.answer import Claim
from rag.prose.claims import read_claims, says_nothing


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Sullivan came [1]. He left [3].", [("Sullivan came.", 0), ("He left.", 2)]),
        ("Sullivan came. [1] He left.[3]", [("Sullivan came.", 0), ("He left.", 2)]),
        ("Sullivan came [1][2], and left [2, 3].", [("Sullivan came, and left.", 0, 1, 2)]),
        ("Sullivan came [1-3].", [("Sullivan came.", 0, 1, 2)]),
        ("Sullivan came 【1】 [Quote 2] [^3].", [("Sullivan came.", 0, 1, 2)]),
        ("Sullivan came [sentences 1 and 3].", [("Sullivan came.", 0, 2)]),
        ("Sullivan came (sentence 2) on (1).", [("Sullivan came on (1).", 1)]),
        ("Sullivan came [7] in [2022].", [("Sullivan came in [2022].",)]),
        ('"Nothing changes." [2] Really.', [('"Nothing changes."', 1), ("Really.",)]),
        ("- **Sullivan** came [1]\n- He left\n\n## End", [("Sullivan came", 0), ("He left",), ("End",)]),
        ("<think>Who? [2] Hm.</think>\nSullivan.", [("Sullivan.",)]),
        ("Who? [2] Hm.</think>\nSullivan.", [("Sullivan.",)]),
        ("<think>Who came", []),
        ("[THINK]Who? [2][/THINK]Sullivan.", [("Sullivan.",)]),
        ("<|channel|>analysis<|message|>Who?<|end|><|start|>assistant<|channel|>final<|message|>He.", [("He.",)]),
        ("He came ![x](https://e.example/?q) [1].", [("He came.", 0)]),
        ("He <b>came</b> [1](https://e.example), [so](https://e.example).", [("He came, so.", 0)]),
        ("He came [1].\n\n[1]: https://e.example/a.png", [("He came.", 0)]),
        ("He \x1b[31mca\u200bme\x1b[0m\u202e [1].", [("He came.", 0)]),
        ("He came [1]. He came. HE CAME. He came.", [("He came.", 0)]),
        ("Sullivan ca", [("Sullivan ca",)]),
        (" \n", []),
        ("[1] ... [2]", []),
        ("NOT HE", []),
        ("NOT HERE", []),
        ("Not here. [1]", []),
        ("He came [1]. NOT HERE.", [("He came.", 0)]),
        ("He came [1]. Not here, but to Oslo.", [("He came.", 0), ("Not here, but to Oslo.",)]),
    ],
)
def test_claims_are_the_sentences_with_the_numbers_that_they_name(text: str, claims: list[tuple[object, ...]]) -> None:
    assert read_claims(text, 3) == tuple(Claim(str(words), tuple(numbers)) for words, *numbers in claims)


@pytest.mark.parametrize(
    ("text", "is_nothing"),
    [
        ("NOT HERE", True),
        ("**Not here.**", True),
        ("The articles do not say who came.", True),
        ("The provided sentences don't mention a storm.", True),
        ("The information is not available.", True),
        ("He was not here at ten.", False),
        ("The minister did not say who came.", False),
        ("Sullivan came.", False),
    ],
)
def test_a_model_that_found_nothing_is_understood(text: str, is_nothing: bool) -> None:
    assert says_nothing(text) is is_nothing

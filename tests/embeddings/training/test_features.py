"""What the reader sees in one pass over the training data."""

from random import Random

from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.training.features import Feature, Item, Mixture, Pass, featurize
from embeddings.training.squad import ENCYCLOPEDIA, Example, Gold, Paragraph
from embeddings.windows import Windower

BRIDGE = Paragraph(ENCYCLOPEDIA, "Bridge", "Harbour bridge", "The bridge cost 412 million euros.")
TUNNEL = Paragraph(ENCYCLOPEDIA, "Tunnel", "Harbour tunnel", "The tunnel cost a little more.")
ANNOTATED = Example("How much did it cost?", 0, (Gold(16, 27, 1.0),))
WRITTEN = [Example(f"What does question {number} ask?", 0, ()) for number in range(40)]
PLAIN = Mixture(negatives=0, deleted=0, swapped=0, titled=1, written_kept=0.5, written_negatives=1)


def seen(number: int) -> list[Item]:
    passes = Pass([BRIDGE, TUNNEL], [ANNOTATED, *WRITTEN], [(1,)] * 41, PLAIN)
    return list(passes.items(number, seed=0))


def feature(item: Item) -> Feature:
    windower = Windower(Tokenizer.from_file(str(MINILM / "tokenizer.json")))
    found = featurize(item, windower, windower, Random(0))
    assert found is not None
    return found


def test_an_annotated_answer_is_the_target() -> None:
    first = feature(seen(0)[0])
    ((start, weight),) = first.starts
    ((end, _),) = first.ends
    low, high = first.window.offsets[start - first.window.first], first.window.offsets[end - first.window.first]
    assert (BRIDGE.text[low[0] : high[1]], weight) == ("412 million", 1.0)


def test_only_a_teacher_knows_what_answers_a_written_question() -> None:
    written = [item for item in seen(0) if item.question != ANNOTATED.question]
    assert {item.text for item in written} == {BRIDGE.text, TUNNEL.text}
    assert all(item.golds is None for item in written)
    assert all((feature(item).starts, feature(item).ends) == ((), ()) for item in written)


def test_two_passes_share_out_the_written_questions() -> None:
    first, second = ({item.question for item in seen(number)} for number in (0, 1))
    assert first & second == {ANNOTATED.question}
    assert len(first | second) == 41

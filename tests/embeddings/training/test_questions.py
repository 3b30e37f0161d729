"""The writer of questions: the real small language model on a few paragraphs."""

import torch

from embeddings.training.questions import WORDS, QuestionWriter
from embeddings.training.squad import ENCYCLOPEDIA, Example, Gold, Paragraph
from tests.llama import find_model

TEXT = "The Harbour Bridge opened in 1932. It cost {} million pounds, and {} workers built it in eight years."


def paragraph(number: int) -> Paragraph:
    return Paragraph(ENCYCLOPEDIA, "Bridge", "Harbour Bridge", TEXT.format(number, 100 + number))


def test_it_learns_to_ask() -> None:
    paragraphs = [paragraph(number) for number in range(1, 41)]
    asked = [
        Example(question, index, (Gold(start, start + len(answer), 1.0),))
        for index, each in enumerate(paragraphs)
        for question, answer in (("When did the bridge open?", "1932"), ("How long did it take?", "eight years"))
        for start in [each.text.index(answer)]
    ]
    losses: list[float] = []
    writer = QuestionWriter(find_model())
    writer.learn(paragraphs, asked, lambda step, loss: losses.append(loss))
    assert losses[-1] < losses[0] / 2

    torch.manual_seed(0)
    written = list(writer.write([paragraph(number) for number in (1, 50, 60)], [1, 2], 60))
    assert {example.paragraph for example in written} == {1, 2}
    assert len({(example.paragraph, example.question) for example in written}) == len(written)
    for example in written:
        assert example.golds == ()
        assert example.question.endswith("?")
        assert WORDS[0] <= len(example.question.split()) <= WORDS[1]

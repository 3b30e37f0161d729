"""The writer of questions: a tiny language model on many paragraphs that are nearly alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from embeddings.training.questions import WORDS, QuestionWriter
from embeddings.training.squad import ENCYCLOPEDIA, Example, Gold, Paragraph
from tests.embeddings.training.tiny_llama import write_tiny_llama

TEXT = "Bridge {} opened in 1932. It took {} workers eight years."
ASKED = {"When did the bridge open?": "1932", "How long did it take?": "eight years"}


def paragraph(number: int) -> Paragraph:
    return Paragraph(ENCYCLOPEDIA, "Bridge", "Harbour Bridge", TEXT.format(number, 100 + number))


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """Compute on one thread: products this small only wait for a second one, on a busy machine for minutes."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.usefixtures("_one_thread")
def test_it_learns_to_ask(tmp_path: Path) -> None:
    paragraphs = [paragraph(number) for number in range(1, 2001)]
    asked = [
        Example(question, index, (Gold(start, start + len(answer), 1.0),))
        for index, each in enumerate(paragraphs)
        for question, answer in ASKED.items()
        for start in [each.text.index(answer)]
    ]
    model = tmp_path / "tiny.gguf"
    write_tiny_llama(model, ["Harbour Bridge\nA: Q:", *(each.text for each in paragraphs[:100]), *ASKED])
    losses: list[float] = []
    writer = QuestionWriter(model, frozen=1)
    writer.learn(paragraphs, asked, lambda step, loss: losses.append(loss))
    assert losses[-1] < losses[0] / 10

    torch.manual_seed(0)
    written = list(writer.write([paragraph(number) for number in (1, 2050, 2060)], [1, 2], 60))
    assert {example.paragraph for example in written} == {1, 2}
    assert len({(example.paragraph, example.question) for example in written}) == len(written)
    assert {example.question for example in written} >= ASKED.keys()
    for example in written:
        assert example.golds == ()
        assert example.question.endswith("?")
        assert WORDS[0] <= len(example.question.split()) <= WORDS[1]

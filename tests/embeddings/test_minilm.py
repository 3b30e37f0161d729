"""The encoder without torch: as good as the one with it, and each text on its own."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from corpus.article import Article
from corpus.passages import split_article
from embeddings.encoder import MINILM, SentenceEncoder, Vectors
from embeddings.errors import ModelLoadError
from embeddings.graph import DIVISORS, read_divisors
from embeddings.minilm import MiniLmEncoder
from embeddings.precision import are_sums_exact
from rag.library.encoding import passage_text

ODD = ["", " ", "?", "🔥", "word " * 5_000, "Привет", "one\n\ntwo", "x" * 300, "Who won?"]


class TestLangChainUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[MiniLmEncoder]:
        return MiniLmEncoder


class TestLangChainIntegration(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[MiniLmEncoder]:
        return MiniLmEncoder


@pytest.fixture(scope="module")
def texts(starter_articles: dict[str, Article]) -> list[str]:
    """The passages of every fourth starter article, as they are encoded."""
    articles = list(starter_articles.values())[::4]
    return [passage_text(article, passage) for article in articles for passage in split_article(article)]


@pytest.fixture(scope="module")
def exact(torch_encoder: SentenceEncoder, texts: list[str]) -> tuple[Vectors, Vectors]:
    """What torch makes of these texts, and of the odd ones."""
    return torch_encoder.encode(texts), torch_encoder.encode(ODD)


@pytest.mark.parametrize("bits", [0, 7, 8])  # 0: what suits this processor
def test_every_vector_is_nearly_that_of_torch(exact: tuple[Vectors, Vectors], texts: list[str], bits: int) -> None:
    if bits == 8 and not are_sums_exact():
        pytest.skip("this processor's int8 sums saturate: it has no VNNI instructions, and the encoder takes 7 bits")
    encoder = MiniLmEncoder(bits=bits)
    cosines, odd = ((encoder.encode(some) * of).sum(axis=1) for some, of in zip((texts, ODD), exact, strict=True))
    assert cosines.min() > 0.99
    assert cosines.mean() > 0.996
    assert odd.min() > 0.97  # "?" has three tokens, of which two are the same for every text


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder: MiniLmEncoder) -> None:
    together = encoder.encode(ODD)
    alone = np.concatenate([encoder.encode([text]) for text in ODD])
    assert (together == alone).all()
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_have_no_vectors(encoder: MiniLmEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.embed_documents([]) == []


def test_several_threads_at_once(encoder: MiniLmEncoder) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(encoder.encode, [ODD, ODD[-1:], ODD, ODD[-1:]]))
    assert (found[0] == found[2]).all()
    assert (found[0][-1:] == found[1]).all() and (found[1] == found[3]).all()


def test_its_vectors_may_stand_beside_those_of_torch(encoder: MiniLmEncoder, torch_encoder: SentenceEncoder) -> None:
    assert encoder.identity == f"{torch_encoder.identity} int8"
    assert encoder.comparable == {encoder.identity, torch_encoder.identity}
    assert torch_encoder.comparable == {torch_encoder.identity}
    assert (encoder.precision, torch_encoder.precision in ("float32", "bfloat16")) == ("int8", True)


def test_a_model_that_is_missing_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match=f"^no sentence-transformers model in {tmp_path}: model.safetensors is"):
        MiniLmEncoder(tmp_path)
    shutil.copy(MINILM / "tokenizer.json", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelLoadError, match=f"^the model in {tmp_path} cannot be loaded: "):
        MiniLmEncoder(tmp_path).encode(["text"])


def test_divisors_are_1_where_the_file_names_no_channel() -> None:
    named = json.loads(DIVISORS.read_text("utf-8"))
    divisors = read_divisors()
    assert {name: len(values) for name, values in divisors.items()} == {
        f"{layer}.{kind}": count
        for layer in range(6)
        for kind, count in (("attention", 384), ("intermediate", 384), ("output", 1536))
    }
    for name, channels in named.items():
        assert {str(i): round(float(divisors[name][i]), 2) for i in np.flatnonzero(divisors[name] != 1)} == channels

"""The real encoder: its contract, its identity, and that it stays offline (pytest-socket forbids the network)."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_tests.integration_tests import EmbeddingsIntegrationTests
from langchain_tests.unit_tests import EmbeddingsUnitTests

from embeddings.encoder import MINILM, SentenceEncoder
from embeddings.errors import ModelLoadError
from tests.fakes import WordEncoder


class TestLangChainUnit(EmbeddingsUnitTests):
    @property
    def embeddings_class(self) -> type[SentenceEncoder]:
        return SentenceEncoder


class TestLangChainIntegration(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[SentenceEncoder]:
        return SentenceEncoder


class TestLangChainWithTheFake(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[WordEncoder]:
        return WordEncoder

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"words": ("foo", "bar")}


def test_vectors_have_length_1(torch_encoder: SentenceEncoder) -> None:
    vectors = torch_encoder.encode(["Russia demanded guarantees.", "", "x " * 5_000])
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=0.005)  # bfloat16 has 8 bits


def test_the_order_of_the_texts_is_kept(torch_encoder: SentenceEncoder) -> None:
    texts = [
        f"{'word ' * (number * 7 % 40)}number {number}" for number in range(40)
    ]  # lengths are shuffled: batches are not
    together = torch_encoder.encode(texts)
    alone = np.concatenate([torch_encoder.encode([text]) for text in texts[::8]])
    cosines = alone @ together.T
    assert cosines.argmax(axis=1).tolist() == [0, 8, 16, 24, 32]
    assert cosines.max(axis=1) == pytest.approx(1.0, abs=0.01)


def test_near_in_meaning_is_near_in_space(torch_encoder: SentenceEncoder) -> None:
    question, others = "How fast do prices rise?", ["Inflation hit 8.6%.", "The telescope unfolded."]
    near, far = torch_encoder.compare(question, others)
    assert near > far + 0.2
    vectors = torch_encoder.encode([question, *others])
    assert [near, far] == pytest.approx([float(vectors[0] @ each) for each in vectors[1:]], abs=0.01)
    assert torch_encoder.compare(question, []) == []


def test_no_texts_have_no_vectors(torch_encoder: SentenceEncoder) -> None:
    assert torch_encoder.encode([]).shape[0] == 0
    assert torch_encoder.embed_documents([]) == []


def test_a_question_is_embedded_like_a_text(torch_encoder: SentenceEncoder) -> None:
    assert torch_encoder.embed_query("Who won?") == pytest.approx(torch_encoder.embed_documents(["Who won?"])[0])


def test_the_identity_is_that_of_the_weights(torch_encoder: SentenceEncoder, tmp_path: Path) -> None:
    assert torch_encoder.identity.startswith("all-MiniLM-L6-v2@")
    assert SentenceEncoder().identity == torch_encoder.identity
    weights = (MINILM / "model.safetensors").read_bytes()
    for name, content in (("same", weights), ("other", weights[:-1] + b"\0")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(content)
    same, other = SentenceEncoder(tmp_path / "same"), SentenceEncoder(tmp_path / "other")
    assert same.identity.split("@") == ["same", torch_encoder.identity.split("@")[1]]
    assert other.identity.split("@")[1] != torch_encoder.identity.split("@")[1]


def test_a_folder_without_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError) as caught:
        SentenceEncoder(tmp_path / "nothing")
    message = f"no sentence-transformers model in {tmp_path / 'nothing'}: model.safetensors is missing"
    assert str(caught.value) == message


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(MINILM, folder)
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelLoadError, match=f"^the model in {folder} cannot be loaded: "):
        SentenceEncoder(folder).encode(["text"])

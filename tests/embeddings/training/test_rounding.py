"""Rounding while training, beside what onnxruntime makes of the exported model."""

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn

from embeddings.encoder import MINILM
from embeddings.reader import OnnxReader, WindowScorer
from embeddings.training.export import export
from embeddings.training.network import SpanNetwork, TorchScorer
from embeddings.training.rounding import RoundedEmbedding, RoundedLinear, make_roundable, round_columns, round_windows
from embeddings.windows import Window, Windower
from rag.assembly import load_starter_articles


def test_each_output_has_its_own_grid_of_128_weights() -> None:
    weight = torch.tensor([[64.0, -64.0, 10.4, 0.6], [0.64, 0.321, 0.0, -0.007]])
    rounded = [[63.0, -64.0, 10.0, 1.0], [0.63, 0.32, 0.0, -0.01]]
    torch.testing.assert_close(round_columns(weight), torch.tensor(rounded))


def test_each_window_has_its_own_grid_of_256_values_with_zero_among_them() -> None:
    values = torch.tensor([[[-55.0, 200.0, 3.4]], [[0.2, 2.55, 1.004]]])
    torch.testing.assert_close(round_windows(values), torch.tensor([[[-55.0, 200.0, 3.0]], [[0.2, 2.55, 1.0]]]))


def test_layers_keep_their_weights_and_names_and_pass_gradients_through() -> None:
    network = nn.Sequential(nn.Embedding(5, 4), nn.Linear(4, 3))
    before = network.state_dict()
    tokens = torch.tensor([[0, 1, 2]])
    exact = network(tokens)
    make_roundable(network)
    assert list(map(type, network)) == [RoundedEmbedding, RoundedLinear]
    assert all(
        value is before[name] or torch.equal(value, before[name]) for name, value in network.state_dict().items()
    )
    torch.testing.assert_close(network(tokens), exact)
    for layer in network:
        layer.is_rounded = True
    rounded = network(tokens)
    assert 0 < (rounded - exact).abs().max() < 0.1
    rounded.sum().backward()
    assert all(parameter.grad is not None and parameter.grad.any() for parameter in network.parameters())


def test_rounding_errs_like_the_exported_model(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = SpanNetwork(MINILM).eval()
    export(network, Tokenizer.from_file(str(MINILM / "tokenizer.json")), tmp_path)
    windower = Windower(Tokenizer.from_file(str(MINILM / "tokenizer.json")))
    texts = [article.text for article in islice(load_starter_articles(), 12)]
    windows = [windows[0] for windows in windower.cut("What did Russia demand?", [""] * len(texts), texts)]
    exact = score(TorchScorer(network), windows)
    network.is_rounded = True
    error = score(TorchScorer(network), windows) - exact
    exported = score(OnnxReader(tmp_path)._score, windows) - exact
    assert error.std() == pytest.approx(exported.std(), rel=0.25)
    assert np.corrcoef(error, exported)[0, 1] > 0.2  # small differences in one layer change what the next one rounds


def score(scorer: WindowScorer, windows: list[Window]) -> NDArray[np.float32]:
    return np.concatenate([np.concatenate(scorer(window)) for window in windows])

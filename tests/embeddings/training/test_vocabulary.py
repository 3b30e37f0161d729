"""The reader's network without its rarest words, beside the whole one."""

from pathlib import Path

import torch
from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.reader import OnnxReader
from embeddings.training.export import export
from embeddings.training.network import LAYERS, SpanNetwork, TorchScorer, pad
from embeddings.training.vocabulary import trim_vocabulary
from embeddings.windows import Windower

SOURCE = MINILM / "tokenizer.json"
QUESTION, TITLE, TEXT = "How much did it cost?", "A new bridge", "The bridge cost 412 million euros."


def test_layers_that_are_there_twice_begin_alike_and_can_part() -> None:
    layers = [layer.output.dense.weight for layer in SpanNetwork(MINILM).encoder.encoder.layer]
    assert len(layers) == len(LAYERS)
    for first, second in ((2, 4), (3, 5)):
        assert LAYERS[first] == LAYERS[second]
        assert torch.equal(layers[first], layers[second])
        assert layers[first] is not layers[second]
    assert len(SpanNetwork(MINILM, layers=None).encoder.encoder.layer) == 6


def test_frequent_words_are_read_as_before_and_rare_ones_in_pieces(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = SpanNetwork(MINILM).eval()
    whole = Tokenizer.from_file(str(SOURCE))
    (window,) = Windower(whole).cut(QUESTION, [TITLE], [TEXT])[0]
    before = network(*pad([window]))
    tokenizer = trim_vocabulary(network, SOURCE)
    (trimmed,) = Windower(tokenizer).cut(QUESTION, [TITLE], [TEXT])[0]
    assert trimmed.tokens != window.tokens
    torch.testing.assert_close(network(*pad([trimmed])), before)
    assert whole.encode("limousine").tokens == ["[CLS]", "limousine", "[SEP]"]
    pieces = tokenizer.encode("limousine").tokens[1:-1]
    assert len(pieces) > 1 and "[UNK]" not in pieces
    assert "".join(piece.removeprefix("##") for piece in pieces) == "limousine"
    export(network, tokenizer, tmp_path)
    starts, _ = OnnxReader(tmp_path)._score(trimmed)
    expected, _ = TorchScorer(network)(trimmed)
    assert abs(starts - expected).max() < 0.5  # of 8 bits

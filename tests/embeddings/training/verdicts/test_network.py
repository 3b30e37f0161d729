"""The verdict network, made from the shipped reader, learns and is exported."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.reader import OnnxReader, ReadingText
from embeddings.training.export import write_fused
from embeddings.training.train import Moment, Recipe, Trainer
from embeddings.training.verdicts.build import READER, build_windower
from embeddings.training.verdicts.judgements import NEITHER, REFUTES, SUPPORTS, Feature, Judgement, featurize
from embeddings.training.verdicts.network import VerdictNetwork, judge
from embeddings.training.verdicts.trunk import load_trunk
from embeddings.verdicts import TOKENIZER, OnnxVerdicts
from embeddings.windows import Windower

EVIDENCE = "The bridge cost 40 million euros."
JUDGEMENTS = [
    Judgement("The bridge cost 40 million euros.", "Bridge", EVIDENCE, SUPPORTS),
    Judgement("Did the bridge cost 9 million euros?", "Bridge", EVIDENCE, REFUTES),
    Judgement("Karen Holm designed the bridge.", "Bridge", EVIDENCE, NEITHER),
]
RECIPE = Recipe(rate=1e-3, passes=1.0, warm_up=0.1, average_from=1.0, rounded_from=1.0, batch_tokens=80, log_every=1)


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    return [feature for each in JUDGEMENTS if (feature := featurize(each, build_windower()))]


def test_the_readers_network_is_taken_back_out_of_its_file() -> None:
    (window,) = Windower(Tokenizer.from_file(str(TOKENIZER))).cut("Who designed it?", ["Bridge"], [EVIDENCE])[0]
    tokens = torch.tensor([window.tokens])
    segments = (torch.arange(tokens.shape[1]) >= window.second).long()[None]
    with torch.inference_mode():
        output = load_trunk(READER, MINILM).eval()(tokens, torch.ones_like(tokens), segments)
    hidden = output.last_hidden_state[0].numpy()
    known = {each.name: numpy_helper.to_array(each) for each in onnx.load(str(READER)).graph.initializer}
    (weights,) = (each for each in known.values() if each.shape == (384, 2))
    reading = OnnxReader().read("Who designed it?", [ReadingText("Bridge", EVIDENCE)])[0]
    assert (hidden @ weights + known["head.bias"])[0].sum() == pytest.approx(reading.no_answer, abs=0.5)


def test_it_learns_and_its_exported_form_says_the_same(tmp_path: Path, features: list[Feature]) -> None:
    torch.manual_seed(0)
    moments: list[Moment] = []
    trainer = Trainer(VerdictNetwork(READER, MINILM), RECIPE, tmp_path / "checkpoint.pt")
    frozen = trainer.network.encoder.embeddings.word_embeddings.weight.clone()
    trainer.run(lambda number: features * 16, moments.append, lambda number: None)
    assert moments[-1].loss < 0.5 * moments[0].loss
    assert torch.equal(trainer.network.encoder.embeddings.word_embeddings.weight, frozen)
    network = trainer.network.eval()
    said = judge(network, features)
    assert said.argmax(1).tolist() == [0, 1, 2]
    write_fused(network, tmp_path / "model.onnx", ("logits",))
    pairs = [(each.claim, ReadingText(each.title, each.evidence)) for each in JUDGEMENTS]
    rulings = OnnxVerdicts(tmp_path).judge_each(pairs)
    exported = np.array([(each.supports, each.refutes, each.neither) for each in rulings])
    np.testing.assert_allclose(exported, said, atol=0.01)

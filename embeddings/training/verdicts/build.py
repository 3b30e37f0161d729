"""The steps from training data to a measured verdict network in a folder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.reader import ReadingText
from embeddings.training.export import quantize, write_fused
from embeddings.training.train import Recipe, Record, Trainer, log_moments
from embeddings.training.verdicts.judgements import Feature, Judgement, featurize
from embeddings.training.verdicts.measuring import list_sets, measure
from embeddings.training.verdicts.mixture import Mixture, Shares, Sources
from embeddings.training.verdicts.network import VerdictNetwork, judge
from embeddings.verdicts import MOST_TOKENS, SHARED_TOKENS, TOKENIZER, OnnxVerdicts
from embeddings.windows import Windower

VERDICT_RECIPE = Recipe(
    rate=2e-4,
    passes=1.6,
    warm_up=0.1,
    average_from=1.1,
    rounded_from=1.42,
    average_decay=0.99,
    batch_tokens=2000,
    log_every=20,
    save_every=60,
)
READER = TOKENIZER.parent / "model.onnx"
GLANCE = 250
"""So many judgements of each held-out set are measured between passes."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build reads and writes; `output` gets checkpoint, weights, record and model."""

    data: Path
    output: Path

    @property
    def trained(self) -> Path:
        """The averaged weights of a finished training."""
        return self.output / "trained.pt"


def train(folders: Folders, recipe: Recipe, record: Record) -> None:
    """Train, going on from the output folder's checkpoint where there is one, and write the averaged weights."""
    torch.manual_seed(recipe.seed)
    sources, windower = Sources.read(folders.data), build_windower()
    mixture = Mixture(sources.part(is_held_out=False), Shares())
    held_out = list_sets(sources.part(is_held_out=True), GLANCE)
    trainer = Trainer(VerdictNetwork(READER, MINILM, recipe.dropout), recipe, folders.output / "checkpoint.pt")

    def draw(number: int) -> list[Feature]:
        drawn = mixture.draw(Random(recipe.seed * 1000 + number))
        features = [feature for each in drawn if (feature := featurize(each, windower))]
        record({"pass": number, "n": len(features), "tokens": sum(len(each.window.tokens) for each in features)})
        return features

    def after_pass(number: int) -> None:
        record({"pass": number, **measure(judge_with(trainer.result, windower), held_out)})

    trainer.run(draw, log_moments(record), after_pass)
    torch.save(trainer.result.state_dict(), folders.trained)


def build_windower() -> Windower:
    """Return what cuts claims and evidence into the network's windows."""
    return Windower(Tokenizer.from_file(str(TOKENIZER)), MOST_TOKENS, SHARED_TOKENS)


def judge_with(network: torch.nn.Module, windower: Windower) -> Callable[[Sequence[Judgement]], NDArray[np.float32]]:
    """Return what gives judgements their probabilities by a network in torch."""

    def judge_all(rows: Sequence[Judgement]) -> NDArray[np.float32]:
        features = [feature for each in rows if (feature := featurize(each, windower))]
        return judge(network, features)

    return judge_all


def write_model(folders: Folders) -> None:
    """Export the averaged weights to `model.onnx` (int8) of the output folder, and to its folder `fp32`."""
    network = VerdictNetwork(READER, MINILM)
    network.load_state_dict(torch.load(folders.trained, weights_only=True))
    exact = folders.output / "fp32"
    exact.mkdir(parents=True, exist_ok=True)
    write_fused(network, exact / "model.onnx", ("logits",))
    quantize(exact / "model.onnx", folders.output / "model.onnx")


def measure_model(folders: Folders, record: Record) -> None:
    """Measure the exported model on all that is held out, in int8 and in fp32."""
    held_out = list_sets(Sources.read(folders.data).part(is_held_out=True))
    for name, folder in {"int8": folders.output, "fp32": folders.output / "fp32"}.items():
        verdicts = OnnxVerdicts(folder)

        def judge_all(rows: Sequence[Judgement], verdicts: OnnxVerdicts = verdicts) -> NDArray[np.float32]:
            rulings = verdicts.judge_each([(each.claim, ReadingText(each.title, each.evidence)) for each in rows])
            return np.array([(each.supports, each.refutes, each.neither) for each in rulings], np.float32)

        record({"weights": name, "bytes": (folder / "model.onnx").stat().st_size, **measure(judge_all, held_out)})

"""The steps from training data to a measured model in a folder."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer

from embeddings.reader import OnnxReader, Reader, WindowReader
from embeddings.training.evaluate import load_dev, measure, measure_answers
from embeddings.training.export import export
from embeddings.training.features import Feature, Mixture, Pass, featurize
from embeddings.training.negatives import mine
from embeddings.training.network import SpanNetwork, TorchScorer
from embeddings.training.squad import Example, Paragraph, load_squad
from embeddings.training.train import Moment, Recipe, Trainer
from embeddings.windows import Windower

Record = Callable[[Mapping[str, object]], None]


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build reads and writes; `output` gets checkpoint, negatives, averaged weights, record and model."""

    data: Path
    weights: Path
    dev: Path
    output: Path

    @property
    def tokenizer(self) -> Path:
        """The tokenizer that belongs to the weights."""
        return self.weights / "tokenizer.json"

    @property
    def trained(self) -> Path:
        """The averaged weights of a finished training."""
        return self.output / "trained.pt"


def train(folders: Folders, recipe: Recipe, mixture: Mixture, record: Record) -> None:
    """Train, going on from the output folder's checkpoint where there is one, and write the averaged weights."""
    folders.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    paragraphs, examples = load_squad(folders.data)
    mined = _mined(paragraphs, examples, folders)
    record({"examples": len(examples), "paragraphs": len(paragraphs), **asdict(recipe), **asdict(mixture)})
    draw = _drawer(Pass(paragraphs, examples, mined, mixture), folders, recipe, mixture)
    trainer = Trainer(SpanNetwork(folders.weights, recipe.dropout), recipe, folders.output / "checkpoint.pt")

    def log(moment: Moment) -> None:
        record({key: round(value, 4) for key, value in asdict(moment).items()})

    def after_pass(number: int) -> None:
        torch.save(trainer.result.state_dict(), folders.output / f"pass{number}.pt")
        glance = measure_answers(_torch_reader(trainer.result, folders), load_dev(folders.dev / "nq-dev"))
        record({"pass": number, "nq-dev": glance})

    trainer.run(draw, log, after_pass)
    torch.save(trainer.result.state_dict(), folders.trained)


def write_model(folders: Folders) -> None:
    """Export the averaged weights to the output folder."""
    export(load_network(folders), folders.tokenizer, folders.output)


def measure_model(folders: Folders, record: Record) -> None:
    """Measure the exported model on the dev sets, in int8 and in fp32."""
    for name, folder in {"int8": folders.output, "fp32": folders.output / "fp32"}.items():
        record({"weights": name, **measure(OnnxReader(folder), folders.dev, folders.weights)})


def load_network(folders: Folders) -> SpanNetwork:
    """Return the trained network.

    Raises:
        FileNotFoundError: if training has not finished in the output folder.
    """
    network = SpanNetwork(folders.weights)
    network.load_state_dict(torch.load(folders.trained, weights_only=True))
    return network.eval()


def _torch_reader(network: SpanNetwork, folders: Folders) -> Reader:
    return WindowReader(TorchScorer(network), Windower(Tokenizer.from_file(str(folders.tokenizer))), "torch")


def _drawer(passes: Pass, folders: Folders, recipe: Recipe, mixture: Mixture) -> Callable[[int], list[Feature]]:
    tokenizer = Tokenizer.from_file(str(folders.tokenizer))
    windower, cut = Windower(tokenizer), Windower(tokenizer, mixture.noisy_tokens, 30)

    def draw(number: int) -> list[Feature]:
        random = Random(recipe.seed * 1000 + number)
        found = (featurize(item, windower, cut, random) for item in passes.items(number, recipe.seed))
        return [feature for feature in found if feature is not None]

    return draw


def _mined(paragraphs: list[Paragraph], examples: list[Example], folders: Folders) -> list[tuple[int, ...]]:
    kept = folders.output / "negatives.json"
    if not kept.exists():
        kept.write_text(json.dumps(mine(paragraphs, examples, folders.weights)), encoding="utf-8")
    return [tuple(row) for row in json.loads(kept.read_text(encoding="utf-8"))]

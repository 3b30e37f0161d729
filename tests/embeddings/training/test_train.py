"""The training loop on a handful of windows and the real encoder."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.training.features import Feature
from embeddings.training.network import SpanNetwork
from embeddings.training.train import Cycle, Moment, Recipe, Trainer
from embeddings.windows import Windower

TEXTS = ["The bridge cost 412 million euros.", "Karen Holm designed it.", "It opened on Monday."]
CYCLES = (Cycle(0.0, 1.0, 0.25), Cycle(1.0, 2.0, 0.75))
LEVEL = ((0.0, 0.5), (2.0, 0.5))


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    windower = Windower(Tokenizer.from_file(str(MINILM / "tokenizer.json")))
    cut = windower.cut("How much did it cost?", [""] * 3, TEXTS)
    golds = (9, 10), (0, 0), (0, 0)  # 412 million, and twice no answer
    return [
        Feature(windows[0], ((start, 1.0),), ((end, 1.0),)) for windows, (start, end) in zip(cut, golds, strict=True)
    ]


def train(folder: Path, features: list[Feature], cycles: tuple[Cycle, ...] = CYCLES) -> tuple[Trainer, list[Moment]]:
    torch.manual_seed(0)
    recipe = Recipe(cycles=cycles, rates=LEVEL, batch_tokens=20, log_every=1)
    trainer = Trainer(SpanNetwork(MINILM), recipe, folder / "checkpoint.pt")
    moments: list[Moment] = []
    trainer.run(lambda number: features * 3, moments.append, lambda number: None)
    return trainer, moments


def test_the_loss_falls_and_a_run_cut_in_two_ends_as_a_whole_one(tmp_path: Path, features: list[Feature]) -> None:
    (tmp_path / "whole").mkdir()
    whole, moments = train(tmp_path / "whole", features)
    assert [moment.step for moment in moments] == list(range(1, 19))
    assert sum(moment.loss for moment in moments[-3:]) < 0.5 * sum(moment.loss for moment in moments[:3])
    half, _ = train(tmp_path, features, (CYCLES[0],))
    resumed, rest = train(tmp_path, features)
    assert [moment.step for moment in rest] == list(range(10, 19))
    results = (trainer.result.state_dict() for trainer in (half, whole, resumed))
    for first, one, other, last in zip(
        *(state.values() for state in results), whole.average.state_dict().values(), strict=True
    ):
        torch.testing.assert_close(one, other)
        torch.testing.assert_close(one.float(), 0.25 * first.float() + 0.75 * last.float())

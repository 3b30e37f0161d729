"""The training loop on a handful of windows and the real encoder."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from embeddings.encoder import MINILM
from embeddings.training.features import Feature
from embeddings.training.network import SpanNetwork
from embeddings.training.train import Moment, Recipe, Trainer, rate_share
from embeddings.windows import Windower

TEXTS = ["The bridge cost 412 million euros.", "Karen Holm designed it.", "It opened on Monday."]
RECIPE = Recipe(passes=2.0, warm_up=0.5, average_from=0.5, rounded_from=1.5, batch_tokens=20, log_every=1)


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    windower = Windower(Tokenizer.from_file(str(MINILM / "tokenizer.json")))
    cut = windower.cut("How much did it cost?", [""] * 3, TEXTS)
    golds = (9, 10), (0, 0), (0, 0)  # 412 million, and twice no answer
    return [
        Feature(windows[0], ((start, 1.0),), ((end, 1.0),)) for windows, (start, end) in zip(cut, golds, strict=True)
    ]


def train(folder: Path, features: list[Feature], log: Callable[[Moment], None]) -> Trainer:
    torch.manual_seed(0)
    trainer = Trainer(SpanNetwork(MINILM), RECIPE, folder / "checkpoint.pt")
    trainer.run(lambda number: features * 3, log, lambda number: None)
    return trainer


def test_the_loss_falls_and_a_run_cut_in_two_ends_as_a_whole_one(tmp_path: Path, features: list[Feature]) -> None:
    def stop_after_a_pass(moment: Moment) -> None:
        if moment.step > 9:
            raise InterruptedError

    (tmp_path / "whole").mkdir()
    moments: list[Moment] = []
    rest: list[Moment] = []
    whole = train(tmp_path / "whole", features, moments.append)
    assert [moment.step for moment in moments] == list(range(1, 19))
    assert sum(moment.loss for moment in moments[-3:]) < 0.5 * sum(moment.loss for moment in moments[:3])
    with pytest.raises(InterruptedError):
        train(tmp_path, features, stop_after_a_pass)
    resumed = train(tmp_path, features, rest.append)
    assert [moment.step for moment in rest] == list(range(10, 19))
    assert whole.network.is_rounded
    assert not whole.result.is_rounded
    pairs = zip(whole.result.state_dict().values(), resumed.result.state_dict().values(), strict=True)
    for one, other in pairs:
        torch.testing.assert_close(one, other)


def test_the_rate_rises_to_its_peak_and_falls_to_nothing() -> None:
    assert [rate_share(progress, RECIPE) for progress in (0.0, 0.25, 0.5, 1.25, 2.0)] == [0.0, 0.5, 1.0, 0.5, 0.0]

"""The training loop: bucketed batches, linear schedule, averaged weights, checkpoints to go on from."""

import copy
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Generic

import numpy as np
import torch
from torch import Tensor, nn

from embeddings.training.network import EncoderNetwork, F

Record = Callable[[Mapping[str, object]], None]
"""Keeps a row of what a build did."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Settings of one training run; lengths are in passes over the data.

    The learning rate rises to its peak over `warm_up`, then falls in a straight line to 0. From `average_from` on the
    weights are averaged, from `rounded_from` on the network computes as its 8-bit form will.
    """

    seed: int = 0
    rate: float = 2e-4  # of the top layer, at its peak
    layer_decay: float = 0.92  # each layer below learns this much slower
    head_rate: float = 1e-3
    passes: float = 4.0
    warm_up: float = 0.3
    average_from: float = 2.8
    rounded_from: float = 3.2
    average_decay: float = 0.998
    dropout: float = 0.1
    taught_share: float = 0.7  # of the target, where there is a teacher; the rest is the annotators'
    taught_passes: int = 2  # different passes with a teacher; later ones repeat them
    batch_tokens: int = 5200  # padding included
    batch_size: int = 32  # the loss is a sum over a batch, divided by this
    log_every: int = 25
    save_every: int = 100


FURTHER_RECIPE = Recipe(
    rate=1.5e-4,
    head_rate=3e-4,
    passes=3.0,
    warm_up=0.2,
    average_from=2.1,
    rounded_from=2.4,
    batch_tokens=4600,
)
"""For weights that have learnt before."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a run stands: `progress` in passes, mean loss a feature since the last one."""

    step: int
    progress: float
    loss: float
    seconds: float


def open_record(path: Path) -> Record:
    """Return what prints rows as JSON, and adds them to the file."""

    def record(row: Mapping[str, object]) -> None:
        line = json.dumps(row) + "\n"
        sys.stdout.write(line)
        sys.stdout.flush()
        with path.open("a", encoding="utf-8") as file:
            file.write(line)

    return record


def log_moments(record: Record) -> Callable[[Moment], None]:
    """Return what records where a run stands."""
    return lambda moment: record({key: round(value, 4) for key, value in asdict(moment).items()})


class Trainer(Generic[F]):
    """Trains a network in place; `result` holds the averaged weights, which are the ones to use."""

    def __init__(self, network: EncoderNetwork[F], recipe: Recipe, checkpoint: Path) -> None:
        """Go on from `checkpoint` where that file exists; it is rewritten as the run goes on."""
        self.network = network
        self.average = copy.deepcopy(network).eval()
        self._recipe = recipe
        self._checkpoint = checkpoint
        self._optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01, fused=True)
        self._peaks = [group["lr"] for group in self._optimizer.param_groups]
        self._done = (0, 0)  # passes, batches of the pass
        self.step = 0
        self._followed = 0  # steps that `average` has followed
        if checkpoint.exists():
            self._restore(torch.load(checkpoint, weights_only=True))

    @property
    def result(self) -> EncoderNetwork[F]:
        """The averaged network, as far as the run has come; before the averaging begins, the network as trained."""
        return self.average if self._followed else self.network

    def run(
        self, draw: Callable[[int], list[F]], log: Callable[[Moment], None], after_pass: Callable[[int], None]
    ) -> None:
        """Train over `draw(number)` for each pass, reporting to `log` every few steps."""
        for number in range(self._done[0], math.ceil(self._recipe.passes)):
            random = Random(self._recipe.seed * 1000 + number)
            groups = list(batches(draw(number), self._recipe.batch_tokens, random))
            self._run_pass(number, groups, log)
            after_pass(number)

    def _run_pass(self, number: int, groups: list[list[F]], log: Callable[[Moment], None]) -> None:
        began, total, seen = time.perf_counter(), 0.0, 0
        for index in range(self._done[1], len(groups)):
            progress = number + index / len(groups)
            if progress >= self._recipe.passes:
                break
            torch.manual_seed(self._recipe.seed * 1_000_000 + self.step)
            total += self._update(groups[index], progress)
            seen += len(groups[index])
            self.step += 1
            if self.step % self._recipe.log_every == 0:
                log(Moment(self.step, progress, total / seen, time.perf_counter() - began))
                total, seen = 0.0, 0
            self._done = (number, index + 1)
            if self.step % self._recipe.save_every == 0:
                self._save()
        self._done = (number + 1, 0)
        self._save()

    def _update(self, features: Sequence[F], progress: float) -> float:
        self.network.train()
        for group, peak in zip(self._optimizer.param_groups, self._peaks, strict=True):
            group["lr"] = peak * rate_share(progress, self._recipe)
        self.network.is_rounded = progress >= self._recipe.rounded_from
        loss = self.network.measure_loss(features)
        (loss / self._recipe.batch_size).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._follow(progress)
        return float(loss.detach())

    def _follow(self, progress: float) -> None:
        if progress < self._recipe.average_from:
            return
        decay = min(self._recipe.average_decay, self._followed / (self._followed + 10))
        self._followed += 1
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(value, 1 - decay)

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "done": self._done,
            "step": self.step,
            "followed": self._followed,
        }
        part = self._checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self._checkpoint)

    def _restore(self, state: dict[str, object]) -> None:
        self.network.load_state_dict(state["network"])  # type: ignore[arg-type]
        self.average.load_state_dict(state["average"])  # type: ignore[arg-type]
        self._optimizer.load_state_dict(state["optimizer"])  # type: ignore[arg-type]
        self._done = tuple(state["done"])  # type: ignore[arg-type,assignment]
        self.step = int(state["step"])  # type: ignore[call-overload]
        self._followed = int(state["followed"])  # type: ignore[call-overload]


def rate_share(progress: float, recipe: Recipe) -> float:
    """Return the share of the peak rate after so many passes."""
    return float(np.interp(progress, (0.0, recipe.warm_up, recipe.passes), (0.0, 1.0, 0.0)))


def batches(features: list[F], tokens: int, random: Random) -> Iterator[list[F]]:
    """Yield batches of similar length in random order, each at most `tokens` long with its padding."""
    ordered = sorted(features, key=lambda feature: len(feature.window.tokens) + random.random() * 12)
    grouped: list[list[F]] = [[]]
    longest = 0
    for feature in ordered:
        longest = max(longest, len(feature.window.tokens))
        if grouped[-1] and longest * (len(grouped[-1]) + 1) > tokens:
            grouped.append([])
            longest = len(feature.window.tokens)
        grouped[-1].append(feature)
    random.shuffle(grouped)
    yield from grouped


def _groups(network: EncoderNetwork[F], recipe: Recipe) -> list[dict[str, object]]:
    layers: list[nn.Module] = [network.encoder.embeddings, *network.encoder.encoder.layer]
    rates = [recipe.rate * recipe.layer_decay ** (len(layers) - 1 - depth) for depth in range(len(layers))]
    named = [*zip(layers, rates, strict=True), (network.head, recipe.head_rate)]
    return [{"params": _trainable(module), "lr": rate} for module, rate in named]


def _trainable(module: nn.Module) -> list[Tensor]:
    return [parameter for parameter in module.parameters() if parameter.requires_grad]

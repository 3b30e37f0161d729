"""The verdict network: the reader's encoder with one linear layer that gives three logits at [CLS]."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from embeddings.training.network import EncoderNetwork, autocast, pad
from embeddings.training.verdicts.judgements import Feature
from embeddings.training.verdicts.trunk import load_trunk

FROZEN = 2
"""So many of the lowest layers do not learn, nor do the embeddings: a fifth less to compute."""


class VerdictNetwork(EncoderNetwork[Feature]):
    """Logits of supports, refutes and neither."""

    def __init__(self, reader: Path, config: Path, dropout: float = 0.0, frozen: int = FROZEN) -> None:
        """Start from the reader's `model.onnx`; `config` is the folder of the encoder that it was made from."""
        super().__init__(load_trunk(reader, config), 3, dropout)
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)

    def forward(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Map (batch, length) integer inputs to (batch, 3) logits."""
        logits: Tensor = self.head(self.encode(tokens, mask, segments)[:, :1]).squeeze(1)
        return logits

    def measure_loss(self, features: Sequence[Feature]) -> Tensor:
        """Return the sum of the cross-entropies."""
        with autocast():
            logits = self(*pad([feature.window for feature in features]))
        targets = torch.tensor([feature.target for feature in features])
        loss: Tensor = -(targets * logits.float().log_softmax(-1)).sum()
        return loss


def judge(network: nn.Module, features: Sequence[Feature], size: int = 24) -> NDArray[np.float32]:
    """Return the three probabilities of every feature, in batches of similar length."""
    order = sorted(range(len(features)), key=lambda index: len(features[index].window.tokens))
    chances = np.zeros((len(features), 3), np.float32)
    network.eval()
    with torch.inference_mode():
        for start in range(0, len(order), size):
            places = order[start : start + size]
            logits = network(*pad([features[index].window for index in places]))
            chances[places] = logits.softmax(-1).numpy()
    return chances

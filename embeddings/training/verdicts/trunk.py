"""Takes the shipped reader's network back out of its 8-bit file, to train on from what it has learnt."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

PRODUCTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The products of a layer in the order of the graph."""
ROUNDED = "_quantized"


def build_encoder(layers: int, words: int, config: Path) -> Any:
    """Return an encoder with random weights, of the shape of the reader's; `config` is the folder of MiniLM's."""
    shape = AutoConfig.from_pretrained(
        str(config), num_hidden_layers=layers, vocab_size=words, attention_probs_dropout_prob=0.0
    )
    return AutoModel.from_config(  # type: ignore[no-untyped-call]
        shape, add_pooling_layer=False, attn_implementation="eager"
    )


def read_trunk(model: Path) -> dict[str, Tensor]:
    """Return the encoder's weights of a reader's `model.onnx`, named as in torch, as its 8 bits hold them."""
    graph = onnx.load(str(model)).graph
    values = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    found: dict[str, NDArray[np.float32]] = {}
    for name in values:
        if name.startswith("encoder.") and name.endswith(ROUNDED):
            found[name.removesuffix(ROUNDED)] = _widen(values, name)
        elif name.startswith("encoder.") and name.endswith((".weight", ".bias")):
            found[name] = values[name]
    products = [node.input[1] for node in graph.node if node.op_type == "MatMulInteger"]
    for place, name in enumerate(products):
        layer, product = divmod(place, len(PRODUCTS))
        found[f"encoder.encoder.layer.{layer}.{PRODUCTS[product]}.weight"] = _widen(values, name).T
    for layer in range(len(products) // len(PRODUCTS)):
        for kind, part in zip(PRODUCTS[:3], np.split(values[f"Attention_{layer}_qkv_bias"], 3), strict=True):
            found[f"encoder.encoder.layer.{layer}.{kind}.bias"] = part
    return {name.removeprefix("encoder."): torch.tensor(value) for name, value in found.items()}


def load_trunk(model: Path, config: Path) -> nn.Module:
    """Return the reader's encoder in fp32.

    Raises:
        RuntimeError: the file holds other weights than an encoder needs.
    """
    weights = read_trunk(model)
    layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
    encoder: nn.Module = build_encoder(layers, len(weights["embeddings.word_embeddings.weight"]), config)
    encoder.load_state_dict(weights)
    return encoder


def _widen(values: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    stem = name.removesuffix(ROUNDED)
    scale, zero = values[f"{stem}_scale"], values[f"{stem}_zero_point"]
    widened: NDArray[np.float32] = (values[name].astype(np.float32) - zero.astype(np.float32)) * scale
    return widened

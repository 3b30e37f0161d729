"""Writes a trained network as ONNX, fuses it for onnxruntime and quantises its weights to 8 bits."""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.onnx_model import OnnxModel
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer

from embeddings.reader import WEIGHTS
from embeddings.training.network import EncoderNetwork, SpanNetwork

TRACED = ("tokens", "mask", "segments")
INPUTS = ("tokens", "segments")
OUTPUTS = ("start", "end")
HEAD = "/head/MatMul"
CALIBRATION = WEIGHTS / "calibration.json"
MASKED = {"EmbedLayerNormalization": 7, "MultiHeadAttention": 4}
"""Where fused operators take the mask."""


def export(network: SpanNetwork, tokenizer: Tokenizer, folder: Path) -> None:
    """Write `model.onnx` (int8) and `tokenizer.json` to a folder, and the same in fp32 to its folder `fp32`.

    Both get the calibration of the reader in use, to be fitted anew. Overwrites what is there.
    """
    exact = folder / "fp32"
    exact.mkdir(parents=True, exist_ok=True)
    write_fused(network, exact / "model.onnx")
    quantize(exact / "model.onnx", folder / "model.onnx")
    tokenizer.no_truncation()  # the windows take care of it, and of padding
    tokenizer.no_padding()
    for place in (folder, exact):
        tokenizer.save(str(place / "tokenizer.json"), pretty=False)
        (place / CALIBRATION.name).write_bytes(CALIBRATION.read_bytes())


def write_fused(network: EncoderNetwork[Any], path: Path, outputs: Sequence[str] = OUTPUTS) -> None:
    """Write the network for one window at a time: `tokens` and `segments` of (1, length), int64, and no mask.

    Of all ways that onnxruntime has to run a BERT, this choice of fused operators was the fastest on a CPU: attention
    without a mask, the fast form of GELU, and normalisation not fused with the addition before it.
    """
    example = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in TRACED}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of constants that do not depend on the input
        raw = Path(scratch) / "raw.onnx"
        torch.onnx.export(
            network.eval(),
            (example, example, torch.zeros_like(example)),
            str(raw),
            input_names=list(TRACED),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        config = network.encoder.config
        fused = optimize_model(
            str(raw),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            opt_level=0,
            optimization_options=_fusions(),
        )
    _drop_mask(fused, outputs)
    fused.save_model_to_file(str(path))


def _fusions() -> FusionOptions:
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False
    options.use_multi_head_attention = True
    options.enable_gelu_approximation = True
    return options


def _drop_mask(fused: OnnxModel, outputs: Sequence[str]) -> None:
    """Take the mask away, in place: a window that is scored alone has no padding."""
    for node in fused.model.graph.node:
        place = MASKED.get(node.op_type, len(node.input))
        if place < len(node.input):
            node.input[place] = ""
    fused.prune_graph(outputs=list(outputs), allow_remove_graph_inputs=True)


def quantize(exact: Path, path: Path) -> None:
    """Write the int8 model; only the last layer, which gives the logits, stays in fp32.

    Weights get one scale a column and 7 bits, so that sums do not saturate on processors without VNNI instructions;
    the inputs of a product get one scale, found while it runs.
    """
    quantize_dynamic(
        str(exact),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=[HEAD],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # shapes of fused operators cannot be inferred
    )
    model = onnx.load(str(path))
    del model.metadata_props[:]
    model.doc_string = ""
    onnx.save(model, str(path))

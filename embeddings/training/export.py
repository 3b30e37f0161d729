"""Writes a trained network as ONNX, fuses it for onnxruntime and quantises its weights to 8 bits."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer

from embeddings.training.network import SpanNetwork

INPUTS = ("tokens", "mask", "segments")
OUTPUTS = ("start", "end")
HEAD = "/head/MatMul"
BLOCK = 64  # weights, along the depth of a product, that share a scale


def export(network: SpanNetwork, tokenizer: Path, folder: Path) -> None:
    """Write `model.onnx` (int8) and `tokenizer.json` to a folder, and the same in fp32 to its folder `fp32`.

    Overwrites what is there.
    """
    exact = folder / "fp32"
    exact.mkdir(parents=True, exist_ok=True)
    write_fused(network, exact / "model.onnx")
    quantize(exact / "model.onnx", folder / "model.onnx")
    for place in (folder, exact):
        write_tokenizer(tokenizer, place / "tokenizer.json")


def write_fused(network: SpanNetwork, path: Path) -> None:
    """Write the network with inputs (batch, length) of int64, its attention and normalisation fused."""
    example = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in (*INPUTS, *OUTPUTS)}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns of constants that do not depend on the input
        raw = Path(scratch) / "raw.onnx"
        torch.onnx.export(
            network.eval(),
            (example, example, torch.zeros_like(example)),
            str(raw),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        config = network.encoder.config
        fused = optimize_model(
            str(raw), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=0
        )
        fused.save_model_to_file(str(path))


def quantize(exact: Path, path: Path) -> None:
    """Write the int8 model; only the last layer, which gives the logits, stays in fp32.

    Attention and embeddings are quantised by onnxruntime, with weights of 7 bits so that sums do not saturate on
    processors without VNNI instructions. The other matrix products get 8 bits with a scale for every `BLOCK` weights,
    and their inputs are quantised in such blocks, too: one scale for a whole input cost 0.03 of F1 on nq-dev.
    """
    products = [node.name for node in onnx.load(str(exact)).graph.node if node.op_type == "MatMul"]
    quantize_dynamic(
        str(exact),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=products,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # shapes of fused operators cannot be inferred
    )
    model = onnx.load(str(path))
    quantize_blocks(model, set(products) - {HEAD})
    del model.metadata_props[:]
    model.doc_string = ""
    onnx.save(model, str(path))


def quantize_blocks(model: onnx.ModelProto, names: set[str]) -> None:
    """Replace these matrix products, in place, by onnxruntime's MatMulNBits with 8 bits (symmetric, zero at 128)."""
    weights = {weight.name: weight for weight in model.graph.initializer}
    for node in model.graph.node:
        if node.name not in names:
            continue
        weight = weights[node.input[1]]
        codes, scales, depth = _codes(numpy_helper.to_array(weight))
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(numpy_helper.from_array(codes, f"{node.name}/codes"))
        model.graph.initializer.append(numpy_helper.from_array(scales, f"{node.name}/scales"))
        shape = {"K": depth, "N": codes.shape[0], "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        inputs = [node.input[0], f"{node.name}/codes", f"{node.name}/scales"]
        product = helper.make_node("MatMulNBits", inputs, list(node.output), node.name, domain="com.microsoft", **shape)
        node.CopyFrom(product)


def _codes(weight: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32], int]:
    depth, width = weight.shape
    blocks = weight.T.reshape(width, depth // BLOCK, BLOCK)
    scales = np.abs(blocks).max(-1, keepdims=True) / 127
    codes = np.round(blocks / scales) + 128
    return codes.astype(np.uint8), scales.astype(np.float32).reshape(-1), depth


def write_tokenizer(source: Path, path: Path) -> None:
    """Write the tokenizer without truncation and padding, which the windows take care of."""
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(path), pretty=False)

"""MiniLM's layers as an ONNX graph with int8 products, made from its fp32 weights in a fraction of a second.

Weights get one scale a column, and the input of a product one scale, found while it runs. A few channels of the inputs
are many times as large as the rest, most of all at [CLS] and [SEP], and would leave the others few of the 256 steps. So
these channels are divided by a number, and the weights that meet them are multiplied by it (SmoothQuant, Xiao et al.,
ICML 2023), which changes no product. Operators are those that were fastest on a CPU; see `training/export.py`.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
Divisors = Mapping[str, Array]
"""Of the channels of each smoothed input, by the name that `name_input` gives it."""

LAYERS, HEADS, WIDTH = 6, 12, 384
SMOOTHED = {"attention": WIDTH, "intermediate": WIDTH, "output": 4 * WIDTH}
"""The inputs of a layer's products that have such channels, with the number of all their channels."""
EPSILON = 1e-12
FUSED = "com.microsoft"
"""The domain of onnxruntime's own operators."""
INPUT, OUTPUT = "embedded", "vectors"
DIVISORS = Path(__file__).parent / "encoder" / "divisors.json"


def name_input(layer: int, kind: str) -> str:
    """Name the input of a layer's products; `kind` is one of `SMOOTHED`."""
    return f"{layer}.{kind}"


def read_divisors(path: Path = DIVISORS) -> Divisors:
    """Return the divisors of every smoothed input; a channel that the file does not name has 1."""
    named = json.loads(path.read_text("utf-8"))
    divisors = {}
    for layer in range(LAYERS):
        for kind, count in SMOOTHED.items():
            channels = named[name_input(layer, kind)]
            divisor = np.ones(count, np.float32)
            divisor[[*map(int, channels)]] = [*channels.values()]
            divisors[name_input(layer, kind)] = divisor
    return divisors


def write_network(weights: Mapping[str, Array], divisors: Divisors, bits: int) -> bytes:
    """Return a model from embedded tokens (texts, length, 384) to vectors (texts, 384) of length 1; no padding.

    `weights` are named as in the model's safetensors; `bits` is 8, or 7 for processors whose int8 sums saturate.
    """
    graph = _Graph(weights, bits)
    hidden = graph.normalize(INPUT, "embeddings.LayerNorm")
    for layer in range(LAYERS):
        hidden = _add_layer(graph, layer, hidden, divisors)
    mean = graph.add("ReduceMean", hidden, axes=[1], keepdims=0)
    graph.add("LpNormalization", mean, names=[OUTPUT], axis=-1, p=2)
    return graph.write()


def _add_layer(graph: "_Graph", layer: int, hidden: str, divisors: Divisors) -> str:
    name = f"encoder.layer.{layer}"

    def divisor(kind: str) -> Array:
        return divisors[name_input(layer, kind)]

    projected = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    heads = graph.multiply(hidden, projected, divisor("attention"))
    mixed = graph.add("MultiHeadAttention", *heads, domain=FUSED, num_heads=HEADS)
    (attended,) = graph.multiply(mixed, [f"{name}.attention.output.dense"], np.ones(WIDTH, np.float32))
    hidden = graph.normalize(graph.add("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
    (wide,) = graph.multiply(hidden, [f"{name}.intermediate.dense"], divisor("intermediate"))
    active = graph.add("FastGelu", wide, domain=FUSED)
    (narrow,) = graph.multiply(active, [f"{name}.output.dense"], divisor("output"))
    return graph.normalize(graph.add("Add", narrow, hidden), f"{name}.output.LayerNorm")


class _Graph:
    """Nodes and constants of a model that is being written; values are known by their names."""

    def __init__(self, weights: Mapping[str, Array], bits: int) -> None:
        self._weights = weights
        self._largest = 2 ** (bits - 1) - 1
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def add(self, operator: str, *inputs: str, names: Sequence[str] = (), domain: str = "", **options: Any) -> str:
        """Add a node, and return the name of its first output."""
        names = names or [f"value{len(self._nodes)}"]
        self._nodes.append(helper.make_node(operator, inputs, names, domain=domain, **options))
        return names[0]

    def normalize(self, value: str, name: str) -> str:
        """Add a layer normalisation."""
        factors = [self._keep(self._weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", value, *factors, axis=-1, epsilon=EPSILON)

    def multiply(self, value: str, names: Sequence[str], divisor: Array) -> list[str]:
        """Add int8 products of one value with the weights of these names, and return the names of the results."""
        if divisor.max() > 1:
            value = self.add("Mul", value, self._keep(np.float32(1) / divisor))
        whole, scale, zero = (f"value{len(self._nodes)}.{part}" for part in ("whole", "scale", "zero"))
        self.add("DynamicQuantizeLinear", value, names=[whole, scale, zero])
        return [self._add_product((whole, scale, zero), name, divisor) for name in names]

    def _add_product(self, value: tuple[str, str, str], name: str, divisor: Array) -> str:
        whole, scale, zero = value
        weight: Array = self._weights[f"{name}.weight"].T * divisor[:, None]
        steps: Array = np.abs(weight).max(axis=0) / np.float32(self._largest)
        rounded = self._keep(np.rint(weight / steps).astype(np.int8))
        bias = self._keep(self._weights[f"{name}.bias"])
        inputs = (whole, rounded, scale, self._keep(steps), zero, "", bias)  # of int8, the zero is 0
        return self.add("MatMulIntegerToFloat", *inputs, domain=FUSED)

    def _keep(self, values: NDArray[np.float32] | NDArray[np.int8]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def write(self) -> bytes:
        """Return the model as a file has it."""
        texts, kind = "texts", TensorProto.FLOAT
        graph = helper.make_graph(
            self._nodes,
            "minilm",
            [helper.make_tensor_value_info(INPUT, kind, [texts, "length", WIDTH])],
            [helper.make_tensor_value_info(OUTPUT, kind, [texts, WIDTH])],
            self._constants,
        )
        sets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        model: bytes = helper.make_model(graph, opset_imports=sets, ir_version=8).SerializeToString()
        return model

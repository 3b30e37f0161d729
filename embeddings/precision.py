"""How this processor multiplies: which number format is fastest, and whether sums of int8 products are exact."""

import time
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

ROUNDS = 60
GAIN = 1.2  # how many times as fast bfloat16 must be to be worth its 8 bits of precision


@cache
def fastest_dtype() -> "torch.dtype":
    """Return torch.bfloat16 where it beats float32 clearly on a product of MiniLM's size, measured once; else float32.

    That a processor knows bfloat16 instructions does not tell: without matrix units some are twice as slow with them.
    """
    import torch

    capabilities = torch.cpu.get_capabilities()
    if not (capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")):
        return torch.float32
    exact, short = _product_seconds((torch.float32, torch.bfloat16))
    return torch.bfloat16 if exact > GAIN * short else torch.float32


def _product_seconds(dtypes: "Sequence[torch.dtype]") -> list[float]:
    """Return the shortest time of many small products in each format, taking turns: other load does not decide."""
    import torch

    pairs = [(torch.ones(128, 384, dtype=dtype), torch.ones(384, 384, dtype=dtype)) for dtype in dtypes]
    seconds: list[list[float]] = [[] for _ in dtypes]
    with torch.inference_mode():
        for _ in range(ROUNDS):
            for (left, right), taken in zip(pairs, seconds, strict=True):
                began = time.perf_counter()
                left @ right
                taken.append(time.perf_counter() - began)
    return [min(taken) for taken in seconds]


@cache
def are_sums_exact() -> bool:
    """Whether onnxruntime adds int8 products without saturation, which older x86 processors need 7-bit weights for.

    Two products of the largest values already exceed the 16 bits that those processors add in.
    """
    import onnxruntime
    from onnx import TensorProto, helper

    size, largest = 64, 255 * 127
    inputs = [
        helper.make_tensor_value_info("left", TensorProto.UINT8, [size, size]),
        helper.make_tensor_value_info("right", TensorProto.INT8, [size, size]),
    ]
    output = helper.make_tensor_value_info("sums", TensorProto.INT32, [size, size])
    node = helper.make_node("MatMulInteger", ["left", "right"], ["sums"])
    graph = helper.make_graph([node], "sums", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    values = {"left": np.full((size, size), 255, np.uint8), "right": np.full((size, size), 127, np.int8)}
    (sums,) = session.run(None, values)
    return bool((sums == size * largest).all())

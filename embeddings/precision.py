"""Which number format this processor multiplies fastest."""

import time
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

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
    is_faster = _product_seconds(torch.float32) > GAIN * _product_seconds(torch.bfloat16)
    return torch.bfloat16 if is_faster else torch.float32


def _product_seconds(dtype: "torch.dtype") -> float:
    """Return the shortest time of a few products of (512, 384) with (384, 1536)."""
    import torch

    left, right = torch.ones(512, 384, dtype=dtype), torch.ones(384, 1536, dtype=dtype)
    seconds = []
    with torch.inference_mode():
        for _ in range(6):
            began = time.perf_counter()
            left @ right
            seconds.append(time.perf_counter() - began)
    return min(seconds)

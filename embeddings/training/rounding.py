"""Layers that can compute with the precision of the exported 8-bit model, with straight-through gradients.

They repeat what `export.quantize` makes onnxruntime do: the weights of a product have a scale a column and 7 bits, its
input one scale and offset a window and 8 bits, a table of embeddings one scale and offset and 8 bits.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

WEIGHT_LEVELS = 64
INPUT_LEVELS = 255


class RoundedLinear(nn.Linear):
    """A linear layer that rounds weights and input, of (windows, tokens, width), while `is_rounded`."""

    is_rounded = False

    def forward(self, input: Tensor) -> Tensor:
        """Return the product."""
        if not self.is_rounded:
            return super().forward(input)
        return functional.linear(round_windows(input), round_columns(self.weight), self.bias)


class RoundedEmbedding(nn.Embedding):
    """A table of embeddings that rounds its values while `is_rounded`."""

    is_rounded = False

    def forward(self, input: Tensor) -> Tensor:
        """Return the rows."""
        rows = super().forward(input)
        if not self.is_rounded:
            return rows
        scale, zero = _grid(self.weight.detach().min(), self.weight.detach().max())
        return torch.fake_quantize_per_tensor_affine(rows, scale, zero, 0, INPUT_LEVELS)


def make_roundable(network: nn.Module) -> None:
    """Exchange the linear layers and embeddings within the network, which keep their weights and names."""
    for path, module in list(network.named_modules()):
        parent, _, name = path.rpartition(".")
        if isinstance(module, nn.Linear):
            changed: nn.Module = RoundedLinear(module.in_features, module.out_features, device="meta")
        elif isinstance(module, nn.Embedding):
            changed = RoundedEmbedding(
                module.num_embeddings, module.embedding_dim, padding_idx=module.padding_idx, device="meta"
            )
        else:
            continue
        for key, parameter in module.named_parameters():
            setattr(changed, key, parameter)
        setattr(network.get_submodule(parent), name, changed)


def round_columns(weight: Tensor) -> Tensor:
    """Return the (out, in) weights as 7 bits can hold them, each output with its own scale."""
    scale = (weight.detach().abs().amax(1) / WEIGHT_LEVELS).clamp(min=1e-12)
    zero = torch.zeros(len(scale), dtype=torch.int32)
    return torch.fake_quantize_per_channel_affine(weight, scale, zero, 0, -WEIGHT_LEVELS, WEIGHT_LEVELS - 1)


def round_windows(values: Tensor) -> Tensor:
    """Return (windows, tokens, width) values as 8 bits can hold them, each window with its own scale and offset."""
    values = values.float()
    scale, zero = _grid(values.detach().amin((1, 2)), values.detach().amax((1, 2)))
    return torch.fake_quantize_per_channel_affine(values, scale, zero, 0, 0, INPUT_LEVELS)


def _grid(low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """Return scale and offset of the grid that spans 0, `low` and `high`, as ONNX's DynamicQuantizeLinear has it."""
    low, high = low.clamp(max=0.0), high.clamp(min=0.0)
    scale = ((high - low) / INPUT_LEVELS).clamp(min=1e-12)
    return scale, (-low / scale).round().clamp(0, INPUT_LEVELS).to(torch.int32)

"""A language model of Llama's architecture that is small enough to learn in seconds, as a GGUF file."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gguf import GGUFWriter
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

LAYERS, WIDTH, HEADS, WIDE = 2, 256, 4, 64
VOCABULARY = 400
END = "<|endoftext|>"


def write_tiny_llama(path: Path, texts: Sequence[str]) -> None:
    """Write a model with random weights, whose tokens are those that these texts need."""
    tokens, merges = learn_tokens(texts)
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(256)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(WIDE)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_merges(merges)
    for add_id in (writer.add_bos_token_id, writer.add_eos_token_id, writer.add_unk_token_id, writer.add_pad_token_id):
        add_id(tokens.index(END))
    for name, values in make_weights(len(tokens)).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def learn_tokens(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return tokens, byte pairs of these texts, in the order of their ids, and the merges that make them."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    every_byte = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[END], initial_alphabet=every_byte, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    ids = tokenizer.get_vocab()
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return sorted(ids, key=ids.__getitem__), [" ".join(pair) for pair in merges]


def make_weights(tokens: int) -> dict[str, NDArray[np.float32]]:
    """Return random weights; what passes through a layer is changed little at first."""
    random = np.random.default_rng(0)

    def draw(rows: int, columns: int, scale: float = 0.02) -> NDArray[np.float32]:
        return (scale * random.standard_normal((rows, columns))).astype(np.float32)

    weights = {"token_embd.weight": draw(tokens, WIDTH, 1.0), "output.weight": draw(tokens, WIDTH, 0.04)}
    weights["output_norm.weight"] = np.ones(WIDTH, np.float32)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights[f"{block}.{part}.weight"] = draw(WIDTH, WIDTH)
        for part in ("ffn_gate", "ffn_up"):
            weights[f"{block}.{part}.weight"] = draw(WIDE, WIDTH)
        weights[f"{block}.ffn_down.weight"] = draw(WIDTH, WIDE)
        for part in ("attn_norm", "ffn_norm"):
            weights[f"{block}.{part}.weight"] = np.ones(WIDTH, np.float32)
    return weights

"""How fast the reader reads: `python -m benchmarks.speed`; the int8 model beside torch in fp32, taking turns.

The speed of a network does not depend on what it has learnt: torch gets untrained weights of the same shape.
"""

import time
from collections.abc import Mapping, Sequence
from statistics import median, quantiles

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper
from rich.console import Console
from rich.markdown import Markdown
from tokenizers import Tokenizer

from benchmarks.sets import RESULTS
from embeddings.encoder import MINILM
from embeddings.reader import WEIGHTS, OnnxReader, Reader, ReadingText, WindowReader
from embeddings.training.network import LAYERS, SpanNetwork, TorchScorer
from embeddings.windows import Windower
from rag.assembly import load_starter_articles

THREADS = 2
ROUNDS = 20
PASSAGES = 12
WORDS = 150
QUESTION = "What did the ministers agree on at the meeting in January?"
TITLE = "A title of five words"
WIDTH = 384
PEAK_SIZE = 2048
HEAD = f"""# Speed of the reader

`python -m benchmarks.speed`: one question over {PASSAGES} passages of {WORDS} words, {THREADS} threads, {ROUNDS} rounds
in which the readers take turns. Peak: the fastest of ten int8 products of {PEAK_SIZE} x {PEAK_SIZE} matrices
(onnxruntime, {THREADS} threads) in the same run.

| reader | p50 | p95 | tokens/s | share of the int8 peak |
|---|---|---|---|---|
"""


def main() -> None:
    """Print the table and write it to `results/speed.md`."""
    torch.set_num_threads(THREADS)
    windower = Windower(Tokenizer.from_file(str(WEIGHTS / "tokenizer.json")))
    readers: dict[str, Reader] = {
        "torch, fp32": WindowReader(TorchScorer(SpanNetwork(MINILM)), windower, "torch"),
        "onnxruntime, int8 (the product)": OnnxReader(threads=THREADS),
    }
    blocks = [cut_texts(number) for number in range(ROUNDS + 1)]
    taken = time_turns(readers, blocks)
    lengths = [_count_tokens(windower, texts) for texts in blocks[1:]]
    peak = measure_peak()
    table = HEAD + "\n".join(describe(name, seconds, lengths, peak) for name, seconds in taken.items())
    ratio = median(taken["torch, fp32"]) / median(taken["onnxruntime, int8 (the product)"])
    table += f"\n\nRatio of the p50: {ratio:.2f}. Peak: {peak / 1e9:.0f} billion operations a second.\n"
    (RESULTS / "speed.md").write_text(table, encoding="utf-8")
    Console().print(Markdown(table))


def cut_texts(number: int) -> list[ReadingText]:
    """Return a block of passages of the starter articles, another one for each number."""
    words = " ".join(article.text for article in load_starter_articles()).split()
    starts = [(number * PASSAGES + i) * WORDS % (len(words) - WORDS) for i in range(PASSAGES)]
    return [ReadingText(TITLE, " ".join(words[start : start + WORDS])) for start in starts]


def time_turns(readers: Mapping[str, Reader], blocks: Sequence[Sequence[ReadingText]]) -> dict[str, list[float]]:
    """Return the seconds that each reader took for each block, in turns; the first block only warms up."""
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for block in blocks:
        for name, reader in readers.items():
            began = time.perf_counter()
            reader.read(QUESTION, block)
            taken[name].append(time.perf_counter() - began)
    return {name: seconds[1:] for name, seconds in taken.items()}


def measure_peak() -> float:
    """Return the operations a second, multiplications and additions, of the fastest of ten large int8 products."""
    shape = [PEAK_SIZE, PEAK_SIZE]
    inputs = [
        helper.make_tensor_value_info("left", TensorProto.UINT8, shape),
        helper.make_tensor_value_info("right", TensorProto.INT8, shape),
    ]
    output = helper.make_tensor_value_info("product", TensorProto.INT32, shape)
    node = helper.make_node("MatMulInteger", ["left", "right"], ["product"])
    graph = helper.make_graph([node], "peak", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    values = {"left": np.ones(shape, np.uint8), "right": np.ones(shape, np.int8)}
    seconds = []
    for _ in range(10):
        began = time.perf_counter()
        session.run(None, values)
        seconds.append(time.perf_counter() - began)
    return 2 * PEAK_SIZE**3 / min(seconds)


def count_operations(lengths: Sequence[int]) -> int:
    """Return the multiplications and additions of the matrix products for windows of so many tokens each."""
    a_token = 12 * len(LAYERS) * WIDTH**2
    return 2 * sum(length * a_token + 2 * len(LAYERS) * WIDTH * length**2 for length in lengths)


def describe(name: str, seconds: Sequence[float], lengths: Sequence[Sequence[int]], peak: float) -> str:
    """Return one line of the table."""
    p50, p95 = median(seconds), quantiles(seconds, n=20)[-1]
    tokens = median(map(sum, lengths))
    share = median(map(count_operations, lengths)) / p50 / peak
    return f"| {name} | {p50 * 1000:.0f} ms | {p95 * 1000:.0f} ms | {tokens / p50:,.0f} | {share:.0%} |"


def _count_tokens(windower: Windower, texts: Sequence[ReadingText]) -> list[int]:
    cut = windower.cut(QUESTION, [text.title for text in texts], [text.text for text in texts])
    return [len(window.tokens) for windows in cut for window in windows]


if __name__ == "__main__":
    main()

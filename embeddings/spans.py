"""Picks answer spans from a network's start and end logits; pure functions on arrays."""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from embeddings.windows import Offsets, Window

Logits = NDArray[np.float32]

LONGEST = 30  # tokens in one span
CANDIDATES = 20  # best starts and ends that are paired
# Taken off a span's score when the best is chosen: for each word of over three letters that the question has too, and
# for each word beyond the sixth. A wrong span often runs from one answer to another. Chosen on xquad-en and nq-dev.
REPEATED, LONG, SHORT = 0.45, 0.05, 6
CLOSERS = {"(": ")", "[": "]", "“": "”", "«": "»", '"': '"'}

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (half-open) of a passage's text, and start logit + end logit."""

    start: int
    end: int
    score: float


def pick_spans(window: Window, start: Logits, end: Logits, limit: int) -> list[Span]:
    """Return up to `limit` spans of one window, best first; `start` and `end` are its unpadded logits."""
    count = len(window.offsets)
    starts, ends = start[window.first : window.first + count], end[window.first : window.first + count]
    low, high = np.meshgrid(_best(starts), _best(ends), indexing="ij")
    fits = (low <= high) & (high - low < LONGEST)
    low, high = low[fits], high[fits]
    scores = starts[low] + ends[high]
    order = np.lexsort((high, low, -scores))[:limit]
    return [
        Span(window.offsets[low[i]][0], window.offsets[high[i]][1], float(scores[i]))
        for i in order
        if window.offsets[low[i]][0] < window.offsets[high[i]][1]
    ]


def tidy_span(text: str, span: Span) -> Span:
    """Return the span without outer white space and without brackets or quotation marks whose partner is outside.

    A partner that follows at once is taken in instead. A span of such characters alone comes back unchanged.
    """
    start, end = span.start, span.end
    for opener, closer in CLOSERS.items():
        quote = text[start:end]
        if quote.startswith(opener) and closer not in quote[1:]:
            start += 1
        elif quote.endswith(closer) and opener not in quote[:-1]:
            end -= 1
        elif quote.count(opener) > quote.count(closer) and text.startswith(closer, end):
            end += 1
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    return replace(span, start=start, end=end) if start < end else span


def drop_between(spans: Sequence[Span], text: str, sentences: Sequence[Offsets]) -> list[Span]:
    """Return the spans that touch nothing between two sentences but white space; all where no sentences are known."""
    gaps = [(end, start) for (_, end), (start, _) in pairwise(sentences) if text[end:start].strip()]
    return [span for span in spans if all(span.end <= first or last <= span.start for first, last in gaps)]


def weigh_span(asked: Set[str], text: str, span: Span) -> float:
    """Return the span's score, less something where it repeats words of the question, or is long."""
    words = list_words(text[span.start : span.end])
    repeated = sum(word in asked for word in words if len(word) > 3)
    return span.score - REPEATED * repeated - LONG * max(0, len(words) - SHORT)


def list_words(text: str) -> list[str]:
    """Return the words without regard to case."""
    return _WORD.findall(text.casefold())


def null_score(start: Logits, end: Logits) -> float:
    """Return the score of "no answer in this window", comparable with `Span.score`."""
    return float(start[0] + end[0])


def merge_spans(windows: Sequence[Sequence[Span]], limit: int, weigh: Callable[[Span], float]) -> tuple[Span, ...]:
    """Return the spans of overlapping windows that weigh most, best first; of equal spans the higher score stays."""
    best: dict[Offsets, Span] = {}
    for span in (span for spans in windows for span in spans):
        key = (span.start, span.end)
        if key not in best or span.score > best[key].score:
            best[key] = span
    ranked = sorted(best.values(), key=lambda span: (-weigh(span), span.start, span.end))
    return tuple(ranked[:limit])


def sentence_evidence(window: Window, start: Logits, end: Logits, sentences: Sequence[Offsets]) -> list[float | None]:
    """Return, for each sentence, log-sum-exp of the spans that begin and end in it, minus the null score.

    None for a sentence that the window does not show. Sums over all pairs of a start and a later end in the sentence.
    """
    return [_evidence(window, start, end, sentence) for sentence in sentences]


def _evidence(window: Window, start: Logits, end: Logits, sentence: Offsets) -> float | None:
    inside = [i for i, (low, high) in enumerate(window.offsets) if low < sentence[1] and sentence[0] < high]
    if not inside:
        return None
    part = slice(window.first + inside[0], window.first + inside[-1] + 1)
    scores = np.triu(np.ones((len(inside), len(inside)), dtype=bool))
    pairs = (start[part, None] + end[None, part])[scores]
    top = pairs.max()
    return float(top + np.log(np.exp(pairs - top).sum()) - null_score(start, end))


def _best(logits: Logits) -> NDArray[np.intp]:
    return np.argsort(-logits, kind="stable")[:CANDIDATES]

"""Chooses what the reader sees in one pass over the data: which questions, negatives, titles and windows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from embeddings.training.negatives import NAME, swap_name, without_answer
from embeddings.training.squad import ENCYCLOPEDIA, Example, Gold, Paragraph
from embeddings.windows import Window, Windower


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of what is mixed in one pass; every field is a probability, or a mean number an example."""

    noisy_kept: float = 0.45  # share of the reviews and comments in one pass (another share in the next)
    negatives: float = 1.0  # unanswerable examples a question of the encyclopedia
    noisy_negatives: float = 0.3  # the same for reviews and comments, where the same words often do answer
    written_kept: float = 0.5  # share of the questions that a machine wrote in one pass
    written_negatives: float = 0.4  # the same as `negatives`, for these
    deleted: float = 0.3  # share of the negatives made by cutting the answer's sentences out
    swapped: float = 0.25  # share of the encyclopedia's made by putting a foreign name into the question
    titled: float = 0.85  # share of encyclopedia examples with their title
    headlined: float = 0.2  # share of the others with their first words as a title
    noisy_tokens: int = 128  # reviews and comments are cut to windows of this many tokens


@dataclass(frozen=True, slots=True)
class Item:
    """A question and a text before tokenising; no golds = unanswerable, None = no annotator has seen it."""

    question: str
    title: str
    text: str
    golds: tuple[Gold, ...] | None
    noisy: bool


Ends = tuple[tuple[int, float], ...]
"""A distribution over tokens: pairs of index and probability; the index 0 stands for "no answer"."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A window with its soft targets; they are empty where only a teacher knows."""

    window: Window
    starts: Ends
    ends: Ends


class Pass:
    """Draws one pass over the training data; equal seeds draw equal passes."""

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        examples: Sequence[Example],
        mined: Sequence[tuple[int, ...]],
        mix: Mixture,
    ) -> None:
        """Take the examples with their mined negatives, one tuple of paragraph indices an example."""
        self._paragraphs = paragraphs
        self._examples = examples
        self._mined = mined
        self._mix = mix
        self._names = [name for example in examples for name in NAME.findall(example.question)]

    def items(self, number: int, seed: int) -> Iterator[Item]:
        """Yield the positives and negatives of the pass `number` (from 0), in the order of the data."""
        random = Random(seed * 1000 + number)
        for index, example in enumerate(self._examples):
            kept, rate = self._shares(example)
            if (index * 0.618034 + number * kept) % 1 >= kept:
                continue
            yield self._positive(example, random)
            for _ in range(int(rate) + (random.random() < rate % 1)):
                yield from self._negative(example, self._mined[index], random)

    def _shares(self, example: Example) -> tuple[float, float]:
        """Return the share of such examples in one pass, and the unanswerable ones made of each."""
        if not example.golds:
            return self._mix.written_kept, self._mix.written_negatives
        if self._paragraphs[example.paragraph].domain != ENCYCLOPEDIA:
            return self._mix.noisy_kept, self._mix.noisy_negatives
        return 1.0, self._mix.negatives

    def _positive(self, example: Example, random: Random) -> Item:
        paragraph = self._paragraphs[example.paragraph]
        return self._item(example, paragraph, paragraph.text, example.golds or None, random)

    def _negative(self, example: Example, mined: Sequence[int], random: Random) -> Iterator[Item]:
        own = self._paragraphs[example.paragraph]
        if own.domain == ENCYCLOPEDIA and random.random() < self._mix.swapped:
            question = swap_name(example.question, f"{own.title} {own.text}", self._names, random)
            if question:
                yield self._item(replace(example, question=question), own, own.text, (), random)
                return
        cut = example.golds and random.random() < self._mix.deleted
        rest = without_answer(own.text, example.golds) if cut else ""
        if rest:
            yield self._item(example, own, rest, (), random)
        elif mined:
            other = self._paragraphs[mined[int(len(mined) * random.random() ** 1.5)]]
            yield self._item(example, other, other.text, () if example.golds else None, random)

    def _item(
        self, example: Example, paragraph: Paragraph, text: str, golds: tuple[Gold, ...] | None, random: Random
    ) -> Item:
        noisy = paragraph.domain != ENCYCLOPEDIA
        shown = random.random() < (self._mix.headlined if noisy else self._mix.titled)
        title = (" ".join(text.split()[:7]) if noisy else paragraph.title) if shown else ""
        return Item(example.question, title, text, golds, noisy)


def featurize(item: Item, windower: Windower, cut: Windower, random: Random) -> Feature | None:
    """Return one window of the item, at random among those that hold its answer; `cut` serves the noisy sources.

    None if no window holds a whole answer.
    """
    windows = (cut if item.noisy else windower).cut(item.question, [item.title], [item.text])[0]
    features = [feature for window in windows if (feature := _target(window, item.golds)) is not None]
    return random.choice(features) if features else None


def _target(window: Window, golds: Sequence[Gold] | None) -> Feature | None:
    if golds is None:
        return Feature(window, (), ())
    if not golds:
        return Feature(window, ((0, 1.0),), ((0, 1.0),))
    starts: list[tuple[int, float]] = []
    ends: list[tuple[int, float]] = []
    for gold in golds:
        inside = [i for i, (start, end) in enumerate(window.offsets) if start < gold.end and gold.start < end]
        whole = window.offsets[0][0] <= gold.start and gold.end <= window.offsets[-1][1]
        if inside and whole:
            starts.append((window.first + inside[0], gold.weight))
            ends.append((window.first + inside[-1], gold.weight))
    total = sum(weight for _, weight in starts)
    if not total:
        return None
    return Feature(window, tuple((i, w / total) for i, w in starts), tuple((i, w / total) for i, w in ends))

"""What is measured, as functions of values.

Measures that do not apply to a case are for the caller to leave out; docs/evaluation.md has the definitions at length.
Measures of many cases together work along an axis, as bootstrapping wants it.
"""

import re
import string
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TypeAlias

import ir_measures
import numpy as np
from ir_measures import RR, R
from numpy.typing import NDArray
from scipy.stats import rankdata

CALIBRATION_BINS = 10

Values: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = Sequence[float] | Values

_RANKING = {"recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "mrr@10": RR @ 10}
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_CURLY = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
_ARTICLE = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """Lower-case, without punctuation, the articles a, an, the, and surplus white space (SQuAD v1.1)."""
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def measure_exact_match(span: str, answers: Sequence[str]) -> float:
    """Return 1 if the normalised span is one of the answers, else 0 (Rajpurkar et al., EMNLP 2016)."""
    return float(normalize(span) in set(map(normalize, answers)))


def measure_token_f1(span: str, answers: Sequence[str]) -> float:
    """Return the F1 in [0, 1] of the bags of normalised words of span and answer; the best of the answers."""
    return max((_token_f1(normalize(span).split(), normalize(answer).split()) for answer in answers), default=0.0)


def measure_containment(text: str, answers: Sequence[str]) -> float:
    """Return 1 if the words of one of the answers stand in the text one after the other, normalised, else 0."""
    words = normalize(text.translate(_CURLY))
    return float(any(_contains(words, normalize(answer.translate(_CURLY))) for answer in answers))


def measure_ranking(ranking: Sequence[str], gold: Collection[str]) -> dict[str, float]:
    """Return recall@1, @5, @10 and mrr@10 of the gold ids (ir_measures): how many are found, and 1 / rank of the first.

    `ranking` is without repeats, best first.
    """
    run = {"case": {id: -float(rank) for rank, id in enumerate(ranking)}}
    relevant = {"case": dict.fromkeys(gold, 1)}
    found = {metric.measure: metric.value for metric in ir_measures.iter_calc([*_RANKING.values()], relevant, run)}
    return {name: float(found.get(measure, 0.0)) for name, measure in _RANKING.items()}


def measure_evidence(quoted: Collection[str], gold: Collection[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 in [0, 1] of quoted sentences against gold ones.

    Two sentences match if, normalised, one contains the other: splitters differ on where a sentence ends.
    """
    quoted, gold = list(map(normalize, quoted)), list(map(normalize, gold))
    right = sum(any(_match(sentence, other) for other in gold) for sentence in quoted)
    found = sum(any(_match(sentence, other) for other in quoted) for sentence in gold)
    precision = right / len(quoted) if quoted else 0.0
    recall = found / len(gold) if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right and found else 0.0


def measure_auroc(positives: Numbers, negatives: Numbers, axis: int = -1) -> Values:
    """Return the probability that a positive scores above a negative, ties counting half (Mann-Whitney U)."""
    above, below = np.asarray(positives, dtype=float), np.asarray(negatives, dtype=float)
    n = above.shape[axis]
    ranks: Values = rankdata(np.concatenate([above, below], axis), axis=axis).take(range(n), axis).sum(axis)
    area: Values = (ranks - n * (n + 1) / 2) / (n * below.shape[axis])
    return area


def measure_calibration_error(confidences: Numbers, correct: Numbers, axis: int = -1) -> Values:
    """Return the expected calibration error in [0, 1]: 10 bins of equal width (Naeini et al., AAAI 2015)."""
    confidence, right = np.asarray(confidences, dtype=float), np.asarray(correct, dtype=float)
    bins, gaps = _place(confidence), confidence - right
    sums = [np.abs(np.where(bins == index, gaps, 0.0).sum(axis)) for index in range(CALIBRATION_BINS)]
    error: Values = np.sum(sums, axis=0) / confidence.shape[axis]
    return error


def bin_confidences(confidences: Numbers, correct: Numbers) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share right, how many) of each of 10 bins of equal width that is not empty."""
    confidence, right = np.asarray(confidences, dtype=float), np.asarray(correct, dtype=float)
    bins = _place(confidence)
    members = [bins == index for index in range(CALIBRATION_BINS) if (bins == index).any()]
    return [(float(confidence[each].mean()), float(right[each].mean()), int(each.sum())) for each in members]


def trace_risk(confidences: Numbers, correct: Numbers) -> Values:
    """Return the share of wrong answers among the k most confident, for k = 1 to all (El-Yaniv and Wiener, JMLR 2010).

    Of answers with one confidence the wrong ones come first. Works along the last axis.
    """
    confidence, right = np.asarray(confidences, dtype=float), np.asarray(correct, dtype=float)
    wrong = 1.0 - np.take_along_axis(right, np.lexsort((right, -confidence)), axis=-1)
    return np.cumsum(wrong, axis=-1) / np.arange(1, wrong.shape[-1] + 1)


def measure_risk_area(confidences: Numbers, correct: Numbers, axis: int = -1) -> Values:
    """Return the area in [0, 1] under the risk-coverage curve, the mean of `trace_risk`; less is better."""
    confidence, right = (np.moveaxis(np.asarray(values), axis, -1) for values in (confidences, correct))
    area: Values = np.mean(trace_risk(confidence, right), axis=-1)
    return area


def _place(confidence: Values) -> NDArray[np.intp]:
    return np.minimum((confidence * CALIBRATION_BINS).astype(np.intp), CALIBRATION_BINS - 1)


def _token_f1(said: list[str], gold: list[str]) -> float:
    shared = sum((Counter(said) & Counter(gold)).values())
    return 2 * shared / (len(said) + len(gold)) if shared else 0.0


def _match(one: str, other: str) -> bool:
    return _contains(one, other) or _contains(other, one)


def _contains(words: str, part: str) -> bool:
    return bool(part) and f" {part} " in f" {words} "

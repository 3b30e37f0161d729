"""What is measured, as functions of values.

Exact match and F1 follow the SQuAD v1.1 evaluation (Rajpurkar et al., EMNLP 2016). An empty list of gold answers means
that the right reply is "not in these articles"; measures that do not apply to a case are for the caller to leave out.
"""

import re
import string
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

CALIBRATION_BINS = 10

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """Lower-case, without punctuation, the articles a, an, the, and surplus white space (SQuAD v1.1)."""
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def measure_exact_match(span: str, answers: Sequence[str]) -> float:
    """Return 1 if the normalised span is one of the answers, else 0."""
    return float(normalize(span) in set(map(normalize, answers)))


def measure_token_f1(span: str, answers: Sequence[str]) -> float:
    """Return the F1 in [0, 1] of the bags of normalised words of span and answer; the best of the answers."""
    return max((_token_f1(normalize(span).split(), normalize(answer).split()) for answer in answers), default=0.0)


def measure_reciprocal_rank(ranking: Sequence[str], gold: str, k: int = 10) -> float:
    """Return 1 / rank of the gold id if it is among the first `k`, else 0."""
    return 1.0 / (ranking.index(gold) + 1) if gold in ranking[:k] else 0.0


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


def measure_auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Return the probability that a positive scores above a negative, ties counting half (Mann-Whitney U)."""
    differences = np.subtract.outer(np.asarray(positives), np.asarray(negatives))
    return float(np.mean((differences > 0) + 0.5 * (differences == 0)))


def measure_calibration_error(confidences: Sequence[float], correct: Sequence[float]) -> float:
    """Return the expected calibration error in [0, 1]: 10 bins of equal width (Naeini et al., AAAI 2015)."""
    confidence, right = np.asarray(confidences), np.asarray(correct, dtype=float)
    bins = np.minimum((confidence * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [abs(confidence[bins == index].sum() - right[bins == index].sum()) for index in range(CALIBRATION_BINS)]
    return float(sum(gaps) / len(confidence))


def _token_f1(said: list[str], gold: list[str]) -> float:
    shared = sum((Counter(said) & Counter(gold)).values())
    return 2 * shared / (len(said) + len(gold)) if shared else 0.0


def _match(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)

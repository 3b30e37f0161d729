"""Measures a reader on the dev sets: exact match and F1 with the gold passage, AUROC of answerable or not."""

import json
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import SentenceEncoder
from embeddings.reader import Reader, Reading, ReadingText
from embeddings.training.squad import overlap

_PUNCTUATION = str.maketrans("", "", string.punctuation)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its gold answers; no answers = it is not in the articles, `article` is then ''."""

    question: str
    answers: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Dev:
    """A dev set: its articles by id and its cases."""

    articles: dict[str, ReadingText]
    cases: tuple[Case, ...]


def load_dev(folder: Path) -> Dev:
    """Read `articles.jsonl` and `questions.jsonl` of a folder."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = tuple(Case(row["question"], tuple(row["answers"]), row.get("article") or "") for row in rows)
    return Dev(load_articles(folder), cases)


def load_articles(folder: Path) -> dict[str, ReadingText]:
    """Read `articles.jsonl` of a folder."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    return {row["id"]: ReadingText(row["title"], row["text"]) for row in rows}


def measure_answers(reader: Reader, dev: Dev) -> dict[str, float]:
    """Return n, exact match and F1 (SQuAD normalisation) of the best span in the gold article, and its share kept.

    `kept` is the share of questions whose best span scores above "no answer".
    """
    cases = [case for case in dev.cases if case.answers]
    readings = [reader.read(case.question, [dev.articles[case.article]])[0] for case in cases]
    said = [_best_text(dev.articles[case.article], reading) for case, reading in zip(cases, readings, strict=True)]
    pairs = list(zip(said, cases, strict=True))
    return {
        "n": len(cases),
        "exact_match": fmean(
            max(float(normalize(text) == normalize(gold)) for gold in case.answers) for text, case in pairs
        ),
        "f1": fmean(max(token_f1(text, gold) for gold in case.answers) for text, case in pairs),
        "kept": fmean(float(margin(reading) > 0) for reading in readings),
    }


def measure_abstention(reader: Reader, dev: Dev, weights: Path, pool: int = 5) -> dict[str, float]:
    """Return n and the AUROC of answerable against unanswerable by the margin of the best span over "no answer".

    `auroc_gold` reads the gold article, or the one most similar to the question where there is none; `auroc_pool` takes
    the best margin of the `pool` most similar articles for both kinds.
    """
    ids = list(dev.articles)
    texts = [f"{dev.articles[i].title}. {dev.articles[i].text}" for i in ids]
    encoder = SentenceEncoder(weights)
    similarity = encoder.encode([case.question for case in dev.cases]) @ encoder.encode(texts).T
    single: list[float] = []
    pooled: list[float] = []
    for case, row in zip(dev.cases, similarity, strict=True):
        near = [ids[i] for i in np.argsort(-row, kind="stable")[:pool]]
        gold = case.article or near[0]
        chosen = [gold, *(i for i in near if i != gold)]
        margins = dict(
            zip(chosen, map(margin, reader.read(case.question, [dev.articles[i] for i in chosen])), strict=True)
        )
        single.append(margins[gold])
        pooled.append(max(margins[i] for i in near))
    answerable = np.array([bool(case.answers) for case in dev.cases])
    return {
        "n": len(dev.cases),
        "auroc_gold": auroc(np.array(single), answerable),
        "auroc_pool": auroc(np.array(pooled), answerable),
    }


def margin(reading: Reading) -> float:
    """Return how far the best span scores above "no answer"; -inf without a span."""
    return reading.spans[0].score - reading.no_answer if reading.spans else float("-inf")


def auroc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half (Mann-Whitney)."""
    above = scores[positive][:, None] - scores[~positive][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def normalize(text: str) -> str:
    """Lower-case, drop punctuation and articles, collapse white space, as the SQuAD v1.1 script does."""
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text.lower().translate(_PUNCTUATION)).split())


def token_f1(said: str, gold: str) -> float:
    """Return the F1 of the bags of normalised words, in [0, 1]."""
    return overlap(normalize(said).split(), normalize(gold).split())


def measure(
    reader: Reader, dev: Path, weights: Path, short_sets: Sequence[str] = ("xquad-en", "nq-dev")
) -> dict[str, object]:
    """Return the measures of all dev sets, by set."""
    short = {name: measure_answers(reader, load_dev(dev / name)) for name in short_sets}
    return {**short, "clapnq-dev": measure_abstention(reader, load_dev(dev / "clapnq-dev"), weights)}


def _best_text(article: ReadingText, reading: Reading) -> str:
    return article.text[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""

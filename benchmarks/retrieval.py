"""Compare ways to rank passages on the development sets: `python -m benchmarks.retrieval DATA_FOLDER`.

Every set's articles are put into a library of their own; every question with a gold article is searched by meaning, by
words, and by both: fused by reciprocal ranks (Cormack et al., SIGIR 2009) and as the product does, by scores.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.sets import NAMES, RESULTS, open_set, read_cases
from rag.asking.retrieval import FusedRetriever, Ranking, fuse
from rag.assembly import build_retriever
from rag.evaluation.metrics import measure_ranking

FILE = RESULTS / "retrieval.md"
POOL = 50
RANK_CONSTANT = 60


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder that holds xquad-en, nq-dev and clapnq-dev")
    folder = parser.parse_args().data
    rows = [row for name in NAMES for row in measure_set(folder / name)]
    lines = ["| set | n | ranked by | recall@1 | recall@5 | MRR@10 |", "|---|---|---|---|---|---|", *rows]
    table = "# Retrieval\n\n`python -m benchmarks.retrieval DATA`: articles found, open retrieval over each set.\n\n"
    FILE.write_text(table + "\n".join(lines) + "\n", encoding="utf-8")
    print(FILE.read_text("utf-8"))


def measure_set(folder: Path) -> list[str]:
    """Return a line of the table for each way to rank."""
    cases = [case for case in read_cases(folder) if case.answers and case.articles]
    with open_set(folder) as (settings, library):
        retriever = build_retriever(settings, library)
        ranked = [rank_all_ways(retriever, case.question) for case in cases]
    golds = [case.articles for case in cases]
    return [describe(folder.name, way, [each[way] for each in ranked], golds) for way in ranked[0]]


def rank_all_ways(retriever: FusedRetriever, question: str) -> dict[str, list[str]]:
    """Return, for each way to rank, the articles found, best first."""
    by_meaning, by_words = (each.rank(question, POOL) for each in (retriever.by_meaning, retriever.by_words))
    rankings = {
        "meaning": by_meaning,
        "words": by_words,
        "both, reciprocal ranks": fuse_ranks([by_meaning, by_words]),
        "both, scores (the product)": fuse(by_meaning, by_words),
    }
    return {way: list(dict.fromkeys(key.rsplit(":", 2)[0] for key, _ in found)) for way, found in rankings.items()}


def fuse_ranks(rankings: Sequence[Ranking]) -> Ranking:
    """Fuse by the sum of 1 / (60 + rank)."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def describe(name: str, way: str, rankings: Sequence[Sequence[str]], golds: Sequence[Sequence[str]]) -> str:
    """Return one line of the table."""
    scores = [measure_ranking(found, gold) for found, gold in zip(rankings, golds, strict=True)]
    means = [fmean(score[measure] for score in scores) for measure in ("recall@1", "recall@5", "mrr@10")]
    return f"| {name} | {len(scores)} | {way} | {' | '.join(f'{mean:.3f}' for mean in means)} |"


if __name__ == "__main__":
    main()

"""Measure answers on the development sets, end to end: `python -m benchmarks.quality DATA_FOLDER`.

Up to 300 questions of each set are asked of the product, over all articles of the set. Prints a table and writes
`results/quality.md`.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles

from benchmarks.sets import NAMES, RESULTS, GoldCase, open_set, read_cases
from rag.answer import Answer
from rag.assembly import build_chatbot
from rag.evaluation.metrics import (
    measure_auroc,
    measure_calibration_error,
    measure_evidence,
    measure_exact_match,
    measure_reciprocal_rank,
    measure_token_f1,
)
from rag.question import Question

FILE = RESULTS / "quality.md"
MOST_CASES = 300
HEAD = """# Quality

`make bench-quality DATA=...`: the product itself, open retrieval over all articles of each set. An answer counts as
right in the calibration error if its short answer has a token F1 of 0.5 with a gold one or, where answers are long, if
its likeliest quote is gold evidence. Weights and limits of the confidence were fitted on these same sets.

| set | measure | value | n |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A case and the product's answer to it."""

    case: GoldCase
    answer: Answer


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {', '.join(NAMES)}")
    folder = parser.parse_args().data
    replies = {name: ask_all(folder / name) for name in NAMES}
    rows = [(name, *row) for name, answered in replies.items() for row in measure(answered)]
    everything = [reply for answered in replies.values() for reply in answered]
    rows.append(("all", "calibration error", measure_calibration(everything), len(everything)))
    lines = [f"| {name} | {measure} | {value:.3f} | {n} |" for name, measure, value, n in rows]
    FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(FILE.read_text("utf-8"))


def ask_all(folder: Path) -> list[Reply]:
    """Ask the questions of a set, thinned out evenly where there are too many."""
    with open_set(folder) as (settings, library):
        chatbot = build_chatbot(settings, library)
        return [Reply(case, chatbot.invoke(Question(case.question))) for case in read_cases(folder, MOST_CASES)]


def measure(replies: Sequence[Reply]) -> list[tuple[str, float, int]]:
    """Return (measure, value, n), those that apply."""
    known = [reply for reply in replies if reply.case.answers]
    unknown = [reply for reply in replies if not reply.case.answers]
    marked = [reply for reply in known if reply.case.evidence]
    rows = [
        _mean("recall@1", known, lambda reply: measure_rank(reply, 1) > 0),
        _mean("recall@5", known, lambda reply: measure_rank(reply, 5) > 0),
        _mean("MRR@10", known, measure_rank),
        _mean("answered", known, lambda reply: reply.answer.is_found),
    ]
    if marked:
        rows.append(_mean("evidence F1", marked, measure_evidence_f1))
        rows.append(_mean("quotes an answer", marked, lambda reply: len(reply.answer.quotes)))
    else:
        rows.append(
            _mean("exact match", known, lambda each: measure_exact_match(each.answer.answer_span, each.case.answers))
        )
        rows.append(_mean("token F1", known, lambda each: measure_token_f1(each.answer.answer_span, each.case.answers)))
    if unknown:
        confidences = [[reply.answer.confidence for reply in group] for group in (known, unknown)]
        rows.append(("abstention AUROC", measure_auroc(*confidences), len(replies)))
        rows.append(_mean("unanswerable, and said so", unknown, lambda reply: not reply.answer.is_found))
    rows.append(("calibration error", measure_calibration(replies), len(replies)))
    seconds = [reply.answer.seconds for reply in replies]
    rows.append(("seconds, p50", median(seconds), len(replies)))
    rows.append(("seconds, p95", quantiles(seconds, n=20)[-1], len(replies)))
    return rows


def is_right(reply: Reply) -> bool:
    """Whether the answer counts as right; see `HEAD`."""
    if not reply.case.answers or not reply.answer.quotes:
        return False
    if reply.case.evidence:
        best = max(reply.answer.quotes, key=lambda quote: quote.score)
        return any(measure_evidence([best.text], sentences)[0] > 0 for sentences in reply.case.evidence)
    return measure_token_f1(reply.answer.answer_span, reply.case.answers) >= 0.5


def measure_calibration(replies: Sequence[Reply]) -> float:
    """Return the expected calibration error of the answers that were given."""
    given = [reply for reply in replies if reply.answer.is_found]
    return measure_calibration_error([each.answer.confidence for each in given], [is_right(each) for each in given])


def measure_rank(reply: Reply, k: int = 10) -> float:
    """Return the reciprocal rank of the gold article among the first `k`."""
    return measure_reciprocal_rank(reply.answer.retrieved, reply.case.article, k)


def measure_evidence_f1(reply: Reply) -> float:
    """Return the F1 of the quotes against the gold sentences of whoever agrees most."""
    quotes = [quote.text for quote in reply.answer.quotes]
    return max(measure_evidence(quotes, sentences)[2] for sentences in reply.case.evidence)


def _mean(name: str, replies: Sequence[Reply], value: Callable[[Reply], float]) -> tuple[str, float, int]:
    return name, fmean(map(value, replies)), len(replies)


if __name__ == "__main__":
    main()

"""From retrieved passages to the answer: the reader's scores become a ranking, quotes, and a confidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf

from embeddings.calibration import Calibration
from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from rag.answer import NOT_FOUND, Answer, ScoredPassage, Status
from rag.asking.disagreement import find_rivals, list_sides
from rag.asking.quoting import choose_quotes, cite, write_quotes
from rag.asking.reading import ReadPassage, list_lacking, measure_support, read_promising

MOST_TOLD = 3
"""How many names or dates that nothing mentions a notice tells: a question may be made of nothing else."""


class _Judge:
    """Estimates how likely answers to one question are right."""

    def __init__(self, question: str, calibration: Calibration, compare: Compare) -> None:
        self._question = question
        self._calibration = calibration
        self._compare = compare
        self._support: dict[str, float] = {}

    def estimate(self, read: ReadPassage, evidence: float) -> float:
        """Return the probability that an answer from the passage is right which has so much evidence."""
        key, found = read.found.passage.key, read.found
        if key not in self._support:
            self._support[key] = measure_support(self._question, read, self._compare)
        given = found.similarity, self._support[key], read.title_overlap, read.foreign
        return self._calibration.estimate(evidence, *given)

    def is_likely(self, read: ReadPassage) -> bool:
        """Whether the passage answers by itself."""
        return self.estimate(read, read.margin) >= self._calibration.not_found_below


def read_passages(
    question: str, passages: Sequence[ScoredPassage], reader: CalibratedReader, compare: Compare
) -> Answer:
    """Read what may answer of the passages and return the answer to the question; `seconds` is left at 0.

    What was not worth reading, or is without words, is considered as if it did not answer.
    """
    calibration = reader.calibration
    ranked = read_promising(question, passages, reader)
    considered = _rank_all(passages, ranked, calibration)
    judge = _Judge(question, calibration, compare)
    confidence = judge.estimate(ranked[0], ranked[0].margin) if ranked else 0.0
    if confidence < calibration.not_found_below:
        lacking = list_lacking(question, passages) if passages else {}
        notice = _note_foreign(lacking, "None of the passages found mentions")
        return Answer(question, NOT_FOUND, "", (), (), confidence, Status.NOT_FOUND, considered, 0.0, notice=notice)
    timely = [read for read in ranked if read.date_fit >= min(0, ranked[0].date_fit)]
    rivals = find_rivals(ranked[0], timely[1:], judge.is_likely)
    chosen = choose_quotes(question, timely, rivals, compare)
    scores = [judge.estimate(each.read, each.evidence) for each in chosen]
    quotes, citations = cite(chosen, [min(confidence, score) for score in scores])
    status = Status.UNSURE if confidence < calibration.unsure_below else Status.ANSWERED
    text = write_quotes(quotes)
    sides = list_sides(quotes, rivals)
    notice = _note_foreign(ranked[0].lacking, "What was found in [1] does not mention")
    return Answer(
        question,
        text,
        ranked[0].span,
        quotes,
        citations,
        confidence,
        status,
        considered,
        0.0,
        notice=notice,
        sides=sides,
    )


def _rank_all(
    passages: Sequence[ScoredPassage], read: Iterable[ReadPassage], calibration: Calibration
) -> tuple[ScoredPassage, ...]:
    """Return all passages, the one that fits best first; those not among `read` as if they did not answer."""
    ranks = {each.found.passage.key: each.score for each in read}
    scores = [ranks.get(found.passage.key, calibration.rank(found.score, -inf)) for found in passages]
    scored = (replace(found, score=score) for found, score in zip(passages, scores, strict=True))
    return tuple(sorted(scored, key=lambda found: (-found.score, found.passage.key)))


def _note_foreign(lacking: Mapping[str, float], begin: str) -> str:
    """Return a sentence on the first few names or dates of which nothing was found, or '' if there is none."""
    names = [f"“{name}”" for name, share in lacking.items() if share == 1.0]
    return f"{begin} {' or '.join(names[:MOST_TOLD])}." if names else ""

"""From retrieved passages to the answer: the reader's scores become a ranking, quotes, and a confidence."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from embeddings.reader import CalibratedReader
from rag.answer import NOT_FOUND, Answer, ScoredPassage, Status
from rag.disagreement import find_rivals, list_sides
from rag.quoting import choose_quotes, cite, write_quotes
from rag.scoring import ReadPassage, read_promising


def read_passages(question: str, passages: Sequence[ScoredPassage], reader: CalibratedReader) -> Answer:
    """Read what may answer of the passages and return the answer to the question; `seconds` is left at 0.

    What was not worth reading, or is without words, is considered as if it did not answer.
    """
    calibration = reader.calibration
    ranked = read_promising(question, passages, reader)
    ranks = {read.found.passage.key: read.rank for read in ranked}
    scored = (
        replace(found, score=ranks.get(found.passage.key, calibration.rank(found.score, -inf))) for found in passages
    )
    considered = tuple(sorted(scored, key=lambda found: (-found.score, found.passage.key)))

    def estimate(read: ReadPassage, margin: float) -> float:
        return calibration.estimate(margin, read.found.similarity, read.overlap, read.title_overlap, read.foreign)

    confidence = estimate(ranked[0], ranked[0].margin) if ranked else 0.0
    if confidence < calibration.not_found_below:
        return Answer(question, NOT_FOUND, "", (), (), confidence, Status.NOT_FOUND, considered, 0.0)
    rivals = find_rivals(
        ranked[0], (read for read in ranked[1:] if estimate(read, read.margin) >= calibration.not_found_below)
    )
    chosen = choose_quotes(question, ranked, rivals)
    scores = [estimate(each.read, each.evidence) for each in chosen]
    quotes, citations = cite(chosen, [min(confidence, score) for score in scores])
    status = Status.UNSURE if confidence < calibration.unsure_below else Status.ANSWERED
    text = write_quotes(quotes)
    sides = list_sides(quotes, rivals)
    return Answer(question, text, ranked[0].span, quotes, citations, confidence, status, considered, 0.0, sides=sides)

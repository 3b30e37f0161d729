"""From ranked readings to an answer: how likely it is right, what is quoted, and what has to be said about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import inf

from embeddings.calibration import Calibration, Estimate, Signs
from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from rag.answer import NOT_FOUND, Answer, Part, ScoredPassage, Status
from rag.asking.kinds import find_kind
from rag.asking.quoting import Choose, choose_quotes, cite, write_quotes
from rag.asking.reading import ReadPassage, find_answer, list_lacking, read_promising
from rag.asking.signals.disagreement import find_rivals, list_sides
from rag.asking.signals.events import find_events, head_event
from rag.asking.signals.premises import find_contradicted
from rag.asking.signals.reckoning import tell_date
from rag.asking.signals.statements import is_of_sort, state
from rag.asking.signals.updates import find_finding, find_updates, head_update, is_allegation, may_change
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.question import Kind, close_question

MOST_NAMED = 3
"""Names or dates in one notice: a question may be made of nothing else."""


def answer_question(
    question: str,
    passages: Sequence[ScoredPassage],
    reader: CalibratedReader,
    compare: Compare,
    weights: Weights = STANDARD_WEIGHTS,
    choose: Choose = choose_quotes,
) -> Answer:
    """Answer from the passages, or say that they do not.

    Args:
        question: a question that stands alone.
        passages: what was retrieved for it, in any order.
        reader: finds spans in them; its calibration ranks them and estimates the confidence.
        compare: says how alike a text and others are in meaning.
        weights: decide what is quoted, and what counts as another side.
        choose: chooses the quotes.

    Returns:
        The answer with `seconds` = 0; all the passages are in `considered`, those not read as if they did not answer.
    """
    near = max(weights.near, weights.near_for_lists) if may_change(question) else weights.near
    ranked = read_promising(question, passages, reader, replace(weights, near=near))
    considered = _rank_all(passages, ranked, reader.calibration)
    judge = _Judge(question, reader.calibration, compare)
    estimate = judge.estimate(ranked[0], ranked[0].margin) if ranked else Estimate(0.0, 0.0)
    answer = Answer(question, NOT_FOUND, "", (), (), estimate.confidence, judge.rate(estimate), considered, 0.0)
    if answer.is_found:
        return _quote(answer, ranked, judge, compare, weights, choose)
    lacking = list_lacking(question, passages) if passages else {}
    return replace(answer, notice=_note_lacking(lacking, "None of the passages found mentions"))


def _quote(
    answer: Answer,
    ranked: Sequence[ReadPassage],
    judge: "_Judge",
    compare: Compare,
    weights: Weights,
    choose: Choose,
) -> Answer:
    """Return the answer with what the ranked passages say: quotes, sources, sides, and what they do not mention."""
    best = ranked[0]
    if told := _find_updates(answer.question, ranked, judge):
        return _quote_apart(answer, told, [head_update(state(read), read is told[0]) for read in told], judge)
    if told := _find_events(answer.question, ranked, judge):
        return _quote_apart(answer, told, [head_event(state(read)) for read in told], judge)
    timely = [read for read in ranked if read.date_fit >= min(0, best.date_fit)]
    rivals = _find_rivals(answer.question, timely, judge, weights)
    chosen = choose(answer.question, timely, rivals, compare, weights)
    scores = [min(answer.confidence, judge.estimate(each.read, each.evidence).confidence) for each in chosen]
    quotes, citations = cite(chosen, scores)
    notice, is_doubtful = _check_premises(answer.question, best)
    return replace(
        answer,
        status=Status.UNSURE if is_doubtful else answer.status,
        text=write_quotes(quotes),
        answer_span=best.span,
        quotes=quotes,
        citations=citations,
        notice=" ".join(filter(None, (notice, tell_date(answer.question, find_answer(best))))),
        sides=list_sides(answer.question, quotes, [read.span for read in (best, *rivals)]),
    )


def _check_premises(question: str, best: ReadPassage) -> tuple[str, bool]:
    """Return what the article has otherwise than the question, or lacks of it, and whether that puts it in doubt."""
    if contradicted := find_contradicted(question, state(best), best.lacking):
        told = " and ".join(f"“{told}”, not “{asked}”" for asked, told in contradicted.items())
        return f"The articles say {told}.", True
    if best.unsaid:
        return f"What was found in [1] may be of something else than “{best.unsaid}”.", True
    notice = _note_lacking(best.lacking, "What was found in [1] does not mention")
    return notice, bool(notice)


def _list_sure(question: str, ranked: Sequence[ReadPassage], judge: "_Judge", *kinds: Kind) -> list[ReadPassage]:
    """Return the surely read passages, best first; none if the best is not, or the question is of another kind.

    One that lacks what the question names by a number, such as Flight 518, is about another.
    """
    if find_kind(question) not in kinds or not judge.is_sure(ranked[0]) or ranked[0].lacks_number:
        return []
    return [each for each in judge.list_sure(ranked) if not each.lacks_number]


def _find_rivals(question: str, ranked: Sequence[ReadPassage], judge: "_Judge", weights: Weights) -> list[ReadPassage]:
    """Return what contradicts the best answer, if that is sure and the rest of it; none else."""
    sure = _list_sure(question, ranked, judge, Kind.FACT)
    if not sure or not is_of_sort(question, sure[0].span):
        return []
    return [sure[position] for position in find_rivals(question, list(map(state, sure)), weights)]


def _find_updates(question: str, ranked: Sequence[ReadPassage], judge: "_Judge") -> list[ReadPassage]:
    """Return the surely read passages that give one figure on different days, or a finding and the allegation before.

    The newest is the first.
    """
    if not may_change(question) and not is_allegation(state(ranked[0])):
        return []
    sure = _list_sure(question, ranked, judge, Kind.FACT, Kind.LATEST)
    stated = list(map(state, sure))
    if not stated:
        return []
    finding = find_finding(question, stated)
    return [sure[position] for position in find_updates(question, stated) or ([] if finding is None else [finding, 0])]


def _find_events(question: str, ranked: Sequence[ReadPassage], judge: "_Judge") -> list[ReadPassage]:
    """Return the surely read passages that answer of different events, where the question may mean any of them."""
    sure = _list_sure(question, ranked, judge, Kind.FACT)
    return [sure[position] for position in find_events(question, list(map(state, sure)))]


def _quote_apart(answer: Answer, told: Sequence[ReadPassage], headings: Sequence[str], judge: "_Judge") -> Answer:
    """Return the answer with what each passage says under a heading of its own, the first with the short answer."""
    first = told[0]
    estimate = judge.estimate(first, first.margin)
    chosen = list(map(find_answer, told))
    scores = [judge.estimate(each.read, each.evidence).confidence for each in chosen]
    quotes, citations = cite(chosen, scores)
    places = {quote.article_id: (position,) for position, quote in enumerate(quotes)}
    parts = tuple(
        Part(heading, places[read.found.source.id], read.span) for heading, read in zip(headings, told, strict=True)
    )
    return replace(
        answer,
        text=write_quotes(quotes, parts),
        answer_span=first.span,
        confidence=estimate.confidence,
        status=judge.rate(estimate),
        quotes=quotes,
        citations=citations,
        parts=parts,
    )


def measure_support(question: str, read: ReadPassage, compare: Compare) -> float:
    """Return how alike in meaning the answer's sentences and the question with the answer behind it are."""
    (support,) = compare(f"{close_question(question)} {read.span}", [find_answer(read).text])
    return support


def list_signs(read: ReadPassage, evidence: float, support: float) -> Signs:
    """Return what speaks for and against an answer from the passage that has so much evidence and support."""
    return Signs(
        margin=evidence,
        similarity=read.found.similarity,
        support=support,
        title_overlap=read.title_overlap,
        foreign=read.foreign,
        evidence_gap=read.evidence_gap,
        span_gap=read.span_gap,
    )


class _Judge:
    """Estimates how likely answers to one question are right."""

    def __init__(self, question: str, calibration: Calibration, compare: Compare) -> None:
        self._question = question
        self._calibration = calibration
        self._compare = compare
        self._support: dict[str, float] = {}

    def estimate(self, read: ReadPassage, evidence: float) -> Estimate:
        """Return how likely an answer from the passage is right which has so much evidence."""
        key = read.found.passage.key
        if key not in self._support:
            self._support[key] = measure_support(self._question, read, self._compare)
        return self._calibration.estimate(list_signs(read, evidence, self._support[key]))

    def is_sure(self, read: ReadPassage) -> bool:
        """Whether the passage surely answers by itself."""
        return self.rate(self.estimate(read, read.margin)) is Status.ANSWERED

    def list_sure(self, ranked: Iterable[ReadPassage]) -> list[ReadPassage]:
        """Return the passages that surely answer, each by itself."""
        return list(filter(self.is_sure, ranked))

    def rate(self, estimate: Estimate) -> Status:
        """Return how an answer of which that is estimated should be read."""
        if estimate.answerable < self._calibration.not_found_below:
            return Status.NOT_FOUND
        return Status.UNSURE if estimate.confidence < self._calibration.unsure_below else Status.ANSWERED


def _rank_all(
    passages: Sequence[ScoredPassage], read: Iterable[ReadPassage], calibration: Calibration
) -> tuple[ScoredPassage, ...]:
    """Return all passages, the one that fits best first; those not among `read` as if they did not answer."""
    ranks = {each.found.passage.key: each.score for each in read}
    scores = [ranks.get(found.passage.key, calibration.rank(found.score, -inf)) for found in passages]
    scored = (replace(found, score=score) for found, score in zip(passages, scores, strict=True))
    return tuple(sorted(scored, key=lambda found: (-found.score, found.passage.key)))


def _note_lacking(lacking: Mapping[str, float], begin: str) -> str:
    """Return a sentence on the first few names or dates of which nothing was found, or '' if there is none."""
    names = [f"“{name}”" for name, share in lacking.items() if share == 1.0]
    return f"{begin} {' or '.join(names[:MOST_NAMED])}." if names else ""

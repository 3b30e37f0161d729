"""From retrieved passages to the answer: the reader's scores become a ranking, quotes, and a confidence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from embeddings.calibration import Calibration
from embeddings.reader import CalibratedReader, Offsets, Reading, ReadingText
from rag.answer import NOT_FOUND, Answer, Citation, Quote, ScoredPassage, Status
from rag.words import list_terms

MAX_QUOTES = 5
MAX_QUOTES_OF_A_PASSAGE = 4
EVIDENCE_GAP = 6.0
"""A further sentence of the best passage is quoted if it has nearly as much evidence as the best sentence."""
RANK_GAP = 0.05
"""Another passage is quoted too if it scores nearly as high as the best, answers by itself, and says something else."""
MAX_OVERLAP = 0.5
"""Two sentences say the same if they share over half of the shorter one's words."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader found in it; `rank` says how well it fits, `score` how well it answers.

    `overlap` is the share of the question's words that the sentences of the answer have.
    """

    found: ScoredPassage
    reading: Reading
    overlap: float = 0.0
    rank: float = 0.0
    score: float = 0.0

    @property
    def margin(self) -> float:
        """How far the best span is above "no answer"."""
        return self.reading.spans[0].score - self.reading.no_answer

    @property
    def span(self) -> str:
        """The best span's text."""
        best = self.reading.spans[0]
        return self.found.passage.text[best.start : best.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whole sentences that may be quoted, as offsets into the passage; `evidence` is on the scale of margins."""

    read: ReadPassage
    place: Offsets
    evidence: float

    @property
    def text(self) -> str:
        """What would be quoted."""
        return self.read.found.passage.text[slice(*self.place)]


def read_passages(question: str, passages: Sequence[ScoredPassage], reader: CalibratedReader) -> Answer:
    """Read the passages and return the answer that they give to the question; `seconds` is left at 0."""
    calibration = reader.calibration
    readings = reader.read(question, list(map(to_reading_text, passages)))
    ranked = score_passages(question, passages, readings, calibration)
    by_rank = sorted(ranked, key=lambda read: (-read.rank, read.found.passage.key))
    considered = tuple(replace(read.found, score=read.rank) for read in by_rank)

    def estimate(read: ReadPassage, margin: float) -> float:
        return calibration.estimate(margin, read.found.score, read.overlap)

    confidence = estimate(ranked[0], ranked[0].margin) if ranked else 0.0
    if confidence < calibration.not_found_below:
        return Answer(question, NOT_FOUND, "", (), (), confidence, Status.NOT_FOUND, considered, 0.0)
    chosen = choose_quotes(ranked)
    scores = [estimate(each.read, each.evidence) for each in chosen]
    quotes, citations = cite(chosen, [min(confidence, score) for score in scores])
    status = Status.UNSURE if confidence < calibration.unsure_below else Status.ANSWERED
    text = write_quotes(quotes)
    return Answer(question, text, ranked[0].span, quotes, citations, confidence, status, considered, 0.0)


def to_reading_text(found: ScoredPassage) -> ReadingText:
    """Return a passage as a reader takes it."""
    return ReadingText(found.source.title, found.passage.text, found.passage.sentences)


def score_passages(
    question: str, passages: Sequence[ScoredPassage], readings: Sequence[Reading], calibration: Calibration
) -> list[ReadPassage]:
    """Return the passages in which the reader found anything, the one that answers best first."""
    asked = list_terms(question)
    pairs = zip(passages, readings, strict=True)
    read = [_score(ReadPassage(*pair), asked, calibration) for pair in pairs if pair[1].spans]
    return sorted(read, key=lambda each: (-each.score, each.found.passage.key))


def choose_quotes(ranked: Sequence[ReadPassage]) -> list[Candidate]:
    """Return what to quote, the sentence with the answer first.

    Then come further sentences of its passage with nearly as much evidence, and the best sentences of other passages
    that rank nearly as high and say something else. No sentence is quoted twice.
    """
    best = ranked[0]
    answer = find_answer(best)
    more = [each for each in list_sentences(best) if each.evidence >= answer.evidence - EVIDENCE_GAP]
    chosen = [answer]
    for candidate in more:
        is_new = not _overlap(candidate.place, answer.place) and candidate.text not in {each.text for each in chosen}
        if is_new and len(chosen) < MAX_QUOTES_OF_A_PASSAGE:
            chosen.append(candidate)
    for read in ranked[1:]:
        if read.score >= best.score - RANK_GAP and read.margin > 0:
            candidate = find_answer(read)
            if not any(_say_the_same(candidate.text, other.text) for other in chosen):
                chosen.append(candidate)
    return chosen[:MAX_QUOTES]


def find_answer(read: ReadPassage) -> Candidate:
    """Return the whole sentences that the best span stands in."""
    span, sentences = read.reading.spans[0], read.found.passage.sentences
    touched = [place for place in sentences if _overlap(place, (span.start, span.end))]
    return Candidate(read, (touched[0][0], touched[-1][1]), read.margin)


def list_sentences(read: ReadPassage) -> list[Candidate]:
    """Return the sentences of the passage, the one with the most evidence first."""
    pairs = zip(read.found.passage.sentences, read.reading.evidence, strict=True)
    candidates = [Candidate(read, place, evidence) for place, evidence in pairs]
    return sorted(candidates, key=lambda each: (-each.evidence, each.place))


def cite(chosen: Sequence[Candidate], scores: Sequence[float]) -> tuple[tuple[Quote, ...], tuple[Citation, ...]]:
    """Make quotes with numbered sources: the answer first, then article by article, each in reading order."""
    found = {each.read.found.source.id: each.read.found for each in chosen}
    citations = {
        id: Citation(number, passage.source, passage.story) for number, (id, passage) in enumerate(found.items(), 1)
    }
    quotes = [
        _make_quote(each, citations[each.read.found.source.id].number, score)
        for each, score in zip(chosen, scores, strict=True)
    ]
    rest = sorted(quotes[1:], key=lambda quote: (quote.citation, quote.start))
    return (*quotes[:1], *rest), tuple(citations.values())


def write_quotes(quotes: Iterable[Quote]) -> str:
    """Return the answer's text: each quote in quotation marks with the number of its source."""
    return "\n".join(f"“{quote.text}” [{quote.citation}]" for quote in quotes)


def _score(read: ReadPassage, asked: frozenset[str], calibration: Calibration) -> ReadPassage:
    shared = asked & list_terms(find_answer(read).text)
    overlap = len(shared) / len(asked) if asked else 0.0
    retrieval = read.found.score
    return replace(
        read,
        overlap=overlap,
        rank=calibration.rank(retrieval, read.margin),
        score=calibration.prefer(retrieval, read.margin, overlap),
    )


def _make_quote(candidate: Candidate, citation: int, score: float) -> Quote:
    passage = candidate.read.found.passage
    start, end = candidate.place
    return Quote(passage.article_id, passage.start + start, passage.start + end, candidate.text, citation, score)


def _overlap(one: Offsets, other: Offsets) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _say_the_same(one: str, other: str) -> bool:
    left, right = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(left & right) > MAX_OVERLAP * min(len(left), len(right))

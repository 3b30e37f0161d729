"""What the reader found in each passage, weighed against what retrieval said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from embeddings.calibration import Calibration
from embeddings.reader import Offsets, Reading, ReadingText
from rag.answer import ScoredPassage
from rag.names import measure_foreign
from rag.words import list_terms


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader found in it; `rank` says how well it fits, `score` how well it answers.

    `overlap` is the share of the question's words that the sentences of the answer have, `title_overlap` that of the
    title; `foreign` the share of a name in the question that what was retrieved of the article has not.
    """

    found: ScoredPassage
    reading: Reading
    overlap: float = 0.0
    title_overlap: float = 0.0
    foreign: float = 0.0
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

    @property
    def span(self) -> Offsets | None:
        """Where in `text` the passage's best span stands; None if it stands elsewhere."""
        best, (start, end) = self.read.reading.spans[0], self.place
        return (best.start - start, best.end - start) if start <= best.start and best.end <= end else None


def to_reading_text(found: ScoredPassage) -> ReadingText:
    """Return a passage as a reader takes it."""
    return ReadingText(found.source.title, found.passage.text, found.passage.sentences)


def score_passages(
    question: str, passages: Sequence[ScoredPassage], readings: Sequence[Reading], calibration: Calibration
) -> list[ReadPassage]:
    """Return the passages in which the reader found anything, the one that answers best first."""
    asked, foreign = list_terms(question), _measure_foreign(question, passages)
    pairs = [pair for pair in zip(passages, readings, strict=True) if pair[1].spans]
    read = [_score(ReadPassage(*pair, foreign=foreign[pair[0].source.id]), asked, calibration) for pair in pairs]
    return sorted(read, key=lambda each: (-each.score, each.found.passage.key))


def find_answer(read: ReadPassage) -> Candidate:
    """Return the whole sentences that the best span stands in."""
    span, sentences = read.reading.spans[0], read.found.passage.sentences
    touched = [place for place in sentences if is_overlapping(place, (span.start, span.end))]
    return Candidate(read, (touched[0][0], touched[-1][1]), read.margin)


def list_sentences(read: ReadPassage) -> list[Candidate]:
    """Return the sentences of the passage, the one with the most evidence first."""
    pairs = zip(read.found.passage.sentences, read.reading.evidence, strict=True)
    candidates = [Candidate(read, place, evidence) for place, evidence in pairs]
    return sorted(candidates, key=lambda each: (-each.evidence, each.place))


def _measure_foreign(question: str, passages: Sequence[ScoredPassage]) -> dict[str, float]:
    """Return for each article how foreign the question's names are to what was retrieved of it, its source included."""
    texts: dict[str, list[str]] = {}
    for source, passage in ((found.source, found.passage) for found in passages):
        texts.setdefault(source.id, [source.title, source.outlet, source.author]).append(passage.text)
    return {id: measure_foreign(question, "\n".join(parts)) for id, parts in texts.items()}


def _score(read: ReadPassage, asked: frozenset[str], calibration: Calibration) -> ReadPassage:
    overlap, title_overlap = (
        len(asked & list_terms(text)) / len(asked) if asked else 0.0
        for text in (find_answer(read).text, read.found.source.title)
    )
    retrieval = read.found.score
    return replace(
        read,
        overlap=overlap,
        title_overlap=title_overlap,
        rank=calibration.rank(retrieval, read.margin),
        score=calibration.prefer(retrieval, read.margin, overlap),
    )


def is_overlapping(one: Offsets, other: Offsets) -> bool:
    """Return whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]

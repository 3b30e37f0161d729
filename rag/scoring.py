"""What the reader found in each passage, weighed against what retrieval said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf

from embeddings.calibration import Calibration
from embeddings.reader import CalibratedReader, Offsets, Reading, ReadingText
from rag.answer import ScoredPassage
from rag.names import find_foreign
from rag.words import list_terms

AT_FIRST = 2
"""How many passages are read before it is looked which others are worth it; then twice as many, and so on."""
NEAR = 0.1
"""What scores at most so far below the best answer may be quoted beside it, or contradict it; chosen by hand."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader found in it; `rank` says how well it fits, `score` how well it answers.

    `overlap` is the share of the question's words that the sentences of the answer have, `title_overlap` that of the
    title; `lacking` has the question's names that what was retrieved of the article lacks, as `find_foreign` says.
    """

    found: ScoredPassage
    reading: Reading
    overlap: float = 0.0
    title_overlap: float = 0.0
    lacking: Mapping[str, float] = field(default_factory=dict)
    rank: float = 0.0
    score: float = 0.0

    @property
    def foreign(self) -> float:
        """The share of the most foreign name that is lacking."""
        return max(self.lacking.values(), default=0.0)

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


def gather_text(passages: Iterable[ScoredPassage]) -> str:
    """Return the text of the passages with what is known of their sources."""
    parts = ((found.source.title, found.source.outlet, found.source.author, found.passage.text) for found in passages)
    return "\n".join(dict.fromkeys(chain.from_iterable(parts)))


def to_reading_text(found: ScoredPassage) -> ReadingText:
    """Return a passage as a reader takes it."""
    return ReadingText(found.source.title, found.passage.text, found.passage.sentences)


def read_promising(question: str, passages: Sequence[ScoredPassage], reader: CalibratedReader) -> list[ReadPassage]:
    """Read the passages, those retrieved best first, until no other can come near the one that answers best.

    Returns those in which the reader found anything, the one that answers best first. It is the same one as if all were
    read.
    """
    asked, lacking = list_terms(question), _list_lacking(question, passages)
    waiting = sorted(passages, key=lambda found: (-found.score, found.passage.key))
    read: list[ReadPassage] = []
    count = AT_FIRST
    while waiting:
        now, waiting, count = waiting[:count], waiting[count:], 2 * count
        readings = reader.read(question, list(map(to_reading_text, now)))
        pairs = [pair for pair in zip(now, readings, strict=True) if pair[1].spans]
        read += [
            _score(ReadPassage(*pair, lacking=lacking[pair[0].source.id]), asked, reader.calibration) for pair in pairs
        ]
        least = max((each.score for each in read), default=-inf) - NEAR
        waiting = [found for found in waiting if reader.calibration.prefer(found.score, inf, 1.0) >= least]
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


def _list_lacking(question: str, passages: Sequence[ScoredPassage]) -> dict[str, dict[str, float]]:
    """Return for each article the names in the question that are in nothing that was retrieved of it."""
    articles: dict[str, list[ScoredPassage]] = {}
    for found in passages:
        articles.setdefault(found.source.id, []).append(found)
    return {id: find_foreign(question, gather_text(parts)) for id, parts in articles.items()}


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

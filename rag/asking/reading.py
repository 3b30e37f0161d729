"""What the reader found in each passage, weighed against what retrieval said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf

from embeddings.calibration import Calibration
from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader, Offsets, Reading, ReadingText
from rag.answer import ScoredPassage
from rag.asking.offices import Office
from rag.english.dates import PartialDate, list_dates, list_missing, list_reported, measure_fit
from rag.english.names import find_foreign
from rag.library.words import list_terms
from rag.question import close_question

AT_FIRST = 2
"""How many passages are read before it is looked which others are worth it; then twice as many, and so on."""
NEAR = 0.1
"""What scores at most so far below the best answer may be quoted beside it, or contradict it; chosen by hand."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader found in it; `score` says how well it fits the question.

    `title_overlap` is the share of the question's words that the title has; `lacking` is what `list_lacking` says of
    all that was retrieved of the article, `date_fit` what `measure_fit` says of the answer.
    """

    found: ScoredPassage
    reading: Reading
    title_overlap: float = 0.0
    lacking: Mapping[str, float] = field(default_factory=dict)
    date_fit: int = 0
    score: float = 0.0

    @property
    def foreign(self) -> float:
        """The share of the most foreign name, or date, that is lacking."""
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
    """Read the passages, those retrieved best first, until no other can come near the one that fits best.

    Returns those in which the reader found anything, the one that fits best first. It is the same one as if all were
    read.
    """
    asked, dates, office = list_terms(question), list_dates(question), Office.ask(question)
    retrieved = _group_by_article(passages)
    told = {id: _list_told(parts) if dates else [] for id, parts in retrieved.items()}
    lacking = {id: _list_lacking(question, parts, dates, told[id]) for id, parts in retrieved.items()}
    rank = reader.calibration.rank
    waiting = sorted(passages, key=lambda found: (-found.score, found.passage.key))
    read: list[ReadPassage] = []
    count = AT_FIRST
    while waiting:
        now, waiting, count = waiting[:count], waiting[count:], 2 * count
        readings = reader.read(question, list(map(to_reading_text, now)))
        fitting = (_leave_out_others(office, *pair) for pair in zip(now, readings, strict=True))
        pairs = [pair for pair in zip(now, fitting, strict=True) if pair[1].spans]
        fresh = [ReadPassage(*pair, lacking=lacking[pair[0].source.id]) for pair in pairs]
        if dates:
            fresh = [_date(each, dates, told[each.found.source.id]) for each in fresh]
        read += [_score(each, asked, reader.calibration) for each in fresh]
        least = max((each.score for each in read), default=-inf) - NEAR
        waiting = [found for found in waiting if rank(found.score, inf, bool(dates)) >= least]
    return sorted(read, key=lambda each: (-each.score, each.found.passage.key))


def find_answer(read: ReadPassage) -> Candidate:
    """Return the whole sentences that the best span stands in."""
    span, sentences = read.reading.spans[0], read.found.passage.sentences
    touched = [place for place in sentences if is_overlapping(place, (span.start, span.end))]
    return Candidate(read, (touched[0][0], touched[-1][1]), read.margin)


def measure_support(question: str, read: ReadPassage, compare: Compare) -> float:
    """Return how alike in meaning the answer's sentences and the question with the answer behind it are."""
    (support,) = compare(f"{close_question(question)} {read.span}", [find_answer(read).text])
    return support


def list_sentences(read: ReadPassage) -> list[Candidate]:
    """Return the sentences of the passage, the one with the most evidence first."""
    pairs = zip(read.found.passage.sentences, read.reading.evidence, strict=True)
    candidates = [Candidate(read, place, evidence) for place, evidence in pairs]
    return sorted(candidates, key=lambda each: (-each.evidence, each.place))


def list_lacking(question: str, passages: Sequence[ScoredPassage]) -> dict[str, float]:
    """Return the names and the dates in the question that the passages lack, with the shares of `find_foreign`."""
    dates = list_dates(question)
    return _list_lacking(question, passages, dates, _list_told(passages) if dates else [])


def _list_lacking(
    question: str, passages: Iterable[ScoredPassage], asked: Sequence[PartialDate], told: Sequence[PartialDate]
) -> dict[str, float]:
    return find_foreign(question, gather_text(passages)) | dict.fromkeys(list_missing(asked, told), 1.0)


def _group_by_article(passages: Sequence[ScoredPassage]) -> dict[str, list[ScoredPassage]]:
    articles: dict[str, list[ScoredPassage]] = {}
    for found in passages:
        articles.setdefault(found.source.id, []).append(found)
    return articles


def _list_told(passages: Iterable[ScoredPassage]) -> list[PartialDate]:
    """Return the dates that the passages and their titles give, and the days that they may report about."""
    told: list[PartialDate] = []
    for found in passages:
        published = found.source.published
        told += list_dates(f"{found.source.title}\n{found.passage.text}", published) + list_reported(published)
    return told


def _leave_out_others(office: Office, found: ScoredPassage, reading: Reading) -> Reading:
    """Return the reading without the spans that hold the office asked for in another country."""
    places = {span: (span.start, span.end) for span in reading.spans}
    others = [place for place in places.values() if office.is_of_another(found.passage.text, *place)]
    kept = (span for span, place in places.items() if not any(is_overlapping(place, other) for other in others))
    return replace(reading, spans=tuple(kept))


def _date(read: ReadPassage, asked: Sequence[PartialDate], told: Sequence[PartialDate]) -> ReadPassage:
    published = read.found.source.published
    here = list_dates(find_answer(read).text, published)
    return replace(read, date_fit=measure_fit(asked, here, list_reported(published), told))


def _score(read: ReadPassage, asked: frozenset[str], calibration: Calibration) -> ReadPassage:
    title_overlap = len(asked & list_terms(read.found.source.title)) / len(asked) if asked else 0.0
    score = calibration.rank(read.found.score, read.margin, read.date_fit)
    return replace(read, title_overlap=title_overlap, score=score)


def is_overlapping(one: Offsets, other: Offsets) -> bool:
    """Return whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]

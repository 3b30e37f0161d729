"""What the reader finds in the passages, weighed against what retrieval said, and ranked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf

from embeddings.calibration import Calibration
from embeddings.reader import CalibratedReader, Offsets, Reading, ReadingText
from rag.answer import ScoredPassage
from rag.asking.spans.choosing import choose_span, place_span
from rag.asking.spans.expected import Sort, expect
from rag.asking.spans.fitting import fits
from rag.asking.spans.senses import find_unsaid, is_untold
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.dates import PartialDate, list_dates, list_missing, list_reported, measure_fit
from rag.english.days import list_days, may_be_same_day
from rag.english.names import find_foreign
from rag.english.terms import list_terms

AT_FIRST = 2
"""Passages in the first batch; each further batch is twice as large. It changes the time, never the answer."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader found in it.

    Attributes:
        found: the passage as it was retrieved.
        reading: the spans in it that may answer, at least one.
        title_overlap: the share of the question's words that the title has.
        lacking: what `list_lacking` says of all passages retrieved from the article.
        date_fit: what `measure_fit` says of the answer.
        score: how well the passage fits the question; passages are ranked by it.
        unsaid: what `find_unsaid` says of the best span.
    """

    found: ScoredPassage
    reading: Reading
    title_overlap: float = 0.0
    lacking: Mapping[str, float] = field(default_factory=dict)
    date_fit: int = 0
    score: float = 0.0
    unsaid: str = ""

    @property
    def foreign(self) -> float:
        """The share of the most foreign name, or date, that is lacking."""
        return max(self.lacking.values(), default=0.0)

    @property
    def lacks_number(self) -> bool:
        """Whether a name that ends in a number is lacking: Flight 518."""
        return any(name[-1].isdigit() and not list_dates(name) for name in self.lacking)

    @property
    def margin(self) -> float:
        """How far the best span is above "no answer"."""
        return self.reading.spans[0].score - self.reading.no_answer

    @property
    def evidence_gap(self) -> float:
        """How far the sentence with the most evidence is above the next; without end where there is no other."""
        first, second, *_ = *sorted(self.reading.evidence, reverse=True), -inf, -inf
        return first - second if first > -inf else inf

    @property
    def span_gap(self) -> float:
        """How far the best span scores above the next that stands elsewhere; without end where there is none."""
        best, *others = self.reading.spans
        place = best.start, best.end
        elsewhere = (each.score for each in others if not is_overlapping(place, (each.start, each.end)))
        return best.score - max(elsewhere, default=-inf)

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


def read_promising(
    question: str, passages: Sequence[ScoredPassage], reader: CalibratedReader, weights: Weights = STANDARD_WEIGHTS
) -> list[ReadPassage]:
    """Read the passages, those retrieved best first, until no other can come near the one that fits best.

    Args:
        question: a question that stands alone.
        passages: what was retrieved for it, in any order.
        reader: reads them, and says how its margins and their scores add up.
        weights: how far below the best score a passage is still read, and what a span of another sort loses.

    Returns:
        The passages that have a span, the one that fits best first: the same one as if all had been read.
    """
    scorer = _Scorer(question, passages, reader.calibration, weights)
    waiting = sorted(passages, key=lambda found: (-scorer.score_at_most(found), found.passage.key))
    read: list[ReadPassage] = []
    count = AT_FIRST
    while waiting:
        now, waiting, count = waiting[:count], waiting[count:], 2 * count
        readings = reader.read(question, list(map(to_reading_text, now)))
        read += [scorer.score(*pair) for pair in zip(now, readings, strict=True) if pair[1].spans]
        least = max((each.score for each in read), default=-inf) - weights.near
        waiting = [found for found in waiting if scorer.score_at_most(found) >= least]
    return sorted(read, key=lambda each: (-each.score, each.found.passage.key))


def to_reading_text(found: ScoredPassage) -> ReadingText:
    """Return a passage as a reader takes it."""
    return ReadingText(found.source.title, found.passage.text, found.passage.sentences)


class _Scorer:
    """Scores readings of one question's passages by the reader's margin, the retrieval, and the dates asked about."""

    def __init__(
        self, question: str, passages: Sequence[ScoredPassage], calibration: Calibration, weights: Weights
    ) -> None:
        self._weights = weights
        self._calibration = calibration
        self._question, expected = question, expect(question)
        self._terms, self._dates, self._days = list_terms(question), list_dates(question), expected.days
        retrieved: dict[str, list[ScoredPassage]] = {}
        for found in passages:
            retrieved.setdefault(found.source.id, []).append(found)
        self._fit = {id: max(found.score for found in parts) for id, parts in retrieved.items()}
        self._expected = {id: expected.within(_gather_text(parts)) for id, parts in retrieved.items()}
        self._lacking = {id: list_lacking(question, parts) for id, parts in retrieved.items()}
        self._told = {id: _list_told(parts) for id, parts in retrieved.items()} if self._dates else {}

    def score(self, found: ScoredPassage, reading: Reading) -> ReadPassage:
        """Return the passage with its reading, which has a span, and with all that is said of them."""
        source, terms = found.source, list_terms(found.source.title)
        expected = self._expected[source.id]
        reading = choose_span(self._question, expected, found, reading, self._weights)
        overlap = len(self._terms & terms) / len(self._terms) if self._terms else 0.0
        place = place_span(found, reading.spans[0])
        unsaid = find_unsaid(expected, place)
        read = ReadPassage(found, reading, overlap, self._lacking[source.id], unsaid=unsaid)
        fit = self._measure_fit(read) if self._dates or self._days else 0
        score = self._calibration.rank(self._retrieve(found), read.margin, fit)
        is_lacking = is_untold(expected, place) or (expected.sort is Sort.REASON and not fits(expected, place))
        return replace(read, date_fit=fit, score=score - self._weights.reasonless_cost * is_lacking)

    def _measure_fit(self, read: ReadPassage) -> int:
        """Return how well the answer fits the dates, or else the days of the week, that are asked about."""
        source, answer = read.found.source, find_answer(read).text
        reported = list_reported(source.published)
        if self._dates:
            return measure_fit(self._dates, list_dates(answer, source.published), reported, self._told[source.id])
        return self._measure_weekdays(list_days(answer, source.published), reported)

    def _measure_weekdays(self, told: Sequence[PartialDate], reported: Sequence[PartialDate]) -> int:
        """Do the same for days of the week: without any, an article reports the day that it was published on."""
        said = [any(may_be_same_day(asked, one) for asked in self._days) for one in told or reported]
        if any(said if told else said[:1]):
            return 1
        return -1 if said and not any(said) else 0

    def _retrieve(self, found: ScoredPassage) -> float:
        """Return the passage's retrieval score, drawn near that of its article's best passage."""
        share = self._weights.article_share
        return share * self._fit[found.source.id] + (1 - share) * found.score

    def score_at_most(self, found: ScoredPassage) -> float:
        """Return the highest score that a passage can have, whatever the reader finds in it."""
        return self._calibration.rank(self._retrieve(found), inf, bool(self._days or self._dates))


def find_answer(read: ReadPassage) -> Candidate:
    """Return the whole sentences that the best span stands in."""
    span, sentences = read.reading.spans[0], read.found.passage.sentences
    touched = [place for place in sentences if is_overlapping(place, (span.start, span.end))]
    return Candidate(read, (touched[0][0], touched[-1][1]), read.margin)


def list_lacking(question: str, passages: Sequence[ScoredPassage]) -> dict[str, float]:
    """Return the names and the dates in the question that the passages lack, with the shares of `find_foreign`."""
    dates = list_dates(question)
    missing = list_missing(dates, _list_told(passages)) if dates else []
    return find_foreign(question, _gather_text(passages)) | dict.fromkeys(missing, 1.0)


def _gather_text(passages: Iterable[ScoredPassage]) -> str:
    """Return the text of the passages with what is known of their sources."""
    parts = ((found.source.title, found.source.outlet, found.source.author, found.passage.text) for found in passages)
    return "\n".join(dict.fromkeys(chain.from_iterable(parts)))


def _list_told(passages: Iterable[ScoredPassage]) -> list[PartialDate]:
    """Return the dates that the passages and their titles give, and the days that they may report about."""
    told: list[PartialDate] = []
    for found in passages:
        published = found.source.published
        told += list_dates(f"{found.source.title}\n{found.passage.text}", published) + list_reported(published)
    return told


def is_overlapping(one: Offsets, other: Offsets) -> bool:
    """Return whether two half-open spans share a character."""
    return one[0] < other[1] and other[0] < one[1]

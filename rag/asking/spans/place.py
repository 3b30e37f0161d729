"""Where a span stands: the sentence around it, and what is known of its article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.article import Offsets
from rag.english.numbers import Number, list_numbers

BEHIND = 30
"""Characters behind a span in which the unit of its last number is looked for."""
_AROUND = 60
"""Characters on each side of a span that tell of the same."""
FEW = 4
"""Words."""
_BREAK = re.compile(r"[.;:]\s|,\s(?!\d)")
_CLAUSE = re.compile(
    r"[,;:()]\s|\s[-\u2013\u2014]\s|(?<![Aa]ll)\s(?:and|but|while|when|after|before|as|with|leaving|which|who|where|until)\s"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a passage with its sentences, and what is known of its article; `is_first` if the passage begins it."""

    text: str
    start: int
    end: int
    outlet: str = ""
    is_first: bool = False
    title: str = ""
    sentences: tuple[Offsets, ...] = ()
    published: date | None = None

    @property
    def span(self) -> str:
        """The span itself."""
        return self.text[self.start : self.end]

    def is_of(self, other: "Place") -> bool:
        """Whether the other span holds this one, or is a part of this one, which is a phrase of a few words."""
        is_phrase = len(self.span.split()) <= FEW and not _BREAK.search(self.span)
        is_held = other.start <= self.start and self.end <= other.end
        return is_held or (is_phrase and self.start <= other.start and other.end <= self.end)

    def measure_distance(self, part: Offsets) -> int:
        """Return how many characters stand between the span and a part of its sentence."""
        start, end = (offset + self.sentence_start for offset in part)
        return max(self.start - end, start - self.end, 0)

    def is_among(self, parts: Iterable[Offsets]) -> bool:
        """Whether the span touches one of the parts of the text."""
        return any(start < self.end and self.start < end for start, end in parts)

    @property
    def sentence_start(self) -> int:
        """Where the sentence begins that the span begins in."""
        return max((start for start, _ in self.sentences if start <= self.start), default=0)

    @property
    def sentence(self) -> str:
        """The sentence that the span begins in."""
        ends = (end for _, end in self.sentences if end > self.start)
        return self.text[self.sentence_start : min(ends, default=len(self.text))]

    @property
    def is_torn(self) -> bool:
        """Whether the span runs from one sentence into the next."""
        return self.end > self.sentence_start + len(self.sentence)

    @property
    def lead(self) -> str:
        """The sentence as far as the span."""
        return self.text[self.sentence_start : self.start]

    @property
    def clause(self) -> str:
        """The part of the sentence around the span that no comma or conjunction interrupts."""
        behind = self.sentence[self.end - self.sentence_start :]
        return _CLAUSE.split(f"{self.lead} ")[-1].strip() + f" {self.span} " + _CLAUSE.split(f" {behind}")[0].strip()

    @property
    def around(self) -> str:
        """The words around the span in its sentence."""
        begin, end = max(self.start - _AROUND, self.sentence_start), self.sentence_start + len(self.sentence)
        return self.text[begin : min(self.end + _AROUND, end)]

    @property
    def before(self) -> str:
        """A few words before the span."""
        return self.text[max(0, self.start - BEHIND) : self.start]

    @property
    def numbers(self) -> list[Number]:
        """The numbers in the span, with the units that may stand behind it."""
        shown = self.text[self.start : self.end + BEHIND]
        return [number for number in list_numbers(shown) if number.written in self.span]

"""A reader without training: it takes the sentences most like the question for the answer."""

import re
from collections.abc import Iterator, Sequence

from embeddings.encoder import Encoder
from embeddings.reader import Calibration, Reading, ReadingText, Span

OVERLAP_WEIGHT = 0.3
NO_ANSWER = 0.62
_STEM_CHARACTERS = 5
_FUNCTION_WORDS = frozenset(
    "what which who whom whose when where why how did do does done is are was were be been has have had can could will "
    "would the a an and or of to in on at by for from with about that this these those it its their his her".split()
)
_WORD = re.compile(r"\w+")


class SimilarityReader:
    """Scores every sentence, with its passage's title, by `score_sentence`."""

    calibration = Calibration(margin=12.0, retrieval=0.0, intercept=0.0)

    def __init__(self, encoder: Encoder) -> None:
        """Compare sentences by `encoder`."""
        self._encoder = encoder

    @property
    def identity(self) -> str:
        """Names the method and the encoder."""
        return f"similarity of {self._encoder.identity}"

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return every sentence of each text as a span, best first."""
        sentences = [text.text[start:end] for text in texts for start, end in text.sentences]
        titles = [text.title for text in texts for _ in text.sentences]
        if not sentences:
            return [Reading((), NO_ANSWER) for _ in texts]
        (asked, *vectors) = self._encoder.encode([question, *map("\n".join, zip(titles, sentences, strict=True))])
        scores = iter(
            score_sentence(float(asked @ vector), measure_overlap(question, f"{title} {sentence}"))
            for vector, title, sentence in zip(vectors, titles, sentences, strict=True)
        )
        return [Reading(tuple(_rank_spans(text, scores)), NO_ANSWER) for text in texts]


def _rank_spans(text: ReadingText, scores: Iterator[float]) -> list[Span]:
    spans = [Span(start, end, next(scores)) for start, end in text.sentences]
    return sorted(spans, key=lambda span: (-span.score, span.start))


def score_sentence(similarity: float, overlap: float) -> float:
    """Return the cosine of sentence and question plus 0.3 times the share of the question's words in it."""
    return similarity + OVERLAP_WEIGHT * overlap


def measure_overlap(question: str, sentence: str) -> float:
    """Return the share in [0, 1] of the question's content words that the sentence has, by their first 5 letters."""
    asked = _stems(question)
    return len(asked & _stems(sentence)) / len(asked) if asked else 0.0


def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word[:_STEM_CHARACTERS] for word in words if word not in _FUNCTION_WORDS)

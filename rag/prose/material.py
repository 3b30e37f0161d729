"""What a chat model is given to read: the sentences of the passages that were found, numbered, article by article."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.article import Source
from rag.answer import Answer, ScoredPassage
from rag.chat_model import estimate_tokens
from rag.prose.evidence import states_nothing

TOKENS_A_SENTENCE = 5
"""Number, brackets, and the end of the line."""
TOKENS_AN_ARTICLE = 30
"""Its title, outlet and date, and the fence around it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, verbatim: the article's text from `start` to `end`."""

    source: Source
    start: int
    end: int
    text: str
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences, article by article, each article's in the order of its text. Number `n` is `sentences[n - 1]`."""

    sentences: tuple[Sentence, ...]

    @property
    def articles(self) -> tuple[tuple[int, ...], ...]:
        """The positions of each article's sentences."""
        places: dict[str, list[int]] = {}
        for position, sentence in enumerate(self.sentences):
            places.setdefault(sentence.source.id, []).append(position)
        return tuple(map(tuple, places.values()))


def gather_material(answer: Answer, more: Iterable[ScoredPassage], tokens: int) -> Material:
    """Return what fits into `tokens`: what the answer quotes, then whole passages, as far as they fit.

    Of every passage that the answer quotes come the quoted sentences and those beside them. Then come these passages,
    `more`, and the others that the answer considered. What is found first is taken whatever its length.
    """
    quoted = [each for each in answer.considered if _list_quoted(answer, each)]
    found = map(list, map(list_sentences, (*quoted, *more, *answer.considered)))
    taken: dict[tuple[str, int], Sentence] = {}
    known: set[str] = set()
    spent = 0
    for sentences in chain((_list_quoted(answer, each) for each in quoted), found):
        fresh = [one for one in sentences if (one.source.id, one.start) not in taken]
        if not fresh:
            continue
        cost = count_tokens(fresh) + (0 if fresh[0].source.id in known else TOKENS_AN_ARTICLE)
        if taken and spent + cost > tokens:
            continue
        spent += cost
        known.add(fresh[0].source.id)
        taken |= {(one.source.id, one.start): one for one in fresh}
    return Material(_group(list(taken.values())))


def list_sentences(found: ScoredPassage) -> Iterator[Sentence]:
    """Yield the sentences of a passage, without those that give orders."""
    passage = found.passage
    for start, end in passage.sentences or ((0, len(passage.text)),):
        if states_nothing(passage.text[start:end]):
            continue
        yield Sentence(found.source, passage.start + start, passage.start + end, passage.text[start:end], found.story)


def count_tokens(sentences: Iterable[Sentence]) -> int:
    """Return about how many tokens of a chat model the sentences take."""
    return sum(estimate_tokens(sentence.text) + TOKENS_A_SENTENCE for sentence in sentences)


def _list_quoted(answer: Answer, found: ScoredPassage) -> list[Sentence]:
    """Return the sentences of a passage that the answer quotes, each with the one before and the one behind it."""
    sentences = list(list_sentences(found))
    quotes = [quote for quote in answer.quotes if quote.article_id == found.passage.article_id]
    places = {
        place
        for place, one in enumerate(sentences)
        for quote in quotes
        if quote.start < one.end and one.start < quote.end
    }
    return [one for place, one in enumerate(sentences) if places & {place - 1, place, place + 1}]


def _group(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return the sentences article by article, the articles in the order in which they come first."""
    order = {id: place for place, id in enumerate(dict.fromkeys(one.source.id for one in sentences))}
    return tuple(sorted(sentences, key=lambda one: (order[one.source.id], one.start)))

"""Cut an article into passages of whole sentences, with exact positions."""

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

from langchain_text_splitters import TextSplitter
from nupunkt import load_default_model

from corpus.abbreviations import ABBREVIATIONS
from corpus.article import Article, Passage
from corpus.dateline import find_datelines
from corpus.paragraphs import Offsets, split_paragraphs
from corpus.progress import NOBODY, Watch

EDITION = "3"
"""Of how articles are cut: another number wherever sentences begin or end elsewhere."""
PASSAGE_WORDS = 150
MAX_SENTENCE_CHARACTERS = 2_000
PASSAGE_CHARACTERS = 900
"""Of a passage of English, about."""
NOTE_WORDS = 60
"""What stands before the dateline of an article and has no more words is a note, not a text of its own."""
BOOK_CHARACTERS = 500_000
"""A text from this length on is as long as a book: to add it takes a minute or more."""

_SPLITTER = load_default_model()
for _word in list(_SPLITTER.abbreviations):  # taken from legal texts: "call", "century" and "gusts" are among them
    if _word.isalpha() and len(_word) > 1:
        _SPLITTER.remove_abbreviation(_word)
_SPLITTER.add_abbreviations([*ABBREVIATIONS])

_WORD = re.compile(r"\S+")


def split_sentences(text: str, watch: Watch = NOBODY) -> list[Offsets]:
    """Return the offsets of every sentence of `text`, in order, without surrounding white space.

    The end of a paragraph ends a sentence, and a dateline is a part of none. "Sentences" without an end, such as
    tables or code, are cut between words at 2,000 characters. `watch` may stop it at the end of a paragraph.
    """
    return [sentence for report in _split_reports(text, watch) for sentence in report]


def split_article(article: Article, words: int = PASSAGE_WORDS, watch: Watch = NOBODY) -> list[Passage]:
    """Pack the article's sentences, in order, into passages of about `words` words.

    The sentences are shared out evenly, so that the last passage is not a lone short one; a sentence
    that is longer than a passage stands alone. Every sentence is in exactly one passage, and a passage begins at each
    dateline but the first, which may stand between two sentences of a passage: between a short note and the text.
    """
    return [_passage(article, sentences) for sentences in _pack_sentences(article.text, words, watch)]


def is_book(text: str) -> bool:
    """Whether the text is as long as a book."""
    return len(text) >= BOOK_CHARACTERS


def describe_length(text: str) -> str:
    """Return how long a text is in words: "6,500,068 characters, about 7,200 passages"."""
    return f"{len(text):,} characters, about {round(len(text) / PASSAGE_CHARACTERS + 1):,} passages"


class PassageSplitter(TextSplitter):
    """The same splitter for LangChain programs: `split_documents` adds an exact `start_index`."""

    def __init__(self, words: int = PASSAGE_WORDS) -> None:
        """Split into passages of about `words` words."""
        super().__init__(chunk_size=words, chunk_overlap=0, length_function=_count_words, add_start_index=True)
        self._words = words

    def split_text(self, text: str) -> list[str]:
        """Return the passages of `text`; each occurs in it verbatim."""
        return [text[sentences[0][0] : sentences[-1][1]] for sentences in _pack_sentences(text, self._words)]


def _count_words(text: str) -> int:
    return len(_WORD.findall(text))


def _split_reports(text: str, watch: Watch) -> Iterator[list[Offsets]]:
    """Yield the sentences up to the first dateline, then those from each to the next."""
    datelines = {found.start: found.end for found in find_datelines(text)}
    sentences: list[Offsets] = []
    for paragraph in split_paragraphs(text):
        watch.check()
        start, end = _strip(text, *paragraph)
        if start in datelines:
            yield sentences
            sentences, start = [], datelines[start]
        spans = _SPLITTER.iter_spans(text[start:end])
        sentences += [
            piece for first, last in spans for piece in _cut_long(text, _strip(text, start + first, start + last))
        ]
    yield sentences


def _strip(text: str, start: int, end: int) -> Offsets:
    sentence = text[start:end]
    return start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())


def _cut_long(text: str, sentence: Offsets) -> Iterator[Offsets]:
    start, end = sentence
    while end - start > MAX_SENTENCE_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARACTERS)
        cut = space if space > 0 else start + MAX_SENTENCE_CHARACTERS
        yield _strip(text, start, cut)
        start = _strip(text, cut, end)[0]
    if start < end:
        yield start, end


def _pack_sentences(text: str, words: int, watch: Watch = NOBODY) -> Iterator[list[Offsets]]:
    for sentences in _join_note(text, _split_reports(text, watch)):
        lengths = [len(_WORD.findall(text, start, end)) for start, end in sentences]
        count = max(1, round(sum(lengths) / words))
        yield from (sentences[first:last] for first, last in _share_out(lengths, count))


def _join_note(text: str, reports: Iterator[list[Offsets]]) -> Iterator[list[Offsets]]:
    """Yield the sentences of each report; a short note before the first dateline belongs to the first report."""
    note, first = next(reports), next(reports, [])
    is_short = bool(first) and len(_WORD.findall(text, 0, note[-1][1] if note else 0)) <= NOTE_WORDS
    yield from [[*note, *first]] if is_short else [note, first]
    yield from reports


def _share_out(lengths: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield index ranges of `lengths`, at most `count` of them, whose sums are as even as whole items allow."""
    middles = [end - length / 2 for length, end in zip(lengths, accumulate(lengths), strict=True)]
    share = sum(lengths) / count
    for _, group in groupby(range(len(lengths)), key=lambda index: int(middles[index] / share)):
        indexes = list(group)
        yield indexes[0], indexes[-1] + 1


def _passage(article: Article, sentences: list[Offsets]) -> Passage:
    start, end = sentences[0][0], sentences[-1][1]
    inner = tuple((left - start, right - start) for left, right in sentences)
    return Passage(article.id, start, end, article.text[start:end], inner)

"""Cut an article into passages of whole sentences, with exact positions."""

import re
from collections.abc import Iterator
from itertools import accumulate, groupby

from langchain_text_splitters import TextSplitter
from nupunkt import load_default_model

from corpus.abbreviations import ABBREVIATIONS
from corpus.article import Article, Offsets, Passage
from corpus.progress import NOBODY, Watch

PASSAGE_WORDS = 150
MAX_SENTENCE_CHARACTERS = 2_000
WRAPPED_LINE_CHARACTERS = 100
PASSAGE_CHARACTERS = 900
"""Of a passage of English, about."""
BOOK_CHARACTERS = 500_000
"""A text from this length on is as long as a book: to add it takes a minute or more."""

_SPLITTER = load_default_model()
for _word in list(_SPLITTER.abbreviations):  # taken from legal texts: "call", "century" and "gusts" are among them
    if _word.isalpha() and len(_word) > 1:
        _SPLITTER.remove_abbreviation(_word)
_SPLITTER.add_abbreviations([*ABBREVIATIONS])

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"\n")
_WORD = re.compile(r"\S+")


def split_sentences(text: str, watch: Watch = NOBODY) -> list[Offsets]:
    """Return the offsets of every sentence of `text`, in order, without surrounding white space.

    A blank line always ends a sentence. A single line break does too, unless the text is wrapped by
    hand (no line over 100 characters). "Sentences" without an end, such as tables or code, are cut
    between words at 2,000 characters. `watch` may stop it at the end of a paragraph.
    """
    return [
        piece
        for paragraph in _each_watched(_split_paragraphs(text), watch)
        for start, end in _SPLITTER.iter_spans(text[paragraph[0] : paragraph[1]])
        for piece in _cut_long(text, _strip(text, paragraph[0] + start, paragraph[0] + end))
    ]


def split_article(article: Article, words: int = PASSAGE_WORDS, watch: Watch = NOBODY) -> list[Passage]:
    """Pack the article's sentences, in order, into passages of about `words` words.

    The sentences are shared out evenly, so that the last passage is not a lone short one; a sentence
    that is longer than a passage stands alone. Every sentence is in exactly one passage.
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


def _split_paragraphs(text: str) -> Iterator[Offsets]:
    wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED_LINE_CHARACTERS
    start = 0
    for gap in (_BLANK_LINE if wrapped else _LINE_END).finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _each_watched(paragraphs: Iterator[Offsets], watch: Watch) -> Iterator[Offsets]:
    for paragraph in paragraphs:
        watch.check()
        yield paragraph


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
    sentences = split_sentences(text, watch)
    lengths = [len(_WORD.findall(text, start, end)) for start, end in sentences]
    count = max(1, round(sum(lengths) / words))
    return (sentences[first:last] for first, last in _share_out(lengths, count))


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

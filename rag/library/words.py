"""Passages by their words: a tantivy index.

Like the vector index it holds keys and no readable copy of the text.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import tantivy
from tantivy import Document, Filter, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from rag.english.countries import EDITION, split_countries
from rag.english.terms import FREQUENT, NUMERALS
from rag.errors import BrokenIndexError
from rag.library.home import discard, name_successor, suggest_remedy
from rag.library.records import EmbeddedPassage

WRITER_BYTES = 50_000_000
MAX_TERM_CHARACTERS = 60
FIELDS = "text", "title"
FREQUENCY_SHARE = 0.05
"""Of a word's weight: for how often the passage has it, so that passages with the same words are not all equal."""
MOST_FREQUENCY = 2.2
"""What BM25 gives at most to a word of unit rarity (k1 + 1)."""

COUNTRIES = f"countries_{EDITION}"
"""The field with the countries that title and text name: with another table of them the index is built anew."""
_FAULTS = (ValueError, OSError, RuntimeError)


@contextmanager
def _faults_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        message = f"the word index in {folder} is broken ({error}): {suggest_remedy(folder)}"
        raise BrokenIndexError(message) from error


class WordIndex:
    """Passage keys by the stemmed words that text and title share with a question, the most frequent ones aside.

    All names of a country and its people count as one word (United States, U.S., Americans), and so do II and 2. One
    process a folder; a method that fails raises `BrokenIndexError`.

    Example:
        index = WordIndex(home.words)
        ranking = index.search("What burned?", 10)
    """

    residue = ""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; one that cannot be opened is begun anew, empty."""
        self._folder = folder
        self._writer: tantivy.IndexWriter | None = None
        discard(name_successor(folder))
        try:
            self._open()
            self.search("probe", 1)  # opens all files, so that a missing one shows now
        except BrokenIndexError:
            self.clear()

    def _open(self) -> None:
        with _faults_named(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._schema = _build_schema()
            index = tantivy.Index(self._schema, str(self._folder))
            index.register_tokenizer("news", _INDEXED)
            index.register_tokenizer("spelling", _SPELLING)
            index.reload()
            self._index = index

    def close(self) -> None:
        """Let go of the folder, once tantivy has merged what it is merging."""
        writer, self._writer = self._writer, None
        if writer:
            with _faults_named(self._folder):
                writer.wait_merging_threads()

    def clear(self) -> None:
        """Start again, empty, also from a broken folder."""
        with suppress(BrokenIndexError):
            self.close()
        discard(self._folder)
        self._open()

    def count(self) -> int:
        """Return the number of passages."""
        with _faults_named(self._folder):
            return self._index.searcher().num_docs

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with _faults_named(self._folder), self._lend_writer() as writer:
            for article_id in article_ids:
                writer.delete_documents_by_term("article", article_id)
            for row in passages:
                writer.add_document(_make_document(row))
            writer.commit()
            self._index.reload()

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others."""
        self.clear()
        self.replace([], passages)

    def needs_rewriting(self) -> bool:
        """Return True: tantivy keeps the words of what was dropped until it happens to merge its files."""
        return True

    def make_successor(self) -> Self:
        """Return an empty index in a folder beside this one's."""
        discard(name_successor(self._folder))
        return type(self)(name_successor(self._folder))

    def adopt(self, successor: Self) -> None:
        """Hold what the successor holds, and close that; searches that have begun go on in the old files."""
        successor.close()
        self.close()
        discard(self._folder)
        successor._folder.rename(self._folder)
        self._open()

    def search(self, question: str, k: int, articles: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return the `k` passages that share the most with the question as (key, share in (0, 1]), best first.

        The share is that of the question's words, weighed by their rarity: the inverse document frequency of BM25
        (Robertson and Zaragoza 2009). A word that no passage has counts as the rarest. With `articles`, only passages
        of articles with these ids.
        """
        with _faults_named(self._folder):
            searcher = self._index.searcher()
            query = self._query(searcher, question)
            if articles is not None:
                query = self._limit(query, articles)
            hits = searcher.search(query, k, count=False).hits
            ranking = [(str(searcher.doc(address)["key"][0]), float(score)) for score, address in hits]
        return sorted(ranking, key=lambda item: (-item[1], item[0]))

    def has(self, word: str) -> bool:
        """Whether any passage has the word, whatever its ending."""
        with _faults_named(self._folder):
            searcher = self._index.searcher()
            terms = [(field, term) for term in _INDEXED.analyze(word) for field in FIELDS]
            terms += [("spelling", term) for term in _SPELLING.analyze(word)]
            return any(searcher.doc_freq(*term) and self._is_live(searcher, *term) for term in terms)

    def count_spelled(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many passages have each word so spelled, accents aside; those that none has are left out."""
        with _faults_named(self._folder):
            searcher = self._index.searcher()
            counts = ((word, searcher.doc_freq("spelling", word)) for word in words)  # also of dropped passages
            return {word: count for word, count in counts if count and self._is_live(searcher, "spelling", word)}

    @contextmanager
    def _lend_writer(self) -> Iterator[tantivy.IndexWriter]:
        """Lend the writer, which goes on merging in the background; what a fault leaves uncommitted goes with it."""
        writer = self._writer = self._writer or self._index.writer(WRITER_BYTES, 1)
        try:
            yield writer
        except BaseException:
            with suppress(BrokenIndexError):
                self.close()
            raise

    def _is_live(self, searcher: tantivy.Searcher, field: str, term: str) -> bool:
        return bool(searcher.search(self._find(field, term), 1, count=False).hits)

    def _limit(self, query: Query, articles: Collection[str]) -> Query:
        """Return the query for passages of these articles alone, with the same scores."""
        inside = Query.term_set_query(self._schema, "article", [*articles])
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(inside, 0.0))])

    def _query(self, searcher: tantivy.Searcher, question: str) -> Query:
        rest, countries = split_countries(question)
        terms = {NUMERALS.get(term, term): ([*FIELDS], list_forms(term)) for term in _INDEXED.analyze(rest)}
        terms |= {country: ([COUNTRIES], [country]) for country in countries}
        rarities = {term: _measure_rarity(searcher, *where) for term, where in terms.items()}
        total = sum(rarities.values())
        clauses = []
        for term, (fields, forms) in terms.items():
            places = [(field, form) for field in fields for form in forms]
            any_form = Query.boolean_query([(Occur.Should, self._find(*place)) for place in places])
            most = MOST_FREQUENCY * _measure_rarity(searcher, fields[:1], forms[:1])
            clauses += [
                Query.const_score_query(any_form, (1 - FREQUENCY_SHARE) * rarities[term] / total),
                Query.boost_query(self._find(*places[0]), FREQUENCY_SHARE * rarities[term] / most / total),
            ]
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses])

    def _find(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term)


def _make_document(row: EmbeddedPassage) -> Document:
    passage, whole = row.passage, [row.title, row.passage.text]
    document = Document(key=passage.key, article=passage.article_id, title=row.title, text=passage.text)
    for field, values in {"spelling": whole, COUNTRIES: split_countries("\n".join(whole))[1]}.items():
        for value in values:
            document.add_text(field, value)
    return document


def _measure_rarity(searcher: tantivy.Searcher, fields: Collection[str], forms: Collection[str]) -> float:
    """Return the inverse document frequency of what has any of these forms, as if no passage had two."""
    having = max(sum(searcher.doc_freq(field, form) for form in forms) for field in fields)  # also dropped ones
    return math.log1p((max(0, searcher.num_docs - having) + 0.5) / (having + 0.5))


def _build_schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="news", index_option="freq")
    builder.add_text_field("text", tokenizer_name="news", index_option="freq")
    builder.add_text_field(COUNTRIES, tokenizer_name="raw", index_option="freq")
    builder.add_text_field("spelling", tokenizer_name="spelling", index_option="basic")
    return builder.build()


def _build_analyzer(*steps: Filter) -> tantivy.TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(MAX_TERM_CHARACTERS), Filter.lowercase(), Filter.ascii_fold(), *steps):
        builder = builder.filter(step)
    return builder.build()


def list_terms(text: str) -> list[str]:
    """Return the stems of the words of a text, in order, the most frequent words aside."""
    return _INDEXED.analyze(text)


def list_spellings(text: str) -> list[str]:
    """Return the words of a text in small letters and without accents, in order."""
    return _SPELLING.analyze(text)


def list_forms(term: str) -> list[str]:
    """Return the term, and its other form if it is a number."""
    return [term, *(other for pair in NUMERALS.items() if term in pair for other in pair if other != term)]


_INDEXED = _build_analyzer(Filter.custom_stopword(FREQUENT), Filter.stemmer("english"))
_SPELLING = _build_analyzer()

"""Passages by their words: a tantivy index.

Like the vector index it holds keys and no readable copy of the text.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Document, Filter, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from rag.errors import BrokenIndexError
from rag.home import discard, suggest_remedy
from rag.records import EmbeddedPassage
from rag.synonyms import CANONICAL

WRITER_BYTES = 50_000_000
MAX_TERM_CHARACTERS = 60
FIELDS = "text", "title"
FREQUENCY_SHARE = 0.05
"""Of a word's weight: for how often the passage has it, so that passages with the same words are not all equal."""
MOST_FREQUENCY = 2.2
"""What BM25 gives at most to a word of unit rarity (k1 + 1)."""

_QUESTION_WORDS = (
    "what which who whom whose when where why how did do does done doing has have had is are was were be been being "
    "can could will would shall should may might must i me my you your he him his she her we us our they them their "
    "a an and or but if in on at by for from of to with about into as than then that this these those there it its "
    "not no s t re ve ll d m so such also just very please tell say many much"
).split()
_NO_NAMES = ("poles",)
"""In small letters these are ordinary words."""
_FAULTS = (ValueError, OSError, RuntimeError)


@contextmanager
def _faults_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        message = f"the word index in {folder} is broken ({error}): {suggest_remedy(folder)}"
        raise BrokenIndexError(message) from error


def list_terms(text: str) -> frozenset[str]:
    """Return the stemmed words of the text without function words; of those that name the same country, always one."""
    return frozenset(map(_unify, _ANALYZER.analyze(text)))


def list_content(text: str) -> frozenset[str]:
    """Return the terms of a text without those that say how, when or by whom, rather than what."""
    return list_terms(text) - _BESIDE_THE_POINT


class WordIndex:
    """Passage keys by the stemmed words that text and title share with a question, function words aside.

    What names the same country is one word: Ukraine, Ukrainian. One process a folder. Every method raises
    `BrokenIndexError` if it must.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; one that cannot be opened is begun anew, empty."""
        self._folder = folder
        self._analyzer = _ANALYZER
        try:
            self._open()
            self.search("probe", 1)  # opens all files, so that a missing one shows now
        except BrokenIndexError:
            self.clear()

    def _open(self) -> None:
        with _faults_named(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._schema = _build_schema()
            self._index = tantivy.Index(self._schema, str(self._folder))
            self._index.register_tokenizer("news", self._analyzer)
            self._index.reload()

    def close(self) -> None:
        """Let go of the folder; nothing is kept open between calls."""

    def clear(self) -> None:
        """Start again, empty, also from a broken folder."""
        discard(self._folder)
        self._open()

    def count(self) -> int:
        """Return the number of passages."""
        with _faults_named(self._folder):
            return self._index.searcher().num_docs

    def replace(self, article_ids: Sequence[str], passages: Sequence[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with _faults_named(self._folder):
            writer = self._index.writer(WRITER_BYTES, 1)
            for article_id in article_ids:
                writer.delete_documents_by_term("article", article_id)
            self._write(writer, passages)

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others."""
        self.clear()
        self.purge(passages)

    def purge(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Write all files anew, for tantivy keeps the words of what was dropped until it happens to merge its files.

        Searches see the old files until the new ones are complete.
        """
        with _faults_named(self._folder):
            writer = self._index.writer(WRITER_BYTES, 1)
            writer.delete_all_documents()
            self._write(writer, passages)

    def _write(self, writer: tantivy.IndexWriter, passages: Iterable[EmbeddedPassage]) -> None:
        for row in passages:
            passage = row.passage
            writer.add_document(
                Document(key=passage.key, article=passage.article_id, title=row.title, text=passage.text)
            )
        writer.commit()
        self._index.reload()
        writer.garbage_collect_files()
        writer.wait_merging_threads()
        self._index.reload()

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

    def _limit(self, query: Query, articles: Collection[str]) -> Query:
        """Return the query for passages of these articles alone, with the same scores."""
        inside = Query.term_set_query(self._schema, "article", [*articles])
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(inside, 0.0))])

    def _query(self, searcher: tantivy.Searcher, question: str) -> Query:
        terms = {_unify(term): term for term in self._analyzer.analyze(question)}
        rarities = {term: _measure_rarity(searcher, _list_forms(term)) for term in terms}
        total = sum(rarities.values())
        clauses = []
        for term, rarity in rarities.items():
            forms = (self._find(field, form) for form in _list_forms(term) for field in FIELDS)
            any_form = Query.boolean_query([(Occur.Should, form) for form in forms])
            most = MOST_FREQUENCY * _measure_rarity(searcher, [terms[term]])
            clauses += [
                Query.const_score_query(any_form, (1 - FREQUENCY_SHARE) * rarity / total),
                Query.boost_query(self._find("text", terms[term]), FREQUENCY_SHARE * rarity / most / total),
            ]
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses])

    def _find(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term)


def _measure_rarity(searcher: tantivy.Searcher, forms: Collection[str]) -> float:
    """Return the inverse document frequency of what has any of these forms, as if no passage had two."""
    having = max(sum(searcher.doc_freq(field, form) for form in forms) for field in FIELDS)  # also dropped ones
    return math.log1p((max(0, searcher.num_docs - having) + 0.5) / (having + 0.5))


def _build_schema() -> tantivy.Schema:
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="news", index_option="freq")
    builder.add_text_field("text", tokenizer_name="news", index_option="freq")
    return builder.build()


def _build_analyzer() -> tantivy.TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(MAX_TERM_CHARACTERS),
        Filter.lowercase(),
        Filter.ascii_fold(),
        Filter.custom_stopword(_QUESTION_WORDS),
        Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _list_synonyms() -> dict[str, str]:
    """Return for each term that names a country the one that stands for all that name it."""
    terms = {word: _ANALYZER.analyze(word) for word in CANONICAL if "-" not in word and word not in _NO_NAMES}
    shown: dict[str, str] = {}
    return {term: shown.setdefault(CANONICAL[word], term) for word, found in terms.items() for term in found}


def _unify(term: str) -> str:
    return _SYNONYMS.get(term, term)


def _list_forms(term: str) -> list[str]:
    """Return the terms that `_unify` makes this one."""
    return _FORMS.get(term, [term])


_ANALYZER = _build_analyzer()
_SYNONYMS = _list_synonyms()
_FORMS = {one: [term for term, other in _SYNONYMS.items() if other == one] for one in _SYNONYMS.values()}
_BESIDE_THE_POINT = list_terms(
    "the while after before during since until over around about roughly nearly almost some up out down which whose"
    " said says told according among also still then because however meanwhile later earlier there only both each other"
)

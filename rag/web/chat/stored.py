"""Turns conversations into JSON that holds only ids and places of articles, and back, with their text looked up."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import lru_cache

from corpus.article import Article, Passage
from corpus.calendar import read_day
from rag.answer import NOT_FOUND, Answer, Citation, Claim, Part, Quote, ScoredPassage, Side, Status, Verdict
from rag.asking.quoting import write_quotes
from rag.errors import ConversationError
from rag.library.catalog import Catalog
from rag.library.records import Collection
from rag.question import Kind, Scope
from rag.web.chat.exchange import Conversation, Exchange, Judgement, Opinion, find_span
from rag.web.chat.view import CLOSEST_PASSAGES
from rag.wire import Record


def exchange_record(exchange: Exchange) -> Record:
    """Return an exchange as JSON. The only words of articles in it are those that a chat model repeated."""
    record: Record = {
        "question": exchange.question,
        "problem": exchange.problem,
        "judgement": exchange.judgement and asdict(exchange.judgement),
        "is_stopped": exchange.is_stopped,
        "lost": exchange.lost,
        "scope": _scope_record(exchange.scope),
        "asked": [{"article": id} for id in sorted(exchange.scope.articles)],
        "searched": _collection_record(exchange.searched) if exchange.searched else None,
    }
    return record | (_answer_record(exchange.answer) if exchange.answer else {})


def read_conversation(record: Record, catalog: Catalog) -> Conversation:
    """Return a conversation from its JSON, without the quotes of removed articles, which are counted as lost.

    Raises:
        ConversationError: an exchange is not as this version writes it.
    """
    library = _Lookup(catalog)
    try:
        return tuple(_read_exchange(exchange, library) for exchange in record["exchanges"])
    except (KeyError, TypeError, ValueError) as error:
        raise ConversationError(
            f"the conversation “{record['title']}” cannot be shown ({error!r}): its file is left as it is"
        ) from error


class _Lookup:
    """Finds the version of an article that was quoted."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._list_versions = lru_cache(maxsize=None)(self._read_versions)

    def find(self, reference: Record | None) -> Article | None:
        """Return the newest version whose text at the recorded place is the quoted text."""
        if reference is None:
            return None
        place = slice(reference["start"], reference["end"])
        versions = self._list_versions(reference["article"])
        return next((version for version in versions if _stamp(version.text[place]) == reference["stamp"]), None)

    def _read_versions(self, article_id: str) -> tuple[Article, ...]:
        return tuple(self._walk_versions(article_id))

    def _walk_versions(self, article_id: str) -> Iterator[Article]:
        version: int | None = None
        while found := self._catalog.find_version(article_id, version):
            yield found[0]
            version = found[1].version - 1


def _answer_record(answer: Answer) -> Record:
    stories = {citation.number: citation.story for citation in answer.citations}
    quoted = [
        _place(quote.article_id, quote.start, quote.text)
        | {
            "citation": quote.citation,
            "score": quote.score,
            "span": find_span(answer, quote),
            "story": stories[quote.citation],
        }
        for quote in answer.quotes
    ]
    closest = answer.considered if answer.is_reply else () if answer.is_found else answer.considered[:CLOSEST_PASSAGES]
    return {
        "status": answer.status.value,
        "confidence": answer.confidence,
        "seconds": answer.seconds,
        "searched_for": answer.searched_for,
        "notice": answer.notice,
        "quotes": quoted,
        "considered": [
            _place(found.source.id, found.passage.start, found.passage.text)
            | {"score": found.score, "sentences": found.passage.sentences}
            for found in closest
        ],
        "claims": [asdict(claim) for claim in answer.claims],
        "has_quotes_first": answer.has_quotes_first,
        "searches": answer.searches,
        "sides": [asdict(side) for side in answer.sides],
        "kind": answer.kind.value,
        "parts": [asdict(part) for part in answer.parts],
        "reply": answer.text if answer.is_reply else "",
    }


def _place(article_id: str, start: int, text: str) -> Record:
    return {"article": article_id, "start": start, "end": start + len(text), "stamp": _stamp(text)}


def _stamp(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read_exchange(record: Record, library: _Lookup) -> Exchange:
    exchange = Exchange(
        record["question"],
        problem=record["problem"],
        judgement=_read_judgement(record.get("judgement")),
        is_stopped=record["is_stopped"],
        lost=record["lost"],
        scope=_read_scope(record["scope"], (each["article"] for each in record.get("asked", []) if each)),
        searched=_read_collection(record["searched"]) if record["searched"] else None,
    )
    if "status" not in record:
        return exchange
    answer = _read_answer(record, library)
    return replace(exchange, answer=answer, lost=exchange.lost + len(record["quotes"]) - len(answer.quotes))


def _read_judgement(record: Record | None) -> Judgement | None:
    return Judgement(record["case"], Opinion(record["opinion"]), record["is_settled"]) if record else None


def _read_answer(record: Record, library: _Lookup) -> Answer:
    found = [(each, article) for each in record["quotes"] if (article := library.find(each))]
    is_whole = len(found) == len(record["quotes"])
    quotes = tuple(_read_quote(each, article) for each, article in found)
    reply = record.get("reply", "")
    parts = tuple(Part(each["heading"], tuple(each["quotes"]), each["answer"]) for each in record.get("parts", []))
    first = {each["citation"]: Citation(each["citation"], article.source, each["story"]) for each, article in found}
    spans = [quote.text[slice(*quote.span)] for quote in quotes[:1] if quote.span]
    return Answer(
        record["question"],
        write_quotes(quotes, parts if is_whole else ()) if quotes else reply or NOT_FOUND,
        "".join(spans),
        quotes,
        tuple(first.values()),
        record["confidence"],
        Status(record["status"]) if quotes or reply else Status.NOT_FOUND,
        tuple(_read_passages(record, library)),
        record["seconds"],
        searched_for=record["searched_for"],
        notice=record["notice"],
        claims=tuple(map(_read_claim, record["claims"])) if is_whole else (),
        sides=tuple(Side(each["answer"], tuple(each["quotes"])) for each in record["sides"]) if is_whole else (),
        kind=Kind(record.get("kind", Kind.FACT)),
        parts=parts if is_whole else (),
        has_quotes_first=record.get("has_quotes_first", False),
        searches=tuple(record.get("searches", ())),
    )


def _read_quote(record: Record, article: Article) -> Quote:
    start, end = record["start"], record["end"]
    span = tuple(record["span"]) if record["span"] else None
    return Quote(article.id, start, end, article.text[start:end], record["citation"], record["score"], span)


def _read_passages(record: Record, library: _Lookup) -> Iterator[ScoredPassage]:
    for each in record["considered"]:
        article = library.find(each)
        if article:
            start, end = each["start"], each["end"]
            sentences = tuple((first, last) for first, last in each["sentences"])
            yield ScoredPassage(
                Passage(article.id, start, end, article.text[start:end], sentences), article.source, each["score"]
            )


def _read_claim(record: Record) -> Claim:
    return Claim(record["text"], tuple(record["quotes"]), Verdict(record["verdict"]), record["reason"])


def _scope_record(scope: Scope) -> Record:
    return {
        "outlets": sorted(scope.outlets),
        "topics": sorted(scope.topics),
        "since": scope.since and scope.since.isoformat(),
        "until": scope.until and scope.until.isoformat(),
    }


def _read_scope(record: Record, articles: Iterable[str]) -> Scope:
    return Scope(
        frozenset(record["outlets"]),
        frozenset(record["topics"]),
        read_day(record["since"]),
        read_day(record["until"]),
        frozenset(articles),
    )


def _collection_record(collection: Collection) -> Record:
    return asdict(collection) | {
        "oldest": collection.oldest and collection.oldest.isoformat(),
        "newest": collection.newest and collection.newest.isoformat(),
    }


def _read_collection(record: Record) -> Collection:
    return Collection(record["articles"], record["passages"], read_day(record["oldest"]), read_day(record["newest"]))

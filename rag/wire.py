"""Answers, articles and receipts as JSON: the same on the command line and over HTTP."""

from typing import Any

from corpus.article import Article, Source
from rag.answer import Answer, Claim, Quote, ScoredPassage
from rag.library.records import Entry, Receipt

Record = dict[str, Any]


def answer_record(answer: Answer) -> Record:
    """Return what `ask --json` prints."""
    sources = {citation.number: citation.source for citation in answer.citations}
    return {
        "question": answer.question,
        "searched_for": answer.searched_for,
        "answer": answer.text,
        "status": answer.status.value,
        "confidence": round(answer.confidence, 4),
        "quotes": [_quote_record(quote, sources[quote.citation]) for quote in answer.quotes],
        "answer_span": answer.answer_span,
        "claims": [_claim_record(claim) for claim in answer.claims],
        "notice": answer.notice,
        "sides": [{"answer": side.answer, "quotes": list(side.quotes)} for side in answer.sides],
        "retrieved": answer.retrieved,
        "seconds": round(answer.seconds, 4),
    }


def entry_record(entry: Entry) -> Record:
    """Return an article's line of `list --json`."""
    facts = ("state", "version", "story", "characters", "passages")
    return _source_record(entry.source) | {name: getattr(entry, name) for name in facts}


def article_record(article: Article, entry: Entry) -> Record:
    """Return what `show --json` prints."""
    return entry_record(entry) | {name: getattr(article, name) for name in ("language", "credits", "text")}


def passage_record(found: ScoredPassage) -> Record:
    """Return a passage that was found, in the form of a quote."""
    passage = found.passage
    return _quote_record(
        Quote(passage.article_id, passage.start, passage.end, passage.text, 0, found.score), found.source
    )


def receipt_record(receipt: Receipt, source: str) -> Record:
    """Return a line of `add --json`; `source` says where the article was read."""
    return {"source": source, "id": receipt.id, "state": receipt.outcome.value, "message": receipt.message}


def _source_record(source: Source) -> Record:
    published = source.published.isoformat() if source.published else None
    return {
        "id": source.id,
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "published": published,
        "url": source.url,
        "topic": source.topic,
    }


def _claim_record(claim: Claim) -> Record:
    return {
        "text": claim.text,
        "quotes": list(claim.quotes),
        "verdict": claim.verdict.value,
        "reason": claim.reason,
    }


def _quote_record(quote: Quote, source: Source) -> Record:
    details = _source_record(source)
    return {
        "text": quote.text,
        "article": quote.article_id,
        "start": quote.start,
        "end": quote.end,
        **{name: details[name] for name in ("title", "outlet", "published", "url")},
        "score": round(quote.score, 4),
    }

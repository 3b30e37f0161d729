"""The JSON of answers, articles and receipts, and the schemas made from the same fields."""

import json
from datetime import date

from pydantic import TypeAdapter

from corpus.article import Article, Passage, Source
from rag.answer import Answer, Citation, Claim, Part, Quote, ScoredPassage, Side, Status, Verdict
from rag.library.records import Entry, Outcome, Receipt
from rag.wire import (
    AnswerReply,
    describe_answer,
    describe_article,
    describe_entry,
    describe_passage,
    describe_receipt,
    to_json,
)

STORM = Source("storm", "Storm hits Lisbon", "Gazette", "Ann", date(2022, 1, 26), "https://a.pt/1", "Weather")
VOTE = Source("vote", "", "", "", None, "", "")
ANSWER = Answer(
    question="How many roofs?",
    text="“It tore off 40 roofs.” [1]",
    answer_span="40",
    quotes=(Quote("storm", 7, 28, "It tore off 40 roofs.", 1, 0.123456, (12, 14)),),
    citations=(Citation(1, STORM),),
    confidence=0.87654321,
    status=Status.ANSWERED,
    considered=tuple(ScoredPassage(Passage(each.id, 0, 1, "x", ()), each, 0.5) for each in (STORM, VOTE, STORM)),
    seconds=0.123456,
    claims=(Claim("Forty roofs went.", (0,), Verdict.UNSUPPORTED, "no quote says that they went"),),
    sides=(Side("40", (0,)), Side("50", ())),
    parts=(Part("In Lisbon", (0,), "40"),),
)
QUOTE = {
    "text": "It tore off 40 roofs.", "article": "storm", "start": 7, "end": 28, "title": "Storm hits Lisbon",
    "outlet": "Gazette", "published": "2022-01-26", "url": "https://a.pt/1", "scanned": False, "score": 0.1235,
}  # fmt: skip
RECORD = {
    "question": "How many roofs?", "searched_for": "", "kind": "fact", "answer": "“It tore off 40 roofs.” [1]",
    "status": "answered", "confidence": 0.8765, "quotes": [QUOTE], "answer_span": "40",
    "claims": [{"text": "Forty roofs went.", "quotes": [0], "verdict": "unsupported",
                "reason": "no quote says that they went"}],
    "notice": "", "sides": [{"answer": "40", "quotes": [0]}, {"answer": "50", "quotes": []}],
    "parts": [{"heading": "In Lisbon", "answer": "40", "quotes": [0]}],
    "searches": [], "usage": None, "retrieved": ["storm", "vote"], "seconds": 0.1235,
}  # fmt: skip
ENTRY = {
    "id": "vote", "title": "", "outlet": "", "author": "", "published": None, "url": "", "topic": "", "state": "live",
    "version": 2, "story": 5, "characters": 9, "passages": 1, "scanned": False,
}  # fmt: skip


def test_an_answer_with_its_keys_in_order() -> None:
    assert json.dumps(to_json(describe_answer(ANSWER))) == json.dumps(RECORD)


def test_an_article_without_and_with_its_text() -> None:
    entry = Entry(VOTE, "live", 9, 1, version=2, story=5)
    article = Article(id="vote", text="Two lost.", language="en", credits="By Ann")
    whole = ENTRY | {"language": "en", "credits": "By Ann", "place": "", "agency": "", "text": "Two lost."}
    assert json.dumps(to_json([describe_entry(entry)])) == json.dumps([ENTRY])
    assert json.dumps(to_json(describe_article(article, entry))) == json.dumps(whole)


def test_a_passage_has_the_form_of_a_quote_and_a_receipt_names_its_source() -> None:
    found = ScoredPassage(Passage("storm", 7, 28, "It tore off 40 roofs.", ()), STORM, 0.123456)
    assert to_json(describe_passage(found)) == QUOTE
    receipt = describe_receipt(Receipt("storm", Outcome.FAILED, "no text"), "a.md")
    assert to_json(receipt) == {"source": "a.md", "id": "storm", "state": "failed", "message": "no text"}
    removal = describe_receipt(Receipt("storm", Outcome.REMOVED, "Storm", False), "storm")
    removed = {"source": "storm", "id": "storm", "state": "removed", "message": "Storm", "erased": False}
    assert to_json(removal) == removed


def test_the_schema_says_what_the_json_holds_and_reads_it_back() -> None:
    adapter = TypeAdapter(AnswerReply)
    schema = adapter.json_schema()
    assert schema["required"] == list(RECORD)
    assert schema["properties"]["confidence"]["description"].startswith("From 0 to 1")
    assert schema["$defs"]["Status"]["enum"] == ["answered", "unsure", "not_found"]
    assert adapter.validate_python(RECORD) == describe_answer(ANSWER)

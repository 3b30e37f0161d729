"""Cases and answers to them, as runs keep them, for tests of what is made of them."""

from collections.abc import Mapping
from typing import Any

from rag.evaluation.cases import Case
from rag.evaluation.judging import Result, judge
from rag.question import Kind

TEXTS = {"storm": "A storm hit Lisbon on Monday. It tore off 40 roofs.", "vote": "Porto votes on Friday."}

ROOFS = Case("roofs", "How many roofs were torn off?", ("40", "forty"), ("storm",), (("It tore off 40 roofs.",),))
DAY = Case("day", "When does Porto vote?", ("Friday",), ("vote",))
MOON = Case("moon", "Who walked on the moon?", ())


def make_quote(article: str, text: str, score: float = 0.8) -> dict[str, Any]:
    """Return a quote of one of `TEXTS`, with its true place."""
    start = TEXTS[article].index(text)
    about = {"title": article.title(), "outlet": "Ours", "published": "2022-02-07", "url": ""}
    return {"text": text, "article": article, "start": start, "end": start + len(text), **about, "score": score}


def make_answer(
    *quotes: Mapping[str, Any],
    span: str = "",
    confidence: float = 0.8,
    retrieved: tuple[str, ...] = ("storm", "vote"),
    kind: Kind = Kind.FACT,
    reply: str = "",
) -> dict[str, Any]:
    """Return an answer of these quotes as `ask --json` prints it; without quotes or a reply it was not found."""
    return {
        "question": "?",
        "kind": kind.value,
        "answer": "\n".join(f"“{quote['text']}” [1]" for quote in quotes) or reply or "Not in these articles.",
        "status": "answered" if quotes or reply else "not_found",
        "confidence": confidence,
        "quotes": list(quotes),
        "answer_span": span,
        "retrieved": list(retrieved),
        "seconds": 0.25,
    }


def judge_answer(case: Case, answer: dict[str, Any]) -> Result:
    return judge(case, answer, TEXTS.__getitem__)

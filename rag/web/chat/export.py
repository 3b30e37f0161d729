"""Answers and conversations as text to copy or download: every quote has its number, every number its source."""

from collections.abc import Callable, Iterable, Iterator

from rag.answer import NOT_FOUND, Answer, Citation, Claim, Quote, Verdict
from rag.web.chat.exchange import LOST, Conversation, Exchange
from rag.web.wording import describe_source

WRITTEN = "(Written by the chat model.)"
"""Stands behind its prose: what is copied is seen without the page."""
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>#|~"})


def write_plain(exchange: Exchange) -> str:
    """Return question, answer and sources as plain text."""
    return _write(exchange, lambda text: text, "“{}” {}", "{}")


def write_markdown(exchange: Exchange, heading: str = "**{}**") -> str:
    """Return question, answer and sources as Markdown, in which the words of articles and visitors are escaped."""
    return _write(exchange, lambda text: text.translate(_SPECIAL), "> {} {}", heading)


def write_conversation(title: str, conversation: Conversation) -> str:
    """Return a whole conversation as Markdown."""
    parts = [f"# {' '.join(title.translate(_SPECIAL).split())}"]
    parts += [write_markdown(exchange, "## {}") for exchange in conversation]
    return "\n\n".join(parts) + "\n"


def _write(exchange: Exchange, escape: Callable[[str], str], quotation: str, heading: str) -> str:
    parts = [heading.format(" ".join(escape(exchange.question).split()))]
    answer = exchange.answer
    if answer is None:
        return "\n\n".join([*parts, escape(exchange.problem or "Not answered.")])
    if not answer.quotes:
        return "\n\n".join([*parts, LOST if exchange.lost else escape(answer.text)])
    claims = [
        _write_claim(claim, answer, escape) for claim in answer.claims if claim.verdict is not Verdict.UNSUPPORTED
    ]
    if claims:
        parts.append(" ".join([*claims, WRITTEN]))
    for part in answer.groups:
        parts += [heading.format(escape(part.heading))] if part.heading else []
        parts += [_write_quote(answer.quotes[position], quotation, escape) for position in part.quotes]
        parts += [] if part.quotes else [NOT_FOUND]
    parts += [escape(told)] if (told := answer.tell_sides()) else []
    parts.append("\n".join(_write_sources(answer.citations, escape)))
    return "\n\n".join(parts)


def _write_quote(quote: Quote, quotation: str, escape: Callable[[str], str]) -> str:
    return quotation.format(" ".join(escape(quote.text).split()), f"[{quote.citation}]")


def _write_claim(claim: Claim, answer: Answer, escape: Callable[[str], str]) -> str:
    return " ".join([escape(claim.text), *answer.list_marks(claim.quotes)])


def _write_sources(citations: Iterable[Citation], escape: Callable[[str], str]) -> Iterator[str]:
    for citation in citations:
        source = citation.source
        facts = (describe_source(source), source.title or source.id)
        words = " ".join(escape(", ".join(filter(None, facts))).split())
        yield f"[{citation.number}] {words}" + (f" {source.url}" if source.url.startswith("http") else "")

"""Values to HTML. Every value goes through Jinja's autoescaping, so text stays text wherever it comes from."""

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.article import Article, Offsets, Source, format_date
from rag.answer import Answer, Quote, ScoredPassage
from rag.records import Collection
from rag.web.exchange import Conversation
from rag.web.marking import Segment, mark_text

CLOSEST_PASSAGES = 3


_TURNED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The characters that turn the direction of what follows: a name could pass for another with them."""


def keep_on_line(text: str) -> str:
    """Return a title or a name on one line, without characters that turn the direction of the text around it."""
    return " ".join(text.translate(_TURNED).split())


_ENVIRONMENT = Environment(
    loader=PackageLoader("rag.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["day"] = format_date
_ENVIRONMENT.filters["line"] = keep_on_line


def render_header(collection: Collection, pages: Mapping[str, str]) -> str:
    """Return the name of the site, the way to its pages (name to label), and the state of the collection."""
    return render("header.html", collection=collection, pages=pages)


def render_conversation(conversation: Conversation, examples: Sequence[str], *, can_save: bool = False) -> str:
    """Return the questions and answers so far; the examples while there are none."""
    return render(
        "conversation.html",
        conversation=conversation,
        examples=examples,
        can_save=can_save,
        mark_span=_mark_span,
        closest=_closest,
    )


def render_sources(answer: Answer | None) -> str:
    """Return a card for each quote of the answer: its source, and the passage with the quote marked."""
    return render("sources.html", cards=list(_make_cards(answer)) if answer else [])


def render_article(article: Article, quotes: Sequence[Quote], active: Offsets) -> str:
    """Return the whole article, with the quotes from it marked, and `active` most of all."""
    marks = [((quote.start, quote.end), "quoted") for quote in quotes if quote.article_id == article.id]
    return render("article.html", article=article, segments=mark_text(article.text, [*marks, (active, "active")]))


def render_problem(message: str) -> str:
    """Return a message in the place of the sources."""
    return render("problem.html", message=message)


def render(template: str, **values: object) -> str:
    """Return the template filled in."""
    return _ENVIRONMENT.get_template(template).render(**values)


def _mark_span(answer: Answer, quote: Quote) -> list[Segment]:
    start = quote.text.find(answer.answer_span)
    is_part = 0 < len(answer.answer_span) < len(quote.text) and start >= 0
    return mark_text(quote.text, [((start, start + len(answer.answer_span)), "span")] if is_part else [])


def _make_cards(answer: Answer) -> Iterator[tuple[Quote, Source, list[Segment]]]:
    sources = {citation.number: citation.source for citation in answer.citations}
    return ((quote, sources[quote.citation], _mark_passage(answer, quote)) for quote in answer.quotes)


def _mark_passage(answer: Answer, quote: Quote) -> list[Segment]:
    passage = next(
        found.passage
        for found in answer.considered
        if found.passage.article_id == quote.article_id and found.passage.start <= quote.start < found.passage.end
    )
    return mark_text(passage.text, [((quote.start - passage.start, quote.end - passage.start), "active")])


def _closest(answer: Answer) -> Sequence[ScoredPassage]:
    return answer.considered[:CLOSEST_PASSAGES]

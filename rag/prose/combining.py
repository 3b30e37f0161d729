"""A chat model's claims and the answer in quotes as one answer: the sentences that it cites become quotes.

The quotes that were there stay. Where the reader was sure and the claims say something else, its quotes stay first;
where it was not, the sentence that the model chose becomes the one to read first.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from embeddings.reader import Reader, ReadingText
from rag.answer import Answer, Citation, Claim, Part, Quote, ScoredPassage, Status, Trust
from rag.asking.quoting import write_quotes
from rag.english.terms import list_content
from rag.prose.claims import is_supported, write_prose
from rag.prose.material import Material, Sentence
from rag.question import GATHERED

MORE = "More from the articles"
"""Stands above what the model quotes besides an answer in parts."""
FOUND_BY_MODEL = "The chat model found this; the reader of this machine was not sure."
CONFIDENCE = 0.5
"""Of an answer that the reader was not sure of, and that a checked sentence of a chat model gives."""
LEAST_LIKE = 0.5
MOST_NEARBY = 6
"""Sentences that claims are tried on besides those that they cite, and the nearest of each."""


def cite_material(answer: Answer, material: Material, claims: Sequence[Claim], nearby: Iterable[int] = ()) -> Answer:
    """Return the answer with the claims, and with what they cite among its quotes.

    Args:
        answer: the answer in quotes.
        material: what the model has read.
        claims: they name positions in the material; those of the answer that comes back name positions in its quotes.
        nearby: further positions in the material to quote.
    """
    cited = dict.fromkeys(chain(*(claim.quotes for claim in claims), nearby))
    quotes, citations = list(answer.quotes), {each.source.id: each for each in answer.citations}
    places: dict[int, int] = {}
    for position in cited:
        sentence = material.sentences[position]
        places[position] = _find_quote(quotes, sentence)
        if places[position] == len(quotes):
            citation = citations.setdefault(
                sentence.source.id, Citation(len(citations) + 1, sentence.source, sentence.story)
            )
            quotes.append(_make_quote(sentence, citation.number))
    placed = (replace(claim, quotes=tuple(sorted({places[each] for each in claim.quotes}))) for claim in claims)
    return replace(answer, quotes=tuple(quotes), citations=tuple(citations.values()), claims=tuple(placed))


def list_nearby(material: Material, claims: Sequence[Claim]) -> list[int]:
    """Return the positions of sentences that share most words with claims: what a model meant and did not cite.

    For every claim it is the nearest that has half of its words. Besides, it is further ones that have, and the one
    with most of the words that the nearest has not.
    """
    terms = [list_content(sentence.text) for sentence in material.sentences]
    found: list[tuple[float, int]] = []
    nearest: list[int] = []
    for asked in filter(None, (list_content(claim.text) for claim in claims if terms)):
        likeness = [(len(asked & known) / len(asked), -position) for position, known in enumerate(terms)]
        most, place = max(likeness)
        rest = asked - terms[-place]
        nearest += [-place] if most >= LEAST_LIKE else []
        found += [pair for pair in likeness if pair[0] >= LEAST_LIKE]
        found.append(max((len(rest & known) / len(asked), -position) for position, known in enumerate(terms)))
    best = sorted((pair for pair in found if pair[0]), reverse=True)
    further = dict.fromkeys(-position for _, position in best if -position not in nearest)
    return [*dict.fromkeys(nearest), *list(further)[:MOST_NEARBY]]


def combine(before: Answer, cited: Answer, claims: Sequence[Claim], *, reader: Reader | None, leads: bool) -> Answer:
    """Return the answer of quotes and checked claims, at least one of which is supported.

    Args:
        before: the answer in quotes.
        cited: the same with all that was put to the check among its quotes.
        claims: the checked claims over the quotes of `cited`.
        reader: finds the short answer where the model's choice comes first.
        leads: whether the model's choice comes first even where the reader was sure.
    """
    kept = [*range(len(before.quotes)), *sorted(_list_used(claims) - set(range(len(before.quotes))))]
    answer = _rearrange(replace(cited, claims=tuple(claims)), kept)
    is_passed_over = answer.kind not in GATHERED and not _is_agreed(before, answer)
    has_quotes_first = is_passed_over and before.trust is Trust.SURE and not leads
    if is_passed_over and not has_quotes_first:
        answer = _put_first(answer, reader)
    elif before.status is not Status.ANSWERED:
        answer = replace(answer, status=Status.ANSWERED, confidence=max(answer.confidence, CONFIDENCE))
    return replace(answer, text=_write(before, answer, has_quotes_first), has_quotes_first=has_quotes_first)


def add_passages(considered: Sequence[ScoredPassage], more: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
    """Return the passages considered, with those found besides behind them."""
    passages = {found.passage.key: found for found in (*more, *considered)}
    order = dict.fromkeys(found.passage.key for found in (*considered, *more))
    return tuple(passages[key] for key in order)


def _list_used(claims: Iterable[Claim]) -> set[int]:
    return {position for claim in claims if is_supported(claim) for position in claim.quotes}


def _is_agreed(before: Answer, answer: Answer) -> bool:
    """Whether a supported claim rests on the quote that the reader chose, or says its short answer."""
    if not before.quotes:
        return False
    chosen, span = before.quotes[before.main], list_content(before.answer_span)
    same = {
        position
        for position, quote in enumerate(answer.quotes)
        if (quote.article_id, quote.start) == (chosen.article_id, chosen.start)
    }
    return any(
        not same.isdisjoint(claim.quotes) or (bool(span) and span <= list_content(claim.text))
        for claim in filter(is_supported, answer.claims)
    )


def _put_first(answer: Answer, reader: Reader | None) -> Answer:
    """Return the answer with the short answer, and the likeliest quote, among those of the first supported claim."""
    claim = next(filter(is_supported, answer.claims))
    confidence = max(answer.confidence, CONFIDENCE)
    place, span = _find_span(answer, claim, reader)
    quotes = [
        replace(quote, score=confidence if position in claim.quotes else min(quote.score, confidence / 2))
        for position, quote in enumerate(answer.quotes)
    ]
    quotes[place] = replace(quotes[place], span=span)
    short = quotes[place].text[slice(*span)] if span else ""
    return replace(
        answer,
        quotes=tuple(quotes),
        answer_span=short,
        confidence=confidence,
        status=Status.ANSWERED,
        notice=FOUND_BY_MODEL,
    )


def _find_span(answer: Answer, claim: Claim, reader: Reader | None) -> tuple[int, tuple[int, int] | None]:
    """Return the position of a quote that the claim rests on, and where the short answer stands in it.

    It is the likeliest that the reader finds there of what the claim says, too.
    """
    sources = {citation.number: citation.source for citation in answer.citations}
    quotes = [answer.quotes[position] for position in claim.quotes]
    texts = [ReadingText(sources[quote.citation].title, quote.text, ((0, len(quote.text)),)) for quote in quotes]
    readings = reader.read(answer.searched_for or answer.question, texts) if reader else []
    said = list_content(claim.text)
    found = [
        (span.score - reading.no_answer, place, span)
        for place, quote, reading in zip(claim.quotes, quotes, readings, strict=False)
        for span in reading.spans
        if list_content(quote.text[span.start : span.end]) <= said
    ]
    if not found:
        return claim.quotes[0], None
    _, place, span = max(found, key=lambda each: each[0])
    return place, (span.start, span.end)


def _write(before: Answer, answer: Answer, has_quotes_first: bool) -> str:
    """Return prose, and below it the quotes that it does not use; or all quotes first, and then the prose."""
    prose, used = write_prose(answer, answer.claims), _list_used(answer.claims)
    if has_quotes_first:
        return f"{before.text}\n\n{prose}"
    return "\n\n".join(filter(None, (prose, _write_unused(answer, used))))


def _write_unused(answer: Answer, used: Container[int]) -> str:
    """Return the quotes that the prose does not use; an answer in parts keeps all, under their headings."""
    if answer.parts:
        return write_quotes(answer.quotes, answer.parts)
    return write_quotes([quote for position, quote in enumerate(answer.quotes) if position not in used])


def _find_quote(quotes: Sequence[Quote], sentence: Sentence) -> int:
    """Return the position of the quote that holds the sentence, or the number of quotes."""
    for position, quote in enumerate(quotes):
        is_within = quote.start <= sentence.start and sentence.end <= quote.end
        if quote.article_id == sentence.source.id and is_within:
            return position
    return len(quotes)


def _make_quote(sentence: Sentence, citation: int) -> Quote:
    return Quote(sentence.source.id, sentence.start, sentence.end, sentence.text, citation, 0.0)


def _rearrange(answer: Answer, kept: Sequence[int]) -> Answer:
    """Return the answer with these of its quotes alone, article by article; everything that names them follows."""
    order = sorted(kept, key=lambda position: (answer.quotes[position].citation, answer.quotes[position].start))
    places = {old: new for new, old in enumerate(order)}
    used = sorted({answer.quotes[position].citation for position in kept})
    numbers = {old: new for new, old in enumerate(used, 1)}
    parts = tuple(replace(part, quotes=_follow(part.quotes, places)) for part in answer.parts)
    shown = {position for part in answer.parts for position in part.quotes}
    more = _follow([position for position in order if position not in shown], places)
    return replace(
        answer,
        quotes=tuple(replace(answer.quotes[old], citation=numbers[answer.quotes[old].citation]) for old in order),
        citations=tuple(
            replace(each, number=numbers[each.number]) for each in answer.citations if each.number in numbers
        ),
        claims=tuple(replace(claim, quotes=_follow(claim.quotes, places)) for claim in answer.claims),
        sides=tuple(replace(side, quotes=_follow(side.quotes, places)) for side in answer.sides),
        parts=(*parts, Part(MORE, more)) if parts and more else parts,
    )


def _follow(positions: Iterable[int], places: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(sorted(places[position] for position in positions if position in places))

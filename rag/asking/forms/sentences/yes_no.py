"""Yes or no: the sentences that settle it, under a verdict where they surely do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from embeddings.encoder import Compare
from embeddings.reader import ReadingText
from embeddings.verdicts import NEITHER, NO_VERDICTS, Ruling, Verdicts
from rag.answer import NOT_FOUND, Answer, Part, Quote, Status
from rag.asking.forms.form import Request, Tools
from rag.asking.openings import find_opening
from rag.asking.quoting import list_candidates, measure_overlap, write_quotes
from rag.asking.reading import Candidate, ReadPassage, find_answer, is_overlapping
from rag.asking.weights import Weights
from rag.english.numbers import list_numbers
from rag.english.terms import list_content, list_terms

HEADING, FURTHER = "The articles say:", "The articles also say:"
YES, NO = "yes", "no"
SURE = 0.91
"""A verdict is told from this probability on: of those told of held-out questions, with titles, 95 % are right."""
DISPUTED = 0.5
"""It is not told where another sentence says the opposite with a higher one."""
LEAST_COVERAGE = 0.6
"""The share of the question's words that a sentence must have to settle it, its title's counting half. By hand."""
MOST_SENTENCES = 3
BEHIND = 0.25
"""A further sentence may score this much less than the best. By hand, on the scale of shares and cosines."""
SETTLING, WISHING = 0.15, 0.15
"""What a denial or the question's own verb adds, and what a demand, a wish or a mere possibility takes. By hand."""

MOST_JUDGED = 10
"""So many sentences are put to the verdict network: each costs about a third of a passage's reading."""
JUDGED = 0.4
"""What a sentence gains that surely says yes or no. By hand; more than `BEHIND`."""

_BOUND = list_terms("more less fewer least most over under than")
"""Words that go with a number, which is compared as one."""
_DENIAL = re.compile(r"\b(?:not|no|never|none|denie[ds]|refused?|rejected?|without)\b|n['\u2019]t\b", re.IGNORECASE)
_WISH = re.compile(
    r"\b(?:demand(?:s|ed|ing)?|wants?|wanted|wish(?:es|ed)?|could|would|might|should|if|guarantees?|asked|hopes?|hoped"
    r"|promised?|fear(?:s|ed)?|warn(?:s|ed)?|never\s+become)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:will|(?:is|are|was|were|been)\s+(?:due\s+|set\s+|expected\s+|supposed\s+|meant\s+)?to"
    r"|cancel\w*|call(?:s|ed|ing)?\s+off|postpon\w*|plan(?:s|ned)?\s+to)\b",
    re.IGNORECASE,
)
"""What was to be, and may have come otherwise."""


def settle(request: Request, tools: Tools) -> Answer:
    """Answer with the sentences that say whether it is so; where none does, that the articles do not say.

    "Yes" or "no" is said, and is the short answer, where a sentence surely says so and none says otherwise.
    """
    choose = partial(choose_settling, verdicts=tools.verdicts)
    answer = tools.answer(request.alone, request.scope, choose)
    if not answer.is_found:
        return answer
    if not answer.quotes:
        return replace(answer, text=NOT_FOUND, answer_span="", notice="", sides=(), status=Status.NOT_FOUND)
    quotes = tuple(replace(quote, span=None) for quote in answer.quotes)
    said, deciding = find_verdict(judge(request.alone, _list_evidence(answer), tools.verdicts))
    parts = _divide(quotes, said, deciding)
    return replace(answer, text=write_quotes(quotes, parts), answer_span=said, quotes=quotes, parts=parts, sides=())


def find_verdict(rulings: Sequence[Ruling]) -> tuple[str, tuple[int, ...]]:
    """Return "yes" or "no" and the places of the rulings that surely say so; '' and none where that is open."""
    saying = {
        YES: [ruling.supports for ruling in rulings],
        NO: [ruling.refutes for ruling in rulings],
    }
    for said, other in ((YES, NO), (NO, YES)):
        sure = tuple(place for place, chance in enumerate(saying[said]) if chance >= SURE)
        if sure and max(saying[other]) <= DISPUTED:
            return said, sure
    return "", ()


def _list_evidence(answer: Answer) -> list[ReadingText]:
    titles = {citation.number: citation.source.title for citation in answer.citations}
    return [ReadingText(titles[quote.citation], quote.text) for quote in answer.quotes]


def _divide(quotes: Sequence[Quote], said: str, deciding: Sequence[int]) -> tuple[Part, ...]:
    """Return the quotes that decide under their verdict, and the others after them; or all under one heading."""
    if not said:
        return (Part(HEADING, tuple(range(len(quotes)))),)
    numbers = dict.fromkeys(f"[{quotes[place].citation}]" for place in deciding)
    first = Part(f"{said.capitalize()}, according to {' and '.join(numbers)}:", tuple(deciding), said)
    rest = tuple(place for place in range(len(quotes)) if place not in deciding)
    return (first, Part(FURTHER, rest)) if rest else (first,)


def judge(question: str, evidence: Sequence[ReadingText], verdicts: Verdicts) -> list[Ruling]:
    """Return what each sentence says to the question; "neither" where it cannot be trusted to.

    The network is let decide where the sentence, with its title, has every content word of the question, and every
    number, and tells of no mere plan. Else it takes "died" for a yes to "is she alive?", and the figure of another
    event for a denial. It was trained with names as titles, and a headline that says "ignored" was reason enough for a
    no: so a title is shown where the sentence needs it, and counts only as far as the sentence alone says the same.
    """
    numbers = [number for number in list_numbers(question) if not number.is_casual]
    counted = {term for number in numbers for term in list_terms(number.written)}
    asked = list_content(find_opening(question)) - counted - (_BOUND if numbers else frozenset())

    def is_told(text: ReadingText) -> bool:
        if _PLAN.search(text.text) and not _PLAN.search(question):
            return False
        told = list_numbers(text.text)
        has_numbers = all(any(number.may_be(other) for other in told) for number in numbers)
        return has_numbers and asked <= list_terms(f"{text.title}\n{text.text}")

    fit = list(filter(is_told, evidence))
    alone = verdicts.judge(question, [ReadingText("", text.text) for text in fit])
    rulings = dict(zip(fit, alone, strict=True))
    titled = [text for text in fit if not asked <= list_terms(text.text)]
    for text, ruling in zip(titled, verdicts.judge(question, titled), strict=True):
        rulings[text] = _agree(rulings[text], ruling)
    return [rulings.get(text, NEITHER) for text in evidence]


def _agree(one: Ruling, other: Ruling) -> Ruling:
    supports, refutes = min(one.supports, other.supports), min(one.refutes, other.refutes)
    return Ruling(supports, refutes, 1.0 - supports - refutes)


def choose_settling(
    question: str,
    ranked: Sequence[ReadPassage],
    rivals: Sequence[ReadPassage],
    compare: Compare,
    weights: Weights,
    verdicts: Verdicts = NO_VERDICTS,
) -> list[Candidate]:
    """Choose the sentences that have the question's subject, verb and object together, the surest first; or none.

    The reader's own choice comes before them, unless it is among them or one of them surely says yes or no.
    """
    asked = list_content(find_opening(question))
    candidates = [each for read in ranked for each in list_candidates(read)]
    covering = [each for each in candidates if _measure_coverage(asked, each) >= LEAST_COVERAGE]
    answer = find_answer(ranked[0])
    if not covering:
        return [answer] if answer.evidence > 0 else []
    likeness = compare(question, [each.text for each in covering])
    scores = [like + _rate(question, asked, each) for like, each in zip(likeness, covering, strict=True)]
    judged = _rank(covering, scores)[:MOST_JUDGED]
    texts = [ReadingText(each.read.found.source.title, each.text) for _, each in judged]
    sure = [max(ruling.supports, ruling.refutes) for ruling in judge(question, texts, verdicts)]
    ranking = _rank(
        [each for _, each in judged], [score + JUDGED * said for (score, _), said in zip(judged, sure, strict=True)]
    )
    chosen = _take_new(ranking, weights)
    is_known = any(answer.read is each.read and is_overlapping(answer.place, each.place) for each in chosen)
    is_needless = is_known or answer.evidence <= 0 or max(sure) >= SURE
    return chosen[:MOST_SENTENCES] if is_needless else [answer, *chosen[: MOST_SENTENCES - 1]]


def _rank(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[tuple[float, Candidate]]:
    """Return the candidates with their scores, the best first."""
    return sorted(zip(scores, candidates, strict=True), key=lambda pair: -pair[0])


def _take_new(ranking: Sequence[tuple[float, Candidate]], weights: Weights) -> list[Candidate]:
    """Return those that score nearly as the first does, and say something else than those before them."""
    chosen: list[Candidate] = []
    for score, each in ranking:
        is_new = all(measure_overlap(each.text, other.text) <= weights.most_overlap for other in chosen)
        if score >= ranking[0][0] - BEHIND and is_new:
            chosen.append(each)
    return chosen


def _measure_coverage(asked: frozenset[str], candidate: Candidate) -> float:
    """Return the share of the asked words in the sentence; those in its title alone count half."""
    said = list_terms(candidate.text)
    titled = list_terms(candidate.read.found.source.title) - said
    return (len(asked & said) + len(asked & titled) / 2) / max(1, len(asked))


def _rate(question: str, asked: frozenset[str], candidate: Candidate) -> float:
    is_wish = bool(_WISH.search(candidate.text)) and not _WISH.search(question)
    is_denial = bool(_DENIAL.search(candidate.text))
    return _measure_coverage(asked, candidate) + SETTLING * is_denial - WISHING * is_wish

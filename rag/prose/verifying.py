"""Holds what a chat model wrote to the quotes: every claim is checked against what it cites, and against the rest.

A claim passes if what can be looked up stands there (quoted words, numbers, dates, names), if it does not contradict
the quote, and if it says what the quote says. The last is a matter of degree: the limits below were chosen on one
half of the cases in `benchmarks/claims.jsonl` and measured on the other, see docs/chat-models.md.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from embeddings.encoder import Encoder
from embeddings.reader import Reader, Reading, ReadingText
from embeddings.verdicts import NO_VERDICTS, Verdicts
from rag.answer import Answer, Claim, Verdict
from rag.english.dates import list_dates, list_weekdays
from rag.english.names import Name, find_namesake, is_named, is_same, list_names, list_words, spell
from rag.english.numbers import list_numbers
from rag.english.terms import list_content, list_terms
from rag.prose.contradiction import find_negation, find_opposite, find_swap
from rag.prose.evidence import Evidence, ReadText, collect_evidence, join_evidence, list_readings
from rag.prose.limits import STANDARD_LIMITS
from rag.question import Question

_CLAUSE_END = re.compile(r"[,;:.!?]\s+")
_LEAD_IN = re.compile(
    r"^(?:(?:the )?(?:short )?answer(?: is)?:?|(?:based on|according to) the (?:quotes?|articles?)(?: provided)?,?)\s+",
    re.IGNORECASE,
)
_COPULA = re.compile(r"\b(?:is|was|are|were|by)(?: the)? $")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_STRAIGHT = str.maketrans("“”„’‘", '"""\'\'')


class Verifier:
    """Gives every claim its verdict; it is a `rag.prose.writing.Check`."""

    def __init__(self, encoder: Encoder, reader: Reader, read_text: ReadText, verdicts: Verdicts = NO_VERDICTS) -> None:
        """Put the parts together.

        Args:
            encoder: compares claims with quotes.
            reader: says who is meant.
            read_text: gives the articles, to look quoted words up.
            verdicts: overrule doubts about names and meaning where they are sure that a quote supports a claim.
        """
        self._encoder = encoder
        self._reader = reader
        self._verdicts = verdicts
        self._read_text = read_text

    def __call__(self, question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims with their verdicts, in the same order."""
        evidence = collect_evidence(answer, self._read_text)
        return tuple(self._judge(claim, answer.answer_span, evidence) for claim in claims)

    def _judge(self, claim: Claim, span: str, evidence: Sequence[Evidence]) -> Claim:
        """Keep the quotes that support a claim each by itself; else all together; else find others."""
        cited = [evidence[position] for position in claim.quotes]
        faults = [self._find_fault(claim.text, each, span) for each in cited]
        alone = tuple(position for position, fault in zip(claim.quotes, faults, strict=True) if not fault)
        if alone:
            return replace(claim, quotes=alone, verdict=Verdict.SUPPORTED)
        if len(cited) > 1 and not self._find_fault(claim.text, join_evidence(cited), span):
            return replace(claim, verdict=Verdict.SUPPORTED)
        for other in self._list_others(claim, evidence):
            if not self._find_fault(claim.text, other, span):
                return replace(claim, quotes=other.quotes, verdict=Verdict.REPAIRED)
        return replace(claim, verdict=Verdict.UNSUPPORTED, reason=next(iter(faults), "no quote says this"))

    def _list_others(self, claim: Claim, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the quotes that a claim does not name, the nearest in meaning first."""
        vectors = self._encoder.encode([claim.text, *(each.text for each in evidence)])
        nearest = sorted(evidence, key=lambda each: (-float(vectors[0] @ vectors[1 + each.quotes[0]]), each.quotes))
        return [each for each in nearest if each.quotes[0] not in claim.quotes]

    def _find_fault(self, claim: str, evidence: Evidence, span: str) -> str:
        """Return why the evidence does not support the claim; '' if it does. `span` is the reader's short answer."""
        claim = _LEAD_IN.sub("", spell(claim))
        return (
            _find_repetition(claim, evidence)
            or _find_misquote(claim, evidence)
            or _find_wrong_number(claim, evidence)
            or _find_wrong_day(claim, evidence)
            or _find_contradiction(claim, evidence)
            or self._find_doubt(claim, evidence)
            or _find_shortness(claim, evidence, span)
        )

    def _find_doubt(self, claim: str, evidence: Evidence) -> str:
        """Return why the evidence may speak of another or of something else; '' where a verdict says that it does not.

        The verdict is asked last, and only where there is a doubt.
        """
        doubt = self._find_wrong_name(claim, evidence) or self._find_gap(claim, evidence)
        if not doubt:
            return ""
        title = evidence.sources[0].title
        rulings = self._verdicts.judge(claim, [ReadingText(title, text) for text in list_readings(evidence)])
        return "" if max(each.supports for each in rulings) >= STANDARD_LIMITS.least_verdict else doubt

    def _find_wrong_name(self, claim: str, evidence: Evidence) -> str:
        words, quoted = list_words(evidence.text), list_names(evidence.text, evidence.ordinary)
        nearby = words | list_words(evidence.before) | list_words(evidence.titles)
        for name in list_names(claim, evidence.ordinary):
            if not is_named(name, nearby):
                return f"the quote does not name {name.text}"
            is_quoted = is_named(name, words)
            if not is_quoted and (other := find_namesake(name, quoted, evidence.ordinary)):
                return f"the quote names {other.text}, not {name.text}"
            if is_quoted and list_content(claim[: name.start]) and not _COPULA.search(claim[: name.start]):
                continue
            if found := self._ask_who(
                claim, name, evidence, STANDARD_LIMITS.sure if is_quoted else STANDARD_LIMITS.likely
            ):
                return f"the quote says that of {found}, not of {name.text}"
        return ""

    def _ask_who(self, claim: str, name: Name, evidence: Evidence, limits: tuple[float, float]) -> str:
        """Return of whom the quote says what the claim says of a name that stands nearby; '' where that may be it."""
        asked = f"{claim[: name.start]}who or what{claim[name.end :].rstrip('.')}?"
        text = f"{evidence.before} {evidence.text}".strip()
        title, (certainty, behind) = evidence.sources[0].title, limits
        alone, reading = self._reader.read(asked, [ReadingText(title, evidence.text), ReadingText(title, text)])
        if _is_sure_of_name(alone, evidence, certainty):
            text, reading = evidence.text, alone
        quote_start = len(text) - len(evidence.text)
        spans = [span for span in reading.spans if not span.start < quote_start < span.end]  # an answer is on one side
        if not spans or spans[0].score - reading.no_answer < certainty:
            return ""
        likely = [text[span.start : span.end] for span in spans if span.score > spans[0].score - behind]
        rest = list_terms(f"{claim[: name.start]} {claim[name.end :]}")
        is_open = any(is_same(name, found, evidence.ordinary) or list_terms(found) <= rest for found in likely)
        return "" if is_open else likely[0]

    def _find_gap(self, claim: str, evidence: Evidence) -> str:
        terms = list_content(claim)
        named = " ".join(name.text for name in list_names(claim, evidence.ordinary))
        known = list_terms(f"{evidence.text} {evidence.titles} {evidence.dates} {named}")
        if _is_short(claim):
            return ""
        share = len(terms & known) / len(terms)
        if (1 + share) / 2 >= STANDARD_LIMITS.least_support:  # else no cosine could make up for it
            vectors = self._encoder.encode([claim, *list_parts(evidence.text)])
            if (float((vectors[1:] @ vectors[0]).max()) + share) / 2 >= STANDARD_LIMITS.least_support:
                return ""
        return "the quote does not say this"


def list_parts(text: str) -> list[str]:
    """Return a text and its longer parts between commas and full stops: a claim may be about one of them alone."""
    ends = [found.end() for found in _CLAUSE_END.finditer(text)]
    edges = [0, *ends, len(text)]
    parts = (text[start:end].strip() for start, end in combinations(edges, 2))
    return list(
        dict.fromkeys([text, *(part for part in parts if part.count(" ") >= STANDARD_LIMITS.least_part_words)])
    )[: STANDARD_LIMITS.most_parts]


def _is_short(claim: str) -> bool:
    return len([word for word in claim.split() if list_content(word)]) <= STANDARD_LIMITS.few_words


def _find_shortness(claim: str, evidence: Evidence, span: str) -> str:
    """Return that a claim is too short to be checked, unless it is the reader's short answer."""
    terms = list_content(claim)
    is_answer = bool(terms) and terms <= list_terms(evidence.text) & list_terms(span)
    return "it says too little to be checked" if _is_short(claim) and not is_answer else ""


def _find_repetition(claim: str, evidence: Evidence) -> str:
    words = [word for word in _WORD.findall(claim) if list_content(word)]
    is_copied = _level(claim) in _level(evidence.text)
    if (
        not is_copied
        and len(words) >= STANDARD_LIMITS.least_repeated
        and len(list_content(claim)) < STANDARD_LIMITS.least_variety * len(words)
    ):
        return "it only repeats itself"
    return ""


def _find_misquote(claim: str, evidence: Evidence) -> str:
    for quoted in _QUOTED.findall(claim):
        words = _level(quoted).strip(" .,;!?")
        if not any(words in _level(text) for text in evidence.articles):
            return f"the words “{quoted}” do not stand in the article"
    return ""


def _find_wrong_number(claim: str, evidence: Evidence) -> str:
    quoted = list_numbers(evidence.text)
    for number in list_numbers(claim):
        same = [other for other in quoted if number.covers(other)]
        if not same and not number.is_casual:
            return f"the number {number.written} does not stand in the quote"
        is_counted = bool(number.unit) and any(
            (other.kind, other.unit) == (number.kind, number.unit) for other in quoted
        )
        if is_counted and same and all(other.unit not in ("", number.unit) for other in same):
            return f"the number {number.written} counts something else in the quote"
    return ""


def _find_wrong_day(claim: str, evidence: Evidence) -> str:
    known = f"{evidence.text} {evidence.around} {evidence.dates}"
    told = list_dates(known)
    years = {None, *(each.year for each in told)}
    for asked in list_dates(claim):
        in_any_year = replace(asked, year=None)
        is_told = any(each.covers(in_any_year) and each.may_be(asked) for each in told)
        if asked.year not in years or not is_told:
            return f"{asked.text} does not stand there"
    days = {found[0].casefold() for found in list_weekdays(known)}
    missing = (found[0] for found in list_weekdays(claim) if found[0].casefold() not in days)
    return next((f"{day} is not named there" for day in missing), "")


def _find_contradiction(claim: str, evidence: Evidence) -> str:
    if cue := find_negation(claim, evidence.text):
        return f"claim and quote differ in “{cue}”"
    if pair := find_opposite(claim, evidence.text):
        return f"the quote says “{pair[1]}”, not “{pair[0]}”"
    names = [word for name in list_names(claim, evidence.ordinary) for word in name.words]
    if swapped := find_swap(claim, evidence.text, names):
        return f"{swapped[0]} and {swapped[1]} have changed places"
    return ""


def _level(text: str) -> str:
    """Return a text with straight quotation marks, single spaces and small letters."""
    return _SPACE.sub(" ", text.translate(_STRAIGHT)).casefold()


def _is_sure_of_name(alone: Reading, evidence: Evidence, certainty: float) -> bool:
    """Whether a quote by itself answers with a name; with "he" it does not, then what stands before it may."""
    if not alone.spans or alone.spans[0].score - alone.no_answer < certainty:
        return False
    best = alone.spans[0]
    return bool(list_names(evidence.text[best.start : best.end], evidence.ordinary))

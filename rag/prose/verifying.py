"""Holds what a chat model wrote to the quotes: every claim is checked against what it cites, and against the rest.

A claim passes if what can be looked up stands there (quoted words, numbers, dates, names), if it does not contradict
the quote, and if it says what the quote says. The last is a matter of degree: the limits below were chosen on one
half of the cases in `benchmarks/claims.jsonl` and measured on the other, see docs/chat-models.md.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import combinations

from embeddings.encoder import Encoder
from embeddings.reader import Reader, Reading, ReadingText
from embeddings.verdicts import NO_VERDICTS, Verdicts
from rag.answer import Answer, Claim, Verdict
from rag.english.foreign import is_foreign
from rag.english.names import Name, find_namesake, is_named, is_same, list_names, list_words, spell
from rag.english.terms import list_content, list_terms
from rag.prose.bearing import Asked, find_stray, is_answer, is_whole
from rag.prose.claims import is_supported
from rag.prose.evidence import Evidence, ReadText, collect_evidence, join_evidence, list_readings
from rag.prose.faults import find_plain_fault
from rag.prose.limits import STANDARD_LIMITS
from rag.question import Question

_CLAUSE_END = re.compile(r"[,;:.!?]\s+")
_LEAD_IN = re.compile(
    r"^(?:(?:the )?(?:short )?answer(?: is)?:?|(?:based on|according to) the (?:quotes?|articles?)(?: provided)?,?)\s+",
    re.IGNORECASE,
)
_COPULA = re.compile(r"\b(?:is|was|are|were|by)(?: the)? $")


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
        evidence, asked = collect_evidence(answer, self._read_text), Asked.read(question, answer)
        checked: list[Claim] = []
        known: set[str] = set()
        for claim in claims:
            checked.append(self._judge(claim, asked, evidence, known))
            known |= {source.id for place in _list_support(checked[-1]) for source in evidence[place].sources}
        return tuple(checked)

    def _judge(self, claim: Claim, asked: Asked, evidence: Sequence[Evidence], known: Set[str]) -> Claim:
        """Keep the quotes that support a claim each by itself; else all together; else find another, or two."""
        find = partial(self._find_fault, claim.text, asked, known=known)
        cited = [evidence[position] for position in claim.quotes]
        faults = [find(each) for each in cited]
        alone = tuple(position for position, fault in zip(claim.quotes, faults, strict=True) if not fault)
        if alone:
            return replace(claim, quotes=alone, verdict=Verdict.SUPPORTED)
        sound = [each for each in cited if not _find_unusable(each)]
        if len(sound) > 1 and not find(join_evidence(sound)):
            return replace(claim, verdict=Verdict.SUPPORTED)
        for other in self._list_others(claim, evidence):
            if not find(other):
                return replace(claim, quotes=other.quotes, verdict=Verdict.REPAIRED)
        return replace(claim, verdict=Verdict.UNSUPPORTED, reason=next(iter(faults), "no quote says this"))

    def _list_others(self, claim: Claim, evidence: Sequence[Evidence]) -> list[Evidence]:
        """Return the quotes that a claim does not name, the nearest in meaning first."""
        vectors = self._encoder.encode([claim.text, *(each.text for each in evidence)])
        nearest = sorted(evidence, key=lambda each: (-float(vectors[0] @ vectors[1 + each.quotes[0]]), each.quotes))
        return [each for each in nearest if each.quotes[0] not in claim.quotes]

    def _find_fault(self, claim: str, asked: Asked, evidence: Evidence, *, known: Set[str]) -> str:
        """Return why the evidence does not support the claim as an answer to what is asked; '' if it does.

        `known` are the articles that earlier claims rest on.
        """
        claim = _LEAD_IN.sub("", spell(claim))
        return (
            _find_strange(claim, evidence)
            or find_plain_fault(claim, evidence)
            or self._find_doubt(claim, evidence)
            or self._find_shortness(claim, asked, evidence)
            or find_stray(claim, asked, evidence, self._reader, known)
        )

    def _find_shortness(self, claim: str, asked: Asked, evidence: Evidence) -> str:
        """Return that a claim is too short to be checked, unless it is copied, or the evidence answers with it."""
        if is_whole(claim) and (not _is_short(claim) or claim.rstrip(".") in evidence.text):
            return ""
        return "" if is_answer(claim, asked, evidence, self._reader) else "it says too little to be checked"

    def _find_doubt(self, claim: str, evidence: Evidence) -> str:
        """Return why the evidence may speak of another or of something else; '' where a verdict says that it does not.

        The verdict is asked last, only where there is a doubt, and not of articles that give orders to machines.
        """
        doubt = self._find_wrong_name(claim, evidence) or self._find_gap(claim, evidence)
        return "" if not doubt or (not evidence.is_tampered and self._is_backed(claim, evidence)) else doubt

    def _is_backed(self, claim: str, evidence: Evidence) -> bool:
        """Whether the verdict network says that the evidence supports the claim."""
        rulings = self._verdicts.judge(claim, [ReadingText(evidence.title, text) for text in list_readings(evidence)])
        return max(each.supports for each in rulings) >= STANDARD_LIMITS.least_verdict

    def _find_wrong_name(self, claim: str, evidence: Evidence) -> str:
        words, quoted = list_words(evidence.text), list_names(evidence.text, evidence.ordinary)
        nearby = words | list_words(evidence.before) | list_words(evidence.titles)
        for name in list_names(claim, evidence.ordinary):
            if not is_named(name, nearby) and not _is_full_form(name, words, evidence):
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
        title, (certainty, behind) = evidence.title, limits
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


def _is_full_form(name: Name, quoted: Set[str], evidence: Evidence) -> bool:
    """Whether the quote has a part of the name, and its article the whole of it, which it shortens nobody else's to."""
    if not (set(name.words) - evidence.ordinary) & quoted:
        return False
    names = [other for text in evidence.articles for other in list_names(text, evidence.ordinary)]
    return any(other.words == name.words for other in names) and not find_namesake(name, names, evidence.ordinary)


def _is_short(claim: str) -> bool:
    return len([word for word in claim.split() if list_content(word)]) <= STANDARD_LIMITS.few_words


def _find_strange(claim: str, evidence: Evidence) -> str:
    return _find_unusable(evidence) or ("it is not in English" if is_foreign(claim) else "")


def _find_unusable(evidence: Evidence) -> str:
    if evidence.is_order:
        return "the quote gives orders, and states nothing"
    lead, colon, _ = evidence.text.partition(":")
    is_told = not is_foreign(evidence.text) and not (colon and lead.count(" ") > 1 and is_foreign(lead))
    return "" if is_told else "the quote is not in English"


def _list_support(claim: Claim) -> tuple[int, ...]:
    return claim.quotes if is_supported(claim) else ()


def _is_sure_of_name(alone: Reading, evidence: Evidence, certainty: float) -> bool:
    """Whether a quote by itself answers with a name; with "he" it does not, then what stands before it may."""
    if not alone.spans or alone.spans[0].score - alone.no_answer < certainty:
        return False
    best = alone.spans[0]
    return bool(list_names(evidence.text[best.start : best.end], evidence.ordinary))

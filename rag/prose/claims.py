"""A model's text as claims: its sentences, each with the numbers that it names, without what models put around them."""

import re
from collections.abc import Iterator, Sequence

from corpus.passages import split_sentences
from rag.answer import Answer, Claim, Verdict
from rag.chat_model import drop_thoughts
from rag.english.letters import drop_unseen
from rag.prose.prompting import NOT_HERE

_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|and|&|[-\u2013])\s*\d{1,3})*"
_MARK = re.compile(
    rf"\s*(?:[\[【](?:sentences?|quotes?|\^|#)?\s*({_NUMBERS})\s*[\]】]|\((?:sentences?|quotes?)\s+({_NUMBERS})\))",
    re.IGNORECASE,
)
_MARKS_BEHIND = re.compile(rf"(?P<end>[.!?]+[\"”\u2019']?)(?P<marks>(?:{_MARK.pattern})+)", re.IGNORECASE)
_DECORATION = re.compile(r"^\s*(?:[-*•]\s+|\d{1,2}[.)]\s+|#+\s+|>\s+)|\*\*|__", re.MULTILINE)
_FETCHED = re.compile(
    r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<[a-z/!?][^<>]*(?:>|\Z)|^ *\[[^\]]+\]: *<?(?:[a-z]+://|www\.).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Pictures, tags and addresses of Markdown and HTML, which would fetch or lead to something where they are shown."""
_LINK = re.compile(r"(\[\d+\])\([^)]*\)|\[([^\]]+)\]\([^)]*\)")
_END = re.compile(r"[.!?…][\"”\u2019')]*\Z")
_NOTHING = re.compile(rf"\W*(?:{NOT_HERE}|not in these articles)\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\b(?:articles?|sentences?|passages?|quotes?|texts?|material|sources?|information)\b[^.]{0,60}?"
    r"\b(?:do(?:es)? not|don.t|doesn.t|(?:is|are) not)\s+(?:\w+\s+)?"
    r"(?:say|mention|answer|provide|provided|contain|state|stated|specify|specified|include|tell|give|given|available)\b",
    re.IGNORECASE,
)


def read_claims(text: str, most: int) -> tuple[Claim, ...]:
    """Return the sentences of a model's text, unchecked, without marks, thoughts, markup and repetitions.

    Each has the positions that its marks name; a mark beyond `most` counts for nothing. A mark that stands behind the
    full stop belongs to the sentence before it. A text that says that the answer is not here has no claims, and a
    sentence behind others that says so is none.
    """
    plain = _DECORATION.sub("", _LINK.sub(r"\1\2", _FETCHED.sub("", drop_unseen(drop_thoughts(text)))))
    if _NOTHING.match(plain) or NOT_HERE.startswith(plain.strip().upper()):
        return ()
    plain = _MARKS_BEHIND.sub(lambda found: found["marks"] + found["end"], plain)
    claims: dict[str, Claim] = {}
    for sentence in _list_sentences(plain):
        words = " ".join(_MARK.sub("", sentence).split())
        positions = sorted({number - 1 for number in _list_marks(sentence) if 1 <= number <= most})
        is_statement = any(map(str.isalnum, words)) and not _NOTHING.fullmatch(words.rstrip(" .!*"))
        if is_statement and words.casefold() not in claims:
            claims[words.casefold()] = Claim(words, tuple(positions))
    return tuple(claims.values())


def list_finished(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims without the last where it has no end: a model was stopped within it."""
    return tuple(claims if claims and _END.search(claims[-1].text) else claims[:-1])


def says_nothing(text: str) -> bool:
    """Whether a model's text says, in the words it was given or its own, that the articles do not answer."""
    plain = drop_thoughts(text)
    return bool(_NOTHING.match(plain) or _SAYS_NOTHING.search(plain))


def is_supported(claim: Claim) -> bool:
    """Whether a claim was checked and passed."""
    return claim.verdict in (Verdict.SUPPORTED, Verdict.REPAIRED)


def mark_claim(answer: Answer, claim: Claim) -> str:
    """Return the claim with the `[n]` marks of the sources of its quotes behind it."""
    return " ".join([claim.text, "".join(answer.list_marks(claim.quotes))]).rstrip()


def write_prose(answer: Answer, claims: Sequence[Claim]) -> str:
    """Return the claims that are not unsupported as one text, each with the `[n]` marks of its sources."""
    return " ".join(mark_claim(answer, claim) for claim in claims if claim.verdict is not Verdict.UNSUPPORTED)


def _list_sentences(text: str) -> Iterator[str]:
    for line in filter(str.strip, text.splitlines()):  # models do not wrap lines by hand
        yield from (line[start:end] for start, end in split_sentences(line))


def _list_marks(sentence: str) -> Iterator[int]:
    for found in _MARK.finditer(sentence):
        marks = found[1] or found[2]
        for first, last in re.findall(r"(\d+)(?:\s*[-\u2013]\s*(\d+))?", marks):
            yield from range(int(first), int(last or first) + 1)

"""How a question opens, and what that says of the answer: yes or no, a reason, words that were said, several things."""

import re

from rag.asking.grammar.lexicon import AUXILIARIES, QUESTION_WORDS
from rag.question import MIN_CHARACTERS, Kind

_POLITE = re.compile(
    r"(?:(?:please|so|and|but|well|ok|okay|now|also|hi|hello)\b,?\s+"
    r"|(?:can|could|would|will)\s+(?:you|i|we|someone)\s+(?:please\s+)?"
    r"(?:tell|explain|show|find|say|know|remind|describe|list|name|give)(?:\s+(?:me|us|out))?\b\s*(?:to\s+(?:me|us)\s+)?"
    r"|(?:do|does|did)\s+(?:you|anyone|we)\s+(?:know|remember|have\s+any\s+idea)\s+"
    r"|(?:i\s+(?:want|need|would\s+like)|i['\u2019]d\s+like)\s+to\s+know\s+|tell\s+(?:me|us)\s+)+",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_MARKS = re.compile(r"^(?:[\s\-*>#\u2022\u2013\u2014.,;:]+|\d{1,2}[.)]\s+|q(?:uestion)?\s*[:.]\s+)+", re.IGNORECASE)
_QUOTED = re.compile('["\u201c\u201e\'\u2018\u00ab]([^"\u201c\u201d]+)["\u201d\'\u2019\u00bb]')
_ALL_BEFORE = re.compile(r".*[.!;]\s+(?=\S)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_NEGATED = re.compile(r"n['\u2019]t$")
_CHOICE = re.compile(r"\bor\b(?!\s+not\b)", re.IGNORECASE)

_SAY = "say|tell|warn|claim|call|announce|argue|reply|respond|react|comment|deny|think|describe|promise|admit|insist"
_SAID = "said|told|warned|claimed|announced|argued|replied|commented|denied|described|promised|admitted|insisted"
_WHAT_SAID = re.compile(
    r"(?:what|how|whom?)\s+(?:else\s+)?"
    rf"(?:(?:did|does|do|will|would)\s+(?!(?:it|this|that)\s)[^?]{{1,80}}?\s(?:{_SAY})"
    rf"|(?:has|have|had)\s[^?]{{1,80}}?\s(?:{_SAID})|(?:is|are|was|were)\s[^?]{{1,80}}?\ssaying)\b"
    rf"|what\s+(?:exactly\s+)?(?:was|were|has\s+been)\s+said\b|what\s(?:\w+\s){{1,4}}(?:said|says)\s+(?:about|of|on|in|at|to|after)\b",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(
    r"who\s+(?:\w+ly\s+|also\s+|first\s+|has\s+|had\s+)?"
    rf"(?:{_SAID}|called(?!\s+(?:for|on|in|off))|says|say|warns|claims|stated)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"why\b|how\s+come\b|for\s+what\s+reasons?\b"
    r"|what\s+(?:exactly\s+)?(?:caused|causes(?!\s+of)|led\s+to|triggered|prompted|sparked|made)\b"
    r"|what\s+(?:is|was|are|were)\s+(?:the\s+|some\s+of\s+the\s+|\w+['\u2019]s?\s+)(?:\w+\s+)?(?:reasons?|causes?|grounds|motives?)\b"
    r"|(?:reasons?|causes?)\s+(?:for|of|why)\b"
    r"|(?:because\s+of|due\s+to)\s+what\b|what\s+(?:is|was)\s+(?:behind|the\s+cause\s+of)\b",
    re.IGNORECASE,
)
_DO = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_MANNER = re.compile(rf"how\s+(?:exactly\s+)?{_DO}\b", re.IGNORECASE)
_DUE_TO_WHAT = re.compile(r"\b(?:because\s+of|due\s+to|thanks\s+to)\s+(?:what|which)\s*\?*$", re.IGNORECASE)

_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|several)"
_PLURAL = (
    r"(?!(?:was|is|has|does|his|its|this|as)\b|\w*(?:ss|us|is|tics|news|series|species)\s)"
    r"(?:\w+s|people|men|women|children)"
)
_PLURAL_VERB = r"(?:are|were|have|do|did|could|will|would|had|can|should|may|must)"
_LIST = re.compile(
    rf"(?:list|name|enumerate)\s+(?:all|every|some|a\s+few|(?:the\s+)?(?:{_COUNT}|{_PLURAL}))\b"
    rf"|(?:which|what)\s+(?:of\s+the\s+)?(?:other\s+)?(?:{_COUNT}|(?:\w+\s+)?{_PLURAL}(?=\s+{_PLURAL_VERB}\b))\s"
    rf"|which\s+{_PLURAL}\s+(?!of\b|was\b|is\b|has\b|does\b)\w"
    rf"|which\s+\w+\s+{_PLURAL}\s+(?:\w+ed|met|took|won|lost|made|gave|sent|left|cut|said)\b"
    rf"|(?:what|who)\s+(?:are|were)\s+(?:the|some|all|its|their|his|her|\w+['\u2019]s?)\s+(?:(?:names|titles)\s+of\s+)?(?:[\w-]+\s+){{0,3}}?{_PLURAL}\b"
    r"(?![^?]*\b(?:called|named|as|to|with|\w+ing)\W*$)"
    r"|who\s+(?:all\s+)?(?:met|attended|took\s+part|participated|else)\b"
    r"|what\s+(?:else\s+)?(?:did|does|do|has|have)\s+[^?]{1,60}?\s(?:demand|demanded|require|want|propose|proposed|offer|offered)\W*$",
    re.IGNORECASE,
)


def find_opening_kind(question: str) -> Kind | None:
    """Return the kind that a question opens as: `YES_NO`, `REASON`, `STATEMENT`, `LIST`; None if as none of these."""
    opening = find_opening(question)
    if _asks_yes_or_no(opening):
        return Kind.YES_NO
    if _asks_for_reason(opening):
        return Kind.REASON
    if _WHAT_SAID.match(opening) or _WHO_SAID.match(opening):
        return Kind.STATEMENT
    return Kind.LIST if _LIST.match(opening) else None


def strip_strays(question: str) -> str:
    """Return a question without emoji, list marks, "Q:" before it and quotation marks around it.

    `strip_strays('1. "Who won?" \U0001f600')` is "Who won?"; a text of nothing else comes back as it is.
    """
    plain = _MARKS.sub("", _EMOJI.sub("", question)).strip()
    quoted = _QUOTED.fullmatch(plain)
    plain = quoted[1].strip() if quoted else plain
    return plain if len(plain) >= MIN_CHARACTERS else question


def find_opening(question: str) -> str:
    """Return the question proper: without what is told before it, and without "can you tell me"."""
    last = _without_politeness(_ALL_BEFORE.sub("", question.strip(), count=1))
    return last if _begins_as_question(last) else _without_politeness(question.strip())


def _without_politeness(text: str) -> str:
    polite = _POLITE.match(text)
    return text[polite.end() :] if polite else text


def _begins_as_question(text: str) -> bool:
    first = _WORD.match(text)
    return first is not None and first[0].casefold() in AUXILIARIES | QUESTION_WORDS | {"list", "name"}


def _asks_for_reason(opening: str) -> bool:
    is_manner = bool(_MANNER.match(opening)) and not _WHAT_SAID.match(opening)
    return bool(_REASON.match(opening) or _DUE_TO_WHAT.search(opening)) or is_manner


def _asks_yes_or_no(opening: str) -> bool:
    """Whether it opens with an auxiliary and its subject, and leaves no choice between two."""
    words = [word.casefold() for word in _WORD.findall(opening)]
    if len(words) < len(("is", "it", "so")) or words[1] in QUESTION_WORDS or _CHOICE.search(opening):
        return False
    return _NEGATED.sub("", words[0]) in AUXILIARIES - {"be", "been", "being"}

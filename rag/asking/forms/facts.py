"""Questions about what a sentence states: who did it, when it was, how many there were.

Only sentences are used that begin with a plain subject and go on with one plain verb: their words need not be
understood to be put in the order of a question. A question must name something, so that it can be asked alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.asking.grammar.lexicon import BASE_OF
from rag.asking.grammar.phrases import Token, tag_words
from rag.english.countries import find_countries
from rag.english.people import is_common, is_given_name

_SUBJECT = re.compile(r"(?:[DNS]*N)(?:P[DNS]*N)?")
_UNPLAIN = re.compile('[\u201c\u201d"\u2018():;\u2026?!\\n]')
_COUNTED = re.compile(
    r"(?:(?:at least|about|more than|nearly|almost|around|over) )?(\d[\d,]*)"
    r" ((?:[a-z]+ )?(?:people|men|women|children|[a-z]+s))\b ?",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"T+(?:,T+)*(?![NSVA])")
_MEASURES = frozenset(
    "years months weeks days hours minutes miles kilometres kilometers metres meters degrees points".split()
)
_SPEECH = frozenset("said told added warned called asked announced reported stated claimed confirmed".split())
_AUXILIARIES = frozenset("was were has have had will".split())
_VAGUE = frozenset("this that these those another other also again back current currently".split())
"""Words that make sense only with what stands before the sentence."""
LENGTHS = range(6, 40)
"""How many words and signs a sentence has that is looked at."""
MOST_WORDS = 16
"""Of a question: nobody reads a longer one."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The parts of "The probe was launched from Kourou on Monday", as written; `moment` is "Monday".

    `names` says whether a name stands in it.
    """

    subject: Sequence[Token]
    auxiliary: str
    verb: str
    rest: str
    moment: str
    names: bool

    @property
    def who(self) -> str:
        """The subject as it stands within a sentence."""
        text = _join(self.subject)
        return text[0].lower() + text[1:] if self.subject[0].tag == "D" else text


def list_facts(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield questions that the sentence answers, each with the words of the sentence that answer it.

    Example:
        >>> list(list_facts("Ada Moreau opened the bridge in Porto on Monday."))
        [('Who opened the bridge in Porto?', 'Ada Moreau'), ('When did Ada Moreau open the bridge in Porto?', 'Monday')]
    """
    clause = _read_clause(sentence)
    if clause is None:
        return
    for question, answer in (*_ask_who(clause), *_ask_how_many(clause), *_ask_when(clause)):
        if len(question.split()) <= MOST_WORDS:
            yield " ".join(question.split()).replace(" ?", "?"), answer


def _ask_who(clause: _Clause) -> Iterator[tuple[str, str]]:
    is_person = all(token.tag == "N" and token.text[0].isupper() for token in clause.subject)
    is_person = is_person and any(is_given_name(token.text) for token in clause.subject)
    if is_person and re.search(r"\b[A-Z]", clause.rest):
        yield f"Who {clause.auxiliary} {clause.verb} {clause.rest}?", clause.who


def _ask_how_many(clause: _Clause) -> Iterator[tuple[str, str]]:
    counted = _COUNTED.fullmatch(clause.who)
    if counted and clause.names and counted[2] not in _MEASURES:
        yield f"How many {counted[2]} {clause.auxiliary} {clause.verb} {clause.rest}?", counted[1]
    counted = _COUNTED.match(clause.rest)
    if counted and clause.names and counted[2] not in _MEASURES and (asked := _invert(clause)):
        yield f"How many {counted[2]} {asked} {clause.rest[counted.end() :]}?", counted[1]


def _ask_when(clause: _Clause) -> Iterator[tuple[str, str]]:
    is_past = clause.auxiliary in ("", "was", "were", "will")
    if clause.moment and clause.names and is_past and (asked := _invert(clause)):
        yield f"When {asked} {clause.rest}?", clause.moment


def _invert(clause: _Clause) -> str:
    """Return "was the probe launched" or "did the probe land"; empty where the verb's base form is not known."""
    if clause.auxiliary:
        return f"{clause.auxiliary} {clause.who} {clause.verb}"
    return f"did {clause.who} {BASE_OF[clause.verb]}" if clause.verb in BASE_OF else ""


def _read_clause(sentence: str) -> _Clause | None:
    tokens = tag_words(sentence)
    first = next((place for place, token in enumerate(tokens) if token.tag in "AV"), 0)
    subject = tokens[:first]
    if len(tokens) not in LENGTHS or _UNPLAIN.search(sentence) or not _is_plain(subject):
        return None
    last = first + (tokens[first].tag == "A")
    end = next((place for place, token in enumerate(tokens) if place > last and token.tag not in "DNSPJB"), 0)
    if not _is_whole(tokens, first, last, end):
        return None
    moment, stop = _read_moment(tokens, end)
    if tokens[end].tag == "T" and not moment:
        return None
    names = [token for token in (*subject, *tokens[last + 1 : stop]) if token.start and token.text[0].isupper()]
    auxiliary = tokens[first].text if last > first else ""
    rest = sentence[tokens[last].end : tokens[stop].start].strip()
    return _Clause(subject, auxiliary, tokens[last].text, rest, moment, bool(names))


def _is_plain(subject: Sequence[Token]) -> bool:
    """Tell whether a subject is one phrase whose first word keeps its capital, or is known to lose it."""
    if _COUNTED.fullmatch(_join(subject)):
        return True
    if not _SUBJECT.fullmatch("".join(token.tag for token in subject)):
        return False
    first, rest = subject[0], subject[1:]
    if first.tag == "D" or any(token.text[0].isupper() for token in rest):
        return True
    return bool(find_countries(first.text)) or not is_common(first.text)


def _join(tokens: Sequence[Token]) -> str:
    return re.sub(r" (['\u2019]s)\b", r"\1", " ".join(token.text for token in tokens))


def _is_whole(tokens: Sequence[Token], first: int, last: int, end: int) -> bool:
    """Tell whether the words from the verb to `end` say the whole of something, in the past."""
    if not end or tokens[last].tag != "V" or tokens[last].word in _SPEECH:
        return False
    if last > first and tokens[first].word not in _AUXILIARIES:
        return False
    if any(token.word in _VAGUE for token in tokens[:end]) or (last == first and tokens[last + 1].word == "by"):
        return False
    is_end = tokens[end].text == "." and end == len(tokens) - 1
    is_open = tokens[end - 1].tag in "DB" or tokens[end - 1].word in ("since", "late", "early", "mid", "last")
    return not is_open and (is_end or tokens[end].tag == "T" or tokens[end].text in (",", "and"))


def _read_moment(tokens: Sequence[Token], end: int) -> tuple[str, int]:
    """Return the date that begins at `end`, as written, and where the words before it end; "" if there is none."""
    before = tokens[end - 1]
    tags = "".join("," if token.text == "," else token.tag for token in tokens)
    found = _MOMENT.match(tags, end)
    if found is None or (before.tag == "P" and before.word not in ("on", "in")):
        return "", end
    words = " ".join(token.text for token in tokens[end : found.end()]).replace(" ,", ",")
    return words, end - (before.tag == "P")

"""What gives a cause or a purpose, and what only tells of the event whose cause is asked for."""

import re

from rag.asking.spans.expected import Expected
from rag.asking.spans.place import Place
from rag.english.terms import list_content

MOST_SHARED = 0.6
"""A sentence that has more of the question's words tells of the event."""
_CAUSE = re.compile(
    r"\b(?:because|due\sto|owing\sto|thanks\sto|amid|following|since|so\sthat"
    r"|after(?!\s(?:that|all)\b|\s(?:[\w-]+\s){1,3}(?:years?|months?|weeks?|days?|hours?|minutes?)\b)"
    r"|upon\s\w+ing|in\s(?:an\seffort|order|response)\sto|as\sa\sresult|citing|caused|causes?\sof|led\sto|prompted"
    r"|triggered|sparked|blamed?|reasons?|aim(?:s|ed)?|over|if|concerns?|fear(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:([a-z]+)\s)?\bto\s(?:\w+ly\s)?(?!\w+ing\b|(?:all|any|the|an?|its?|his|her|their|some|other|more)\b)([a-z]+)"
)
_TAKE_VERBS = frozenset(
    """want wants wanted agree agreed decide decided begin began ask asked told had has have were was is are be due able
    likely ready plan planned expect expected used continue continued forced ordered called allowed intend intended
    threatened refused seem seemed try tried need needed""".split()
)
"""Words before "to" and a verb that tell of no purpose."""
_CAUSED_WITHIN = 40
"""Characters before a span in which what gives a cause is looked for."""


def gives_cause(expected: Expected, place: Place) -> bool:
    """Whether a cause is told, or a purpose that is not the event that the question asks about."""
    return _tells_cause(expected, f"{place.lead[-_CAUSED_WITHIN:]}{place.span}")


def only_tells_event(expected: Expected, place: Place) -> bool:
    """Whether the sentence tells of the event that the question asks about, and of no cause."""
    asked = list_content(expected.question)
    shared = len(asked & list_content(place.sentence))
    return shared > MOST_SHARED * len(asked) and not _tells_cause(expected, place.sentence)


def _tells_cause(expected: Expected, text: str) -> bool:
    purposes = {found[2] for found in _PURPOSE.finditer(text) if found[1] not in _TAKE_VERBS} - expected.words
    return bool(purposes or _CAUSE.search(text))

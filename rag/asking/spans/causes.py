"""What gives a cause or a purpose."""

import re

from rag.asking.spans.expected import Expected
from rag.asking.spans.place import Place

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
    told = f"{place.lead[-_CAUSED_WITHIN:]}{place.span}"
    purposes = {found[2] for found in _PURPOSE.finditer(told) if found[1] not in _TAKE_VERBS} - expected.words
    return bool(purposes or _CAUSE.search(told))

"""What the verb of a question means, and whether the words around a span say that or something else.

Who is counted as killed has not survived, and the day on which something began is not the one on which it ended.
"""

import re
from collections.abc import Iterator

from rag.asking.grammar.lexicon import PEOPLE
from rag.asking.openings import find_opening
from rag.asking.spans.deeds import list_telling
from rag.asking.spans.expected import Expected, Sort
from rag.asking.spans.place import Place
from rag.asking.spans.roles import is_of_other_role, is_of_other_side


def _compile(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_SENSES = {
    sense: _compile(words)
    for sense, words in {
        "dead": r"d(?:ie[ds]?|ying|ead|eaths?)|death\stoll|tolls?|kill\w*|perish\w*|fatal\w*|drown\w*|murder\w*|slain"
        r"|bod(?:y|ies)|li(?:fe|ves)(?:\swere)?\slost|(?:lost|losing|claim\w*|took|taking|cost)\s(?:[\w,]+\s){0,4}lives",
        "hurt": r"injur\w*|wound\w*|hurt|hospitali[sz]ed|hospitals?",
        "alive": r"surviv\w*|alive|rescued?|saved?|unharmed|unhurt",
        "aboard": r"on\s?board|aboard|inside|carr(?:y|ied|ying)|held|occupied",
        "living": r"live[ds]?|living|reside[ds]?|inhabit\w*|population|home\sto|residents",
        "missing": r"missing|unaccounted",
        "arrested": r"arrest\w*|detain\w*|custody|jailed|imprisoned",
        "freed": r"released?|freed?|let\sgo|bailed",
        "ill": r"ill|infect\w*|sick\w*|contract(?:ed|ing)|cases",
        "displaced": r"evacuat\w*|fled|flee\w*|displaced|homeless|le(?:ave|ft|aving)\stheir\shomes",
        "stuck": r"stranded|trapped|stuck|cut\soff",
        "women": r"wom[ae]n|females?|ladies",
        "men": r"m[ae]n|males?",
        "born": r"born|birth",
        "begun": r"beg[aiu]n\w*|start\w*|launch\w*|commenc\w*|br(?:oke|eak\w*)\sout|erupt\w*|declar\w*|impos\w*"
        r"|introduc\w*",
        "ended": r"end(?:s|ed|ing)?|finish\w*|conclu\w*|lift\w*|expir\w*|ceas\w*|terminat\w*",
        "won": r"w[io]ns?|winn\w+|beat\w*|defeat(?:s|ed|ing)?|victor\w*",
        "arrived": r"arriv\w*|reach\w*|land(?:s|ed|ing)?",
        "left": r"left|leav\w*|depart\w*|withdr\w*|fl[ei][ew]\w*",
        "appointed": r"appoint\w*|elect(?:ed|s)?|sworn|took\s(?:over|office)|becam?e\w*|hired",
        "resigned": r"resign\w*|quit|st[eo]p(?:s|ped|ping)?\sdown|(?:sack|dismiss|fir|oust)ed",
        "built": r"buil[dt]\w*|constructed|put\sup",
        "destroyed": r"destroy\w*|demolish\w*|collaps\w*|torn\sdown|burn\w*",
    }.items()
}
"""What a word, of whatever form, says."""
_RIVALS = [
    frozenset(senses.split())
    for senses in (
        "dead hurt alive aboard living missing arrested freed ill displaced stuck",
        "born dead",
        "women men",
        "begun ended",
        "arrived left",
        "appointed resigned",
        "built destroyed",
    )
]
"""Senses that do not hold of one and the same: where a clause says one of them, it does not say another."""
_HOLDER = rf"(?:new|next|interim|acting|current|incumbent|now)\s(?:[\w-]+\s){{0,3}}?(?:{'|'.join(sorted(PEOPLE))})"
_SAYS = {
    **{sense: _SENSES[sense] for sense in ("hurt", "ended", "left")},
    "alive": _compile(
        r"surviv\w*|alive|rescu\w*|sav(?:ed|ing)|pulled|unharmed|unhurt|escap\w*|all\sbut|walked\saway|recovered"
    ),
    "living": _compile(r"live[ds]?|living|reside\w*|inhabit\w*|population|home\sto|residents|housed?|occup\w+"),
    "done": _compile(r"complet\w*|finish\w*|ready|built|construct\w*|open(?:s|ed|ing)?"),
    "succeeded": _compile(
        r"succe(?:ed|ss)\w*|replac\w*|t(?:ak(?:es?|en|ing)|ook)\s(?:over|office|power|the\s\w+)|elect\w*|appoint\w*|named"
        rf"|cho(?:se|sen|ice|oses?)|pick\w*|swor[en]|becom\w*|became|inherit\w*|follow(?:s|ed)|hand\w*|heir|predecessor|{_HOLDER}"
    ),
    "beaten": _compile(r"beat\w*|defeat\w*|los(?:t|es?|ing)|w[io]n\w*|against|ahead|rivals?|runner-up"),
    "carried": _compile(
        r"carr(?:y|ies|ied|ying)|load\w*|cargo\sof|transport\w*|deliver\w*|freight|shipment|shipped|contain(?:s|ed|ing)"
        r"|aboard|on\sboard|br(?:ing|ought)\w*|laden|filled"
    ),
}
"""What is said in few ways only: a sentence without any of these words does not say it."""
_ASKS = {
    **{sense: _SENSES[sense] for sense in ("hurt", "alive", "ended", "left")},
    "living": _compile(r"lived?|living"),
    "done": _compile(r"completed?|finished"),
    "succeeded": _compile(r"succeed\w*|successor|replac\w*|t(?:ak(?:es?|en)|ook)\s(?:over|the\splace)|predecessor"),
    "beaten": _compile(r"los(?:t|es?)\sto"),
    "carried": _compile(r"carrying|transporting"),
}
_NEEDED = {
    Sort.COUNT: ("hurt", "alive", "living"),
    Sort.DATE: ("ended", "left", "done"),
    Sort.PERSON: ("succeeded", "beaten"),
    Sort.ANYTHING: ("carried",),
}
_EVENTS = [
    _compile(words)
    for words in (
        r"(?:wild)?fires?|blazes?|burn\w*",
        r"(?:earth)?quakes?|tremors?|seismic",
        r"crash\w*|colli(?:sion|d)\w*|accidents?|derail\w*|wreck\w*",
        r"shootings?|shots?|gunm[ae]n|gunfire|massacre",
        r"explosions?|explod\w*|blasts?|bomb\w*",
        r"flood\w*",
        r"storms?|hurricanes?|cyclones?|typhoons?|tornado\w*",
        r"stampedes?|crush\w*|trampl\w*",
        r"s[aiu]nk\w*|capsiz\w*|shipwreck",
        r"landslides?|mudslides?|avalanches?",
        r"outbreaks?|epidemics?|pandemics?|virus\w*|diseases?",
    )
]
"""Events that are told with one of these words."""
_POPULATION = _compile(r"(?<=the\s)population|(?<=many\s)inhabitants")
_LIVES = _compile(r"population|inhabit\w*|residents?|people|citizens|live[ds]?|home\sto|souls")
NEAR_BEGIN = 30
"""Characters at the beginning of a question within which it says what is counted."""
_ALL_BUT = _compile(r"all\sbut")
_SUBORDINATE = re.compile(r"\s(?:when|after|while|as|before|with|following|during|that|which|who|whose|where|if)\s")
_LENGTHS = r"\w*met(?:re|er)s?|feet|foot|ft|inch\w*|miles?|yards?|k?m|cm|mm|stor(?:ey|ie|y)s?|floors"
_MEASURES = {
    adjective: re.compile(rf"(?<![a-z])(?:{measures})(?![a-z])", re.IGNORECASE)
    for adjective, measures in {
        "fast": r"hours?|minutes?|seconds?|[mk]ph|km/?h|knots?|mach|per\s?cent|%|times|an?\s(?:day|week|month|year)",
        "heavy": r"ton(?:ne)?s?|kilo\w*|kg|pounds?|lbs?|grams?|ounces?|stone",
        **dict.fromkeys(("tall", "deep", "wide"), _LENGTHS),
    }.items()
}
_HOW = re.compile(rf"\bhow\s({'|'.join(_MEASURES)})\b", re.IGNORECASE)
_BEHIND = 40
"""Characters behind a span in which the measure of its number is looked for."""
_PAIRED = {Sort.COUNT, Sort.AMOUNT, Sort.DATE, Sort.LENGTH, Sort.PERSON, Sort.PLACE, Sort.COUNTRY, Sort.NAME}


def find_unsaid(expected: Expected, place: Place) -> str:
    """Return the word of the question that what stands around a span does not say; '' if it may say it.

    Asked "How many survived?", of "14 were killed" it is "survived".
    """
    asked = _SUBORDINATE.split(find_opening(expected.question))[0]
    checks = (_list_untold, _list_opposed, _list_reversed, _list_lacking, _list_uneventful, _list_unmeasured)
    return next((word for check in checks for word in check(expected, asked, place)), "")


def is_untold(expected: Expected, place: Place) -> bool:
    """Whether somebody's words or act are asked for, and no sentence of the passage tells them."""
    deed = expected.deed
    return deed is not None and not list_telling(deed, place.text, place.sentences, place.title)


def _list_untold(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield the topic, or the act, if it is somebody else who said or did what the span tells."""
    deed = expected.deed
    if deed and not place.is_among(list_telling(deed, place.text, place.sentences, place.title)):
        yield deed.asked


def _list_opposed(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield the words whose sense the clause of the span does not have, while it has another that excludes it."""
    if expected.sort not in _PAIRED:
        return
    wanted = {sense: found[0] for sense, pattern in _SENSES.items() if (found := pattern.search(asked))}
    told = {sense for sense, pattern in _SENSES.items() if pattern.search(place.clause)} if wanted else set()
    for group in _RIVALS:
        ours, theirs = wanted.keys() & group, told & group
        if ours and theirs and not ours & theirs and not _ALL_BUT.search(place.clause):
            yield wanted[min(ours)]


def _list_reversed(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield the verb, if the span is who came before and the question asks who came after, or of another office."""
    verbs = (pattern.search(asked) for pattern in (_ASKS["succeeded"], _SENSES["won"]))
    verb = next((found[0] for found in verbs if found), "")
    if (
        verb
        and expected.sort is Sort.PERSON
        and (is_of_other_side(expected, place) or is_of_other_role(expected, place))
    ):
        yield verb


def _list_lacking(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield the verb that the sentence needs and lacks."""
    needed = () if _SENSES["begun"].search(asked) else _NEEDED.get(expected.sort, ())
    for sense in needed:
        if (found := _ASKS[sense].search(asked)) and not _SAYS[sense].search(place.sentence):
            yield found[0]


def _list_uneventful(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield the event of the question that neither passage nor title mentions, while they mention another."""
    if expected.sort in _PAIRED:
        told = [bool(pattern.search(f"{place.title}\n{place.text}")) for pattern in _EVENTS]
        wanted = [pattern.search(expected.question) for pattern in _EVENTS]
        yield from (
            found[0] for found, is_told in zip(wanted, told, strict=True) if found and not is_told and any(told)
        )


def _list_unmeasured(expected: Expected, asked: str, place: Place) -> Iterator[str]:
    """Yield what is to be measured, if the number is in another measure."""
    population, how = _POPULATION.search(asked, 0, NEAR_BEGIN), _HOW.search(asked)
    if population and place.numbers and not _LIVES.search(place.sentence):
        yield population[0]
    behind = place.text[place.start : place.end + _BEHIND]
    if how and place.numbers and not _MEASURES[how[1].casefold()].search(behind):
        yield how[0]

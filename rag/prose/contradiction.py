"""Whether a claim contradicts a quote on the same matter: negations, opposites, and who did what to whom."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.english.names import to_words
from rag.english.terms import list_terms

_NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot hardly denied denies deny refused
refuses refuse rejected rejects reject declined declines failed fails fail unable ruled""".split()
)
_OF_NOUNS = frozenset("no none nobody nothing neither nor without".split())
_SCOPE = 4
"""Content words behind a negation that it may be about."""
_NEXT = 3
"""Words behind a name that say what it does."""
_SCOPE_ENDS = frozenset([*"but although though because however while whereas".split(), *".;:"])

_OPPOSITES = """
rose rise rises risen rising raise raised raises raising lift lifted lifts increase increased increases climbed climb
grow grew growth gained | fell fall falls fallen falling cut cuts lower lowered decrease decreased reduce reduced drop
dropped shrink shrank slowed lost /
more larger bigger greater higher | fewer less smaller lower /
largest biggest highest most | smallest lowest least fewest /
won win wins winning | lost lose loses losing defeated /
began begin begins started start starts | ended end ends stopped stop /
opened open reopened | closed close closes shut /
accept accepted accepts agreed agree agrees approved approve backed support supported supports favour favor gave |
reject rejected rejects refused refuse opposed oppose opposes against /
allow allowed allows permit permitted | ban banned bans bar barred prohibit prohibited prevent prevented forbid oblige /
north northern northeast northwest | south southern southeast southwest /
east eastern northeast southeast | west western northwest southwest /
confirmed confirm confirms admitted | denied deny denies /
sent send sends ordered deployed | withdrew withdraw withdrawn recalled /
joined join joins | quit leaves /
possible | impossible / legal | illegal / success succeeded successful | failure failed unsuccessful /
arrived arrive | departed depart / bought buy | sold sell / guilty convicted | innocent acquitted /
died killed dead | survived alive / temporary | permanent / safe | dangerous / true | false / easy | hard difficult
"""
_WEAK = list_terms("the said says ever any such also")
_SIDES = [tuple(frozenset(side.split()) for side in pair.split("|")) for pair in _OPPOSITES.split("/")]
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|[.;:]")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|be|been|being)\s+(?:\w+\s+)?\w+(?:ed|n|t|d)\b[^.;]*?\bby\b", re.IGNORECASE)


def find_negation(claim: str, quote: str) -> str:
    """Return the negation that one of the two has and the other has not, though it speaks of the same; '' if none."""
    for text, other in ((claim, quote), (quote, claim)):
        negated = frozenset(term for _, scope in _list_negations(other) for term in scope)
        terms = list_terms(other)
        for cue, scope in _list_negations(text):
            shared = [term for term in scope if term in terms]
            if shared and scope[0] == shared[0] and cue not in _OF_NOUNS:
                shared = shared[:1]  # the verb says best what is negated
            if shared and not any(term in negated for term in shared):
                return cue
    return ""


def find_opposite(claim: str, quote: str) -> tuple[str, str] | None:
    """Return a word of the claim and its opposite in the quote, where neither has both sides."""
    said, quoted = ({token.casefold() for token in _TOKEN.findall(text)} for text in (claim, quote))
    for pair in _SIDES:
        for one, other in (pair, pair[::-1]):
            if said & one and quoted & other and not (said & other or quoted & one):
                return min(said & one), min(quoted & other)
    return None


def find_swap(claim: str, quote: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Return two of the names that stand in the opposite order around, or before, the same words.

    A passive explains that, and so do enumerations.
    """
    if bool(_PASSIVE.search(claim)) != bool(_PASSIVE.search(quote)):
        return None
    said, quoted = list(to_words(claim)), list(to_words(quote))
    once = [name for name in dict.fromkeys(names) if said.count(name) == quoted.count(name) == 1]
    for one, other in combinations(once, 2):
        if (said.index(one) < said.index(other)) == (quoted.index(one) < quoted.index(other)):
            continue
        between = _terms_between(said, one, other) & _terms_between(quoted, one, other)
        if between or _change_places(said, quoted, (one, other), frozenset(names)):
            return one, other
    return None


def _terms_between(words: Sequence[str], one: str, other: str) -> frozenset[str]:
    first, last = sorted((words.index(one), words.index(other)))
    return list_terms(" ".join(words[first + 1 : last])) - _WEAK


def _change_places(said: Sequence[str], quoted: Sequence[str], pair: tuple[str, str], names: frozenset[str]) -> bool:
    """Whether what follows the one name in the claim follows not it, but the other, in the quote."""
    for name, twin in (pair, pair[::-1]):
        following = _terms_behind(said, name, names)
        if following & _terms_behind(quoted, twin, names) and not following & _terms_behind(quoted, name, names):
            return True
    return False


def _terms_behind(words: Sequence[str], name: str, names: frozenset[str]) -> frozenset[str]:
    """Return the next few terms that say what a name does: up to another name, but those enumerated with it."""
    terms: list[str] = []
    is_enumerated = True
    for word in words[words.index(name) + 1 :]:
        if len(terms) >= _NEXT or (word in names and not is_enumerated):
            break
        is_enumerated = word in ("and", "or") or (is_enumerated and word in names)
        if word not in names:
            terms.extend(list_terms(word) - _WEAK)
    return frozenset(terms)


def _list_negations(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every negation with the terms it may be about: the next few content words of its clause, in order."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    for place, token in enumerate(tokens):
        if token in _NEGATIONS or re.search(r"n[’']t$", token):
            yield token, _list_scope(tokens[place + 1 :])


def _list_scope(tokens: Sequence[str]) -> list[str]:
    scope: list[str] = []
    for token in tokens:
        if token in _SCOPE_ENDS or len(scope) == _SCOPE:
            break
        scope.extend(list_terms(token) - _WEAK)
    return scope

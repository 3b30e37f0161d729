"""Whether a claim contradicts a quote on the same matter: negations, opposites, and who did what to whom.

Of the 144 changed claims of `benchmarks/claims.jsonl` that no rule was written from, negations alone find 12,
opposites 2 and swapped names 1. Of the 36 true ones there, negations flag 1, the others none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rag.english.names import to_words
from rag.english.terms import list_terms

_NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot hardly denied denies deny refused
refuses refuse rejected rejects reject declined declines failed fails fail unable ruledout
avoid avoids avoided avoiding""".split()
)
_OF_NOUNS = frozenset("no none nobody nothing neither nor without".split())
_SCOPE = 4
"""Content words behind a negation that it may be about."""
_SCOPE_ENDS = frozenset(
    [
        *"but although though because however while whereas when after before until if unless who which where".split(),
        *".;:,",
    ]
)
_BOUND = re.compile(r"\b(?:(?:more|less|fewer) than|at (?:least|most))\b", re.IGNORECASE)
"""It belongs to a number, which is compared as such."""
_RULED_OUT = re.compile(r"rul(?:e|es|ed|ing)(?: \w+)? out\b", re.IGNORECASE)

_OPPOSITES = """
rose rise rises risen rising raise raised raises raising lift lifted lifts increase increased increases climbed climb
grow grew growth | fell fall falls fallen falling cut cuts lower lowered decrease decreased reduce reduced drop
dropped shrink shrank /
more larger bigger greater higher | fewer less smaller lower /
largest biggest highest | smallest lowest fewest /
won win wins winning | lost lose loses losing /
accept accepted accepts agreed agree agrees approved approve backed support supported supports |
reject rejected rejects refused refuse opposed oppose opposes /
favour favor | against /
allow allowed allows permit permitted | ban banned bans barred prohibit prohibited prevent prevented forbid /
north northern northeast northwest | south southern southeast southwest /
east eastern northeast southeast | west western northwest southwest /
sent send sends deployed | withdrew withdraw withdrawn recalled /
legal | illegal / possible | impossible / guilty convicted | innocent acquitted
"""
_WEAK = list_terms("the said says ever any such also")
_SIDES = [tuple(frozenset(side.split()) for side in pair.split("|")) for pair in _OPPOSITES.split("/")]
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?|[.;:,]")
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
    said, quoted = ({token.casefold() for token in _TOKEN.findall(_BOUND.sub("", text))} for text in (claim, quote))
    for pair in _SIDES:
        for one, other in (pair, pair[::-1]):
            if said & one and quoted & other and not (said & other or quoted & one):
                return min(said & one), min(quoted & other)
    return None


def find_swap(claim: str, quote: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Return two of the names that stand in the opposite order around the same words, unless a passive explains it."""
    if bool(_PASSIVE.search(claim)) != bool(_PASSIVE.search(quote)):
        return None
    said, quoted = list(to_words(claim)), list(to_words(quote))
    once = [name for name in dict.fromkeys(names) if said.count(name) == quoted.count(name) == 1]
    for one, other in combinations(once, 2):
        if (said.index(one) < said.index(other)) == (quoted.index(one) < quoted.index(other)):
            continue
        if _terms_between(said, one, other) & _terms_between(quoted, one, other):
            return one, other
    return None


def _terms_between(words: Sequence[str], one: str, other: str) -> frozenset[str]:
    first, last = sorted((words.index(one), words.index(other)))
    return list_terms(" ".join(words[first + 1 : last])) - _WEAK


def _list_negations(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every negation with the terms it may be about: the next few content words of its clause, in order."""
    tokens = [token.casefold() for token in _TOKEN.findall(_RULED_OUT.sub("ruledout", text))]
    for place, token in enumerate(tokens):
        if token in _NEGATIONS or re.search(r"n[’']t$", token):
            yield token.replace("ruledout", "ruled out"), _list_scope(tokens[place + 1 :])


def _list_scope(tokens: Sequence[str]) -> list[str]:
    scope: list[str] = []
    for token in tokens:
        if (token in _SCOPE_ENDS and (scope or token != ",")) or len(scope) == _SCOPE:
            break
        scope.extend(list_terms(token) - _WEAK)
    return scope

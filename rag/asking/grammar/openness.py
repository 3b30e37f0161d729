"""Questions that lack what they refer to: "why?", "who said so?", "did he agree?", "and NATO?"."""

import re
from collections.abc import Sequence

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.asides import strip_end
from rag.asking.grammar.memory import Told
from rag.asking.grammar.phrases import count_content, tag_words

MOST_CONTENT = 2
"""Nouns and verbs beside a pronoun; with more, a question may be a search of its own."""
MOST_CONTENT_BESIDE_IT = 1
_PERSONAL = words.MALE | words.FEMALE | words.NEUTER | words.PLURAL
_COMPLETED = frozenset("to for if when that because while and".split())
"""With these a clause may follow that says what "it" is."""

_OPENING = r"(?:(?:and|but|so|ok|okay|well|then|oh|hm+)[ ,]+)*"
_BARE = re.compile(
    rf"{_OPENING}(?P<word>why|when|where|how|who|whom|whose|what|which|how (?:many|much|long|come|so|far|often|old)"
    rf"|why not"
    r"|since when|until when|by whom|with whom|to whom|for whom|from where|how about that|where to|says who|which ones?"
    r"|what else|who else|where else|when else|what for|why so|why is that|why(?: was|'s) that|when was (?:that|this)"
    r"|where was (?:that|this)|who (?:was|is) (?:that|this|it)|how do you know(?: that)?|who (?:said|says|claims"
    r"|claimed|told"
    r" you) (?:so|that|this|it)|according to wh(?:o|om)|source|sources?|proof|really|seriously|are you (?:sure|certain)"
    r"|is (?:that|this|it) (?:true|right|so|correct|certain|confirmed)|what do you mean(?: by that)?|(?:tell me )?more"
    r"|(?:an? |the )?(?:time ?line|chronology|summary|overview|comparison|summari[sz]e|sum up|compare)"
    r"(?: (?:it|this|that|them|these|everything|all|all of (?:it|them)))?"
    r"|go on|more details?|what (?:happened )?(?:next|then)|and then|then what|what happened)",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(
    rf"{_OPENING}(?:says who|who (?:said|says|claims|claimed|told you|confirmed|reported) (?:so|that|this|it)"
    r"|according to wh(?:o|om)|(?:what is the |your )?sources?|how do you know(?: that)?)",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    rf"{_OPENING}(?:really|seriously|are you (?:sure|certain)"
    r"|is (?:that|this|it) (?:true|right|so|correct|certain|confirmed))",
    re.IGNORECASE,
)
_MORE = re.compile(rf"{_OPENING}(?:tell me more(?: about (?:it|that|this))?|more|go on|more details?)", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"(?:(?:and|but|or)[ ,]+(?:(?:what|how) about )?|(?:what|how) about )(?P<rest>.+)", re.IGNORECASE
)
_VERBS = (
    "agree accept approve consent comply object concur refuse reject decline respond reply react answer confirm deny"
    " succeed fail help win lose"
).split()
_UNSAID = re.compile(
    rf"{_OPENING}(?:(?P<asked>why|when|how|where) )?(?:did|does|do|will|would|has|have|had|is|are|was|were)(?:n't)? "
    rf"(?P<subject>(?:\S+ ){{1,4}}?)(?:not )?(?P<verb>{'|'.join(_VERBS)})(?:e?d)?",
    re.IGNORECASE,
)
_UNDERSTOOD = frozenset("respond reply react answer succeed fail help win lose confirm deny".split())
"""With these a subject is enough to search for: articles say to what it responded, and what it won."""
_PRONOUNS = re.compile(
    r"\b(?:he|she|they|him|her|his|hers|them|their|theirs|it|its|this|that|these|those|one|ones)\b", re.IGNORECASE
)
_COMPLEMENTS = {"agree": "agree to", "consent": "consent to", "comply": "comply with", "object": "object to"} | {
    verb: f"{verb} to" for verb in ("respond", "reply", "react")
}


def is_bare(question: str) -> bool:
    """Whether a question has no content of its own, such as "when?", or is a fragment, such as "and NATO?"."""
    asked = strip_end(question)
    return bool(_BARE.fullmatch(asked) or _find_fragment(asked))


def ask_about_answer(question: str, told: Sequence[Told]) -> str:
    """Return what a question about the last answer asks: who said it, whether it is so, or more of it; else "".

    `told` are the turns, oldest first.
    """
    asked = strip_end(question)
    last = next((each for each in reversed(told) if each.sentence), told[-1])
    if _WHO_SAID.fullmatch(asked) and last.sentence:
        return f"Who said “{last.sentence}”?"
    if _DOUBT.fullmatch(asked) and last.span:
        return last.question
    if _MORE.fullmatch(asked) and last.title:
        return f"Tell me about {last.title}"
    return ""


def lacks_reference(question: str) -> bool:
    """Whether a question without history says too little to be answered."""
    asked = strip_end(question)
    is_bare = _BARE.fullmatch(asked) or _find_fragment(asked)
    return bool(is_bare) or _is_unsaid(asked) or _has_open_pronoun(asked)


def ask_back(question: str) -> str:
    """Return a question about what was left out."""
    asked = strip_end(question)
    bare, unsaid = _BARE.fullmatch(asked), _UNSAID.fullmatch(asked)
    if bare:
        return f"{_name_missing(bare['word'].lower())} Ask in a whole sentence that names what it is about."
    if unsaid:
        verb = unsaid["verb"].lower()
        return f"{_COMPLEMENTS.get(verb, verb).capitalize()} what? Ask again, and name what it is about."
    fragment, pronoun = _find_fragment(asked), _PRONOUNS.search(asked)
    if fragment and not pronoun:
        return f"What about {fragment}? Ask in a whole sentence."
    return f"Who or what is “{pronoun[0] if pronoun else asked}”? Ask again with the name."


def _is_unsaid(asked: str) -> bool:
    """Whether what the verb is about is left out, and the subject is not enough to search for it."""
    found = _UNSAID.fullmatch(asked)
    if not found:
        return False
    is_pronoun = bool(_PRONOUNS.fullmatch(found["subject"].strip()))
    return is_pronoun or not (found["asked"] or found["verb"].lower() in _UNDERSTOOD)


def _name_missing(word: str) -> str:
    """Return "Why what?" for "why", "Who said what?" for "who said so", and "What do you mean?" for most others."""
    first = word.split()[0]
    if re.match(r"who (?:said|says|claims|claimed|told)|says who|according|sources?", word):
        return "Who said what?"
    if first in ("why", "when", "where", "how", "since", "until", "by", "with", "to", "for", "from"):
        return f"{word.removesuffix(' that').removesuffix(' is').removesuffix(' was').capitalize()} what?"
    return "What do you mean?"


def _find_fragment(asked: str) -> str:
    """Return "NATO" of "and NATO?" and "what about NATO?"; "" if there is a verb, or no such opening."""
    found = _FRAGMENT.fullmatch(asked)
    tokens = tag_words(found["rest"]) if found else []
    return found["rest"] if found and tokens and not any(token.tag in "AVW" for token in tokens) else ""


def _has_open_pronoun(asked: str) -> bool:
    """Whether a short question has a pronoun, and names nothing that it could stand for."""
    tokens = tag_words(asked)
    said = {token.word for token in tokens}
    is_named = any(token.tag in "NT" and token.text[0].isupper() for token in tokens)
    most = MOST_CONTENT if said & (words.MALE | words.FEMALE | words.PLURAL) else MOST_CONTENT_BESIDE_IT
    is_open = bool(said & _PERSONAL) and not said & _COMPLETED
    return is_open and not is_named and count_content(tokens) <= most

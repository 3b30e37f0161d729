"""Tell whether a question is in another language than English, and no mere list of names."""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from rag.english.people import open_dictionary

LANGUAGES = {
    "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "nb": "Norwegian_Bokmal",
    "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "sv": "Swedish",
    "tr": "Turkish", "vi": "Vietnamese",
}  # fmt: skip
"""Languages in Latin letters that are told apart, by their codes, as the lists of their frequent words are called."""

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    "the what who whose whom which when where why how did does about from with this these said happen happened".split()
)
"""Words that are frequent in English questions, and in no other of the languages."""


def is_foreign(text: str) -> bool:
    """Whether the text is in another language: in other letters, or with that language's own frequent words.

    Names alone are in no language, nor are names with more English words than foreign ones, such as
    "Rio de Janeiro floods".
    """
    words = _WORD.findall(text)
    if _count_latin(words) < sum(map(len, words)) / 2:
        return True
    folded = set(map(_fold, words))
    others = set() if folded & _ENGLISH else folded - _list_frequent("English")
    if not any(others & _list_frequent(name) for name in LANGUAGES.values()):
        return False
    from py3langid import classify  # with its model takes a second: only where a word may be foreign

    name = LANGUAGES.get(str(classify(text)[0]), "")
    return bool(name) and _has_more_of(name, _leave_names_out(words))


def _has_more_of(language: str, words: list[str]) -> bool:
    """Whether more of the words are frequent in the language, and not in English, than are English alone."""
    frequent = _list_frequent(language)
    english = [word for word in words if word not in frequent and word in open_dictionary()]
    return len(frequent.difference(_list_frequent("English")).intersection(words)) > len(english)


def _leave_names_out(words: list[str]) -> list[str]:
    """Return the folded words that are no names by their first letter; the first counts if the second is none."""
    small = [word for word in words[1:] if word[0].islower()]
    begins = [one for one, following in list(pairwise(words))[:1] if following[0].islower()]
    return list(map(_fold, begins + small))


def _count_latin(words: list[str]) -> int:
    return sum(unicodedata.name(letter, "").startswith("LATIN") for word in words for letter in word)


def _fold(word: str) -> str:
    """Return the word in small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.casefold()) if letter.isalpha())


@cache
def _list_frequent(language: str) -> frozenset[str]:
    from justext import get_stoplist  # its lists are read where a question has no word that is English alone

    return frozenset(map(_fold, get_stoplist(language)))

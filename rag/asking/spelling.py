"""Slips in a question: words that no passage and no dictionary has, though passages have one that is a slip away."""

import re
from dataclasses import replace

from rag.asking.followup import Rewriter
from rag.english.names import is_spelled_alike
from rag.english.people import is_common, open_dictionary
from rag.library.engines.contracts import Words
from rag.question import MAX_CHARACTERS, Question

LONG = 5
"""Letters. Shorter words are near to so many others that they are corrected only where two letters changed places."""

ASKING = frozenset("summarise summarised recap timeline timelines rundown".split())
"""Words that questions have, and the dictionary has not."""
_WORD = re.compile(r"[\"\u201c][^\"\u201d]*[\"\u201d]|(?P<word>\b[^\W\d_]{4,30}\b(?![\u2019']t\b))")
"""What is quoted, or a word: not of three letters, which are initials as often, nor one that is short for "not"."""


class Speller:
    """Corrects words to those that passages have.

    What is corrected is in no passage, whatever its ending, and not among 160,000 words of English. The correction
    differs by one letter that is missing, too many or another, or by two that changed places, as four in five of
    people's slips do (Damerau, CACM 1964).

    What may be a name is not replaced, for Zelenska is not Zelensky: the passages' word is put behind it, so that both
    are searched for. Only a common word of English replaces what was typed, and in small letters a name that differs
    elsewhere than at its end.

    `Speller(library.words).correct("Did Zelenska see the tnaks?")` may be "Did Zelenska (Zelensky) see the tanks?"
    """

    def __init__(self, words: Words) -> None:
        """Look words up in the index, and those that it lacks in the dictionary."""
        self._words = words
        self._dictionary = open_dictionary()

    def correct(self, text: str) -> str:
        """Return the text with its slips corrected, and all else, and what stands in quotation marks, as it was."""
        return _WORD.sub(lambda found: self._correct(found[0]) if found["word"] else found[0], text)

    def _correct(self, word: str) -> str:
        typed = word.lower()
        if not typed.isascii() or typed in ASKING or typed in self._dictionary or self._words.has(typed):
            return word
        near = self._dictionary.edit_distance_1(typed)
        if len(typed) < LONG:
            near = {other for other in near if sorted(other) == sorted(typed)}
        counts = self._words.count_spelled(near)
        if not counts:
            return word
        best = max(counts, key=lambda other: (*_compare(typed, other), counts[other], other))
        is_sure = is_common(best) or (word.islower() and is_spelled_alike(typed, best))
        best = best.upper() if word.isupper() else best.capitalize() if word[0].isupper() else best
        return best if is_sure else f"{word} ({best})"


class SpellingRewriter:
    """Corrects a question before another rewriter makes it stand alone."""

    def __init__(self, speller: Speller, rewriter: Rewriter) -> None:
        """Let `speller` correct what is typed, and `rewriter` go on from there."""
        self._speller = speller
        self._rewriter = rewriter

    def rewrite(self, question: Question) -> str:
        """Return the question without slips, in words that need no history."""
        corrected = self._speller.correct(question.text)
        if len(corrected) <= MAX_CHARACTERS:
            question = replace(question, text=corrected)
        return self._rewriter.rewrite(question)


def _compare(typed: str, other: str) -> tuple[bool, bool]:
    """Return what speaks for a correction: the first letter is seldom wrong, and often a letter is doubled or moved."""
    return typed[0] == other[0], set(typed) == set(other)

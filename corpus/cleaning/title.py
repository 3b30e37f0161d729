"""Choose an article's title among the lines of its page: by the words it shares with the text, and by its place."""

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set

from corpus.cleaning.byline import is_role, read_bare_names, read_byline
from corpus.cleaning.dates import is_date_line
from corpus.cleaning.furniture import Kind, holds_sentences
from corpus.cleaning.headline import MAX_HEADLINE_CHARACTERS
from corpus.cleaning.letters import WIDE_LETTER, WORD
from corpus.cleaning.lines import Line

REACH_ABOVE = 40
"""How many lines above the text a title is looked for."""

REACH_BELOW = 3
"""And below its first line, where that is a teaser or a summary."""

MIN_SCORE = 1.0
"""A title with less is none: better no title than a line of the menu."""

SHARE_WEIGHT, COUNT_WEIGHT, MAX_COUNT = 1.6, 0.2, 6
ABOVE_DETAIL = (1.4, 1.1, 0.8, 0.5)
"""For a byline or date one, two, three or four lines below."""

BELOW_DETAIL = 0.2
DISTANCE_COST, FREE_DISTANCE, MAX_DISTANCE_COST = 0.12, 3, 1.2
BOX_COST, BOX_LINES = 0.9, 25
REPEATED = 0.3
PROSE_COST, NAME_COST = 0.8, 1.5
STANDFIRST_GAIN = 1.2
"""By how much a standfirst may be likelier than the title above it."""

MIN_STANDFIRST_WORDS, MIN_TITLE_WORDS = 12, 3
LENGTHS = {1: -1.5, 2: -0.6, 3: 0.1}
LONG_ENOUGH = 0.5
MOST_WORDS, WORD_COST = 14, 0.1

STEM_LETTERS = 4
MIN_LETTERS = 5
"""Shorter words say little, but for names in capital letters and numbers."""

MAX_DETAIL_CHARACTERS = 200
_HINT = re.compile(r"\d|\b(?:by|von|par|por|di|author|auteur|autor)\b", re.IGNORECASE)


def choose_title(lines: Sequence[Line], start: int, end: int, details: Set[int]) -> int:
    """Return the index of the title of the article in `lines[start:end]`; -1 where no line is likely to be it.

    Args:
        lines: The lines of the page.
        start: Where the text of the article begins.
        end: Where it ends.
        details: The indexes of bylines and dates.
    """
    words = {word for line in lines[start:end] if line.kind is Kind.SENTENCE for word in list_telling_words(line.text)}
    times = Counter(line.bare for line in lines)
    score = _make_score(lines, start, details, words, times)
    above = [i for i in range(max(0, start - REACH_ABOVE), start) if may_be_title(lines[i])]
    below = [
        i for i in range(start, min(start + REACH_BELOW, end)) if may_be_title(lines[i]) and details & {i + 1, i + 2}
    ]
    likely = [(score(i), i) for i in (*above, *below) if i not in details]
    best, index = max(likely, default=(0.0, -1))
    if index < 1:
        return index if best >= MIN_SCORE else -1
    before = {i: value for value, i in likely}.get(index - 1, 0.0)
    is_standfirst = lines[index].words >= MIN_STANDFIRST_WORDS > lines[index - 1].words > MIN_TITLE_WORDS
    if is_standfirst and before >= max(MIN_SCORE, best - STANDFIRST_GAIN):
        return index - 1
    return index if best >= MIN_SCORE else -1


def choose_first(lines: Sequence[Line], details: Set[int]) -> int:
    """Return the index of the title of a text that is no page: its first line of some words; else the longest.

    Args:
        lines: The lines above the first sentence.
        details: The indexes of bylines and dates.
    """
    likely = [i for i, line in enumerate(lines) if may_be_title(line) and i not in details]
    likely = [i for i in likely if not read_bare_names(lines[i].text)] or likely
    long = [i for i in likely if lines[i].words > MIN_TITLE_WORDS]
    return long[0] if long else max(likely, key=lambda i: (lines[i].words, i), default=-1)


def may_be_title(line: Line) -> bool:
    """Whether the form of `line` allows it to be a title."""
    text = line.text.strip()
    is_listing = "@" in text or "\t" in text or text.count(" | ") > 1 or "  " in text
    is_short = any(map(str.isalpha, text)) and len(text) <= MAX_HEADLINE_CHARACTERS
    return is_short and line.kind in (Kind.OTHER, Kind.SENTENCE) and not is_listing and text[-1] not in ".,;:"


def find_details(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the lines that are a byline, a name above a role, or a date."""
    short = (
        (i, line.text)
        for i, line in enumerate(lines)
        if len(line.text) <= MAX_DETAIL_CHARACTERS and line.kind is not Kind.SENTENCE
    )
    likely = ((i, text) for i, text in short if _HINT.search(text))
    named = {i for i in range(len(lines) - 1) if is_role(lines[i + 1].text) and read_bare_names(lines[i].text)}
    return named | {i for i, text in likely if is_date_line(text) or read_byline(text)}


def _make_score(
    lines: Sequence[Line], start: int, details: Set[int], words: set[str], times: Counter[str]
) -> Callable[[int], float]:
    def score(index: int) -> float:
        line = lines[index]
        own = set(list_telling_words(line.text))
        shared = len(own & words)
        between = sum(1 for i in range(index + 1, start) if lines[i].kind is Kind.OTHER and i not in details)
        return (
            SHARE_WEIGHT * shared / max(1, len(own))
            + COUNT_WEIGHT * min(shared, MAX_COUNT)
            + max((gain for step, gain in enumerate(ABOVE_DETAIL, 1) if index + step in details), default=0)
            + BELOW_DETAIL * any(index - step in details for step in (1, 2))
            - min(MAX_DISTANCE_COST, DISTANCE_COST * max(0, between - FREE_DISTANCE))
            - BOX_COST * any(lines[i].kind is Kind.SECTION for i in range(max(0, index - BOX_LINES), index))
            - WORD_COST * max(0, line.words - MOST_WORDS)
            + REPEATED * (times[line.bare] > 1)
            - PROSE_COST * (line.kind is Kind.SENTENCE or holds_sentences(line.text))
            - NAME_COST * bool(read_bare_names(line.text))
            + LENGTHS.get(line.words, LONG_ENOUGH)
        )

    return score


def list_telling_words(text: str) -> list[str]:
    """Return the words that tell what `text` is about, shortened; in Chinese and Japanese pairs of letters."""
    words = WORD.findall(text)
    pairs = [word[i : i + 2] for word in words if WIDE_LETTER.search(word) for i in range(len(word) - 1)]
    telling = (word for word in words if len(word) >= MIN_LETTERS or (len(word) > 1 and word.upper() == word))
    return pairs + [word.casefold()[:STEM_LETTERS] for word in telling if not WIDE_LETTER.search(word)]

"""A page's text as lines, each judged by its form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.cleaning.furniture import Kind, judge
from corpus.cleaning.letters import WIDE_LETTER, WORD
from corpus.paragraphs import WRAPPED_LINE_CHARACTERS

UNFINISHED_LINE_CHARACTERS = 45

_INVISIBLE = str.maketrans("", "", "\u200b\u200e\u200f\u2060\ufeff\u00ad")
_LOOSE = " \t\n\"'“”‘’„«»‹›.,;:!…"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, or a paragraph where the text is wrapped by hand."""

    text: str
    kind: Kind
    follows_blank: bool = False

    @classmethod
    def of(cls, text: str, follows_blank: bool = False) -> "Line":
        """Judge one line, which is not blank."""
        return cls(text.rstrip(), judge(text), follows_blank)

    @property
    def is_furniture(self) -> bool:
        """Whether it goes, wherever it stands."""
        return self.kind not in (Kind.SENTENCE, Kind.OTHER, Kind.WEAK)

    @property
    def words(self) -> int:
        """How many words it has; in Chinese and Japanese two letters count as one."""
        return len(WORD.findall(self.text)) + len(WIDE_LETTER.findall(self.text)) // 2

    @property
    def bare(self) -> str:
        """The text for comparing: without case, quotation marks and the mark at its end."""
        return " ".join(self.text.casefold().split()).strip(_LOOSE)


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank; wrapped lines are put together again."""
    lines = [line if line.translate(_INVISIBLE).strip() else "" for line in text.split("\n")]
    pieces = list(_join_wrapped(lines) if _is_wrapped(lines) else lines)
    pairs = zip(["", *pieces], pieces, strict=False)
    return [Line.of(piece, not before.strip()) for before, piece in pairs if piece.strip()]


def join_lines(lines: Sequence[Line], dropped: set[int]) -> str:
    """Return the text that is left; a blank line stands where lines are gone."""
    kept = [index for index in range(len(lines)) if index not in dropped]
    gaps = (lines[index].follows_blank or index - 1 in dropped for index in kept)
    return "".join(("\n\n" if gap else "\n") + lines[index].text for index, gap in zip(kept, gaps, strict=True)).strip()


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether sentences run on from line to line: no line is long, and two at least stop in mid-sentence."""
    if max(map(len, lines)) > WRAPPED_LINE_CHARACTERS:
        return False
    pairs = pairwise(lines)
    return sum(len(line) >= UNFINISHED_LINE_CHARACTERS and next_line[:1].islower() for line, next_line in pairs) > 1


def _join_wrapped(lines: Sequence[str]) -> Iterator[str]:
    """Put a line to the one above if that is long enough to have been broken, or if it begins in small letters."""
    paragraph = [lines[0]]
    for before, line in pairwise(lines):
        is_broken = len(before) >= UNFINISHED_LINE_CHARACTERS or line[:1].islower()
        if not (before.strip() and line.strip() and is_broken):
            yield "\n".join(paragraph)
            paragraph = []
        paragraph.append(line)
    yield "\n".join(paragraph)

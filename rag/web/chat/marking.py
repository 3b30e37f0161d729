"""Cut a text where its highlights begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Offsets


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and its highlight: a CSS class, or nothing."""

    text: str
    mark: str


def mark_text(text: str, marks: Iterable[tuple[Offsets, str]]) -> list[Segment]:
    """Return the text in pieces, each with its highlight; where highlights overlap, the later in `marks` wins.

    The pieces joined are the text, whatever the offsets.
    """
    marks = [((max(0, start), min(len(text), end)), name) for (start, end), name in marks]
    cuts = sorted({0, len(text), *(cut for (start, end), _ in marks if start < end for cut in (start, end))})
    return [Segment(text[start:end], _name_at(start, marks)) for start, end in pairwise(cuts)]


def _name_at(position: int, marks: list[tuple[Offsets, str]]) -> str:
    names = [name for (start, end), name in marks if start <= position < end]
    return names[-1] if names else ""

"""Texts in pieces, so that a template can highlight some of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.article import Offsets


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and the CSS class that highlights it, or "": `Segment("NATO refused.", "active")`."""

    text: str
    highlight: str


def highlight(text: str, places: Iterable[tuple[Offsets, str]]) -> list[Segment]:
    """Return the text in pieces, cut where its highlights begin and end.

    Args:
        text: The text, which the pieces joined always are.
        places: Where each highlight stands, and its CSS class; where two overlap, the later wins.
    """
    clipped = [((max(0, start), min(len(text), end)), name) for (start, end), name in places]
    cuts = sorted({0, len(text), *(cut for (start, end), _ in clipped if start < end for cut in (start, end))})
    return [Segment(text[start:end], _name_at(start, clipped)) for start, end in pairwise(cuts)]


def _name_at(position: int, places: Sequence[tuple[Offsets, str]]) -> str:
    names = [name for (start, end), name in places if start <= position < end]
    return names[-1] if names else ""

"""One story in several outlets: articles whose texts are mostly the same words in the same order.

Articles are compared by MinHash (Broder, SEQUENCES 1997) over shingles of five words. Each is filed under 64 bands of
two minima; two that have a third of their shingles in common are filed under a common band in 99.9 % of cases, two that
have a fifth in 93 %. Whatever a band brings up is then compared shingle by shingle.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from rag.library.writable_catalog import WritableCatalog

SHINGLE_WORDS = 5
BANDS, MINIMA = 64, 2
MIN_SHARED = 0.3
"""Of the shorter text's shingles, that stand in the other too; the pairs behind it are in its tests."""
MAX_COMPARED = 20
"""Articles that a new one is compared with, those with the most common bands."""
STORY_CHARACTERS = 200_000
"""Of a text, that are compared: a longer one is a book, and no outlet's telling of a story."""
BATCH_SHINGLES = 5_000
"""Hashed at once: a table of 8 MB."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is compared by; it takes a while to make, so it is made before any transaction begins."""

    shingles: frozenset[str]
    bands: tuple[int, ...]


def sketch_text(text: str) -> Sketch:
    """Return the shingles of a text, and the bands that it is filed under."""
    shingles = list_shingles(text)
    return Sketch(shingles, hash_bands(shingles))


def assign_missing_stories(catalog: WritableCatalog) -> None:
    """Assign a story to every live article that has none yet, one transaction for each."""
    for id in catalog.list_without_story():
        article = catalog.find(id)
        if article:
            sketch = sketch_text(article.text)
            with catalog.transaction():
                assign_story(catalog, id, sketch)


def assign_story(catalog: WritableCatalog, article_id: str, sketch: Sketch, companions: Iterable[str] = ()) -> None:
    """Make a live article part of the stories whose texts are like its own; belongs in a transaction.

    A story that an article links to another stays one when that article goes.

    Args:
        catalog: The catalog, which has the article.
        article_id: The article's id.
        sketch: What `sketch_text` returns for its text.
        companions: Ids of articles that tell the same story, whatever their texts are.
    """
    similar = catalog.find_similar(sketch.bands, MAX_COMPARED)
    stories = {
        found.story for found in similar if measure_overlap(sketch.shingles, list_shingles(found.text)) >= MIN_SHARED
    }
    catalog.write_story(article_id, sketch.bands, sorted(stories.union(catalog.list_stories(companions))))


def list_shingles(text: str) -> frozenset[str]:
    """Return every run of five words, in small letters and without punctuation; a shorter text is one shingle.

    Of a book, only the first 200,000 characters count.
    """
    words = _WORD.findall(text[:STORY_CHARACTERS].casefold())
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[first : first + SHINGLE_WORDS]) for first in range(count))


def measure_overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that is in the other, in [0, 1]."""
    return len(one & other) / min(len(one), len(other))


def hash_bands(shingles: frozenset[str]) -> tuple[int, ...]:
    """Return the bands that a text with these shingles is filed under: 64 numbers of 64 bits."""
    from datasketch import MinHash  # takes half a second, and only adding needs it

    sketch = MinHash(num_perm=BANDS * MINIMA, seed=1)
    words = iter(shingles)
    while batch := [shingle.encode() for shingle in islice(words, BATCH_SHINGLES)]:
        sketch.update_batch(batch)
    minima = sketch.hashvalues.astype("<u8").reshape(BANDS, MINIMA)
    return tuple(_hash_band(number, band.tobytes()) for number, band in enumerate(minima))


def _hash_band(number: int, minima: bytes) -> int:
    digest = hashlib.blake2b(minima, digest_size=8, salt=number.to_bytes(2, "little")).digest()
    return int.from_bytes(digest, "little", signed=True)

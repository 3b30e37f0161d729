"""Articles that are about the same as one."""

import numpy as np

from rag.library.catalog import Catalog
from rag.library.vectors import VectorIndex

PASSAGES_EACH = 5
"""Passages looked at for each article that is wanted: several may be of one."""


def find_similar(catalog: Catalog, vectors: VectorIndex, article_id: str, count: int) -> list[str]:
    """Return the ids of at most so many other live articles, the nearest first.

    Near is the cosine of an article's best passage and the mean of this article's passages.
    """
    own = catalog.read_embedded(article_id)
    if not own:
        return []
    mean = np.mean([each.vector / np.linalg.norm(each.vector) for each in own], axis=0)
    ranking = vectors.search(mean.tolist(), len(own) + PASSAGES_EACH * count)
    ids = dict.fromkeys(key.rsplit(":", 2)[0] for key, _ in ranking)
    return [id for id in ids if id != article_id][:count]

"""Adding by a Ray cluster on this machine; skipped where Ray is not installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from corpus.progress import StoppedError, Tally
from rag.errors import ClusterError
from rag.library.home import Home
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.rag.cluster.dying import CountingEncoder, make_encoder, make_other_encoder
from tests.rag.samples import count_everywhere

ray = pytest.importorskip("ray", reason='Ray is an extra: pip install "ray>=2,<3"')

from rag.cluster.cluster import LOCAL, Cluster, MakeEncoder  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # Ray's own
    pytest.mark.timeout(300),
]
COUNT = 60


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with Library(Home(home), CountingEncoder(None), max_article_characters=100_000) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty articles, one file that is none, and one of an unknown format."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(COUNT):
        parts = range(40 * (number % 7 + 1))
        text = " ".join(f"Sentence {part} of word{number} goes on here." for part in parts)
        (folder / f"{number:02}.txt").write_text(f"Article {number}\n\n{text}\n")
    (folder / "broken.pdf").write_bytes(b"no pdf")
    (folder / "notes.xyz").write_text("?")
    return folder


def open_cluster(make: MakeEncoder = make_encoder, marker: Path | None = None) -> Cluster:
    return Cluster(LOCAL, make, marker, cpus=2)


def add(library: Library, cluster: Cluster, folder: Path, tally: Tally | None = None) -> list[Receipt]:
    items = cluster.load([str(folder)], Limits())
    articles = (item.article for item in items if isinstance(item, Loaded))
    return list(library.add_each(articles, tally or Tally(), cluster.encode_ahead))


def read_all(library: Library) -> list[tuple[Article | None, list[bytes]]]:
    ids = sorted(library.catalog.list_ids())
    return [
        (library.catalog.find(id), [row.vector.tobytes() for row in library.catalog.read_embedded(id)]) for id in ids
    ]


def tell(item: Loaded | LoadError) -> tuple[str, str]:
    return (item.source, item.article.text) if isinstance(item, Loaded) else ("", str(item))


def test_a_cluster_loads_and_encodes_what_this_process_would(library: Library, folder: Path, tmp_path: Path) -> None:
    with open_cluster() as cluster:
        loaded = [tell(item) for item in cluster.load([str(folder), "missing"], Limits())]
        receipts = add(library, cluster, folder)
        again = add(library, cluster, folder)
    assert loaded == [tell(item) for source in (str(folder), "missing") for item in load_source(source)]
    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED] * COUNT
    assert [receipt.outcome for receipt in again] == [Outcome.UNCHANGED] * COUNT
    with Library(Home(tmp_path / "alone"), CountingEncoder(None), max_article_characters=100_000) as alone:
        alone.add(item.article for item in load_source(str(folder)) if isinstance(item, Loaded))
        assert read_all(library) == read_all(alone)


def test_a_process_that_dies_loses_nothing(library: Library, folder: Path, tmp_path: Path) -> None:
    marker = tmp_path / "died"
    with open_cluster(marker=marker) as cluster:
        receipts = add(library, cluster, folder)
    assert marker.exists()
    assert [receipt.outcome for receipt in receipts] == [Outcome.ADDED] * COUNT
    passages, *others = count_everywhere(library)
    assert (len(library.catalog.list_ids()), others) == (COUNT, [passages, passages])


def test_what_cannot_be_done_is_told(library: Library, folder: Path) -> None:
    tally = Tally()
    with open_cluster(make_other_encoder) as cluster:
        with pytest.raises(ClusterError, match="encodes with another@1, and this process with counting@1"):
            add(library, cluster, folder)
        tally.stop()
        with pytest.raises(StoppedError):
            add(library, cluster, folder, tally)
    assert library.catalog.list_ids() == frozenset()

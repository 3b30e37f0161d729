"""The library's home: reopening, reindexing, and repairing what is broken."""

import shutil
from pathlib import Path

import pytest
import tantivy

from corpus.progress import StoppedError, Tally
from rag.errors import HomeError, HomeLockedError, IndexMismatchError
from rag.library.home import Home
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.samples import ADDED_BANK, ADDED_FIRE, BANK, FIRE, count_everywhere, search_library


def test_it_is_all_there_after_reopening(open_home: OpenLibrary) -> None:
    open_home().add([FIRE, BANK])
    library = open_home()
    assert (search_library(library, "fire"), library.encoder.encoded) == ((["fire"], ["fire"]), ["fire"])
    assert library.add([FIRE]) == [Receipt("fire", Outcome.UNCHANGED)]


def test_a_word_index_of_an_earlier_version_is_made_anew(open_home: OpenLibrary, home: Path) -> None:
    open_home().add([FIRE, BANK])
    shutil.rmtree(Home(home).words)
    Home(home).words.mkdir()
    builder = tantivy.SchemaBuilder()
    for field in ("key", "article", "title", "text"):
        builder.add_text_field(
            field, stored=field == "key", index_option="freq" if field in ("title", "text") else "basic"
        )
    writer = tantivy.Index(builder.build(), str(Home(home).words)).writer()
    for key in ("fire:0:16", "bank:0:22"):
        writer.add_document(tantivy.Document(key=key, article=key[:4], title="", text="old"))
    writer.commit()
    library = open_home()
    assert (search_library(library, "fire"), count_everywhere(library)) == ((["fire"], ["fire"]), (2, 2, 2))
    assert library.words.count_spelled(["burned", "raised", "old"]) == {"burned": 1, "raised": 1}


def test_reindex_with_the_same_encoder_embeds_nothing(library: Library) -> None:
    library.add([FIRE, BANK])
    library.encoder.encoded.clear()
    library.reindex()
    assert library.encoder.encoded == []
    assert (search_library(library, "fire"), count_everywhere(library)) == ((["fire"], ["fire"]), (2, 2, 2))


def test_another_encoder_must_reindex_first(open_home: OpenLibrary) -> None:
    open_home().add([FIRE, BANK])
    other = WordEncoder(("bank", "fire"), identity="other@2")
    library = open_home(other)
    reason = (
        "this library was indexed with words@1 (title, 150 words), and the settings ask for"
        " other@2 (title, 150 words): run `python -m rag reindex`, or set the encoder back"
    )
    for attempt in (library.check_encoder, lambda: library.add([FIRE])):
        with pytest.raises(IndexMismatchError) as caught:
            attempt()
        assert str(caught.value) == reason
    tally = Tally()
    library.reindex(tally)
    library.check_encoder()
    assert tally.passages == 2
    assert other.encoded == ["Maui\nThe fire burned.", "Rates\nThe bank raised rates."]
    assert (search_library(library, "fire"), count_everywhere(library)) == ((["fire"], ["fire"]), (2, 2, 2))


class BetterEncoder(WordEncoder):
    """Its vectors may stand beside those of `words@1`."""

    comparable = frozenset({"words@1", "better@2"})


def test_vectors_of_a_comparable_encoder_are_kept_until_reindex(open_home: OpenLibrary) -> None:
    open_home().add([FIRE])
    better = BetterEncoder(identity="better@2")
    library = open_home(better)
    assert library.add([BANK]) == [ADDED_BANK]
    assert better.encoded == ["Rates\nThe bank raised rates."]
    assert search_library(library, "fire") == (["fire"], ["fire"])
    with pytest.raises(IndexMismatchError, match="was indexed with better@2 "):
        open_home().check_encoder()


def test_a_reindex_that_is_cut_off_must_be_repeated(open_home: OpenLibrary) -> None:
    open_home().add([FIRE, BANK])
    library = open_home(WordEncoder(identity="other@2"))

    tally = Tally()
    tally.stop()
    with pytest.raises(StoppedError):
        library.reindex(tally)
    for encoder in (WordEncoder(), WordEncoder(identity="other@2")):
        library = open_home(encoder)
        with pytest.raises(IndexMismatchError, match="unfinished"):
            library.check_encoder()
    library.reindex()
    library.check_encoder()
    assert search_library(library, "bank") == (["bank"], ["bank"])


@pytest.mark.parametrize("broken", ["vectors", "words"])
@pytest.mark.parametrize("content", [None, b"rubbish" * 100])
def test_a_broken_index_is_rebuilt_without_embedding(
    open_home: OpenLibrary, home: Path, broken: str, content: bytes | None
) -> None:
    open_home().add([FIRE, BANK])
    open_home().close()
    for path in (home / broken).rglob("*"):
        if path.is_file() and content is None:
            path.unlink()
        elif path.is_file():
            path.write_bytes(content or b"")
    library = open_home()
    assert count_everywhere(library) == (2, 2, 2)
    assert library.encoder.encoded == []
    assert search_library(library, "fire") == (["fire"], ["fire"])


def test_an_index_that_disagrees_with_the_catalog_is_rebuilt(open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([FIRE, BANK])
    library.words.replace(["fire"], [])
    library.vectors.replace(["bank"], [])
    library = open_home()
    assert (count_everywhere(library), search_library(library, "fire")) == ((2, 2, 2), (["fire"], ["fire"]))


def test_a_home_is_for_one_library_at_a_time(open_home: OpenLibrary, home: Path) -> None:
    open_home()
    with pytest.raises(HomeLockedError, match="is in use by another Dateline process"):
        Library(Home(home), WordEncoder(), max_article_characters=10)
    open_home().close()
    with Library(Home(home), WordEncoder(), max_article_characters=10) as library:
        assert count_everywhere(library) == (0, 0, 0)


def test_a_home_that_failed_to_open_is_free_again(open_home: OpenLibrary, home: Path) -> None:
    home.mkdir()
    (home / "catalog.sqlite").write_bytes(b"rubbish" * 1_000)
    with pytest.raises(HomeError, match="cannot be used as a catalog"):
        open_home()
    (home / "catalog.sqlite").unlink()
    assert open_home().add([FIRE]) == [ADDED_FIRE]


def test_a_file_is_no_home(open_home: OpenLibrary, home: Path) -> None:
    home.write_text("x")
    reason = f"{home} cannot be used as a home folder (File exists): name another with --home"
    with pytest.raises(HomeError) as caught:
        open_home()
    assert str(caught.value) == reason

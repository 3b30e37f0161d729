"""A removal that is undone: all is as it was, and until then nothing of the article is in any file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from rag.library.conversations import scrub_exchange
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.conftest import OpenLibrary
from tests.rag.library.server import EVERYWHERE
from tests.rag.library.test_conversations import write_conversation
from tests.rag.library.test_removing import NONCE, list_traces, make_secret
from tests.rag.library.test_stories import article, group_stories, groups
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library
from tests.rag.wire import OTHER_REPORT, SHORTENED, WIRE

pytestmark = EVERYWHERE


def read_versions(library: Library, id: str) -> list[tuple[Any, ...]]:
    """Return all that the catalog has of the article, but for the numbers of its rows."""
    copy = library.catalog.copy(id)
    return [row[1:] for row in copy.versions] if copy else []


def test_every_version_comes_back_with_its_corrections_and_its_vectors(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([make_secret(), BANK])
    library.add([replace(make_secret(), text=f"The fire burned on. {NONCE}.", original=b"<p>new</p>")])
    library.correct("secret", outlet=f"{NONCE} News", published=FIRE.published)
    entries, versions = library.catalog.list_entries(superseded=True), read_versions(library, "secret")
    vectors = [row.vector.tolist() for row in library.catalog.read_embedded("secret")]
    removed = library.take_out(["secret"])
    library.erase()
    assert (list_traces(home), count_everywhere(library), read_versions(library, "secret")) == ([], (1, 1, 1), [])
    library.add([Article(id="later", text="Snow fell.")])
    library.remove(["later"])
    assert library.restore(removed) == [Receipt("secret", Outcome.ADDED)]
    for _ in range(2):
        assert library.catalog.list_entries(superseded=True) == entries
        assert read_versions(library, "secret") == versions
        assert [row.vector.tolist() for row in library.catalog.read_embedded("secret")] == vectors
        assert (search_library(library, NONCE)[0], search_library(library, "fire")[1]) == (["secret"], ["secret"])
        assert (count_everywhere(library), library.catalog.read_journal()) == ((2, 2, 2), [])
        library = open_home()
    again = replace(make_secret(), text=f"The fire burned on. {NONCE}.")
    kept = "kept the outlet and date that were corrected by hand"
    assert library.add([again]) == [Receipt("secret", Outcome.UNCHANGED, kept)]
    library.remove(["secret"])
    library.erase()
    assert list_traces(home) == []


def test_an_article_that_was_superseded_comes_back_as_such(library: Library) -> None:
    library.add([FIRE])
    library.add([Article(id="later", text="The talks went on.", url=FIRE.url)])
    entries = library.catalog.list_entries(superseded=True)
    assert library.restore(library.take_out(["fire"])) == [Receipt("fire", Outcome.ADDED)]
    assert library.catalog.list_entries(superseded=True) == entries
    assert (search_library(library, "fire"), count_everywhere(library)) == (([], []), (1, 1, 1))


def test_many_are_taken_out_and_come_back_together(library: Library) -> None:
    library.add([make_secret(), FIRE, BANK])
    name = write_conversation(library)
    entries, exchanges = library.catalog.list_entries(), library.conversations.read(name)["exchanges"]
    removal = library.take_out(["secret", "nobody", "fire", "secret"])
    assert [each.article.id for each in removal.articles] == ["secret", "fire"]
    assert count_everywhere(library) == (1, 1, 1)
    library.add([replace(FIRE, text="Snow fell.", url="")])
    receipts = library.restore(removal)
    assert [(each.id, each.outcome) for each in receipts] == [("secret", Outcome.ADDED), ("fire", Outcome.FAILED)]
    without_fire = [scrub_exchange(exchange, {"fire"}) for exchange in exchanges]
    assert library.conversations.read(name)["exchanges"] == without_fire
    library.remove(["fire"])
    library.restore(replace(removal, articles=removal.articles[1:]))
    assert (library.catalog.list_entries(), library.conversations.read(name)["exchanges"]) == (entries, exchanges)


@pytest.mark.parametrize("rival", [replace(FIRE, text="Snow fell.", url=""), replace(BANK, url=FIRE.url)])
def test_who_has_taken_its_place_stays(library: Library, rival: Article) -> None:
    library.add([FIRE])
    removed = library.take_out(["fire"])
    library.add([rival])
    told = f"article {rival.id!r} has taken the place of what was removed: remove that one first"
    assert library.restore(removed) == [Receipt("fire", Outcome.FAILED, told)]
    assert [entry.source for entry in library.catalog.list_entries(superseded=True)] == [rival.source]
    library.remove([rival.id])
    assert library.restore(removed) == [Receipt("fire", Outcome.ADDED)]


def test_it_tells_the_same_story_again_and_no_other(library: Library) -> None:
    one, two = WIRE.split("\n\n")[:2], WIRE.split("\n\n")[3:]
    library.add([article("begin", "\n\n".join(one)), article("end", "\n\n".join(two)), article("whole", WIRE)])
    for id in ("begin", "end", "whole"):
        library.restore(library.take_out([id]))
        assert group_stories(library) == groups(["begin", "end", "whole"])
    begin = library.take_out(["begin"])
    library.remove(["whole"])  # which alone was like both
    library.restore(begin)
    assert group_stories(library) == groups(["begin", "end"])


def test_a_story_whose_number_is_given_to_another_is_begun_anew(library: Library) -> None:
    library.add([article("wire", WIRE)])
    removed = library.take_out(["wire"])
    library.add([article("other", OTHER_REPORT)])
    library.restore(removed)
    library.add([article("short", SHORTENED)])
    assert group_stories(library) == groups(["other"], ["wire", "short"])


def test_conversations_get_their_quotes_back(library: Library, home: Path) -> None:
    library.add([make_secret(), FIRE])
    name = write_conversation(library)
    before = library.conversations.read(name)
    removed = library.take_out(["secret"])
    library.erase()
    assert list_traces(home) == []
    library.conversations.rename(name, "Another title")
    new = {"question": "And then?", "quotes": []}
    library.conversations.write(name, [*library.conversations.read(name)["exchanges"], new])
    library.restore(removed)
    after = library.conversations.read(name)
    assert (after["title"], after["exchanges"]) == ("Another title", [*before["exchanges"], new])


def test_a_conversation_that_was_deleted_meanwhile_stays_deleted(library: Library) -> None:
    library.add([make_secret(), FIRE])
    name = write_conversation(library)
    removed = library.take_out(["secret"])
    library.conversations.delete(name)
    library.restore(removed)
    assert library.conversations.list_summaries() == []

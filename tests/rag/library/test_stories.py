"""Near-duplicates: on one wire story as several outlets print it, and on different articles about the same events."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from corpus.article import Article
from rag.library.library import Library
from rag.library.stories import MIN_SHARED, hash_bands, list_shingles, measure_overlap
from tests.conftest import OpenLibrary
from tests.rag.library.server import EVERYWHERE
from tests.rag.wire import BYLINED, EDITED, OTHER_REPORT, SHORTENED, WIRE


def article(id: str, text: str) -> Article:
    return Article(id=id, title=f"Title of {id}", text=text)


def group_stories(library: Library) -> set[frozenset[str]]:
    """Return the ids of the live articles, those of one story together."""
    entries = library.catalog.list_entries()
    return {
        frozenset(entry.source.id for entry in entries if entry.story == story)
        for story in {entry.story for entry in entries}
    }


def groups(*stories: Iterable[str]) -> set[frozenset[str]]:
    return set(map(frozenset, stories))


def test_shingles_are_runs_of_five_words() -> None:
    assert list_shingles("NATO said: “No talks, no deal.”") == {
        "nato said no talks no", "said no talks no deal",
    }  # fmt: skip
    assert list_shingles("No deal!") == {"no deal"}
    assert measure_overlap(frozenset("abcd"), frozenset("abxyz")) == 0.5


@pytest.mark.parametrize(("one", "other"), [*combinations([WIRE, SHORTENED, BYLINED, EDITED], 2)])
def test_one_story_in_two_outlets_is_far_above_the_limit(one: str, other: str) -> None:
    shingles, others = list_shingles(one), list_shingles(other)
    assert measure_overlap(shingles, others) > MIN_SHARED + 0.25  # 0.59 and more
    assert set(hash_bands(shingles)) & set(hash_bands(others))


def test_articles_on_the_same_events_are_far_below_the_limit(starter_articles: dict[str, Article]) -> None:
    texts = [article.text for article in starter_articles.values()]
    overlaps = [measure_overlap(*map(list_shingles, pair)) for pair in combinations([*texts, OTHER_REPORT, WIRE], 2)]
    assert len(overlaps) == 34 * 33 / 2
    assert max(overlaps) < MIN_SHARED - 0.2  # 0.085: two of the Fed's rate decisions


@EVERYWHERE
def test_a_half_with_the_outlets_own_lines_is_the_same_story(
    starter_articles: dict[str, Article], library: Library
) -> None:
    halves = {}
    for id, whole in starter_articles.items():
        paragraphs = whole.text.split("\n\n")
        half = ["By our reporter", *paragraphs[: len(paragraphs) // 2], "Follow us for more, every day of the week."]
        halves[id] = article(f"half of {id}", "\n\n".join(half))
    library.add([*starter_articles.values(), *halves.values()])
    assert group_stories(library) == groups(*([id, half.id] for id, half in halves.items()))


@EVERYWHERE
def test_stories_grow_and_shrink_with_the_articles(open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([article("other", OTHER_REPORT), article("wire", WIRE)])
    assert group_stories(library) == groups(["other"], ["wire"])
    library = open_home()
    library.add([article("edited", EDITED), article("short", SHORTENED)])
    assert group_stories(library) == groups(["other"], ["wire", "edited", "short"])
    library.remove(["wire"])
    assert group_stories(library) == groups(["other"], ["edited", "short"])
    library.add([article("edited", OTHER_REPORT + " It may take longer.")])  # the successor tells another story
    assert group_stories(library) == groups(["other", "edited"], ["short"])


@EVERYWHERE
def test_an_article_may_join_two_stories(library: Library) -> None:
    one, two = WIRE.split("\n\n")[:2], WIRE.split("\n\n")[3:]
    library.add([article("begin", "\n\n".join(one)), article("end", "\n\n".join(two))])
    assert group_stories(library) == groups(["begin"], ["end"])
    library.add([article("whole", WIRE)])
    assert group_stories(library) == groups(["begin", "end", "whole"])


@EVERYWHERE
def test_articles_of_an_older_library_get_their_stories_at_the_next_start(open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([article("wire", WIRE)])
    with library.catalog.transaction():
        for id, text in (("short", SHORTENED), ("other", OTHER_REPORT)):
            library.catalog.insert(article(id, text), [])
    assert library.catalog.list_without_story() == ["short", "other"]
    assert group_stories(open_home()) == groups(["wire", "short"], ["other"])


@EVERYWHERE
def test_passages_found_say_which_story_they_tell(library: Library) -> None:
    library.add([article("wire", WIRE), article("short", SHORTENED), article("other", OTHER_REPORT)])
    found = library.catalog.read_ranking(library.words.search("inspector crack ramp", 10))
    assert {(passage.source.id, passage.story) for passage in found} == {("wire", 1), ("short", 1), ("other", 3)}

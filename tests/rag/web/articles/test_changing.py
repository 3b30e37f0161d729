"""Changes of many articles: what was done before one stopped can be undone, and the rest stays chosen."""

from collections.abc import Iterable

import gradio as gr
import pytest

from corpus.article import Article
from rag.errors import HomeError
from rag.library.library import Library
from rag.library.records import Removal
from rag.web.articles.changing import AT_ONCE, NOTHING_GIVEN, Changing
from rag.web.articles.drafts import Drafts

COUNT = AT_ONCE + 10


class FullDisk:
    """A library that takes out articles once, and then fails as it does on a full disk."""

    def __init__(self, library: Library) -> None:
        self.catalog, self.restore, self.correct_each = library.catalog, library.restore, library.correct_each
        self._library = library
        self._removals = 0

    def take_out(self, ids: Iterable[str]) -> Removal:
        self._removals += 1
        if self._removals > 1:
            raise HomeError("the disk is full")
        return self._library.take_out(ids)


@pytest.fixture
def drafts(library: Library) -> Drafts:
    """A session that has chosen 60 articles."""
    articles = [Article(id=f"s{number:02}", text=f"Snow fell {number} times.", topic="Snow") for number in range(COUNT)]
    library.add(articles)
    drafts = Drafts()
    drafts.chosen = frozenset(article.id for article in articles)
    return drafts


def make_changing(library: Library | FullDisk, undoable: int = COUNT) -> Changing:
    shown = ("chosen", "notice", "table", "header")
    return Changing(library, lambda drafts: shown, undoable=undoable)  # type: ignore[arg-type]


def tell(drafts: Drafts) -> str:
    return drafts.notice.told if drafts.notice else ""


def test_what_was_removed_before_the_disk_was_full_comes_back(library: Library, drafts: Drafts) -> None:
    changing = make_changing(FullDisk(library))
    list(changing.remove(drafts, gr.EventData(None, {})))
    assert tell(drafts) == f"Removed {AT_ONCE} articles, and stopped: the disk is full"
    assert (len(drafts.chosen), len(library.catalog.list_ids())) == (10, 10)
    list(changing.undo(drafts))
    assert (tell(drafts), len(library.catalog.list_ids())) == (f"Restored {AT_ONCE} articles", COUNT)


def test_a_date_that_is_none_changes_nothing(library: Library, drafts: Drafts) -> None:
    changing = make_changing(library)
    for details, told in [
        ({"topic": "Thaw", "published": "31 June"}, "'31 June' is not a day; write it like 26 January 2022"),
        ({"topic": "x" * 5_000}, "a topic of 5,000 characters is too long: write at most 500"),
        ({"topic": "  "}, NOTHING_GIVEN),
    ]:
        list(changing.edit_chosen(drafts, gr.EventData(None, {"details": details})))
        assert (tell(drafts), len(drafts.chosen)) == (told, COUNT)
    assert library.catalog.count_values("topic") == {"Snow": COUNT}


def test_too_many_to_keep_are_removed_for_good(library: Library, drafts: Drafts) -> None:
    list(make_changing(library, COUNT - 1).remove(drafts, gr.EventData(None, {})))
    assert tell(drafts) == f"Removed {COUNT} articles for good"
    assert drafts.notice and not drafts.notice.can_be_undone

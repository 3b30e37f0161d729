"""Changes are told of, and taken back: all that can be, and the rest stays to be tried again."""

from dataclasses import replace

from rag.library.library import Library
from rag.web.articles.undo import Edit, Notice, Undoing, tell
from tests.rag.samples import BANK, FIRE


def undo(library: Library, notice: Notice) -> Notice:
    undoing = Undoing(library, notice)
    for part in undoing.parts:
        undoing.take_back(part)
    return undoing.notice


def test_what_was_done_is_told_in_words() -> None:
    assert tell("Removed", [FIRE], 1) == f"Removed “{FIRE.title}”"
    assert tell("Changed", [FIRE, BANK], 3) == "Changed 2 articles; 1 article no longer here"


def test_an_edit_is_taken_back_but_for_what_was_changed_since(library: Library) -> None:
    library.add([FIRE])
    edit = Edit(FIRE, library.correct("fire", outlet="Post", topic="Fires"))
    library.correct("fire", topic="Maui")
    assert undo(library, Notice("Changed", edits=(edit,))) == Notice(f"Restored “{FIRE.title}”")
    assert library.read("fire") == replace(FIRE, topic="Maui")


def test_what_cannot_come_back_may_come_later(library: Library) -> None:
    library.add([FIRE, BANK])
    sources = [entry.source for entry in library.catalog.list_entries()]
    removal = library.take_out(["fire", "bank"])
    library.add([replace(BANK, text="Rates fell.")])
    notice = undo(library, Notice("Removed", (removal,)))
    told = "article 'bank' has taken the place of what was removed: remove that one first"
    assert (notice.told, notice.is_problem) == (f"Restored “{FIRE.title}”: {told}", True)
    library.remove(["bank"])
    assert undo(library, notice) == Notice(f"Restored “{BANK.title}”")
    assert [entry.source for entry in library.catalog.list_entries()] == sources

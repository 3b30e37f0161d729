"""What a session has just done to saved articles, and how it is taken back.

What was removed is kept in memory alone, for as long as it can be brought back: until the notice is closed, something
else is changed, or the session ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from corpus.article import Article, count_articles
from rag.library.library import Library
from rag.library.records import Details, Outcome, Removal
from rag.library.rows import list_changed

UNDOABLE = 5_000
"""Articles removed at once that are kept in memory, so that they can come back; more are removed for good."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article as it was, and as an edit made it."""

    before: Article
    after: Article


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says of a change: `Notice("Removed 3 articles", (removal,))`; with an undo if it has what it takes.

    Attributes:
        told: What was done, without a full stop.
        removals: Brings removed articles back.
        edits: Says what articles were before.
        is_problem: Whether it was not done.
    """

    told: str
    removals: tuple[Removal, ...] = ()
    edits: tuple[Edit, ...] = ()
    is_problem: bool = False

    @property
    def can_be_undone(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self.removals or self.edits)


def tell(done: str, articles: Sequence[Article], wanted: int) -> str:
    """Return what was done: "Removed “Fire”", "Removed 3 articles", with those that were gone before."""
    gone = wanted - len(articles)
    missing = f"; {count_articles(gone)} no longer here" if gone else ""
    if len(articles) == 1:
        return f"{done} “{articles[0].title or articles[0].id}”{missing}"
    return f"{done} {count_articles(len(articles))}{missing}"


class Undoing:
    """Takes back what a notice tells of, one part after another, and tells of that in another notice.

    Example:
        undoing = Undoing(library, notice)
        for part in undoing.parts:
            undoing.take_back(part)
        drafts.notice = undoing.notice
    """

    def __init__(self, library: Library, notice: Notice) -> None:
        """Take back what `notice` tells of; nothing is done yet."""
        self._library = library
        self.parts: tuple[Removal | Edit, ...] = (*reversed(notice.removals), *notice.edits)
        self._left = [*self.parts]
        self._restored: list[Article] = []
        self._reasons: list[str] = []

    def take_back(self, part: Removal | Edit) -> None:
        """Bring back removed articles, but for those whose place is taken, or the details before an edit."""
        self._left = [each for each in self._left if each is not part]
        if isinstance(part, Edit):
            corrections = {part.before.id: _list_untouched(self._library, part)}
            self._restored += self._library.correct_each(corrections)
            return
        receipts = self._library.restore(part)
        is_back = {receipt.id: receipt.outcome is Outcome.ADDED for receipt in receipts}
        self._restored += [each.article for each in part.articles if is_back[each.article.id]]
        self._reasons += [receipt.message for receipt in receipts if receipt.outcome is Outcome.FAILED]
        if left := tuple(each for each in part.articles if not is_back[each.article.id]):
            self._left.append(replace(part, articles=left))

    @property
    def notice(self) -> Notice:
        """What there is to say by now, with what was not taken back, which may be tried again."""
        told = tell("Restored", self._restored, len(self._restored)) if self._restored else "Nothing was restored"
        removals = tuple(part for part in self._left if isinstance(part, Removal))
        edits = tuple(part for part in self._left if isinstance(part, Edit))
        reason = "".join(f": {reason}" for reason in self._reasons[:1])
        return Notice(f"{told}{reason}", removals[::-1], edits, is_problem=bool(reason))


def _list_untouched(library: Library, edit: Edit) -> Details:
    """Return the details as they were before the edit, but for those that somebody has changed since."""
    before, now = list_changed(edit.before, edit.after), library.catalog.find(edit.before.id)
    kept = {name: value for name, value in before.items() if getattr(now, name, None) == getattr(edit.after, name)}
    return cast(Details, kept)

"""Questions that are watched: which new articles answer them. Only what is new since the last look is asked.

All questions are kept in one file, with digests of the articles that are not new any more, and for each find the place
of the quote: what was removed leaves no word here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from uuid import uuid4

from pydantic import TypeAdapter

from corpus.loading.following import digest
from rag.answer import Answer, Status, Trust
from rag.errors import FollowError
from rag.following.kept import keep, read_kept
from rag.library.library import Library
from rag.library.records import Entry
from rag.question import Question, Scope

MOST_ARTICLES = 500
"""New articles that one look asks, the newest first; the next look asks the others."""
ROUNDS = 4
"""How often a look asks one question: each time of those articles that have not answered it yet, until none does."""
MOST_FINDS = 100
"""Finds that a question keeps, the latest first."""

Ask = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Find:
    """A quote of an article's version that answers a watched question, and when it was found."""

    article: str
    version: int
    start: int
    end: int
    moment: datetime
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class WatchedQuestion:
    """A question, whose it is, and what was found: `WatchedQuestion("1f", "Who leads Peru?", moment)`."""

    id: str
    text: str
    since: datetime
    owner: str = ""
    outlets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    finds: tuple[Find, ...] = ()

    @property
    def scope(self) -> Scope:
        """The articles that are watched."""
        return Scope(frozenset(self.outlets), frozenset(self.topics), self.first_day, self.last_day)

    @property
    def unseen(self) -> list[Find]:
        """What nobody has seen yet."""
        return [find for find in self.finds if not find.is_seen]


@dataclass(frozen=True, slots=True)
class _Kept:
    known: frozenset[str] = frozenset()
    questions: tuple[WatchedQuestion, ...] = ()


_KEPT = TypeAdapter(_Kept)


class WatchedQuestions:
    """The watched questions of a library. Safe to use from several threads.

    Each belongs to its owner, as conversations do. Every method raises `FollowError` where the file cannot be read, and
    `HomeError` where it cannot be written.

    Example:
        watched = WatchedQuestions(library, Path(".dateline/following/questions.json"), lambda: datetime.now(UTC))
        watched.watch("Who leads Peru?")
        watched.refresh(chatbot.invoke)
    """

    def __init__(self, library: Library, file: Path, tell_time: Callable[[], datetime]) -> None:
        """Watch the articles of `library`; `tell_time` returns the present moment."""
        self._library = library
        self._file = file
        self._tell_time = tell_time
        self._lock = RLock()
        self._cached: _Kept | None = None
        self._asked: tuple[object, ...] | None = None

    @property
    def has_any(self) -> bool:
        """Whether anybody watches a question."""
        return bool(self._read().questions)

    def list_questions(self, owner: str = "") -> list[WatchedQuestion]:
        """Return the questions, the oldest first, without what was found in articles that are gone."""
        return [self._leave_out_gone(each) for each in self._read().questions if each.owner == owner]

    def watch(self, text: str, owner: str = "", scope: Scope | None = None) -> WatchedQuestion:
        """Watch a question from now on, or return it if it is watched; of the scope, single articles do not count.

        Raises:
            QuestionError: it is no question.
        """
        limits = scope or Scope()
        now, asked = self._tell_time(), Question(text).text
        sets = (tuple(sorted(limits.outlets)), tuple(sorted(limits.topics)))
        new = WatchedQuestion(uuid4().hex[:12], asked, now, owner, *sets, limits.since, limits.until)
        with self._lock:
            kept = self._read()
            for each in kept.questions:
                if (each.text, each.owner, each.scope) == (new.text, owner, new.scope):
                    return each
            known = kept.known if kept.questions else frozenset(self._list_versions())
            self._keep(_Kept(known, (*kept.questions, new)))
        return new

    def unwatch(self, id: str, owner: str = "") -> WatchedQuestion:
        """Watch a question no longer, and return it.

        Raises:
            FollowError: it is not watched.
        """
        with self._lock:
            kept = self._read()
            found = self._find(kept, id, owner)
            self._keep(replace(kept, questions=tuple(each for each in kept.questions if each != found)))
        return found

    def mark_seen(self, id: str, owner: str = "") -> None:
        """Remember that everything found for a question was seen.

        Raises:
            FollowError: it is not watched.
        """
        with self._lock:
            kept = self._read()
            found = self._find(kept, id, owner)
            seen = replace(found, finds=tuple(replace(find, is_seen=True) for find in found.finds))
            self._keep(replace(kept, questions=tuple(seen if each == found else each for each in kept.questions)))

    def list_new(self) -> list[Entry]:
        """Return the articles that are new since the last look, the newest first; none while nothing is watched."""
        kept = self._read()
        return [each for key, each in self._list_versions().items() if key not in kept.known] if kept.questions else []

    def refresh(self, ask: Ask) -> int:
        """Ask the new articles every watched question; returns how many finds are new.

        Without new articles nothing is asked, else each question at most `ROUNDS` times, of `MOST_ARTICLES` together.
        While no article comes or goes, they are not even listed.
        """
        edition = self._library.catalog.read_edition()
        if edition == self._asked:
            return 0
        new = self.list_new()[:MOST_ARTICLES]
        if not new:
            self._asked = edition
            return 0
        finds = {each.id: [*self._ask(each, new, ask)] for each in self._read().questions}
        with self._lock:
            kept, versions = self._read(), self._list_versions()
            known = (kept.known & versions.keys()) | {_name_version(entry) for entry in new}
            self._keep(_Kept(frozenset(known), tuple(_add(each, finds.get(each.id, [])) for each in kept.questions)))
        return sum(map(len, finds.values()))

    def _ask(self, question: WatchedQuestion, new: Iterable[Entry], ask: Ask) -> Iterator[Find]:
        """Yield the best quote of each new article that answers: as the chat would, and after that only surely."""
        versions = {entry.source.id: entry.version for entry in new}
        left = self._library.catalog.list_ids(question.scope) & versions.keys()
        for number in range(ROUNDS):
            if not left:
                return
            answer = ask(Question(question.text, scope=replace(question.scope, articles=frozenset(left))))
            if answer.status is not Status.ANSWERED or not answer.quotes:
                return
            if number and answer.trust is not Trust.SURE:  # the reader takes the next best, once the best is set aside
                return
            best = {quote.article_id: quote for quote in sorted(answer.quotes, key=lambda quote: quote.score)}
            for quote in best.values():
                yield Find(quote.article_id, versions[quote.article_id], quote.start, quote.end, self._tell_time())
            left -= best.keys()

    def _list_versions(self) -> dict[str, Entry]:
        return {_name_version(entry): entry for entry in self._library.catalog.list_entries()}

    def _leave_out_gone(self, question: WatchedQuestion) -> WatchedQuestion:
        catalog = self._library.catalog
        return replace(
            question,
            finds=tuple(find for find in question.finds if catalog.find_version(find.article, find.version)),
        )

    def _find(self, kept: _Kept, id: str, owner: str) -> WatchedQuestion:
        for each in kept.questions:
            if each.id == id and each.owner == owner:
                return each
        raise FollowError("this question is no longer watched")

    def _read(self) -> _Kept:
        with self._lock:
            if self._cached is None:
                self._cached = read_kept(self._file, _KEPT) if self._file.exists() else _Kept()
            return self._cached

    def _keep(self, kept: _Kept) -> None:
        with self._lock:
            keep(self._file, _KEPT, kept)
            self._cached = kept


def _name_version(entry: Entry) -> str:
    return digest(f"{entry.source.id}\0{entry.version}")[:12]


def _add(question: WatchedQuestion, finds: list[Find]) -> WatchedQuestion:
    """Return the question with these finds, in the place of those of earlier versions of the same articles."""
    again = {find.article for find in finds}
    kept = (find for find in question.finds if find.article not in again)
    return replace(question, finds=(*finds, *kept)[:MOST_FINDS])

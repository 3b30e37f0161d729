"""A look at what is followed: new articles go into the library, changed ones replace their earlier versions."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded
from corpus.loading.following import AT_ONCE, DAILY, Arrival, Follower, digest
from corpus.loading.url import is_address
from corpus.progress import NOBODY, StoppedError, Watch
from rag.errors import USER_ERRORS, FollowError
from rag.following.sources import MOST_NEWS, Followed, Following, News, Place
from rag.library.library import Library
from rag.library.records import Outcome, Receipt

ARRIVED = {Outcome.ADDED, Outcome.REPLACED}
HELD = ARRIVED | {Outcome.UNCHANGED}


@dataclass(slots=True)
class _Taken:
    """A page or a file whose articles are being added: `waiting` of them have no receipt yet."""

    arrival: Arrival
    before: Place | None
    waiting: int = 0
    articles: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """What is remembered of it."""
        return Place(self.arrival.look, self.articles, tuple(self.problems))


class Checker:
    """Looks at what is followed, one source after the other.

    Example:
        checker = Checker(library, Following(home / "following"), STANDARD_LIMITS, lambda: datetime.now(UTC))
        print(checker.check(following.find("https://example.org/feed"), is_asked=True).latest)
    """

    def __init__(
        self, library: Library, following: Following, limits: Limits, tell_time: Callable[[], datetime]
    ) -> None:
        """Add to `library`; `tell_time` returns the present moment."""
        self.following = following
        self._library = library
        self._limits = limits
        self._tell_time = tell_time
        self._lock = RLock()

    def begin(self, source: str, minutes: int | None = None, watch: Watch = NOBODY) -> Followed:
        """Follow a source, and look at it at once.

        Raises:
            FollowError: there is nothing to follow, such as an address without a feed; then it is not followed.
        """
        with self._lock:  # from the first moment: else it would be due, and looked at twice
            followed = self.following.follow(source, self._tell_time(), minutes)
            is_new = followed.checked is None
            checked = self.check(followed, is_asked=True, watch=watch)
        is_empty = not any(place.articles for place in checked.places.values())
        if is_new and is_empty and is_address(checked.source) and checked.problems:
            self.following.unfollow(checked.source)
            raise FollowError(checked.problems[-1][1])
        return checked

    def check(self, followed: Followed, *, is_asked: bool, watch: Watch = NOBODY) -> Followed:
        """Look at a source, add what is new or changed, and return the source as it is kept now.

        An article that is no longer in the source stays in the library; one that was removed from the library by hand
        does not come back. What cannot be read or added is told in `problems`, and the rest goes on.

        Args:
            followed: The source.
            is_asked: Whether somebody waits for it: then every page is asked for, if only whether it has changed. Else
                pages are taken to be as they were for a day, unless the feed says that they have changed.
            watch: Is told how far the adding is, and may stop it: what has come by then is kept.
        """
        with self._lock:
            now = self._tell_time()
            follower = Follower(now, AT_ONCE if is_asked else DAILY, self._limits, watch)
            known = {name: place.look for name, place in followed.places.items()}
            look = _Look(self._library, followed, now)
            problem = ""
            try:
                look.take_in(follower.look(followed.source, known), watch)
            except StoppedError:
                problem = "was stopped before its end: check it again"
            except USER_ERRORS as error:
                problem = str(error)
            checked = replace(look.finish(), checked=now, problem=problem)
            self.following.finish(checked)
            return checked

    def check_due(self, watch: Watch = NOBODY) -> list[Followed]:
        """Look at all that it is time for, and return it."""
        with self._lock:
            due = [each for each in self.following.list_followed() if each.is_due(self._tell_time())]
            return [self.check(each, is_asked=False, watch=watch) for each in due]


class _Look:
    """One look at one source."""

    def __init__(self, library: Library, followed: Followed, now: datetime) -> None:
        self._library = library
        self._followed = followed
        self._now = now
        self._taken: dict[str, _Taken] = {}
        self._adding: deque[tuple[_Taken, Loaded]] = deque()
        self._news: list[News] = []
        self._title = followed.title

    def take_in(self, arrivals: Iterator[Arrival], watch: Watch) -> None:
        """Add the articles, as they arrive."""
        for receipt in self._library.add_each(self._list_articles(arrivals), watch):
            taken, loaded = self._adding.popleft()
            self._settle(taken, loaded, receipt)

    def finish(self) -> Followed:
        """Return the source with all that has wholly come."""
        taken = {name: taken.place for name, taken in self._taken.items() if not taken.waiting}
        places = {**self._followed.places, **taken}
        if any(each.arrival.is_listing for each in self._taken.values()):  # else nobody knows what is still there
            gone = {name: replace(place, problems=()) for name, place in places.items() if name not in self._taken}
            places |= gone
        news = (*self._news, *self._followed.news)[:MOST_NEWS]
        return replace(self._followed, title=self._title, places=places, news=news)

    def _list_articles(self, arrivals: Iterator[Arrival]) -> Iterator[Article]:
        for arrival in arrivals:
            self._title = arrival.title or self._title
            taken = _Taken(arrival, self._followed.places.get(arrival.place))
            self._taken[arrival.place] = taken
            loaded = [item for item in arrival.items if isinstance(item, Loaded)]
            taken.problems += [str(item) for item in arrival.items if isinstance(item, LoadError)]
            if taken.before and not loaded:  # as it was, or unreadable for now
                taken.articles = dict(taken.before.articles)
                is_as_it_was = not arrival.items and not arrival.is_listing
                taken.problems += taken.before.problems if is_as_it_was else []
            ready = [(each, self._recognise(each.article, taken, is_alone=len(loaded) == 1)) for each in loaded]
            taken.waiting = sum(article is not None for _, article in ready)
            for each, article in ready:
                if article:
                    self._adding.append((taken, each))
                    yield article

    def _recognise(self, article: Article, taken: _Taken, *, is_alone: bool) -> Article | None:
        """Return the article under the id that it had before; None if that was removed from the library by hand.

        It is the one of the same title in the same place, or the only one there, then and now.
        """
        before = taken.before.articles if taken.before else {}
        title = digest(article.title)
        known = before.get(title) or (next(iter(before.values())) if is_alone and len(before) == 1 else None)
        if known is None:
            return article
        if self._library.catalog.find_version(known) is None:
            taken.articles[title] = known
            return None
        has_own_id = article.id != article.content_hash
        return article if has_own_id or self._library.catalog.find(known) is None else replace(article, id=known)

    def _settle(self, taken: _Taken, loaded: Loaded, receipt: Receipt) -> None:
        taken.waiting -= 1
        if receipt.outcome in HELD:
            taken.articles[digest(loaded.article.title)] = receipt.id
        if receipt.outcome in ARRIVED:
            self._news.insert(0, News(receipt.id, receipt.outcome, self._now))
        if receipt.outcome is Outcome.FAILED:
            taken.problems.append(f"{loaded.source}: {receipt.message}")

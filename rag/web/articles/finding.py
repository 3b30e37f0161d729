"""Which articles the table shows, in which order, and where the words of a search stand in their texts."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Offsets
from rag.library.records import Entry
from rag.web.fields import read_field_day
from rag.web.segments import Segment, highlight

ROWS = 50
"""Articles on one page of the table."""
ORDERS = ("published", "outlet", "title", "characters", "state")
SNIPPET_CHARACTERS = 160
MAX_SEARCH_CHARACTERS = 500
MAX_WORDS = 12
_MARKS = '"“”„'
_SEARCHED = re.compile(rf"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]|(\S+)")

HavingWord = Callable[[str], frozenset[str]]
"""Returns the ids of the articles that have a word in their text."""


@dataclass(frozen=True, slots=True)
class View:
    """Which articles the table shows, and in which order: `View(search="fire", order="title", descending=False)`.

    `outlet` and `topic` are None for any, and empty for articles without one. `like` is the id of an article whose
    neighbours are shown, in the order of `neighbours`.
    """

    search: str = ""
    outlet: str | None = None
    topic: str | None = None
    since: date | None = None
    until: date | None = None
    order: str = "published"
    descending: bool = True
    page: int = 0
    superseded: bool = False
    like: str = ""
    neighbours: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words of the search, and its phrases in quotation marks; more than a few are not looked for."""
        found = (match[1] or match[2] for match in _SEARCHED.finditer(self.search.casefold()))
        return [words for each in found if (words := " ".join(each.strip(_MARKS).split()))][:MAX_WORDS]


@dataclass(frozen=True, slots=True)
class Selection:
    """One page of the table: its rows, and how many articles and pages were found: `Selection(entries, 51, 0, 2, 49)`.

    `live` leaves out earlier versions.
    """

    entries: Sequence[Entry]
    found: int
    page: int
    pages: int
    live: int


def read_view(view: View, fields: dict[str, str]) -> View:
    """Return the view with the search and the filters of a form; a day that cannot be read filters nothing."""
    return replace(
        view,
        search=fields.get("search", "").encode(errors="replace").decode()[:MAX_SEARCH_CHARACTERS],
        outlet=_read_choice(fields.get("outlet", "")),
        topic=_read_choice(fields.get("topic", "")),
        since=read_field_day(fields.get("since")),
        until=read_field_day(fields.get("until"), is_last=True),
        superseded="superseded" in fields,
        page=0,
    )


def select_entries(entries: Iterable[Entry], view: View, having: HavingWord = lambda word: frozenset()) -> Selection:
    """Return the page of the table that the view asks for, or its last page."""
    ordered = find_entries(entries, view, having)
    pages = max(1, -(-len(ordered) // ROWS))
    page, live = min(max(0, view.page), pages - 1), sum(entry.state == "live" for entry in ordered)
    return Selection(ordered[page * ROWS : (page + 1) * ROWS], len(ordered), page, pages, live)


def find_entries(entries: Iterable[Entry], view: View, having: HavingWord = lambda word: frozenset()) -> list[Entry]:
    """Return the entries that pass the filters and have every word of the search in their details or their text.

    Those without a value to sort by come last.
    """
    found = [entry for entry in entries if _passes(entry, view)]
    for word in view.words:
        ids = having(word)
        found = [entry for entry in found if entry.source.id in ids or word in _list_details(entry)]
    return _order(found, view)


def sort_by(view: View, order: str) -> View:
    """Return the view in this order, or reversed if it has this order already. Unknown orders change nothing."""
    if order not in ORDERS:
        return view
    is_turned = view.order == order and not view.descending
    starts_descending = order in ("published", "characters")
    descending = is_turned if view.order == order else starts_descending
    return replace(view, order=order, descending=descending, page=0)


def cut_snippet(text: str, words: Sequence[str]) -> list[Segment]:
    """Return the text around the first of the words that it has, with all of them highlighted; none if it has none."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = pattern.search(text) if words else None
    if first is None:
        return []
    start, end = _widen(text, first.span())
    piece = text[start:end]
    pieces = highlight(piece, [(match.span(), "found") for match in pattern.finditer(piece)])
    before, after = [Segment("… ", "")] if start else [], [Segment(" …", "")] if end < len(text) else []
    return [*before, *pieces, *after]


def _widen(text: str, place: Offsets) -> Offsets:
    """Return a place of whole words around this one, in the same paragraph."""
    first, last = place
    begin = max(text.rfind("\n", 0, first) + 1, first - SNIPPET_CHARACTERS // 2)
    stop = min(text.find("\n", last) % (len(text) + 1), first + SNIPPET_CHARACTERS)
    while 0 < begin < first and not text[begin - 1].isspace():
        begin += 1
    while last < stop < len(text) and not text[stop].isspace():
        stop -= 1
    return begin, max(stop, last)


def _passes(entry: Entry, view: View) -> bool:
    source, day = entry.source, entry.source.published
    return (
        view.outlet in (None, source.outlet)
        and view.topic in (None, source.topic)
        and (view.since is None or (day is not None and day >= view.since))
        and (view.until is None or (day is not None and day <= view.until))
        and (not view.like or source.id in view.neighbours)
    )


def _order(entries: list[Entry], view: View) -> list[Entry]:
    if view.like:
        return sorted(entries, key=lambda entry: view.neighbours.index(entry.source.id))
    known = [entry for entry in entries if _value(entry, view.order)]
    known.sort(key=lambda entry: entry.source.id)
    known.sort(key=lambda entry: _value(entry, view.order), reverse=view.descending)
    return known + [entry for entry in entries if not _value(entry, view.order)]


def _list_details(entry: Entry) -> str:
    source = entry.source
    details = (source.title, source.outlet, source.author, str(source.published or ""), source.url, source.topic)
    return " ".join(details).casefold()


def _value(entry: Entry, order: str) -> str | int:
    if order == "characters":
        return entry.characters
    if order == "state":
        return entry.state
    value = getattr(entry.source, order)
    return value.isoformat() if isinstance(value, date) else str(value or "").casefold()


def _read_choice(value: str) -> str | None:
    """Return what a choice stands for: "=Our paper" for a value, "=" for none of its kind, and "" for any."""
    return value[1:] if value else None

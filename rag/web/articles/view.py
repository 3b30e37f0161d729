"""The parts of the articles page as HTML."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from corpus.article import SCANNED, Article, Offsets
from corpus.loading.limits import STANDARD_LIMITS
from rag.web.articles.drafts import Drafts
from rag.web.articles.finding import Selection, View
from rag.web.articles.table import describe_doubts
from rag.web.articles.undo import UNDOABLE, Notice
from rag.web.render import render
from rag.web.segments import Segment, highlight

START_CHARACTERS = 700
"""How much of a draft's text its preview shows."""
FOLDER_BYTES, FOLDER_FILES = 400_000_000, 5_000
"""The most of a folder that a browser sends at once; larger ones are for the command line."""
COLUMNS = {
    "published": "Date",
    "outlet": "Outlet",
    "title": "Title",
    "characters": "Characters",
    "state": "State",
}
STATES = {"live": "In use", "superseded": "Earlier version"}


def render_entry_form(formats: Sequence[str], number: int = 0, file_bytes: int = STANDARD_LIMITS.file_bytes) -> str:
    """Return the forms for pasted text and for web addresses.

    Args:
        formats: Suffixes of the files that can be read.
        number: Another number makes the browser draw new, empty forms.
        file_bytes: The largest file that is read.
    """
    named = [suffix.removeprefix(".").upper() for suffix in formats]
    return render(
        "articles/entry.html",
        number=number,
        formats=named,
        suffixes=" ".join(formats),
        file_bytes=file_bytes,
        folder_bytes=FOLDER_BYTES,
        folder_files=FOLDER_FILES,
    )


def render_tools(view: View, outlets: Iterable[str], topics: Iterable[str], starters: int = 0) -> str:
    """Return the search field, the filters and the buttons for the whole collection.

    Args:
        view: The search and the filters in force.
        outlets: The outlets to choose from.
        topics: The topics to choose from.
        starters: How many of the articles came with Dateline.
    """
    return render("articles/tools.html", view=view, outlets=outlets, topics=topics, starters=starters)


def render_chosen(drafts: Drafts) -> str:
    """Return what can be done with the chosen articles; nothing while none is."""
    here = [id for id in drafts.shown if id in drafts.chosen]
    return render("articles/chosen.html", drafts=drafts, here=here, undoable=UNDOABLE)


def render_notice(notice: Notice | None) -> str:
    """Return what was changed, with a button that takes it back if that can be."""
    return render("articles/notice.html", notice=notice) if notice else ""


def render_drafts(drafts: Drafts, twins: Mapping[int, Article | None], today: date) -> str:
    """Return what was done, what failed, and a page of drafts to check.

    Args:
        drafts: The drafts of the session.
        twins: For the key of each draft on the page, the saved article that it would replace or repeat.
        today: The day after which a date of publication is in the future.
    """
    checked = [(draft, describe_doubts(draft.article, today), twins[draft.key]) for draft in drafts.page_of_drafts()]
    return render("articles/drafts.html", drafts=drafts, checked=checked, start=START_CHARACTERS)


def render_table(
    selection: Selection,
    view: View,
    *,
    is_empty: bool,
    snippets: Mapping[str, Sequence[Segment]] = {},
    like: str = "",
) -> str:
    """Return a page of the table, or the reason why it is empty.

    Args:
        selection: The page of the table.
        view: The search and the filters in force.
        is_empty: Whether there are no articles at all.
        snippets: For the id of an article, where its text has the words of the search.
        like: The title of the article whose neighbours are shown, if they are.
    """
    return render(
        "articles/table.html",
        selection=selection,
        view=view,
        is_empty=is_empty,
        snippets=snippets,
        like=like,
        columns=COLUMNS,
        states=STATES,
        undoable=UNDOABLE,
    )


def render_reader(article: Article | None, problem: str = "", place: Offsets | None = None) -> str:
    """Return the article to read and to edit, with the problem if there is one; an empty string without either.

    Args:
        article: The article.
        problem: Why it cannot be shown, or not be changed as it was asked.
        place: Where in its text the sentence stands that is highlighted.
    """
    if not (article or problem):
        return ""
    segments = highlight(article.text, [(place, "active")] if place else []) if article else []
    return render(
        "articles/reader.html", article=article, problem=problem, place=place, segments=segments, scanned=SCANNED
    )

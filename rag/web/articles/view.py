"""The parts of the articles page as HTML."""

from collections.abc import Iterable, Mapping
from datetime import date

from corpus.article import Article
from rag.web.articles.drafts import Desk
from rag.web.articles.table import Selection, View, describe_doubts
from rag.web.job import Progress
from rag.web.render import render

START_CHARACTERS = 700
"""How much of a draft's text its preview shows."""
COLUMNS = {
    "published": "Date",
    "outlet": "Outlet",
    "title": "Title",
    "characters": "Characters",
    "state": "State",
}
STATES = {"live": "In use", "superseded": "Earlier version"}


def render_entry_form(formats: Iterable[str], number: int = 0) -> str:
    """Return the forms for pasted text and for web addresses, and the formats that are read.

    Under another `number` they are other forms to the browser, and empty.
    """
    return render(
        "articles/entry.html", number=number, formats=[suffix.removeprefix(".").upper() for suffix in formats]
    )


def render_tools() -> str:
    """Return the search field, and what acts on the whole collection."""
    return render("articles/tools.html")


def render_progress(progress: Progress, *, is_cancelled: bool) -> str:
    """Return how far the work is, with the way to stop it."""
    return render("articles/progress.html", progress=progress, is_cancelled=is_cancelled)


def render_desk(desk: Desk, twins: Mapping[int, Article | None], today: date) -> str:
    """Return what was done, what failed, and a page of drafts to check; `twins` are saved articles like a draft."""
    drafts = [(draft, describe_doubts(draft.article, today), twins[draft.key]) for draft in desk.page_of_drafts()]
    return render("articles/drafts.html", desk=desk, drafts=drafts, start=START_CHARACTERS)


def render_table(selection: Selection, view: View, *, is_empty: bool) -> str:
    """Return a page of the table, or why there is none."""
    return render(
        "articles/table.html", selection=selection, view=view, is_empty=is_empty, columns=COLUMNS, states=STATES
    )


def render_reader(article: Article | None, problem: str = "") -> str:
    """Return the article to read and to edit, with a problem if there is one; nothing for no article."""
    return render("articles/reader.html", article=article, problem=problem) if article or problem else ""

"""Values to HTML. Every value goes through Jinja's autoescaping, so text stays text wherever it comes from."""

from collections.abc import Mapping
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.article import format_date
from rag.library.records import Collection
from rag.web.fields import write_day
from rag.web.job import Progress

_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that change the direction of the text after them: with them, one name can look like another."""


def keep_on_line(text: str) -> str:
    """Return a title or a name on one line, without characters that change the direction of the text around it."""
    return " ".join(text.translate(_DIRECTION_MARKS).split())


_ENVIRONMENT = Environment(
    loader=PackageLoader("rag.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["day"] = format_date
_ENVIRONMENT.filters["field_day"] = write_day
_ENVIRONMENT.filters["line"] = keep_on_line
_ENVIRONMENT.filters["segment"] = lambda text: quote(text, safe="")  # one segment of an address of the page


def render(template: str, **values: object) -> str:
    """Return the template filled in with the values."""
    return _ENVIRONMENT.get_template(template).render(**values)


def render_header(collection: Collection, pages: Mapping[str, str], edition: int = 0) -> str:
    """Return the site's header: its name, links to the pages, and the size of the collection.

    Args:
        collection: What is described.
        pages: The name of each page, and its label.
        edition: Another number makes the pages look again for what the collection has.
    """
    return render("header.html", collection=collection, pages=pages, edition=edition)


def render_problem(message: str) -> str:
    """Return a message that stands in the place of an article or a run that cannot be shown."""
    return render("problem.html", message=message)


def render_progress(progress: Progress, *, is_cancelled: bool, warning: str = "") -> str:
    """Return how far the work is, with a button that cancels it, and what there is to know of it."""
    return render("progress.html", progress=progress, is_cancelled=is_cancelled, warning=warning)

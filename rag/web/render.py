"""Values to HTML. Every value goes through Jinja's autoescaping, so text stays text wherever it comes from."""

from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.article import format_date
from rag.library.records import Collection
from rag.web.wording import describe_collection

_TURNED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The characters that turn the direction of what follows: a name could pass for another with them."""


def keep_on_line(text: str) -> str:
    """Return a title or a name on one line, without characters that turn the direction of the text around it."""
    return " ".join(text.translate(_TURNED).split())


_ENVIRONMENT = Environment(
    loader=PackageLoader("rag.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["day"] = format_date
_ENVIRONMENT.filters["line"] = keep_on_line


def render_header(collection: Collection, pages: Mapping[str, str]) -> str:
    """Return the name of the site, the way to its pages (name to label), and the state of the collection."""
    return render("header.html", collection=collection, pages=pages, describe_collection=describe_collection)


def render_problem(message: str) -> str:
    """Return a message in the place of what cannot be shown."""
    return render("problem.html", message=message)


def render(template: str, **values: object) -> str:
    """Return the template filled in."""
    return _ENVIRONMENT.get_template(template).render(**values)

"""What a page states of itself for machines: title, outlet, authors and day."""

import json
from datetime import date

import pytest

from corpus.loading.html import read_page

TITLE = "Ferry to Holm sails again"
DAY = date(2024, 3, 14)
BODY = "<p>The first boat left at six. It was full, as the harbour master had foretold on Sunday.</p>" * 2
NEWS = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-03-14T10:00:00+01:00",
    "dateModified": "2024-03-16",
}


def write(head: str = "", above: str = f"<h1>{TITLE}</h1>", title: str = f"{TITLE} | The Sund Gazette") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><article>{above}{BODY}</article></body></html>"


def link(*objects: object) -> str:
    """Return a page with JSON-LD."""
    return write(f'<script type="application/ld+json">{json.dumps(objects)}</script>')


def meta(**values: str) -> str:
    """Return meta elements; two underscores stand for a colon."""
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in values.items())


@pytest.mark.parametrize(
    ("page", "title", "outlet"),
    [
        (write(above="", title=f"{TITLE} | Norby Blog"), TITLE, "Norby Blog"),
        (write(above="", title=f"Norby Daily | {TITLE}"), TITLE, "Norby Daily"),
        (write(above="", title=f"{TITLE} | News | Norby Daily"), TITLE, "Norby Daily"),
        (write(above="", title="Ferry - and why it sails | Norby Post"), "Ferry - and why it sails", "Norby Post"),
        (write("<h1>Navigation und Service</h1>", title=f"{TITLE} - Norby Daily"), TITLE, "Norby Daily"),
        (write(meta(og__site_name="Norby Daily"), title="Home | Norby Daily"), TITLE, "Norby Daily"),
        (write(meta(og__site_name="Norby Daily"), title="Norby Daily - news for the coast"), TITLE, "Norby Daily"),
        (write(meta(og__site_name="Norby Daily"), title="Untitled document"), TITLE, "Norby Daily"),
        (write(meta(og__title=f"{TITLE} – Norby", og__site_name="Norby"), above="", title="x"), TITLE, "Norby"),
        (write(meta(og__title=TITLE, og__site_name="norby.example")), TITLE, "The Sund Gazette"),
        (link(NEWS | {"publisher": {"name": "Norby Post"}}), TITLE, "Norby Post"),
        (
            link({"@graph": [NEWS | {"publisher": {"@id": "#o"}}, {"@id": "#o", "name": "Norby Post"}]}),
            TITLE,
            "Norby Post",
        ),
    ],
)
def test_title_and_outlet(page: str, title: str, outlet: str) -> None:
    article = read_page("page", page.encode()).article
    assert (article.title, article.outlet) == (title, outlet)


@pytest.mark.parametrize(
    ("page", "author", "day"),
    [
        (link(NEWS | {"author": [{"name": "Ana Ruiz"}, {"name": "Bo Lund"}]}), "Ana Ruiz, Bo Lund", DAY),
        (link(NEWS | {"author": ["Ana Ruiz", "Bo Lund", "ANA RUIZ"]}), "Ana Ruiz, Bo Lund", DAY),
        (link({"@type": "WebPage", "datePublished": "2020-01-01"}, NEWS | {"author": "Reuters"}), "Reuters", DAY),
        (write(meta(author="By Ana Ruiz and Bo Lund")), "Ana Ruiz, Bo Lund", None),
        (write(meta(author="Redacci&amp;oacute;n Norte")), "Redacción Norte", None),
        (write(meta(article__author="https://social.example/norby", author="Ana Ruiz")), "Ana Ruiz", None),
        (write(meta(article__modified_time="2024-03-20", article__published_time="2024-03-14")), "", DAY),
        (write(above=f'<h1>{TITLE}</h1><div class="author">Ana Ruiz March 14, 2024</div>'), "Ana Ruiz", DAY),
        (write(above=f'<h1>{TITLE}</h1><div class="by">By<a>Ana Ruiz</a>, Games Editor</div>'), "Ana Ruiz", None),
        (write(above=f'<h1>{TITLE}</h1><div class="author">Username</div>'), "", None),
        (
            write(above='<p>Updated <time datetime="2024-03-20">20 March</time></p>'
                  '<p>Published <time datetime="2024-03-14">14 March</time></p>'),
            "", DAY,
        ),
    ],
)  # fmt: skip
def test_author_and_day(page: str, author: str, day: date | None) -> None:
    article = read_page("page", page.encode()).article
    assert (article.author, article.published) == (author, day)

"""The header, progress, and text on one line."""

from datetime import date

import pytest

from rag.library.records import Collection
from rag.web.job import Progress
from rag.web.render import keep_on_line, render_header, render_progress
from tests.rag.web.markup import visible_text

PAGES = {"chat": "Chat", "articles": "Articles"}


@pytest.mark.parametrize(
    ("collection", "shown"),
    [
        (Collection(1, 1, date(2022, 1, 26), date(2022, 1, 26)), "1 article of 26 January 2022"),
        (
            Collection(1200, 9, date(2021, 1, 2), date(2022, 1, 3)),
            "1,200 articles from 2 January 2021 to 3 January 2022",
        ),
        (Collection(2, 2, None, None), "2 articles"),
        (Collection(0, 0, None, None), "No articles yet: add some"),
    ],
)
def test_the_header_describes_the_collection(collection: Collection, shown: str) -> None:
    header = render_header(collection, PAGES).split("</header>")[0]
    assert visible_text(header) == f"Skip to the question Dateline Chat Articles {shown}"


def test_progress_shows_how_far_the_work_is_and_how_long_it_takes() -> None:
    progress = Progress("Saving", 500, 1500, 20.0, 1 / 3, "2,000 passages")
    assert visible_text(render_progress(progress, is_cancelled=False)) == (
        "Saving 500 of 1,500 2,000 passages, about 40 seconds left Cancel"
    )
    assert visible_text(render_progress(progress, is_cancelled=True)) == "Saving 500 of 1,500 stopping"
    finishing = Progress("Saving", 0, 1, 20.0, 0.9, is_finishing=True)
    assert visible_text(render_progress(finishing, is_cancelled=True, warning="It is large.")) == (
        "Saving 90% finishing what is encoded and being written It is large."
    )


def test_a_name_stays_on_its_line_and_cannot_turn_it_around() -> None:
    assert keep_on_line("Storm\n over \u202eLisbon\u2069") == "Storm over Lisbon"

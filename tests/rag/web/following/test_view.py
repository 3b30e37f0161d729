"""What the page of what is followed says, and that text stays text on it."""

from datetime import UTC, datetime

import pytest

from corpus.article import Article
from corpus.loading.following import Look
from rag.following.questions import Find, WatchedQuestion
from rag.following.sources import Followed, News, Place
from rag.library.library import Library
from rag.library.records import Outcome
from rag.web.following.view import render_form, render_news, render_questions, render_sources
from tests.rag.web.markup import PAYLOADS, list_markup, visible_text

NOW = datetime(2026, 1, 26, 12, tzinfo=UTC)
TAGS = set("a article b bdi button details div em form h2 h3 h4 header input label li option p section".split()) | set(
    "select span summary ul".split()
)


def make_source(text: str, article: str) -> Followed:
    return Followed(
        f"/news/{text}",
        NOW,
        60,
        text,
        NOW,
        {"1": Place(Look(NOW), {}, (f"{text}: is empty",))},
        (News(article, Outcome.ADDED, NOW), News("gone", Outcome.ADDED, NOW)),
        problem=f"{text} failed",
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text_in_every_place(library: Library, payload: str) -> None:
    id = "storm"
    library.add([Article(id=id, title=payload, text=f"{payload} A storm.", outlet=payload)])
    question = WatchedQuestion("1", payload, NOW, outlets=(payload,), finds=(Find(id, 1, 0, len(payload), NOW),))
    for page in (
        render_sources([make_source(payload, id)], library.catalog, payload),
        render_questions([question], library.catalog, payload),
        render_form(takes_folders=True),
    ):
        tags, attributes = list_markup(page)
        assert tags <= TAGS
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes


def test_what_is_said(library: Library) -> None:
    library.add([Article(id="storm", title="Storm", text="It tore off 40 roofs. It rained.", outlet="Ours")])
    text = visible_text(render_sources([make_source("Daily", "storm")], library.catalog))
    for part in ("2 new articles, looked at 26 January 2026, ", "Daily failed", "Daily: is empty", "Storm new, 26"):
        assert part in text
    question = WatchedQuestion("1", "How many roofs?", NOW, finds=(Find("storm", 1, 0, 21, NOW),))
    text = visible_text(render_questions([question], library.catalog))
    assert "How many roofs? 1 new, watched since 26 January 2026, " in text
    assert "New “It tore off 40 roofs.” Storm, Ours" in text
    assert 'data-count="1"' in render_news([question])
    library.add([Article(id="storm", title="Storm", text="It tore off 50 roofs. It rained.", outlet="Ours")])
    assert "Storm (an earlier version), Ours" in visible_text(render_questions([question], library.catalog))

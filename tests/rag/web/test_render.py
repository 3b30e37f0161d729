"""Values to HTML: what is shown, and that text stays text."""

from datetime import date

import pytest

from corpus.article import Article, Passage
from rag.answer import NOT_FOUND, Answer, Citation, Quote, ScoredPassage, Status
from rag.records import Collection
from rag.web.exchange import Exchange
from rag.web.render import render_article, render_conversation, render_header, render_sources
from tests.rag.web.markup import PAYLOADS, list_markup, visible_text

TEXT = "Moscow asked for talks. It demanded a halt to expansion. NATO refused."
TAGS = set("div section article h2 p ul ol li button span strong b mark a".split())
ATTRIBUTES = set(
    "class role type dir href target rel aria-label aria-live aria-hidden"
    " data-article data-start data-end data-ask data-back".split()
)


def make_answer(text: str = TEXT, title: str = "Draft treaties", status: Status = Status.ANSWERED) -> Answer:
    article = Article(id="a1", title=title, text=text, outlet="Our paper", published=date(2021, 12, 17))
    passage = Passage("a1", 0, len(text), text, ((0, len(text)),))
    found = (ScoredPassage(passage, article.source, 0.9),)
    if status is Status.NOT_FOUND:
        return Answer("q", NOT_FOUND, "", (), (), 0.1, status, found, 0.25)
    quote = Quote("a1", 24, min(56, len(text)), text[24:56], 1, 0.87)
    return Answer("q", "", "a halt to expansion", (quote,), (Citation(1, article.source),), 0.87, status, found, 0.25)


def test_an_answer_shows_quotes_sources_and_confidence() -> None:
    html = render_conversation((Exchange("What was demanded?", make_answer()),), ())
    assert visible_text(html) == (
        "What was demanded? “It demanded a halt to expansion.”\N{NO-BREAK SPACE}[1] "
        "[1] Our paper, 17 December 2021: Draft treaties Confidence 87%, 0.25 seconds"
    )
    assert "<strong>a halt to expansion</strong>" in html
    assert 'data-article="a1" data-start="24" data-end="56">[1]</button>' in html


def test_not_found_shows_the_closest_passages_and_no_confidence() -> None:
    html = render_conversation((Exchange("Who won?", make_answer(status=Status.NOT_FOUND)),), ())
    assert visible_text(html) == (
        "Who won? Not in these articles. The closest passages, which do not seem to answer: "
        "Draft treaties 17 December 2021 0.25 seconds"
    )


def test_examples_show_only_before_the_first_question() -> None:
    assert "Who won?" in render_conversation((), ("Who won?",))
    assert "Who won?" not in render_conversation((Exchange("Why?"),), ("Who won?",))


def test_a_question_being_read_and_one_with_a_problem() -> None:
    html = render_conversation((Exchange("Why?"), Exchange("?", problem="write more")), ())
    assert visible_text(html) == "Why? Reading the articles… ? write more"


def test_a_source_card_marks_the_quote_in_its_passage() -> None:
    html = render_sources(make_answer())
    assert "Moscow asked for talks. <mark>It demanded a halt to expansion.</mark> NATO refused." in html
    assert "Relevance 0.87" in html


def test_an_article_marks_the_chosen_quote_more_than_others() -> None:
    article = Article(id="a1", title="Draft treaties", text=TEXT)
    html = render_article(article, make_answer().quotes, (0, 23))
    assert (
        '<mark class="active">Moscow asked for talks.</mark> '
        '<mark class="quoted">It demanded a halt to expansion.</mark> NATO refused.'
    ) in html


@pytest.mark.parametrize(
    ("collection", "shown"),
    [
        (Collection(1, 1, date(2022, 1, 26), date(2022, 1, 26)), "Dateline Chat Articles 1 article of 26 January 2022"),
        (
            Collection(1200, 9, date(2021, 1, 2), date(2022, 1, 3)),
            "Dateline Chat Articles 1,200 articles from 2 January 2021 to 3 January 2022",
        ),
        (Collection(2, 2, None, None), "Dateline Chat Articles 2 articles"),
        (Collection(0, 0, None, None), "Dateline Chat Articles No articles yet: add some"),
    ],
)
def test_the_header_tells_the_state_of_the_collection(collection: Collection, shown: str) -> None:
    assert visible_text(render_header(collection, {"chat": "Chat", "articles": "Articles"})) == shown


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)"])
def test_only_web_addresses_become_links(url: str) -> None:
    html = render_article(Article(text=TEXT, url=url), (), (0, 1))
    assert "<a " not in html
    assert 'href="https://example.org/a"' in render_article(Article(text=TEXT, url="https://example.org/a"), (), (0, 1))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text_in_every_place(payload: str) -> None:
    answer = make_answer(text=f"{payload} and then some more of the text", title=payload)
    article = Article(
        id=payload, title=payload, text=f"x {payload}", outlet=payload, author=payload, url=f"https://{payload}"
    )
    pages = (
        render_conversation((Exchange(payload, answer), Exchange(payload, problem=payload)), (payload,)),
        render_conversation((), (payload,)),
        render_sources(answer),
        render_article(article, answer.quotes, (0, 5)),
    )
    for page in pages:
        tags, attributes = list_markup(page)
        assert tags <= TAGS
        assert attributes <= ATTRIBUTES

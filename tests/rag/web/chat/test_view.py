"""The chat as HTML: what is shown, and that text stays text."""

import re
from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article, Source
from rag.answer import Answer, Citation, Part, Quote, Status
from rag.library.records import Collection
from rag.question import Scope
from rag.web.chat.exchange import Exchange, Judgement, Opinion
from rag.web.chat.view import (
    highlight_span,
    list_cards,
    list_closest,
    render_article,
    render_composer,
    render_conversation,
)
from rag.web.segments import Segment
from tests.rag.web.markup import PAYLOADS, list_markup, visible_text
from tests.rag.web.samples import CLAIMS, PUBLISHED, SIDES, TEXT, make_answer, make_article

SPACE = "\N{NO-BREAK SPACE}"
SEARCHED = Collection(32, 90, date(2021, 12, 7), date(2023, 8, 29))
TOOLS = "Copy"
CITE = "Copy Cite Plain text Markdown APA BibTeX"
TAGS = set(
    "div section article header footer h2 h3 p ul li button span strong b i mark a bdi form label textarea input"
    " fieldset legend kbd details summary output svg path rect circle".split()
)
ATTRIBUTES = set(
    "class role type dir href target rel title tabindex for id name rows placeholder autocomplete value checked hidden"
    " disabled popover popovertarget popovertargetaction focusable viewbox d x y width height rx r cx cy transform fill"
    " aria-label aria-hidden aria-busy data-article data-start data-end data-exchange data-citation data-card data-ask"
    " data-back data-walk data-send data-copy data-edit data-drop data-value data-leave"
    " data-only data-change data-like data-most data-print data-link data-address"
    " data-composer data-filters data-opinion data-expected required aria-pressed".split()
)


def show(exchange: Exchange, *more: Exchange) -> str:
    return visible_text(render_conversation((exchange, *more), ()))


def test_an_answer_shows_quotes_sources_and_confidence() -> None:
    exchange = Exchange("What was demanded?", make_answer(), searched=SEARCHED)
    html = render_conversation((exchange,), ())
    assert visible_text(html) == (
        f"What was demanded? “It demanded a halt to expansion.”{SPACE}[1] "
        f"1 Our paper 17 December 2021 {age_of(PUBLISHED)} Draft treaties "
        "Sure 87% Searched 32 articles from 7 December 2021 to 29 August 2023 in 0.25 s " + CITE
    )
    assert "It demanded <strong>a halt to expansion</strong>." in html
    assert 'data-article="a1" data-start="24" data-end="56" data-citation="1"' in html


def age_of(day: date) -> str:
    years = (date.today() - day).days // 365
    return f"{years} year{'' if years == 1 else 's'} ago"


def test_not_found_looks_different_and_shows_the_closest_sentence_of_each_article() -> None:
    exchange = Exchange("Did NATO refuse?", make_answer(status=Status.NOT_FOUND))
    assert show(exchange) == (
        "Did NATO refuse? Not in these articles. The closest passages, which do not seem to answer: "
        f"Our paper, 17 December 2021 Draft treaties NATO refused. 0.25 s {TOOLS}"
    )
    (closest,) = list_closest(exchange)
    assert (closest.place, closest.snippet) == ((57, 70), "NATO refused.")


def test_unsure_says_so_whatever_its_number() -> None:
    shown = show(Exchange("?", make_answer(status=Status.UNSURE)))
    assert "The articles may not answer this. The nearest they come:" in shown
    assert "Unsure 87%" in shown


def test_claims_stand_above_the_quotes_and_what_has_no_support_is_collapsed() -> None:
    answer = replace(make_answer(), claims=CLAIMS, notice="Cut short after 20 s.")
    html = render_conversation((Exchange("?", answer),), ())
    assert (
        f"Cut short after 20 s. Moscow wanted a halt.{SPACE}[1] One sentence left out: the quotes do not support it"
        " NATO agreed. No quote says so. It is not Written by the chat model, not checked. These quotes are word for"
        " word: “It demanded a halt to expansion.”"
    ) in visible_text(html)
    assert html.count('aria-label="Checked against the quotes"') == 1
    assert '<p class="dl-claim dl-unchecked">It is not</p>' in html
    assert '<details class="dl-left-out">' in html


def test_where_sources_differ_both_sides_have_outlet_and_date() -> None:
    other = Source("b1", "Reply", "The Post", "", date(2022, 1, 5), "", "")
    answer = make_answer()
    answer = replace(
        answer,
        sides=SIDES,
        quotes=(*answer.quotes, Quote("b1", 0, 9, "A treaty.", 2, 0.8)),
        citations=(*answer.citations, Citation(2, other)),
    )
    assert (
        "Sources differ a halt Our paper, 17 December 2021 [1] a treaty The Post, 5 January 2022 [2] “It demanded"
    ) in show(Exchange("?", answer))


def test_what_stands_under_headings_and_what_the_articles_do_not_say() -> None:
    answer = replace(make_answer(), parts=(Part("Moscow", (0,)), Part("Kyiv", ())))
    assert f"Moscow “It demanded a halt to expansion.”{SPACE}[1] Kyiv Not in these articles." in show(
        Exchange("?", answer)
    )


def test_near_duplicates_are_named_and_cards_are_numbered() -> None:
    answer = make_answer()
    twin = Source("b1", "Same", "", "", None, "", "")
    answer = replace(
        answer,
        quotes=(*answer.quotes, Quote("b1", 0, 3, "Yes", 2, 0.8)),
        citations=(Citation(1, answer.citations[0].source, story=7), Citation(2, twin, story=7)),
    )
    assert [(card.number, card.twin, card.quote.text) for card in list_cards(answer)] == [
        (1, None, "It demanded a halt to expansion."),
        (2, 1, "Yes"),
    ]
    assert "2 Same The same story as [1]" in show(Exchange("?", answer))


def test_while_it_is_read_and_written_nothing_claims_to_be_done() -> None:
    assert show(Exchange("Why?", is_open=True)) == "Why? Reading the articles…"
    assert show(Exchange("Why?", make_answer(), is_open=True)).endswith("The chat model is reading the passages")
    growing = show(Exchange("Why?", replace(make_answer(), claims=CLAIMS[2:]), is_open=True))
    assert growing.endswith("Draft treaties Still writing")
    assert 'aria-busy="true"' in render_conversation((Exchange("Why?", is_open=True),), ())


def test_what_was_stopped_or_failed_says_so_and_can_be_asked_again() -> None:
    assert show(Exchange("Why?", is_stopped=True)) == "Why? Stopped."
    assert show(Exchange("?", problem="write more")) == "? write more"
    assert 'data-send="retry" data-exchange="0"' in render_conversation((Exchange("?", problem="write more"),), ())


def test_scope_and_the_question_searched_for_are_shown_with_a_way_out() -> None:
    scope = Scope(outlets=frozenset({"Our paper"}), since=date(2022, 1, 1))
    missing = replace(make_answer(status=Status.NOT_FOUND), searched_for="Did NATO refuse talks?")
    shown = show(Exchange("Did it refuse?", missing, scope=scope))
    assert shown.startswith(
        "Did it refuse? Only Our paperSince 1 January 2022 Searched for: Did NATO refuse talks? Not in these articles."
    )
    assert shown.endswith("Ask all articles instead")


def test_suggestions_stand_under_the_last_answer_only() -> None:
    exchange = Exchange("?", make_answer(), suggestions=("Who refused?",))
    assert show(exchange).endswith("The articles also answer Who refused?")
    assert "Who refused?" not in show(exchange, Exchange("Why?", is_open=True))


def test_quotes_of_removed_articles_are_missed_and_not_shown() -> None:
    assert "Some quotes are gone: their article has been removed." in show(Exchange("?", make_answer(), lost=1))
    lost = Exchange("?", replace(make_answer(status=Status.NOT_FOUND), considered=()), lost=2)
    assert show(lost) == f"? The article behind this answer has been removed. 0.25 s {TOOLS}"


@pytest.mark.parametrize(
    ("span", "answer_span", "bold"),
    [((12, 31), "", "a halt to expansion"), (None, "a halt", "a halt"), (None, "peace", ""), ((0, 32), "", "")],
)
def test_the_short_answer_is_bold_in_its_quote(span: tuple[int, int] | None, answer_span: str, bold: str) -> None:
    answer = replace(make_answer(), answer_span=answer_span)
    segments = highlight_span(answer, replace(answer.quotes[0], span=span))
    assert [segment.text for segment in segments if segment.highlight] == ([bold] if bold else [])
    assert "".join(segment.text for segment in segments) == TEXT[24:56]
    assert isinstance(segments[0], Segment)


def test_examples_show_only_before_the_first_question_and_not_without_articles() -> None:
    assert "Who won?" in render_conversation((), ("Who won?",))
    assert "Who won?" not in render_conversation((Exchange("Why?"),), ("Who won?",))
    assert 'href="#articles"' in render_conversation((), (), is_empty=True)


def test_filters_are_chips_and_choices() -> None:
    scope = Scope(topics=frozenset({"Fires"}), until=date(2022, 1, 2))
    html = render_composer(scope, {"Only outlet": 3}, {"Rates": 2, "Fires": 1})
    assert visible_text(html).startswith("Editing the question Cancel Question Filters Fires Until 2 January 2022")
    assert 'name="topic" value="Fires" checked' in html
    assert "Only outlet" not in html, "one outlet is nothing to choose from"
    assert 'name="until" value="2 January 2022"' in html
    assert "All articles" in visible_text(render_composer(Scope(), {}, {}))


def test_an_article_highlights_the_chosen_quote_more_than_others() -> None:
    html = render_article(make_article(), make_answer().quotes, (0, 23), date(2021, 12, 20))
    assert (
        '<mark class="active">Moscow asked for talks.</mark> '
        '<mark class="quoted">It demanded a halt to expansion.</mark> NATO refused.'
    ) in html
    assert "Our paper, 17 December 2021 3 days ago" in visible_text(html)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)"])
def test_only_web_addresses_become_links(url: str) -> None:
    def show_url(url: str) -> str:
        return render_article(Article(text=TEXT, url=url), (), (0, 1), date.today())

    assert url not in "".join(re.findall(r"<a [^>]*>", show_url(url)))
    assert 'href="https://example.org/a"' in show_url("https://example.org/a")


def make_hostile(payload: str) -> Answer:
    text = TEXT.replace("NATO refused.", f"{payload} and then some more of the text")
    answer = make_answer(text, payload)
    claims = tuple(replace(claim, text=payload, reason=payload) for claim in CLAIMS)
    sides = tuple(replace(side, answer=payload, quotes=(0,)) for side in SIDES)
    return replace(answer, claims=claims, sides=sides, notice=payload, searched_for=payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text_in_every_place(payload: str) -> None:
    answer = make_hostile(payload)
    article = Article(
        id=payload, title=payload, text=f"x {payload}", outlet=payload, author=payload, url=f"https://{payload}"
    )
    scope = Scope(outlets=frozenset({payload}), topics=frozenset({payload}))
    missing = replace(make_answer(title=payload, status=Status.NOT_FOUND), notice=payload)
    exchanges = (
        Exchange(payload, answer, scope=scope, judgement=Judgement(payload, Opinion.WRONG)),
        Exchange(payload, problem=payload),
        Exchange(payload, missing, scope=scope, suggestions=(payload,)),
    )
    pages = (
        render_conversation(exchanges, (payload,), can_save=True, watched=[payload]),
        render_conversation((), (payload,)),
        render_article(article, answer.quotes, (0, 5), date.today()),
        render_composer(scope, {payload: 1, "b": 2}, {payload: 1, "b": 2}),
    )
    for page in pages:
        tags, attributes = list_markup(page)
        assert tags <= TAGS
        assert attributes <= ATTRIBUTES

"""Summaries, timelines, the latest and earlier states of a strike, told by six reports; the real models.

The place and its people are put in by name: with other names, the answers follow.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from rag.answer import Answer
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, open_library
from rag.question import Kind, Question, Scope
from rag.settings import Settings

REPORTS = {
    "vote": (
        date(2024, 3, 2),
        "Herald",
        "{port} dockers vote to strike",
        "Dockers at the port of {port} voted on Saturday to strike for higher pay. {chair}, the chair of their union,"
        " said that nine in ten had voted for it. The owners of the port called the vote a mistake.",
    ),
    "start": (
        date(2024, 3, 5),
        "Herald",
        "{port} dock strike begins",
        "Dockers in {port} walked out on Monday evening. On Tuesday nine ships were waiting outside the port of {port}."
        " The owners offered talks. The strike is the first since May 1989. Talks are due to begin on 11 March.",
    ),
    "wire": (
        date(2024, 3, 8),
        "Courier",
        "Ships queue off {port} in strike",
        "Twenty-four ships were waiting outside the port of {port} on Friday, the harbour master said. Fruit was"
        " rotting on board of three of them. The strike of the dockers of {port} had begun on 4 March. Neither union"
        " nor owners would say when they would meet again, and the government kept out of the dispute.",
    ),
    "end": (
        date(2024, 3, 15),
        "Herald",
        "{port} strike ends with pay deal",
        "The dockers of {port} agreed to a rise of six per cent on Thursday and ended their strike. {chair} called it a"
        " good day. Forty-one ships were waiting outside the port of {port} when work began again.",
    ),
    "rain": (date(2024, 3, 8), "Herald", "Rain", "Rain fell on the hills on Friday. Farmers were glad. It was warm."),
}
NAMES = ({"port": "Leith", "chair": "Morag Sinclair"}, {"port": "Gdansk", "chair": "Ewa Nowak"})


@pytest.fixture(scope="module", params=NAMES, ids=lambda names: str(names["port"]))
def names(request: pytest.FixtureRequest) -> Mapping[str, str]:
    return dict(request.param)


@pytest.fixture(scope="module")
def chatbot(names: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chatbot]:
    articles = [
        Article(id=id, title=title.format(**names), text=text.format(**names), published=day, outlet=outlet)
        for id, (day, outlet, title, text) in REPORTS.items()
    ]
    _, _, title, text = REPORTS["wire"]
    copy = Article(
        id="copy", title=title.format(**names), text=text.format(**names) + " (AP)", published=date(2024, 3, 9)
    )
    with open_library(Settings(home=Path(tmp_path_factory.mktemp("digests") / "home"))) as library:
        library.add([*articles, copy])
        yield build_chatbot(Settings(home=tmp_path_factory.mktemp("other") / "home"), library)


def list_told(answer: Answer) -> list[tuple[str, list[str]]]:
    """Return the headings of an answer with the articles and the first words of what is quoted under each."""
    quotes = answer.quotes
    return [
        (
            part.heading,
            [f"{quotes[each].article_id}: {' '.join(quotes[each].text.split()[:2])}" for each in part.quotes],
        )
        for part in answer.parts
    ]


def test_a_timeline_has_a_part_for_each_day(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    answer = chatbot.ask(f"timeline of the {names['port']} dock strike")
    assert answer.kind is Kind.TIMELINE
    assert [heading for heading, _ in list_told(answer)] == [
        *("2 March 2024", "4 March 2024", "5 March 2024", "8 March 2024", "14 March 2024")
    ]
    assert [told[0] for _, told in list_told(answer)] == [
        *("vote: Dockers at", "start: Dockers in", "start: On Tuesday", "wire: Twenty-four ships", "end: The dockers")
    ]


def test_a_summary_has_the_leads_by_date_and_each_story_once(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    answer = chatbot.ask(f"Summarise the dock strike in {names['port']}")
    told = list_told(answer)
    assert answer.kind is Kind.SUMMARY
    assert [heading for heading, _ in told] == ["2 March 2024", "5 March 2024", "8 March 2024", "15 March 2024"]
    assert [quotes[0] for _, quotes in told] == [
        *("vote: Dockers at", "start: Dockers in", "wire: Twenty-four ships", "end: The dockers")
    ]
    assert len(answer.quotes) <= 7


def test_the_newest_article_answers_and_the_others_stand_below(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    answer = chatbot.ask(f"How many ships are waiting outside the port of {names['port']} now?")
    assert answer.kind is Kind.LATEST
    assert answer.answer_span.startswith("Forty-one")
    assert [(part.heading, part.answer.split()[0]) for part in answer.parts][:2] == [
        ("As of 15 March 2024, Herald", "Forty-one"),
        ("Earlier, 8 March 2024", "Twenty-four"),
    ]


def test_a_newer_article_on_the_matter_stands_below_the_one_that_answers(
    chatbot: Chatbot, names: Mapping[str, str]
) -> None:
    answer = chatbot.ask(f"What do the owners of the port of {names['port']} call the strike now?")
    assert list_told(answer) == [
        ("As of 2 March 2024, Herald", ["vote: The owners"]),
        ("Newer on this, 15 March 2024, Herald", ["end: The dockers"]),
    ]


def test_of_an_earlier_day_only_what_was_known_then_answers(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    answer = chatbot.ask(f"As of 10 March 2024, how many ships were waiting outside the port of {names['port']}?")
    assert (answer.kind, answer.answer_span.split()[0]) == (Kind.AS_OF, "Twenty-four")
    assert {quote.article_id for quote in answer.quotes} <= {"wire", "copy", "start", "vote"}
    before = chatbot.ask(f"As of 1 May 2020, how many ships were waiting outside the port of {names['port']}?")
    assert not before.is_found


def test_the_latest_news_come_first(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    told = list_told(chatbot.ask(f"latest news on the {names['port']} strike"))
    assert [heading for heading, _ in told] == [
        *("As of 15 March 2024, Herald", "Earlier, 8 March 2024", "Earlier, 5 March 2024", "Earlier, 2 March 2024")
    ]
    assert told[0][1][0] == "end: The dockers"


def test_news_since_a_day_are_of_articles_from_then_on(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    told = list_told(chatbot.ask(f"What is new on the {names['port']} strike since 4 March?"))
    assert [heading for heading, _ in told] == [
        *("As of 15 March 2024, Herald", "Earlier, 8 March 2024", "Earlier, 5 March 2024")
    ]


def test_a_day_is_told_by_its_articles(chatbot: Chatbot) -> None:
    answer = chatbot.ask("What happened on 8 March?")
    assert {quote.text.split()[0] for quote in answer.quotes} == {"Twenty-four", "Rain"}
    assert not chatbot.ask("What happened on 8 March 2011?").is_found


def test_the_filters_hold(chatbot: Chatbot, names: Mapping[str, str]) -> None:
    scope = Scope(until=date(2024, 3, 6))
    for question in ("Summarise the {} strike", "timeline of the {} strike", "latest news on the {} strike"):
        answer = chatbot.invoke(Question(question.format(names["port"]), scope=scope))
        assert {quote.article_id for quote in answer.quotes} == {"vote", "start"}


def test_what_no_article_is_about_is_not_found(chatbot: Chatbot) -> None:
    for question in ("Summarise the flood in Graz", "timeline of the siege of Troy", "latest news on the Moon landing"):
        assert not chatbot.ask(question).is_found

"""The site in a real browser: ask, open the source, see the highlighted sentence; and nothing leaves the machine."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.article import Article
from embeddings.encoder import Encoder
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot
from rag.errors import SettingsError
from rag.library.home import Home
from rag.library.library import Library
from rag.question import Question
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import launch
from tests.rag.web.browsing import DESKTOP, HOSTILE, PHONE, ask, find_free_port, take_picture
from tests.rag.web.serving import serve

DRAW_ANEW = """() => {
    const number = document.querySelector(".dl-number");
    const drawn = number.cloneNode(true);
    drawn.className = "dl-number";
    number.replaceWith(drawn);
    dateline.followAnswer();
}"""
"""What happens to a number when further questions come in under an answer."""


CLOSE_AND_WRITE = """() => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    document.querySelector("#dl-box textarea").focus();
}"""


@pytest.fixture(scope="module")
def address(starter_settings: Settings, starter_library: Library) -> Iterator[str]:
    """The address of the whole site over the starter articles."""
    with serve(starter_library, starter_settings) as address:
        yield address


@pytest.mark.parametrize("page", [DESKTOP, PHONE], indirect=True, ids=["desktop", "phone"])
def test_ask_open_the_source_and_see_the_highlighted_sentence(
    page: Page, address: str, starter_articles: dict[str, Article], request: pytest.FixtureRequest
) -> None:
    page.goto(address)
    expect(page.locator(".dl-header")).to_contain_text("32 articles from 7 December 2021 to 29 August 2023")
    ask(page, "What did Russia demand?")
    take_picture(page, f"answer-{request.node.callspec.id}")
    quote = page.locator(".dl-quote").first.inner_text().split("”")[0].lstrip("“")
    number = page.locator(".dl-number").first
    article = starter_articles[number.get_attribute("data-article") or ""]
    assert quote in article.text
    number.click()
    expect(page.locator("#dl-sources mark.active")).to_have_text(quote)
    expect(page.locator("#dl-sources .dl-text")).to_have_text(article.text, use_inner_text=False)
    page.wait_for_selector("#dl-main.dl-has-article")
    expect(page.locator("#dl-sources mark.active")).to_be_in_viewport()
    take_picture(page, f"source-{request.node.callspec.id}")
    page.evaluate(DRAW_ANEW)
    expect(number).to_have_class("dl-number dl-here")
    page.keyboard.press("Escape")
    expect(page.locator("#dl-sources mark")).to_have_count(0)
    expect(number).to_be_focused()


def test_a_visitor_who_types_keeps_the_question_box(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "What did Russia demand?")
    page.locator(".dl-number").first.click()
    page.wait_for_selector("#dl-main.dl-has-article")
    page.evaluate(CLOSE_AND_WRITE)
    page.wait_for_selector("#dl-main:not(.dl-has-article)", state="attached")
    expect(page.locator("#dl-box textarea")).to_be_focused()


def test_an_example_is_asked_with_a_click_and_slash_focuses_the_question(
    page: Page, address: str, chatbot: Chatbot
) -> None:
    page.goto(address)
    example = page.locator("[data-ask]").first
    answer = chatbot.invoke(Question(example.inner_text()))
    example.click()
    expect(page.locator(".dl-quotes")).to_contain_text(answer.quotes[0].text)
    page.locator(".dl-card").last.focus()
    page.keyboard.press("/")
    expect(page.locator("#dl-box textarea")).to_be_focused()
    ask(page, "Where was it launched from: Kourou?")
    expect(page.locator(".dl-question")).to_have_count(2)


def test_what_the_articles_do_not_say(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "Who won the 2018 football World Cup final?")
    expect(page.locator(".dl-notfound")).to_have_text("Not in these articles.")
    expect(page.locator(".dl-quote")).to_have_count(0)


def test_a_question_that_cannot_be_asked_says_why(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, "?!")
    expect(page.locator(".dl-problem")).to_contain_text("write at least 2 letters or digits")


def test_hostile_text_is_shown_as_text(page: Page, encoder: Encoder, tmp_path: Path) -> None:
    article = Article(
        id=HOSTILE,
        title=f"Storm {HOSTILE}",
        text=f"The storm hit Lisbon on Monday {HOSTILE}.",
        outlet=HOSTILE,
        url=HOSTILE,
    )
    settings = Settings(home=tmp_path / "home", port=find_free_port())
    with Library(Home(settings.home), encoder, max_article_characters=10_000) as library:
        library.add([article])
        app = build_app(build_chatbot(settings, library), library)
        listener = launch(app, settings)
        page.goto(f"http://127.0.0.1:{settings.port}")
        ask(page, f"When did the storm hit Lisbon? {HOSTILE}")
        page.locator(".dl-number, .dl-closest button").first.click()
        expect(page.locator("#dl-sources .dl-text")).to_have_text(article.text)
        expect(page.locator(".dl-question")).to_contain_text(HOSTILE)
        expect(page.locator(".gradio-container img")).to_have_count(0)
        expect(page).to_have_title(re.compile(r"^When did the storm hit Lisbon\? <img"))
        page.close()  # servers wait for open ones
        listener.close()


def test_a_port_in_use_is_named(address: str, chatbot: Chatbot, starter_library: Library) -> None:
    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(SettingsError, match=f"cannot serve on 127.0.0.1:{port} .*choose another port"):
        launch(build_app(chatbot, starter_library), Settings(port=port))

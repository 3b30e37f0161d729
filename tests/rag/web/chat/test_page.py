"""The chat in a real browser: each thing that a visitor does with it, end to end."""

import json
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from rag.answer import Answer, Claim, Verdict
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, open_library
from rag.library.library import Library
from rag.question import Question
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import launch
from tests.rag.web.browsing import DESKTOP, PHONE, ask, find_free_port, take_picture

REPLY = "Who handed over the US reply in Moscow?"
CLAIM = Claim("John Sullivan handed it over.", (0,))
DARK_PHONE = {**PHONE, "color_scheme": "dark"}


class Writing:
    """A chatbot that answers in quotes, and then writes prose until `go` is set: as slow as the test wants it."""

    def __init__(self, chatbot: Chatbot) -> None:
        self._chatbot = chatbot
        self.go, self.is_writing = Event(), False

    def quote(self, *questions: str) -> str:
        """Return the first quote in the answer to the last of questions that follow each other."""
        answers: list[Answer] = []
        for question in questions:
            answers.append(self._chatbot.invoke(Question(question, tuple(answer.turn for answer in answers))))
        return answers[-1].quotes[0].text

    def stream(self, question: Question) -> Generator[Answer, None, None]:
        answer = self._chatbot.invoke(question)
        yield answer
        if not self.is_writing or not answer.is_found:
            return
        yield replace(answer, claims=(CLAIM,))
        self.go.wait(60)
        checked = replace(CLAIM, verdict=Verdict.SUPPORTED)
        invented = Claim("He flew in.", (), Verdict.UNSUPPORTED, "No quote names a flight.")
        yield replace(answer, claims=(checked, invented))


@pytest.fixture(scope="module")
def library(copy_starter: Callable[[], Path]) -> Iterator[Library]:
    """The starter articles in a home of their own, since conversations are kept there."""
    with open_library(Settings(home=copy_starter())) as library:
        yield library


@pytest.fixture(scope="module")
def writing(library: Library) -> Writing:
    return Writing(build_chatbot(Settings(), library))


@pytest.fixture(scope="module")
def address(writing: Writing, library: Library) -> Iterator[str]:
    settings = Settings(port=find_free_port())
    app = build_app(writing, library)  # type: ignore[arg-type]  # all that the page asks of a chatbot is to stream
    listener = launch(app, settings)
    yield f"http://127.0.0.1:{settings.port}"
    listener.close()


@pytest.fixture
def slow(writing: Writing) -> Iterator[Writing]:
    """The chatbot while it writes, until the test sets `go`."""
    writing.is_writing = True
    yield writing
    writing.is_writing = False
    writing.go.set()


def begin(page: Page, question: str) -> None:
    page.fill("#dl-box textarea", question)
    page.press("#dl-box textarea", "Enter")


def test_an_answer_is_written_checked_and_can_be_stopped(page: Page, address: str, slow: Writing) -> None:
    page.goto(address)
    begin(page, REPLY)
    expect(page.locator(".dl-unchecked")).to_contain_text("John Sullivan handed it over.")
    expect(page.locator(".dl-quotes.dl-below")).to_contain_text(slow.quote(REPLY))
    take_picture(page, "chat-writing")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".dl-stopped")).to_contain_text("Stopped")
    expect(page.locator(".dl-written")).to_contain_text("Written by the chat model, not checked.")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".dl-unchecked")).to_be_visible()
    slow.go.set()
    expect(page.locator(".dl-checked")).to_have_count(1)
    expect(page.locator(".dl-written")).to_have_text("Written by the chat model. These quotes are word for word:")
    expect(page.locator(".dl-exchange")).to_have_count(1)
    left_out = page.locator(".dl-left-out")
    expect(left_out.locator("p").first).to_be_hidden()
    left_out.locator("summary").click()
    expect(left_out).to_contain_text("He flew in.")
    take_picture(page, "chat-written")


def test_a_follow_up_an_edited_question_and_further_ones(page: Page, address: str, writing: Writing) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    ask(page, REPLY)
    ask(page, "And when?")
    expect(page.locator(".dl-searched")).to_contain_text("Searched for: ")
    last = page.locator(".dl-exchange").last
    expect(last.locator(".dl-quote").first).to_contain_text(writing.quote(REPLY, "And when?"))
    expect(last.locator(".dl-facts")).to_contain_text("Searched 32 articles from 7 December 2021 to 29 August 2023 in ")
    last.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".dl-toast")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("And when?\n\n“")
    assert writing.quote(REPLY, "And when?") in " ".join(copied.split())
    last.get_by_role("button", name="Edit this question").click()
    expect(page.locator("#dl-box textarea")).to_have_value("And when?")
    begin(page, "Where did Grushko receive him?")
    expect(page.locator(".dl-question")).to_have_text([REPLY, "Where did Grushko receive him?"])
    further = page.locator(".dl-suggestions li button").first
    question = further.inner_text().strip()
    further.click()
    expect(page.locator(".dl-question").last).to_have_text(question)
    expect(page.locator(".dl-exchange").last.locator(".dl-quote").first).to_be_visible()


def test_only_some_articles_are_asked_until_the_filter_is_dropped(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="All articles").click()
    page.locator(".dl-filters label", has_text="Interest rates").click()
    page.locator(".dl-filters input[name=since]").fill("2022-05-01")
    expect(page.locator(".dl-limit")).to_have_count(1)  # what is being typed outlives the redrawing of the box
    page.keyboard.press("Escape")
    expect(page.locator(".dl-limit")).to_have_count(2)
    ask(page, "How many troops did Russia gather at the border of Ukraine?")
    exchange = page.locator(".dl-exchange").last
    expect(exchange.locator(".dl-facts")).to_contain_text("Searched 4 articles from 4 May 2022 to 4 August 2022")
    expect(exchange.locator(".dl-scope")).to_contain_text("Interest rates")
    expect(exchange.locator(".dl-notfound")).to_have_text("Not in these articles.")
    take_picture(page, "chat-filtered")
    page.get_by_role("button", name="Ask all articles instead").click()
    expect(page.locator(".dl-limit")).to_have_count(0)
    expect(page.locator(".dl-exchange").last.locator(".dl-quote").first).to_be_visible()


@pytest.mark.parametrize("page", [DESKTOP, DARK_PHONE], indirect=True, ids=["desktop", "phone"])
def test_conversations_are_kept_found_renamed_exported_and_deleted(
    page: Page, address: str, library: Library, writing: Writing, request: pytest.FixtureRequest
) -> None:
    is_phone = request.node.callspec.id == "phone"
    for kept in library.conversations.list_summaries():
        library.conversations.delete(kept.name)
    page.goto(address)
    ask(page, REPLY)
    page.reload()
    open_conversations(page, is_phone)
    expect(page.locator(".dl-conversation-title")).to_have_text(REPLY)
    page.locator(".dl-conversation-title").click()
    expect(page.locator(".dl-quote").first).to_contain_text(writing.quote(REPLY))
    open_conversations(page, is_phone)
    page.get_by_label("Rename this conversation").click()
    page.fill("#dl-rename", "The reply")
    page.press("#dl-rename", "Enter")
    expect(page.locator(".dl-conversation-title")).to_have_text("The reply")
    page.fill(".dl-find input", "nobody asked this")
    expect(page.locator(".dl-conversation-title")).to_have_count(0)
    page.fill(".dl-find input", "reply moscow")
    expect(page.locator(".dl-conversation-title")).to_have_text("The reply")
    take_picture(page, f"chat-conversations-{request.node.callspec.id}")
    assert read_export(page, "Markdown").startswith(f"# The reply\n\n## {REPLY}\n\n> ")
    record = json.loads(read_export(page, "JSON"))
    assert (record["title"], [each["question"] for each in record["exchanges"]]) == ("The reply", [REPLY])
    page.get_by_label("Delete this conversation").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".dl-conversation-title")).to_have_count(0)
    assert library.conversations.list_summaries() == []


def open_conversations(page: Page, is_phone: bool) -> None:
    if is_phone:
        page.get_by_role("button", name="Conversations").click()
    expect(page.locator(".dl-new")).to_be_visible()


def read_export(page: Page, kind: str) -> str:
    button = page.locator("#dl-conversations .dl-link", has_text=kind)
    if not button.is_visible():
        page.get_by_label("Export this conversation").click()
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_the_colours_are_switched_and_the_source_is_a_sheet(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, REPLY)
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(251, 250, 247)")
    switch = page.locator("[data-theme-switch]")
    switch.click()
    expect(switch).to_have_attribute("title", "Colours: light")
    switch.click()
    expect(body).to_have_css("background-color", "rgb(22, 21, 19)")
    page.reload()
    expect(switch).to_have_attribute("title", "Colours: dark")
    expect(body).to_have_css("background-color", "rgb(22, 21, 19)")
    expect(page.locator(".dl-exchange")).to_have_count(1)
    ask(page, REPLY)
    page.locator(".dl-number").first.click()
    expect(page.locator("#dl-main.dl-has-article #dl-sources")).to_have_css("width", "390px")
    take_picture(page, "chat-sheet")
    page.locator("#dl-sources").get_by_role("button", name="Ask this article").click()
    expect(page.locator(".dl-has-article")).to_have_count(0)  # the box that it asks with is in sight
    expect(page.locator(".dl-limit")).to_have_count(1)

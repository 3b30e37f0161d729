"""The settings page in a real browser: what is in use, and what comes of testing the chat model."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rag.answer import Usage
from rag.asking.chatbot import Chatbot
from rag.chat_assembly import build_writer
from rag.library.library import Library
from rag.llama.server import start_server
from rag.prose.writing import Writer
from rag.settings import Settings
from rag.web import build_app
from rag.web.render import render
from rag.web.server import describe_setup, launch
from tests.fakes import ScriptedModel
from tests.llama import find_model
from tests.rag.web.browsing import DARK, HOSTILE, find_free_port, take_picture, take_pictures

Serve = Callable[..., str]


@pytest.fixture
def serve(chatbot: Chatbot, starter_library: Library) -> Iterator[Serve]:
    """Serve the site with a chat model that writes from a script, or with that of the settings; returns its address.

    Tests name it before their page, which is closed first: servers wait for open ones.
    """
    with ExitStack() as stack:

        def serve(*script: object, **settings: object) -> str:
            chosen = Settings(port=find_free_port(), **settings)
            writer = build_writer(chosen, starter_library, chatbot.reader, chatbot.verdicts) if not script else None
            if script:
                model = ScriptedModel(script=list(script))
                writer = Writer(model, lambda question, answer, claims: tuple(claims))
            bot = chatbot.with_writer(writer) if writer else chatbot
            app = build_app(bot, starter_library, setup=describe_setup(chosen, starter_library, bot))
            stack.enter_context(launch(app, chosen))
            return f"http://127.0.0.1:{chosen.port}/#settings"

        yield serve


def test_without_a_chat_model_it_says_how_to_set_one_up(
    serve: Serve, page: Page, chatbot: Chatbot, starter_library: Library
) -> None:
    page.goto(serve())
    setup = page.locator("#dl-setup")
    expect(setup).to_contain_text("32, in")
    expect(setup).to_contain_text(chatbot.reader.identity)
    expect(setup).to_contain_text(starter_library.encoder.identity)
    expect(setup).to_contain_text("None. Answers are quotes")
    expect(page.get_by_role("button", name="Test the connection")).to_have_count(0)
    expect(page.get_by_text("DATELINE_CHAT_MODEL=ollama:llama3.2", exact=True)).to_be_visible()
    take_pictures(page, "settings", is_full=True)


@pytest.mark.parametrize("page", [DARK], indirect=True, ids=["dark"])
def test_a_model_that_works_greets(serve: Serve, page: Page) -> None:
    page.goto(
        serve(f"I am ready. {HOSTILE}", chat_model="llama-fake", chat_url="http://127.0.0.1:1/v1", chat_key="sk-12")
    )
    expect(page.locator("#dl-setup")).to_contain_text("llama-fake")
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator(".dl-works")).to_contain_text("I am ready. <img src=x")
    expect(page.locator("body")).not_to_contain_text("sk-12")
    take_picture(page, "settings-works", is_full=True)


@pytest.mark.parametrize(("written", "rate"), [(30, "7.5 tokens"), (600, "150 tokens"), (6000, "1,500 tokens")])
def test_how_fast_a_model_writes_is_told_in_plain_numbers(written: int, rate: str) -> None:
    assert f"4.0 seconds, {rate} a second" in render(
        "settings/test.html", state="works", message="Yes", usage=Usage(20, written, 4.0)
    )


def test_what_failed_is_said_without_the_key(serve: Serve, page: Page) -> None:
    failure = ValueError("no credit left for sk-12\nsecond line")
    page.goto(serve(failure, chat_model="llama-fake", chat_key="sk-12"))
    page.get_by_role("button", name="Test the connection").click()
    expected = "The chat model's reply cannot be read (ValueError). It said: no credit left for …"
    expect(page.locator(".dl-fails")).to_have_text(expected)
    take_picture(page, "settings-fails", is_full=True)


def test_another_model_file_is_chosen_and_tested(serve: Serve, page: Page, tmp_path: Path) -> None:
    for name in ("a.gguf", "b.gguf"):
        (tmp_path / name).symlink_to(find_model())
    page.goto(serve(chat_model=f"gguf:{tmp_path}", chat_seconds=300))
    first, second = (page.get_by_role("button", name=name) for name in ("a.gguf", "b.gguf"))
    expect(first).to_be_disabled()
    second.click()
    expect(second).to_be_disabled()
    expect(first).to_be_enabled()
    assert start_server(tmp_path).chosen == "b.gguf"
    page.get_by_role("button", name="Test the connection").click()
    expect(page.locator(".dl-works")).to_contain_text("tokens a second", timeout=300_000)
    take_picture(page, "settings-chosen", is_full=True)
    start_server(tmp_path).close()


def test_a_model_file_that_is_gone_is_said(serve: Serve, page: Page, tmp_path: Path) -> None:
    for name in ("a.gguf", "b.gguf"):
        (tmp_path / name).symlink_to(find_model())
    page.goto(serve(chat_model=f"gguf:{tmp_path}"))
    expect(page.get_by_role("button", name="a.gguf")).to_be_disabled()
    (tmp_path / "b.gguf").unlink()
    page.get_by_role("button", name="b.gguf").click()
    expect(page.locator(".dl-fails")).to_contain_text("b.gguf cannot be run as a chat model")
    expect(page.get_by_role("button", name="a.gguf")).to_be_disabled()
    take_picture(page, "settings-gone", is_full=True)
    start_server(tmp_path).close()

"""Several people ask at once, and each gets the answer to the own question."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.settings import Settings
from rag.wire import to_json
from tests.rag.web.serving import open_client, serve

QUESTIONS = (
    "Who handed over the US reply in Moscow?",
    "When was the James Webb Space Telescope launched?",
    "How long did the Normandy-format talks in Paris last?",
    "By how much did the Fed raise rates in June 2022?",
    "Who won the 2018 football World Cup final?",
    "What did Russia demand?",
)
Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def address(starter_library: Library, starter_settings: Settings) -> Iterator[str]:
    with serve(starter_library, starter_settings) as address:
        yield address


def ask_by_client(address: str) -> Ask:
    client = open_client(address)
    return lambda question: client.predict(question, api_name="/ask")


def ask_over_http(address: str) -> Ask:
    return lambda question: httpx.post(f"{address}/api/ask", json={"question": question}, timeout=60).json()


def test_programs_that_ask_at_once_get_their_own_answers(address: str, endpoints: Endpoints) -> None:
    asks = [ask for make in (ask_over_http, ask_by_client) for ask in [make(address)] * len(QUESTIONS)]
    with ThreadPoolExecutor(len(asks)) as pool:
        replies = list(pool.map(lambda ask, question: ask(question), asks, QUESTIONS * 2))
    expected = [to_json(endpoints.functions["ask"](question=question)) for question in QUESTIONS]
    assert [reply | {"seconds": 0} for reply in replies] == [reply | {"seconds": 0} for reply in expected] * 2


def test_visitors_who_ask_at_once_see_their_own_conversation(
    address: str, browser: Browser, endpoints: Endpoints
) -> None:
    pages = {question: browser.new_context().new_page() for question in QUESTIONS[:3]}
    for page in pages.values():
        page.goto(address)
        expect(page.locator("#dl-exchanges [data-ask]").first).to_be_visible()
    for question, page in pages.items():
        page.fill("#dl-box textarea", question)
    for page in pages.values():
        page.press("#dl-box textarea", "Enter")
    for question, page in pages.items():
        quote = endpoints.functions["ask"](question=question).quotes[0].text
        expect(page.locator(".dl-quote").first).to_contain_text(quote)
        expect(page.locator(".dl-question")).to_have_text([question])
        page.context.close()

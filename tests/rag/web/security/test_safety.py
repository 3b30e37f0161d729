"""Whatever stands in articles, names, questions and cases is shown as text, on every page; and nothing goes out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from corpus.article import MAX_ID_CHARACTERS, Article
from embeddings.encoder import SentenceEncoder
from rag.library.home import Home
from rag.library.library import Library
from rag.settings import Settings
from tests.rag.web.browsing import DESKTOP, ask
from tests.rag.web.conftest import PATIENCE, is_foreign
from tests.rag.web.payloads import PAYLOADS, expect_texts
from tests.rag.web.serving import serve

TOWNS = ("Lisbon", "Porto", "Faro", "Braga")
GROUPS = dict(zip(TOWNS, [PAYLOADS[start : start + 8] for start in range(0, len(PAYLOADS), 8)], strict=True))
PAIRS = [" ".join(PAYLOADS[start : start + 8 : 4]) for start in range(0, len(PAYLOADS), 8)]


def make_article(town: str, payloads: tuple[str, ...]) -> Article:
    first, second, third, fourth = (" ".join(payloads[start::4]) for start in range(4))
    id = first if first.isprintable() and len(first) <= MAX_ID_CHARACTERS else town
    return Article(
        id=id,
        title=f"{town} storm {' '.join(payloads)}",
        text=f"The storm reached {town} on Monday {' '.join(payloads)}. People in {town} stayed at home.",
        outlet=second,
        author=third,
        topic=fourth,
        url=next(
            (one for one in payloads if one.startswith(("javascript:", "data:"))), f"https://example.org/{fourth}"
        ),
    )


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {town: make_article(town, payloads) for town, payloads in GROUPS.items()}


@pytest.fixture(scope="module")
def address(
    articles: dict[str, Article], encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    settings = Settings(home=tmp_path_factory.mktemp("hostile") / "home")
    with Library(Home(settings.home), encoder, max_article_characters=100_000) as library:
        assert {receipt.outcome for receipt in library.add(articles.values())} == {"added"}
        with serve(library, settings) as address:
            yield address


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A page that fails its test on any dialog, new window, error, message of an error, or request to elsewhere."""
    context = browser.new_context(**DESKTOP)
    problems: list[str] = []
    page = context.new_page()
    page.set_default_timeout(PATIENCE)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"console: {message.text}")

    page.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", note_message)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    context.on("request", lambda sent: problems.append(f"request: {sent.url}") if is_foreign(sent.url) else None)
    context.on("page", lambda opened: problems.append(f"window: {opened.url}"))
    yield page
    context.close()
    assert problems == []


@pytest.mark.timeout(600)
def test_in_the_chat_and_in_the_article_beside_it(watched: Page, address: str, articles: dict[str, Article]) -> None:
    watched.goto(address)
    expect(watched.locator(".dl-header")).to_be_visible()
    for town, payloads in GROUPS.items():
        question = f"When did the storm reach {town}? {' '.join(payloads)}"
        ask(watched, question)
        expect_texts(watched, question, articles[town].title)
        watched.locator(f".dl-exchange:last-child [data-article={json.dumps(articles[town].id)}]").first.click()
        expect_texts(watched, articles[town].text, articles[town].outlet, articles[town].author, articles[town].url)
        watched.keyboard.press("Escape")


@pytest.mark.timeout(600)
def test_in_the_filters_and_the_titles_of_conversations(
    watched: Page, address: str, articles: dict[str, Article]
) -> None:
    watched.goto(address)
    watched.locator(".dl-filter").click()
    expect(watched.locator("#dl-filters")).to_be_visible()
    expect_texts(watched, *(article.outlet for article in articles.values()))
    expect_texts(watched, *(article.topic for article in articles.values()))
    watched.keyboard.press("Escape")
    ask(watched, "When did the storm reach Porto?")
    watched.get_by_role("button", name="New conversation").click()
    watched.locator(".dl-conversation-title").first.click()
    for payload in PAYLOADS[:30:6]:
        watched.get_by_label("Rename this conversation").click()
        watched.fill("#dl-rename", payload)
        watched.press("#dl-rename", "Enter")
        expect(watched.locator(".dl-opened .dl-conversation-title")).to_have_text(payload[:100])
        expect_texts(watched, payload)


@pytest.mark.timeout(600)
def test_in_the_table_and_the_reader_of_the_articles_page(
    watched: Page, address: str, articles: dict[str, Article]
) -> None:
    watched.goto(f"{address}/#articles")
    expect(watched.locator(".dl-table tbody tr")).to_have_count(len(TOWNS))
    expect_texts(watched, *(article.title for article in articles.values()))
    for article in articles.values():
        watched.locator(f"#dl-table [data-article={json.dumps(article.id)}]").click()
        expect_texts(watched, article.text, article.outlet, article.author, article.url)
        watched.keyboard.press("Escape")
        expect(watched.locator(".dl-close:visible")).to_have_count(0)
    for payload in PAYLOADS[:3]:
        watched.fill(".dl-tools input[type=search]", f"nothing {payload}")
        expect(watched.locator(".dl-nothing")).to_be_visible()
        expect_texts(watched, f"nothing {payload}")


@pytest.mark.timeout(600)
def test_in_drafts_problems_and_names_of_files(watched: Page, address: str, tmp_path: Path) -> None:
    watched.goto(f"{address}/#articles")
    expect(watched.locator(".dl-table")).to_be_visible()
    name = "<img src=x onerror=alert(1)>.txt"
    for file, text in (
        (name, f"Storm {' '.join(PAYLOADS)}\n\nThe storm was strong. {' '.join(PAYLOADS)}"),
        ("a.odd", ""),
    ):
        (tmp_path / file).write_text(text, "utf-8")
    watched.set_input_files("#dl-drop input[type=file]", [tmp_path / name, tmp_path / "a.odd"])
    expect(watched.locator(".dl-draft")).to_be_visible()
    expect(watched.locator(".dl-failures")).to_be_visible()
    for field, payload in zip(("title", "outlet", "author", "url"), PAYLOADS, strict=False):
        watched.fill(f".dl-draft input[name={field}]", payload)
    expect_texts(watched, *PAYLOADS[:4])
    watched.get_by_text("Web addresses or feeds").click()
    watched.fill("#dl-addresses", "\n".join(payload.replace("\u2028", " ") for payload in PAYLOADS))
    watched.get_by_role("button", name="Read these pages").click()
    expect(watched.locator(".dl-failures li")).to_have_count(len(PAYLOADS) + 1)
    expect_texts(watched, *PAYLOADS)


@pytest.mark.timeout(600)
def test_in_case_sets_runs_and_cases(watched: Page, address: str, tmp_path: Path) -> None:
    watched.goto(f"{address}/#evaluation")
    expect(watched.locator("#dl-start select")).to_be_visible()
    cases = [
        {"id": payload, "question": f"Who? {payload}", "answers": [payload], "article": payload, "evidence": [payload]}
        for payload in PAIRS
    ]
    path = tmp_path / "<img src=x onerror=alert(1)>.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
    watched.set_input_files("#dl-drop-cases input[type=file]", path)
    expect(watched.locator("#dl-start option")).to_have_count(2)
    watched.get_by_role("button", name="Run", exact=True).click()
    expect(watched.locator(".dl-cases li")).to_have_count(len(cases), timeout=300_000)
    expect_texts(watched, *(str(case["question"]) for case in cases))
    for case in cases:
        watched.locator(".dl-cases button", has_text=str(case["question"])).click()
        expect(watched.locator("#dl-case .case")).to_be_visible()
        expect_texts(watched, str(case["question"]))
        watched.keyboard.press("Escape")
        expect(watched.locator("#dl-case .case")).to_have_count(0)
    path.write_text('{"question": ""}\n{"<b>question</b>": "<img src=x onerror=alert(1)>"}\n', "utf-8")
    watched.set_input_files("#dl-drop-cases input[type=file]", path)
    expect(watched.locator(".dl-failures")).to_be_visible()
    expect_texts(watched, "is missing")


def test_a_script_that_got_in_would_not_run(browser: Browser, address: str) -> None:
    """The policy's own test: scripts, a handler and foreign addresses are put into the page, and come to nothing."""
    page = browser.new_page()
    page.goto(address)
    expect(page.locator(".dl-header")).to_be_visible()
    page.evaluate(
        """() => {
          [window.ran, window.blocked] = [[], []];
          document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
          const inline = document.createElement("script");
          inline.textContent = "ran.push('inline')";
          document.body.append(inline);
          const upload = document.createElement("script");
          upload.src = "/gradio_api/file=evil.js";
          document.body.append(upload);
          const button = document.createElement("button");
          button.setAttribute("onclick", "ran.push('handler')");
          document.body.append(button);
          button.click();
          new Image().src = "https://evil.example/pixel.png";
          fetch("https://evil.example/").catch(() => "blocked");
        }"""
    )
    page.wait_for_function("blocked.length === 5")
    reported = page.evaluate("[ran, blocked.sort()]")
    page.close()
    assert reported == [[], ["connect-src", "img-src", "script-src-attr", "script-src-elem", "script-src-elem"]]

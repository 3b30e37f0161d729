"""The evaluation page in a real browser: cases are run, looked into, compared and deleted, and the chat makes cases."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from rag.assembly import build_chatbot, open_library
from rag.evaluation.case_files import read_cases
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import build_worker, launch
from tests.rag.web.browsing import HOSTILE, ask, find_free_port, take_picture, take_pictures

QUESTION = "Who handed over the US reply in Moscow?"
CASES = (
    {"id": "reply", "question": QUESTION, "answers": ["John Sullivan"], "article": "2022-01-26-written-replies"},
    {"id": "launch", "question": "When was the James Webb Space Telescope launched?", "answers": ["25 December 2021"]},
    {"id": "cup", "question": "Who won the 2018 football World Cup final?", "answers": []},
    {"id": "odd", "question": f"Who is {HOSTILE}?", "answers": [f"Nobody {HOSTILE}"]},
)


@pytest.fixture(scope="module")
def settings(copy_starter: Callable[[], Path]) -> Settings:
    """Settings of a home of its own, with a copy of the starter articles."""
    return Settings(home=copy_starter(), port=find_free_port())


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    """The address of the site."""
    with open_library(settings) as library:
        chatbot = build_chatbot(settings, library)
        app = build_app(chatbot, library, build_worker(settings, library, chatbot.reader))
        listener = launch(app, settings)
        yield f"http://127.0.0.1:{settings.port}"
        listener.close()


def upload(page: Page, path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    expect(page.locator("#dl-start select")).to_be_visible()
    page.set_input_files("#dl-drop-cases input[type=file]", path)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#dl-run .dl-run")).to_be_visible()


def test_cases_are_run_looked_into_compared_downloaded_and_deleted(
    page: Page, address: str, tmp_path: Path, settings: Settings
) -> None:
    others = count_runs(settings)  # of other tests of the same page
    page.goto(f"{address}/#evaluation")
    upload(page, tmp_path / "four.jsonl", "".join(json.dumps(case) + "\n" for case in CASES))
    expect(page.locator("#dl-start select")).to_have_value("four")
    run(page)
    expect(page.locator("#dl-run .dl-headline")).to_contain_text("3 of 4 right; 1 wrongly said")
    page.get_by_text("Measures and plots").click()
    right = page.locator(".report tr", has_text="Right replies")
    expect(right.locator("td").last).to_have_text("4")
    expect(page.locator(".report .plot")).to_have_count(3)
    expect(page.locator(".dl-cases li")).to_have_count(4)
    page.locator(".dl-cases button", has_text="Who is <img src=x").click()
    expect(page.locator("#dl-case")).to_contain_text(f"Nobody {HOSTILE}")
    expect(page.locator(".dl-close:visible")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator(".dl-cases button", has_text=QUESTION).click()
    expect(page.locator("#dl-case .expected")).to_have_text("John Sullivan")
    expect(page.locator("#dl-case .quote").first).to_contain_text(first_quote(settings, "reply"))
    take_picture(page, "evaluation-case", is_full=True)
    page.keyboard.press("Escape")
    expect(page.locator("#dl-case .report")).to_have_count(0)

    run_again(page)
    expect(page.locator("#dl-run select option").first).to_contain_text("four")  # the run before is shown no more
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#dl-run")).to_contain_text("4 cases in both, 0 answers flipped")
    expect(page.locator("#dl-run tr", has_text="Right replies")).to_contain_text("+0.000")
    take_picture(page, "evaluation-comparison", is_full=True)
    page.get_by_role("button", name="Back to the run").click()
    assert list_download(page) == ["cases.jsonl", "report.html", "report.json", "results.jsonl", "run.json"]

    page.get_by_text("Delete", exact=True).click()
    page.get_by_role("button", name="Delete this run for good").click()
    expect(page.locator(".dl-runs tbody tr")).to_have_count(others + 1)
    assert count_runs(settings) == others + 1
    expect(page.locator(".gradio-container img")).to_have_count(0)
    expect(page).to_have_title("Evaluation · Dateline")


def first_quote(settings: Settings, id: str) -> str:
    """Return the first quote in the answer to a case, as the latest run wrote it down."""
    latest = max((settings.home / "runs").glob("*/results.jsonl"), key=lambda path: path.stat().st_mtime)
    results = [json.loads(line) for line in latest.read_text("utf-8").splitlines()]
    return next(str(result["quotes"][0]["text"]) for result in results if result["id"] == id)


def count_runs(settings: Settings) -> int:
    runs = settings.home / "runs"
    return len(list(runs.iterdir())) if runs.exists() else 0


def list_download(page: Page) -> list[str]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download (ZIP)").click()
    with ZipFile(download.value.path()) as archive:
        return sorted(Path(name).name for name in archive.namelist())


def run_again(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".dl-runs tbody tr")).to_have_count(2)
    expect(page.locator("#dl-run .dl-run")).to_be_visible()


def test_all_that_is_wrong_with_a_file_is_said(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/#evaluation")
    upload(page, tmp_path / "broken.jsonl", '{"answers": []}\n{"question": "?"}\n<b>bold</b>\n')
    problems = page.locator("#dl-start .dl-failures li")
    expect(problems).to_have_count(3)
    expect(problems.nth(0)).to_contain_text("broken.jsonl, line 1, key 'question': is missing")
    expect(problems.nth(2)).to_contain_text("<b>bold</b>")
    take_picture(page, "evaluation-problems", is_full=True)


def test_the_chat_answers_while_a_run_goes_on_that_is_cancelled_and_gone_on_with(page: Page, address: str) -> None:
    page.goto(f"{address}/#evaluation")
    page.select_option("#dl-start select", "starter")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#dl-run-progress")).to_contain_text("of 318")
    page.get_by_role("link", name="Chat").click()
    ask(page, QUESTION)
    expect(page.locator(".dl-quote").first).to_be_visible()
    page.get_by_role("link", name="Evaluation").click()
    take_picture(page, "evaluation-progress", is_full=True)
    page.get_by_role("button", name="Cancel").click()
    stopped = page.locator("#dl-run .dl-notice")
    expect(stopped).to_contain_text("of 318 questions")
    page.get_by_role("button", name="Go on with it").click()
    expect(page.locator("#dl-run-progress progress")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(stopped).to_contain_text("of 318 questions")


def test_an_answer_in_the_chat_is_judged_corrected_and_taken_back(page: Page, address: str, settings: Settings) -> None:
    saved = settings.home / "cases" / "saved.jsonl"
    page.goto(address)
    ask(page, QUESTION)
    page.get_by_role("button", name="Right", exact=True).click()
    expect(page.locator(".dl-judged")).to_contain_text("Noted as right, for evaluations.")
    (case,) = read_lines(saved)
    assert case["answers"][0] in case["evidence"][0]
    assert case["evidence"][0] in page.locator(".dl-quote").first.inner_text()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".dl-judged")).to_have_count(0)
    assert not saved.exists()

    page.get_by_role("button", name="Wrong", exact=True).click()
    expected = page.get_by_label("What would be right?")
    expected.fill("John Sullivan | Sullivan")
    take_pictures(page, "evaluation-judged", is_full=True)
    assert [each.get("answers") for each in read_lines(saved)] == [None]
    page.locator(".dl-judged").get_by_role("button", name="Save").click()
    expect(page.locator(".dl-judged")).to_contain_text("Noted as wrong, with what would be right, for evaluations.")
    (case,) = read_lines(saved)
    assert (case["question"], case["answers"], case["note"]) == (QUESTION, ["John Sullivan", "Sullivan"], "wrong")
    page.locator(".dl-judged a").click()
    expect(page.locator("#dl-start option", has_text="saved (from the chat)")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Right", exact=True)).to_be_visible()
    assert not saved.exists()


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_templates_can_be_downloaded_and_runs_of_other_cases_are_not_compared(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/#evaluation")
    for kind, name in (("table (CSV)", "cases.csv"), ("JSON lines", "cases.jsonl")):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind).click()
        assert download.value.suggested_filename == name
        assert read_cases(Path(shutil.copy(download.value.path(), tmp_path / name)))
    for name in ("alone", "apart"):
        upload(page, tmp_path / f"{name}.jsonl", json.dumps({"id": name, "question": f"Who is {name}?"}) + "\n")
        expect(page.locator("#dl-start select")).to_have_value(name)
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.locator("#dl-run h2").first).to_have_text(name)
        expect(page.locator("#dl-run .dl-headline")).to_have_text("1 asked; of none is the right answer known.")
    expect(page.locator("#dl-run").get_by_role("button", name="Compare")).to_have_count(0)


def test_how_it_looks(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/#evaluation")
    upload(page, tmp_path / "looks.jsonl", "".join(json.dumps(case) + "\n" for case in CASES[:3]))
    expect(page.locator("#dl-start select")).to_have_value("looks")
    run(page)
    take_pictures(page, "evaluation", is_full=True)

"""The page of what is followed in a real browser, over a real feed, a folder and the real reader."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.loading import Limits
from rag.assembly import build_chatbot, open_library
from rag.following.checking import Checker
from rag.following.questions import WatchedQuestions
from rag.following.schedule import Schedule
from rag.following.sources import Following
from rag.library.home import Home
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import build_worker, describe_setup, launch
from tests.corpus.site import HTML, Site, run_site
from tests.corpus.test_feed import RSS, write_entry, write_feed
from tests.rag.web.browsing import HOSTILE, ask, find_free_port, take_pictures

QUESTION = "How many roofs were torn off?"
LISBON = "A storm hit Lisbon on Sunday and tore off 40 roofs, the mayor Rui Costa said. Nobody was hurt."
PORTO = "The storm tore off 12 roofs in Porto on Monday, the fire brigade said on Tuesday. Schools stay closed."


def put(site: Site, path: str, title: str, text: str) -> None:
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body>"
    site.answers[path] = (200, HTML, page.encode())


def put_feed(site: Site, *links: str) -> None:
    site.answers["/feed"] = (200, RSS, write_feed(*map(write_entry, links)))


@pytest.fixture
def site() -> Iterator[Site]:
    with run_site() as site:
        put(site, "/lisbon", "Storm hits Lisbon", LISBON)
        put(site, "/porto", f"Porto counts the damage {HOSTILE[:30]}".replace("<", "&lt;"), PORTO)
        put_feed(site, "/lisbon")
        yield site


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a site with an empty library, which may fetch from this machine.

    Tests name it before their page, which is closed first: servers wait for open ones.
    """
    settings = Settings(home=tmp_path / "home", port=find_free_port())
    with open_library(settings) as library:
        chatbot, folder = build_chatbot(settings, library), Home(settings.home).following
        limits = Limits(private_addresses=True, download_seconds=5)
        checker = Checker(library, Following(folder), limits, lambda: datetime.now(UTC))
        watched = WatchedQuestions(library, folder / "questions.json", lambda: datetime.now(UTC))
        with Schedule(checker, watched, takes_folders=True, seconds=0.5) as schedule:
            worker, setup = build_worker(settings, library, chatbot.reader), describe_setup(settings, library, chatbot)
            app = build_app(chatbot, library, worker, setup=setup, schedule=schedule)
            listener = launch(app, settings)
            schedule.start(chatbot.invoke)
            yield f"http://127.0.0.1:{settings.port}"
            listener.close()


def test_a_feed_is_followed_and_a_question_watched(address: str, page: Page, site: Site) -> None:
    page.goto(f"{address}/#following")
    follow(page, f"{site.url}/lisbon")
    expect(page.locator("#dl-look .dl-problem")).to_contain_text("is no feed; give the address of an RSS or Atom feed")
    follow(page, f"{site.url}/feed")
    source = page.locator(".dl-source", has_text="Maui Daily")
    expect(source).to_contain_text("1 new article, looked at")
    expect(source.locator(".dl-arrivals a")).to_have_text("Storm hits Lisbon")

    page.get_by_role("link", name="Chat").click()
    ask(page, QUESTION)
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("button", name="Watched", exact=True)).to_have_attribute("aria-pressed", "true")
    take_pictures(page, "following-watch")

    put_feed(site, "/porto", "/missing")
    page.get_by_role("link", name="Following").click()
    expect(page.locator("#dl-watched h4")).to_have_text(QUESTION)
    page.get_by_role("button", name="Look now").click()
    expect(source).to_contain_text("1 new article, looked at")
    expect(source.locator(".dl-look-problems li")).to_contain_text("there is no such page (404 Not Found)")
    page.get_by_role("link", name="Chat").click()
    page.reload()  # what the schedule finds is shown at the latest half a minute later, or at once where the page opens
    expect(page.locator('.dl-nav [data-news="1"]')).to_be_visible()
    page.get_by_role("link", name="Following").click()
    find = page.locator(".dl-finds .dl-unseen")
    expect(find).to_contain_text("The storm tore off 12 roofs in Porto on Monday")
    take_pictures(page, "following", is_full=True)
    page.get_by_role("button", name="Mark as seen").click()
    expect(page.locator(".dl-finds .dl-unseen")).to_have_count(0)
    expect(page.locator(".dl-nav [data-news]")).to_have_count(0)
    page.locator(".dl-finds a").click()
    expect(page.locator("#dl-reader mark.active")).to_contain_text("12 roofs")


def follow(page: Page, source: str) -> None:
    page.locator("#dl-follow input[name=source]").fill(source)
    page.get_by_role("button", name="Follow", exact=True).click()


def test_a_folder_is_followed_and_unfollowed(address: str, page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "lisbon.txt").write_text(f"Storm hits Lisbon\n\n{LISBON}")
    page.goto(f"{address}/#following")
    page.locator("#dl-follow select").select_option("15")
    follow(page, str(folder))
    expect(page.locator(".dl-source")).to_contain_text("1 new article")
    expect(page.locator(".dl-source select")).to_have_value("15")
    page.locator(".dl-source select").select_option("60")
    expect(page.locator(".dl-source option[value='60'][selected]")).to_have_count(1)
    page.get_by_text("Unfollow", exact=True).click()
    page.get_by_role("button", name="Unfollow; its articles stay").click()
    expect(page.locator(".dl-source")).to_have_count(0)
    expect(page.locator(".dl-header")).to_contain_text("1 article")
    page.locator("#dl-watched input[name=question]").fill("?")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_text("is not a question yet")).to_be_visible()

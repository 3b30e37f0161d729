"""How much a browser fetches until a question can be typed, and that nothing typed early is lost."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect
from starlette.applications import Starlette

from corpus.article import Article
from rag.assembly import open_library
from rag.settings import Settings
from rag.web.assets import FOLDER, build_assets_route
from tests.rag.web.apps import AppClient
from tests.rag.web.browsing import DESKTOP, PHONE, SERVER, release
from tests.rag.web.serving import serve

MOST_REQUESTS, MOST_BYTES = 60, 320_000
"""Until the page is built, of which Gradio's own scripts and styles are all but a few."""

FETCHED = """() => performance.getEntriesByType("resource")
    .filter((one) => one.name.includes("/assets/") && one.transferSize).map((one) => one.name)"""
"""Scripts and styles that came over the network, and not from what the browser keeps."""

QUESTION = "When did the storm reach Lisbon?"
GRADIO = "**/assets/index-*.js"
"""The script that all others of Gradio need."""
ROW = f"**/assets/{next(path.name for path in FOLDER.glob('Index-*.js') if '`row ${' in path.read_text('utf-8'))}"
"""The script of rows, in one of which the box stands, but not the header."""
BUILT = "gradio-app #dl-question"
"""The question box of the page that Gradio has built."""
PLACED = ("#dl-question", ".dl-send", ".dl-filter", ".dl-header h1", ".dl-nav a:last-child")
"""What stands in the same place before and after."""
READ_PLACES = "(parts) => JSON.stringify(parts.map((part) => document.querySelector(part)?.getBoundingClientRect()))"
MOUNT = """([first, then]) => {
    const app = document.querySelector("gradio-app");
    const copy = (part) => document.querySelector(`#dl-early ${part}`).cloneNode(true);
    const parts = { ".dl-header": copy(".dl-header"), ".dl-composer": copy(".dl-composer") };
    app.append(parts[first]);
    return Promise.resolve().then(() => {
        const counts = ["header.dl-header", "#dl-question"].map((part) => document.querySelectorAll(part).length);
        app.append(parts[then]);
        return counts;
    });
}"""
"""Mount Gradio's header and box in an order; returns how many headers and boxes there are in between."""
STORM = Article(id="storm", title="Storm", text="Rain fell. The storm reached Lisbon on Monday. It rained.")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(home=tmp_path_factory.mktemp("opening") / "home")
    with open_library(settings) as library:
        library.add([STORM])
        with serve(library, settings) as address:
            yield address


def watch_network(page: Page) -> tuple[list[str], list[int]]:
    """Return lists that grow with each request: addresses, and bytes as they are sent."""
    addresses: list[str] = []
    sizes: list[int] = []
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    return addresses, sizes


def test_little_is_fetched_until_a_question_can_be_typed(
    page: Page, address: str, record_testsuite_property: Callable[[str, object], None]
) -> None:
    addresses, sizes = watch_network(page)
    page.goto(address, wait_until="commit")
    for name, box in (("a question can be typed", "#dl-question"), ("the page is built", BUILT)):
        page.locator(box).wait_for()
        seconds = page.evaluate("performance.now()") / 1000
        record_testsuite_property(f"seconds until {name}", seconds)  # no bound: machines are busy
    assert len(addresses) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES
    scripts = [each for each in addresses if "/assets/" in each]
    assert sorted({*scripts}) == sorted(scripts), "something was fetched twice"
    expect(page.locator("#dl-exchanges [data-address]")).to_be_attached()
    assert len(page.evaluate(FETCHED)) > 40
    page.reload()
    expect(page.locator("#dl-exchanges [data-address]")).to_be_attached()
    assert page.evaluate(FETCHED) == [], "browsers keep scripts and styles"


@pytest.mark.parametrize("page", [DESKTOP, PHONE], indirect=True, ids=["desktop", "phone"])
def test_what_is_typed_asked_and_clicked_before_gradio_has_built_the_page_passes_on(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route(GRADIO, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.fill("#dl-question", QUESTION)
    page.press("#dl-question", "Enter")
    expect(page.locator(".dl-empty h2")).to_have_text(QUESTION)
    page.get_by_role("button", name="All articles").click()
    page.locator("#dl-question").focus()
    page.keyboard.type("And the rain?")
    page.keyboard.press("Shift+ArrowLeft")
    places = page.evaluate(READ_PLACES, PLACED)
    to_server: list[Route] = []
    page.route(SERVER, lambda route: to_server.append(route))  # an answer would put *Stop* in place of *Ask*
    release(page, GRADIO, held)
    page.locator(BUILT).wait_for()
    page.wait_for_function(f"([parts, places]) => ({READ_PLACES})(parts) === places", arg=[PLACED, places])
    release(page, SERVER, to_server)
    page.keyboard.type(" then?")
    expect(page.locator("#dl-question")).to_have_value("And the rain then?")
    expect(page.locator("#dl-filters")).to_be_visible()
    expect(page.locator(".dl-quote").first).to_contain_text("The storm reached Lisbon on Monday.")
    expect(page.locator(".dl-exchange")).to_have_count(1)
    expect(page.locator("#dl-question")).to_have_value("And the rain then?")


@pytest.mark.parametrize(
    ("page", "order", "opened"),  # each two of them meet
    [
        (DESKTOP, (".dl-header", ".dl-composer"), ""),
        (DESKTOP, (".dl-composer", ".dl-header"), "#articles"),
        (PHONE, (".dl-header", ".dl-composer"), "#articles"),
        (PHONE, (".dl-composer", ".dl-header"), ""),
    ],
    indirect=["page"],
)
def test_there_is_one_header_and_one_box_in_whatever_order_gradio_mounts_them(
    page: Page, address: str, order: tuple[str, str], opened: str
) -> None:
    page.route(GRADIO, lambda route: route.abort())
    page.goto(f"{address}/{opened}", wait_until="commit")
    page.locator("#dl-early .dl-nav [aria-current]").wait_for()
    assert page.evaluate(MOUNT, order) == [1, 1]
    for part in (".dl-header", "#dl-question"):
        expect(page.locator(part)).to_have_count(1)
        expect(page.locator(f"gradio-app {part}")).to_have_count(1)
    page.evaluate("datelineEarly()")
    expect(page.locator("#dl-early")).to_have_count(0)
    page.get_by_role("link", name="Articles").click(trial=True)


def test_while_gradio_has_its_header_but_not_yet_its_box_there_is_one_of_each(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route(ROW, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator("gradio-app .dl-header").wait_for()
    expect(page.locator(".dl-header")).to_contain_text("1 article")
    page.locator("[data-theme-switch]").click()
    page.fill("#dl-question", QUESTION)
    assert page.locator(BUILT).count() == 0
    release(page, ROW, held)
    page.locator(BUILT).wait_for()
    expect(page.locator("#dl-question")).to_have_value(QUESTION)
    expect(page.locator("[data-theme-switch]")).to_have_attribute("title", "Colours: light")


def test_the_early_question_box_is_only_on_the_chat_page(page: Page, address: str) -> None:
    page.route(GRADIO, lambda route: route.abort())
    page.goto(f"{address}/#articles", wait_until="commit")
    expect(page.locator(".dl-nav [aria-current]")).to_have_text("Articles")
    expect(page.locator("#dl-question")).to_be_hidden()
    page.get_by_role("link", name="Chat").click()
    expect(page.locator("#dl-question")).to_be_visible()


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_page_says_that_it_needs_them(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("noscript p")).to_have_text("This page needs JavaScript.")
    expect(page.locator("#dl-question")).to_be_hidden()


def test_what_is_asked_before_the_session_has_come_is_answered(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route(SERVER, lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.fill(BUILT, QUESTION)
    page.press(BUILT, "Enter")
    assert page.locator("[data-address]").count() == 0
    release(page, SERVER, held)
    expect(page.locator(".dl-quote").first).to_contain_text("The storm reached Lisbon on Monday.")


def test_scripts_and_styles_are_sent_as_they_are_to_clients_that_cannot_unpack() -> None:
    client = AppClient(Starlette(routes=[build_assets_route()]))
    name = next(path.name for path in FOLDER.glob("index-*.js"))
    packed = client.get(f"/assets/{name}", headers={"accept-encoding": "gzip, br"})
    plain = client.get(f"/assets/{name}", headers={"accept-encoding": "identity"})
    assert plain.content == packed.content == (FOLDER / name).read_bytes()
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/assets/..%2findex.html").status_code == 404
    assert client.get("/assets/none.js").status_code == 404

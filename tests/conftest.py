"""What the tests share. The expensive things, the encoder and a library of the starter articles, are made once."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

import rag  # noqa: F401  (first: it tells other libraries to stay offline before they are imported)
from corpus.article import Article
from embeddings.encoder import MINILM, SentenceEncoder
from embeddings.minilm import MiniLmEncoder
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, build_endpoints, load_starter_articles, open_library
from rag.library.home import Home
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.settings import Settings
from tests.fakes import WordEncoder
from tests.rag.library.server import make_schema, run_cluster

MAX_CHARACTERS = 10_000

hypothesis.settings.register_profile("dateline", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("dateline")

OpenLibrary = Callable[..., Library]

LOADING_FIXTURES = {"encoder", "torch_encoder", "starter_library"}
"""The shared fixtures that load trained weights; others are built on these."""

LOADING_FOLDERS = [Path(__file__).parent / folder for folder in ("embeddings", "rag/cli")]

LOADING_NAMES = {
    "MiniLmEncoder",
    "OnnxReader",
    "SentenceEncoder",
    "build_chatbot",
    "open_chatbot",
    "open_library",
    "quick",
    "serve",
    "serve_model",
    "subprocess",
}
"""A test module that has one of these loads trained weights, or starts the product in a process of its own."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put every test into one tier, before `-m` chooses among them."""
    for item in items:
        item.add_marker(find_tier(item))


def find_tier(item: pytest.Item) -> str:
    """Return `browser`, `model` or `fast`; pyproject.toml says what each means."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if "browser" in fixtures:
        return "browser"
    names = set(vars(item.module)) if isinstance(item, pytest.Function) else set()
    is_of_models = any(item.path.is_relative_to(folder) for folder in LOADING_FOLDERS)
    return "model" if is_of_models or fixtures & LOADING_FIXTURES or (names | fixtures) & LOADING_NAMES else "fast"


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run every test in an empty folder: the developer's dateline.toml and library are out of reach."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def encoder() -> MiniLmEncoder:
    """The real MiniLM model, as the product runs it."""
    return MiniLmEncoder()


@pytest.fixture(scope="session")
def torch_encoder() -> SentenceEncoder:
    """The same model, as a user's own would be run."""
    return SentenceEncoder()


@pytest.fixture
def other_model(tmp_path: Path) -> Path:
    """The folder of a model that is not quite MiniLM: one byte of its weights is another."""
    folder = tmp_path / "another"
    shutil.copytree(MINILM, folder)
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, os.SEEK_END)
        weights.write(b"\1")
    return folder


@pytest.fixture(scope="session")
def starter_articles() -> dict[str, Article]:
    """The starter articles by id."""
    return {article.id: article for article in load_starter_articles()}


@pytest.fixture(scope="session")
def starter_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("starter") / "home")


@pytest.fixture(scope="session")
def starter_library(starter_settings: Settings, starter_articles: dict[str, Article]) -> Iterator[Library]:
    """A library of the starter articles, with the real encoder. For reading only."""
    with open_library(starter_settings) as library:
        assert {receipt.outcome for receipt in library.add(starter_articles.values())} == {"added"}
        yield library


@pytest.fixture(scope="session")
def copy_starter(
    starter_settings: Settings, starter_library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """Returns a home folder of its own with the starter articles, which may be changed; none is encoded again."""
    return lambda: shutil.copytree(starter_settings.home, tmp_path_factory.mktemp("copy") / "home")


@pytest.fixture(scope="session")
def chatbot(starter_settings: Settings, starter_library: Library) -> Chatbot:
    """The chatbot over the starter articles."""
    return build_chatbot(starter_settings, starter_library)


@pytest.fixture(scope="session")
def endpoints(starter_settings: Settings, starter_library: Library, chatbot: Chatbot) -> Endpoints:
    """What programs can ask of the starter articles. For reading only."""
    return build_endpoints(starter_settings, starter_library, chatbot)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a database of PostgreSQL, which runs as long as the tests do."""
    with run_cluster() as url:
        yield url


@pytest.fixture
def chroma_url(request: pytest.FixtureRequest) -> str:
    """The Chroma server of libraries that `open_home` opens; none by default: see `EVERYWHERE`."""
    return str(request.getfixturevalue("chroma_server")) if getattr(request, "param", "") == "Chroma" else ""


@pytest.fixture
def server(cluster: str) -> str:
    """The address of an empty library on a server."""
    return make_schema(cluster, "test")


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of the catalog's server; none by default, and the catalog is a file: see `EVERYWHERE`."""
    return str(request.getfixturevalue("server")) if getattr(request, "param", "") == "PostgreSQL" else ""


@pytest.fixture
def open_home(home: Path, chroma_url: str, database_url: str) -> Iterator[OpenLibrary]:
    """Open the library in `home`, after closing the one opened before; closes the last at the end."""
    opened: list[Library] = []

    def open_library(encoder: WordEncoder | None = None, max_article_characters: int = MAX_CHARACTERS) -> Library:
        if opened:
            opened[-1].close()
        library = Library(
            Home(home, chroma_url),
            encoder or WordEncoder(),
            max_article_characters=max_article_characters,
            database_url=database_url,
        )
        opened.append(library)
        return library

    yield open_library
    if opened:
        opened[-1].close()


@pytest.fixture
def library(open_home: OpenLibrary) -> Library:
    """An empty library with the fake encoder."""
    return open_home()

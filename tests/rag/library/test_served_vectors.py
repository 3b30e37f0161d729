"""Vectors on a Chroma server: what is there, what happens when it is away, and the way there and back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from rag.errors import IndexServerError
from rag.library.home import Home
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from rag.library.vectors import ServedVectors
from tests.fakes import DialEncoder, WordEncoder
from tests.rag.library.adding import make_articles
from tests.rag.library.chroma import serve_chroma
from tests.rag.library.test_processes import start
from tests.rag.samples import BANK, FIRE, count_everywhere, make_row, search_all, search_library
from tests.rag.web.browsing import find_free_port

NONCE = "quizzaciously"


def open_library(home: Path, url: str) -> Library:
    return Library(Home(home, url), WordEncoder(), max_article_characters=10_000)


def test_no_text_reaches_the_server_and_the_receipt_tells_what_stays(
    home: Path, chroma_server: str, chroma_folder: Path
) -> None:
    with open_library(home, chroma_server) as library:
        library.add([replace(FIRE, text=f"The fire burned {NONCE}."), BANK])
        told = "Maui (keys and vectors, not text, may stay in the files of the Chroma server)"
        assert library.remove(["fire"]) == [Receipt("fire", Outcome.REMOVED, told, False)]
        library.erase()
        assert (search_library(library, "fire"), count_everywhere(library)) == (([], []), (1, 1, 1))
    files = [path.read_bytes() for folder in (home, chroma_folder) for path in folder.rglob("*") if path.is_file()]
    assert not any(NONCE.encode() in content for content in files)


def test_to_the_server_and_back_nothing_is_encoded_again_and_nothing_is_out_of_date(
    home: Path, chroma_server: str
) -> None:
    with open_library(home, "") as library:
        library.add([FIRE, BANK])
    with open_library(home, chroma_server) as library:
        assert isinstance(library.encoder, WordEncoder)
        assert (search_library(library, "bank")[1], library.encoder.encoded[:-1]) == (["bank"], [])
        assert not (home / "vectors").exists()
        library.add([replace(BANK, text="The rocket rose.")])  # as many passages as before
    with open_library(home, "") as library:
        assert (search_library(library, "bank")[1], search_library(library, "rocket")[1]) == ([], ["bank"])
        library.add([BANK])
    with open_library(home, chroma_server) as library:
        assert (search_library(library, "bank")[1], search_library(library, "rocket")[1]) == (["bank"], [])


def test_two_libraries_share_a_server_and_see_only_their_own(tmp_path: Path, chroma_server: str) -> None:
    with open_library(tmp_path / "a", chroma_server) as one, open_library(tmp_path / "b", chroma_server) as other:
        one.add([FIRE])
        other.add([BANK])
        assert (count_everywhere(one), count_everywhere(other)) == ((1, 1, 1), (1, 1, 1))


def test_a_collection_that_was_begun_anew_by_another_process_is_found_again(chroma_server: str) -> None:
    one, other = (ServedVectors(chroma_server, "shared") for _ in range(2))
    one.replace([], [make_row("a", "fire")])
    other.rebuild([make_row("b", "fire")])
    assert search_all(one) == {"b:0:4"}


def test_what_a_server_misses_while_it_is_away_is_made_up_for(home: Path, tmp_path: Path) -> None:
    folder, port = tmp_path / "chroma", find_free_port()
    folder.mkdir()
    url = f"http://127.0.0.1:{port}"
    away = rf"the Chroma server at {url} does not answer \(.*\): start it, or see DATELINE_CHROMA_URL"
    with serve_chroma(folder, port):
        library = open_library(home, url)
        library.add([FIRE])
    with pytest.raises(IndexServerError, match=away):
        library.vectors.search([1.0] * 8, 1)
    with pytest.raises(IndexServerError, match=away):
        library.add([BANK])
    assert library.catalog.read_journal() == ["bank"]
    library.close()
    with pytest.raises(IndexServerError, match=away):
        open_library(home, url)
    with serve_chroma(folder, port), open_library(home, url) as library:
        assert (search_library(library, "bank"), count_everywhere(library)) == ((["bank"], ["bank"]), (2, 2, 2))


@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_after_a_process_was_killed_all_agree(home: Path, chroma_server: str, delay: float) -> None:
    with start("tests.rag.library.adding", home, 40, chroma_server) as process:
        assert process.stdout is not None
        reported = [process.stdout.readline() for _ in range(2)]
        threading.Event().wait(delay)
        process.kill()
        reported += process.stdout.readlines()
    added = {line.split()[0] for line in reported if line.endswith(" added\n")}
    with Library(Home(home, chroma_server), DialEncoder(40), max_article_characters=100_000) as library:
        passages, *others = count_everywhere(library)
        assert others == [passages, passages]
        assert added <= library.catalog.list_ids() <= {article.id for article in make_articles(40)}


@pytest.fixture(params=["0.5.20", None])
def other_server(request: pytest.FixtureRequest) -> Iterator[tuple[str, str | None]]:
    """A server of another version, or one that is no Chroma server at all."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if request.param else 404)
            self.end_headers()
            self.wfile.write(f'"{request.param}"'.encode())

        def log_message(self, *arguments: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", request.param
        server.shutdown()


def test_another_server_is_refused_by_name(home: Path, other_server: tuple[str, str | None]) -> None:
    url, version = other_server
    told = r"has version 0\.5\.20; this client.*needs one of Chroma 1\." if version else "is no Chroma server"
    with pytest.raises(IndexServerError, match=f"at {url} {told}"):
        open_library(home, url)
    open_library(home, "").close()  # the home is free again

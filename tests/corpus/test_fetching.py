"""Fetching: what is public is read within its limits; what is not is refused, whatever leads there."""

import socket
import ssl
from collections.abc import Iterable, Iterator
from io import BytesIO
from threading import Event
from typing import Any

import httpcore
import pytest
import trustme
from reportlab.pdfgen.canvas import Canvas

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading.fetching import USER_AGENT, Fetcher, FetchError, Page
from corpus.loading.limits import Limits
from corpus.loading.loader import Loaded
from corpus.loading.network import is_public
from corpus.loading.sources import load_source
from tests.corpus.site import Site, run_site, write_page

FIRE_PAGE = (write_page("Fire in one street"), "text/html", "text/html; charset=utf-8")
ALLOWED = Limits(private_addresses=True, download_bytes=100_000, download_seconds=5)
SAVE = "save the page in your browser and add the file"
PUBLIC = "93.184.215.14"


@pytest.fixture
def site() -> Iterator[Site]:
    with run_site() as site:
        yield site


def fetch_reason(url: str, limits: Limits = ALLOWED) -> str:
    with pytest.raises(FetchError) as caught:
        Fetcher(limits).fetch(url)
    assert caught.value.source == url
    return caught.value.reason


@pytest.mark.parametrize("path", ["/one", "/packed", "/hop"])
def test_a_page_is_fetched_by_an_agent_that_says_who_it_is(site: Site, path: str) -> None:
    final = site.url + ("/one" if path == "/hop" else path)
    assert Fetcher(ALLOWED).fetch(site.url + path) == Page(
        final, write_page("Fire in one street"), "text/html", "text/html; charset=utf-8"
    )
    assert {agent for _, agent in site.seen} == {USER_AGENT}
    assert USER_AGENT.startswith("Dateline/")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "there is no such page (404 Not Found); check the address"),
        ("/forbidden", f"the site does not give the page (403 Forbidden); {SAVE}"),
        ("/busy", f"the site wants fewer visits (429 Too Many Requests); try again later, or {SAVE}"),
        ("/broken", "the site has a problem (500 Internal Server Error); try again later"),
        ("/image", "is 'image/png'; pages, plain text, PDF and feeds can be read"),
        ("/large", f"is larger than 100,000 bytes, which is the most that is fetched; {SAVE}"),
        ("/bomb", f"is larger than 100,000 bytes, which is the most that is fetched; {SAVE}"),
        ("/double-bomb", f"comes packed as 'gzip, gzip', which was not asked for; {SAVE}"),
        ("/loop", f"leads through more than 5 redirects; {SAVE}"),
        ("/to-file", "only http and https addresses are fetched, and this is 'file:'"),
        ("/with-password", f"has a name or password in the address of 127.0.0.1; {SAVE}"),
    ],
)
def test_answers_that_are_no_page(site: Site, path: str, reason: str) -> None:
    assert fetch_reason(site.url + path) == reason


@pytest.mark.parametrize("path", ["/drip-head", "/drip-body"])
def test_a_page_that_drips_ends_at_the_time_limit(site: Site, path: str) -> None:
    limits = Limits(private_addresses=True, download_seconds=0.5)
    assert fetch_reason(site.url + path, limits) == f"was not there after 0.5 seconds; {SAVE}"


def test_a_site_that_does_not_answer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        reason = fetch_reason(f"http://127.0.0.1:{unused.getsockname()[1]}/")
    assert reason == f"the site cannot be reached ([Errno 111] Connection refused); {SAVE}"


def test_a_site_whose_tls_is_none(site: Site) -> None:
    reason = fetch_reason(site.url.replace("http:", "https:"))
    assert reason.startswith("its certificate cannot be trusted ([SSL")


def test_a_site_that_a_trusted_authority_vouches_for() -> None:
    authority = trustme.CA()
    served, trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("example.org").configure_cert(served)
    with run_site(served) as site:
        url = f"https://example.org:{site.server_port}/one"
        unknown = Fetcher(ALLOWED, lambda host, port: ["127.0.0.1"])
        with pytest.raises(FetchError, match=r"its certificate cannot be trusted .*unable to get local issuer"):
            unknown.fetch(url)
        authority.configure_trust(trusted)
        known = Fetcher(ALLOWED, lambda host, port: ["127.0.0.1"], tls=trusted)
        assert known.fetch(url) == Page(url, *FIRE_PAGE)
        with pytest.raises(FetchError, match=r"its certificate cannot be trusted .*not valid for 'example.com'"):
            known.fetch(url.replace(".org", ".com"))


def test_a_paper_at_an_address(site: Site) -> None:
    canvas = Canvas(paper := BytesIO())
    canvas.drawString(72, 700, "The fire burned in the street of the mill until the rain came.")
    canvas.save()
    site.answers["/papers/Fire%20in%20Mill%20Street.pdf"] = (200, {"Content-Type": "application/pdf"}, paper.getvalue())
    site.answers["/broken.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 and no more")
    url = f"{site.url}/papers/Fire%20in%20Mill%20Street.pdf"
    (item,) = load_source(url, ALLOWED)
    assert isinstance(item, Loaded)
    text = "The fire burned in the street of the mill until the rain came."
    assert (item.source, item.article) == (url, Article(title="Fire in Mill Street", text=text, url=url))
    assert item.article.original == paper.getvalue()
    (error,) = load_source(f"{site.url}/broken.pdf", ALLOWED)
    assert isinstance(error, LoadError)
    assert error.source == f"{site.url}/broken.pdf"
    assert error.reason.startswith("is no PDF, or is damaged (")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", None),
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("[::1]", "::1"),
        ("169.254.169.254", "169.254.169.254"),
        ("10.0.0.1", "10.0.0.1"),
        ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
    ],
)
def test_private_addresses_are_refused(host: str, address: str | None) -> None:
    (error,) = load_source(f"http://{host}/latest/")
    assert isinstance(error, LoadError)
    assert error.reason.endswith(", on this machine or a private network; only public addresses are fetched")
    assert f"{host.strip('[]')} is at {address or ''}" in error.reason


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a.txt", "data:text/html,<p>It burned."])
def test_other_schemes_are_refused(url: str) -> None:
    (error,) = load_source(url)
    scheme = url.partition(":")[0]
    assert str(error) == f"{url}: only http and https addresses are fetched, and this is '{scheme}:'"


@pytest.mark.parametrize("url", ["http://user:secret@example.org/", "http://user@example.org/"])
def test_passwords_are_refused(url: str) -> None:
    assert fetch_reason(url, Limits()) == f"has a name or password in the address of example.org; {SAVE}"


@pytest.mark.parametrize("url", ["http://[::1", "http://example.org:99999999/"])
def test_addresses_that_are_none(url: str) -> None:
    assert fetch_reason(url, Limits()).startswith("is not a web address (Invalid ")


def test_an_address_without_a_host() -> None:
    assert fetch_reason("http://", Limits()) == "is an address without a host"


class RecordingNetwork(httpcore.NetworkBackend):
    """Keeps what was connected to, and gives the same bytes for an answer each time."""

    def __init__(self, answer: bytes) -> None:
        self.connected: list[tuple[str, int]] = []
        self._answer = answer

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        return httpcore.MockStream([self._answer])


def write_redirect(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()


def test_a_redirect_to_a_private_address_is_never_connected_to() -> None:
    network = RecordingNetwork(write_redirect("http://169.254.169.254/latest/"))
    fetcher = Fetcher(Limits(), lambda host, port: [PUBLIC if host == "example.org" else host], network)
    with pytest.raises(FetchError, match=r"169\.254\.169\.254 is at 169\.254\.169\.254, on this machine"):
        fetcher.fetch("http://example.org/")
    assert network.connected == [(PUBLIC, 80)]


def test_a_name_that_leads_elsewhere_the_second_time_is_never_connected_to_there() -> None:
    network = RecordingNetwork(write_redirect("http://example.org/again"))
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with pytest.raises(FetchError, match=r"example\.org is at 127\.0\.0\.1, on this machine"):
        Fetcher(Limits(), lambda host, port: next(answers), network).fetch("http://example.org/")
    assert network.connected == [(PUBLIC, 80)]


def test_a_name_with_one_private_address_is_refused() -> None:
    network = RecordingNetwork(b"")
    with pytest.raises(FetchError, match=r"is at 10\.0\.0\.1"):
        Fetcher(Limits(), lambda host, port: [PUBLIC, "10.0.0.1"], network).fetch("http://example.org/")
    assert network.connected == []


def test_offline() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(FetchError) as caught:
        Fetcher(Limits(), resolve).fetch("http://example.org/")
    assert caught.value.reason == (
        "its site is not found (Temporary failure in name resolution); check address and connection"
    )


def test_a_name_server_that_hangs_ends_at_the_time_limit() -> None:
    released = Event()

    def resolve(host: str, port: int) -> list[str]:
        released.wait(60)
        return [PUBLIC]

    with pytest.raises(FetchError) as caught:
        Fetcher(Limits(download_seconds=0.2), resolve, RecordingNetwork(b"")).fetch("http://example.org/")
    released.set()
    assert caught.value.reason == f"was not there after 0.2 seconds; {SAVE}"


def test_public_addresses() -> None:
    public = ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"]
    private = (
        "0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.2.1 192.168.0.1 224.0.0.1 240.0.0.1"
        " 255.255.255.255 :: ::1 ::ffff:8.8.8.8 fe80::1%eth0 fec0::1 fc00::1 ff0e::1 2001:db8::1 2002:7f00:1::"
        " 2001:0:1:: 64:ff9b::7f00:1"
    ).split()
    assert [address for address in [*public, *private] if is_public(address)] == public

"""Fetches one page from the web: http and https, public addresses, limited in size and time."""

import ssl
import time
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from corpus.errors import LoadError
from corpus.loading.limits import STANDARD_LIMITS, Limits, format_bytes
from corpus.loading.network import PrivateAddressError, PublicNetwork, Resolve, resolve_host

AGENT = "Dateline"
USER_AGENT = f"{AGENT}/0.1 (a reader's own collection of articles; fetches what its user names)"
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
FILE_SUFFIXES = {"text/plain": ".txt", "text/markdown": ".md", "application/pdf": ".pdf"}
READABLE_TYPES = HTML_TYPES | FEED_TYPES | FILE_SUFFIXES.keys()
MAX_REDIRECTS = 5
_SAVE = "save the page in your browser and add the file"
_ENCODINGS = {"", "identity", "gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a site says of the state of a page, as it came: its `ETag`, and when it was last modified."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed since."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


UNKNOWN = Stamp()


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: its address after all redirects, its bytes, and its media type in small letters.

    `content_type` is the header with the media type and, often, the encoding.
    """

    url: str
    content: bytes
    media_type: str
    content_type: str = ""
    stamp: Stamp = UNKNOWN


class FetchError(LoadError):
    """A page that cannot be fetched; `status` is the HTTP status where the site answered with an error, else 0."""

    def __init__(self, source: str, reason: str, status: int = 0) -> None:
        """Keep the parts."""
        super().__init__(source, reason)
        self.status = status


class UnchangedError(FetchError):
    """A page that has not changed since it was fetched last."""


class Fetcher:
    """Fetches pages, each over a connection of its own; the proxies and passwords of the environment are not used."""

    def __init__(
        self,
        limits: Limits = STANDARD_LIMITS,
        resolve: Resolve = resolve_host,
        network: httpcore.NetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Look names up with `resolve` and connect through `network`, by default the system's.

        Sites are trusted as `tls` says, by default those that the usual certificate authorities vouch for.
        """
        self._limits = limits
        self._resolve = resolve
        self._network = network or httpcore.SyncBackend()
        self._tls = tls or httpx.create_ssl_context(trust_env=False)

    def fetch(self, url: str, media_types: Collection[str] = READABLE_TYPES, since: Stamp = UNKNOWN) -> Page:
        """Return the page at `url`, after at most five redirects. Any port is allowed: the address is what is checked.

        Raises:
            UnchangedError: the site says that the page has not changed since it had the stamp `since`.
            FetchError: the address is refused, the site cannot be reached or refuses, or the page is of another media
                type or over a limit.
        """
        transport = _Transport(self._tls, self._watch_network())
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"} | since.headers
        with _translate_errors(url, self._limits), httpx.Client(
            transport=transport, trust_env=False, headers=headers, timeout=self._limits.download_seconds
        ) as client, closing(_follow(client, url)) as response:  # fmt: skip
            return self._read(url, response, media_types)

    def _watch_network(self) -> PublicNetwork:
        deadline = time.monotonic() + self._limits.download_seconds
        allowed = self._limits.private_addresses
        return PublicNetwork(self._network, self._resolve, deadline=deadline, private_addresses=allowed)

    def _read(self, url: str, response: httpx.Response, media_types: Collection[str]) -> Page:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            raise UnchangedError(url, "has not changed", response.status_code)
        if response.status_code != httpx.codes.OK:
            raise FetchError(url, _explain_status(response.status_code), response.status_code)
        content_type = response.headers.get("Content-Type", "text/html")
        media_type = content_type.partition(";")[0].strip().lower()
        if media_type not in media_types:
            raise FetchError(url, f"is {media_type!r}; pages, plain text, PDF and feeds can be read")
        encoding = response.headers.get("Content-Encoding", "").lower()
        if encoding not in _ENCODINGS:  # also two at once, which could unpack to a million times the size
            raise FetchError(url, f"comes packed as {encoding!r}, which was not asked for; {_SAVE}")
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            if len(content) > self._limits.download_bytes:
                limit = format_bytes(self._limits.download_bytes)
                raise FetchError(url, f"is larger than {limit}, which is the most that is fetched; {_SAVE}")
        stamp = Stamp(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        return Page(str(response.url), bytes(content), media_type, content_type, stamp)


class _Transport(httpx.BaseTransport):
    """Lets httpx speak through a network of ours, for which its own transport has no place."""

    def __init__(self, tls: ssl.SSLContext, network: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, headers = request.url, request.headers.raw
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(request.method, target, headers=headers, extensions=request.extensions)
        response = self._pool.handle_request(asked)
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _follow(client: httpx.Client, url: str) -> httpx.Response:
    """Return the response, with its body unread, that the redirects lead to; every hop is checked, no body read."""
    request: httpx.Request | None = httpx.Request("GET", url, headers=client.headers)
    for _ in range(MAX_REDIRECTS + 1):
        assert request is not None
        _check_address(url, request.url)
        response = client.send(request, stream=True)
        request = response.next_request
        if request is None:
            return response
        response.close()
    raise FetchError(url, f"leads through more than {MAX_REDIRECTS} redirects; {_SAVE}")


def _check_address(source: str, url: httpx.URL) -> None:
    if url.scheme not in ("http", "https"):
        raise FetchError(source, f"only http and https addresses are fetched, and this is {url.scheme + ':'!r}")
    if url.userinfo:
        raise FetchError(source, f"has a name or password in the address of {url.host}; {_SAVE}")
    if not url.host:
        raise FetchError(source, "is an address without a host")
    if url.port is not None and not 0 < url.port < 65_536:
        raise FetchError(source, f"is not a web address (Invalid port: {url.port})")


def _explain_status(status: int) -> str:
    name = f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return f"there is no such page ({name}); check the address"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return f"the site wants fewer visits ({name}); try again later, or {_SAVE}"
    if httpx.codes.is_server_error(status):
        return f"the site has a problem ({name}); try again later"
    return f"the site does not give the page ({name}); {_SAVE}"


@contextmanager
def _translate_errors(url: str, limits: Limits) -> Iterator[None]:
    """Turn what httpx, httpcore and the system raise into one `FetchError` each."""
    try:
        yield
    except PrivateAddressError as error:
        reason = f"{error}, on this machine or a private network; only public addresses are fetched"
        raise FetchError(url, reason) from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchError(url, f"was not there after {limits.download_seconds:g} seconds; {_SAVE}") from error
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(url, f"is not a web address ({error})") from error
    except OSError as error:
        raise FetchError(url, f"its site is not found ({error.strerror}); check address and connection") from error
    except (httpcore.ConnectError, httpx.ConnectError) as error:
        reason = "its certificate cannot be trusted" if "SSL" in str(error) else "the site cannot be reached"
        raise FetchError(url, f"{reason} ({error}); {_SAVE}") from error
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(url, f"the site broke off or sent nonsense ({error}); {_SAVE}") from error

"""What sites allow programs to read. It is asked for the pages of feeds; one that a user names is read regardless."""

from urllib.parse import urljoin

from protego import Protego

from corpus.loading.fetching import AGENT, Fetcher, FetchError

MAX_CHARACTERS = 500 * 1_024
"""How much of a robots.txt counts; RFC 9309 asks for as much at least."""


class Robots:
    """The robots.txt of each site, fetched once.

    Example:
        Robots(Fetcher()).check("https://example.com/news/1")
    """

    def __init__(self, fetcher: Fetcher) -> None:
        """Fetch through `fetcher`."""
        self._fetcher = fetcher
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> None:
        """Raise a `FetchError` if the site asks programs not to read the page, or cannot be asked."""
        try:
            address = urljoin(url, "/robots.txt")
        except ValueError as error:
            raise FetchError(url, f"is not a web address ({error})") from error
        if address not in self._rules:
            self._rules[address] = self._read(address)
        rules = self._rules[address]
        if isinstance(rules, FetchError):
            raise FetchError(url, rules.reason) from rules
        if not rules.can_fetch(url, AGENT):
            raise FetchError(url, "the site's robots.txt asks programs not to read it; save it in your browser")

    def _read(self, address: str) -> Protego | FetchError:
        """Return the rules, or why the site cannot be asked.

        A site without the file (a 4xx answer) allows everything, as RFC 9309 says.
        """
        try:
            content = self._fetcher.fetch(address).content.decode("utf-8-sig", "replace")
        except FetchError as error:
            if not 400 <= error.status < 500:
                return error
            content = ""
        return Protego.parse(content[:MAX_CHARACTERS])

"""What sites allow programs to read. It is asked for the pages of feeds; one that a user names is read regardless."""

from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from corpus.loading.fetching import AGENT, Fetcher, FetchError


class Robots:
    """The robots.txt of each site, fetched once."""

    def __init__(self, fetcher: Fetcher) -> None:
        """Fetch through `fetcher`."""
        self._fetcher = fetcher
        self._rules: dict[str, RobotFileParser | FetchError] = {}

    def check(self, url: str) -> None:
        """Raise a `FetchError` if the site asks programs not to read the page, or cannot be asked."""
        address = urljoin(url, "/robots.txt")
        if address not in self._rules:
            self._rules[address] = self._read(address)
        rules = self._rules[address]
        if isinstance(rules, FetchError):
            raise FetchError(url, rules.reason) from rules
        if not rules.can_fetch(AGENT, url):
            raise FetchError(url, "the site's robots.txt asks programs not to read it; save it in your browser")

    def _read(self, address: str) -> RobotFileParser | FetchError:
        """Return the rules, or why the site cannot be asked.

        A site without the file (a 4xx answer) allows everything, as RFC 9309 says.
        """
        rules = RobotFileParser(address)
        try:
            lines = self._fetcher.fetch(address).content.decode("utf-8", "replace").splitlines()
        except FetchError as error:
            if not 400 <= error.status < 500:
                return error
            lines = []
        rules.parse(lines)
        return rules

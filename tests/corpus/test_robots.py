"""robots.txt as RFC 9309 reads it: wildcards, and of the rules that match the longest."""

from collections.abc import Iterator

import pytest

from corpus.loading import Limits
from corpus.loading.fetching import Fetcher, FetchError
from corpus.loading.robots import Robots
from tests.corpus.site import Site, run_site

RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /private/
Allow: /private/open/
Disallow: /*.pdf$
Disallow: /*?print=
Disallow: /*a*a*a*a*a*a*a*a*b

User-agent: OtherBot
Disallow: /
"""


@pytest.fixture
def robots() -> Iterator[tuple[Site, Robots]]:
    with run_site() as site:
        yield site, Robots(Fetcher(Limits(private_addresses=True, download_seconds=5)))


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("/", True),
        ("/private/one", False),
        ("/private/open/one", True),
        ("/paper.pdf", False),
        ("/paper.pdf.html", True),
        ("/news/one?print=1", False),
        ("/news/one?page=1", True),
        pytest.param("/" + "a" * 300, True, id="a pattern that is slow to try"),
    ],
)
def test_the_longest_rule_that_matches_decides(robots: tuple[Site, Robots], path: str, is_allowed: bool) -> None:
    site, rules = robots
    site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, RULES)
    if is_allowed:
        rules.check(site.url + path)
    else:
        with pytest.raises(FetchError, match="asks programs not to read it"):
            rules.check(site.url + path)


@pytest.mark.parametrize(("status", "is_allowed"), [(404, True), (403, True), (500, False)])
def test_a_site_without_the_file_allows_all_and_a_broken_one_nothing(
    robots: tuple[Site, Robots], status: int, is_allowed: bool
) -> None:
    site, rules = robots
    site.answers["/robots.txt"] = (status, {"Content-Type": "text/plain"}, b"")
    if is_allowed:
        rules.check(f"{site.url}/one")
    else:
        with pytest.raises(FetchError, match="the site has a problem"):
            rules.check(f"{site.url}/one")


def test_an_address_that_is_none(robots: tuple[Site, Robots]) -> None:
    with pytest.raises(FetchError, match="is not a web address"):
        robots[1].check("http://[::1")

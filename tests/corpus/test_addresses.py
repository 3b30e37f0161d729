"""Spellings of one web address, and addresses of different articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import normalize_address

STORY = "//news.example/2024/05/talks"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/2024/05/talks",
        "http://news.example/2024/05/talks/",
        "https://www.news.example/2024/05/talks#comments",
        "HTTPS://WWW.News.Example:443/2024/05/talks",
        "http://news.example:80/2024/05/talks?",
        "https://news.example/2024/05/talks?utm_source=mail&utm_medium=x&fbclid=9&gclid=1&at_medium=rss&cmpid=a",
        " https://news.example/2024/05/talks?mc_cid=1&CMP=share_btn_tw&smid=tw&ref_src=t&ocid=uxb ",
    ],
)
def test_spellings_of_an_address_are_one(url: str) -> None:
    assert normalize_address(url) == STORY


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert normalize_address("https://a.example/x?b=2&utm_id=7&a=1") == "//a.example/x?a=1&b=2"
    assert normalize_address("https://a.example/x/?a=1&b=2") == "//a.example/x?a=1&b=2"


def test_addresses_of_other_articles_are_others() -> None:
    urls = [
        "https://a.example/?p=1", "https://a.example/?p=2", "https://a.example/1", "https://b.example/1",
        "https://a.example:8080/1", "https://a.example/Talks", "https://a.example/talks", "https://a.example/x?gallery=1",
        "https://a.example/x?gallery=2", "https://a.example/x?cid=1", "https://a.example/x?cid=2", "https://a.example/x?",
        "https://a.example/#!/1", "https://a.example/#!/2", "https://a.example/x?id=1&page=2", "https://m.a.example/1",
    ]  # fmt: skip
    assert len({normalize_address(url) for url in urls}) == len(urls)


@pytest.mark.parametrize("url", ["", "u://x", "notes", "http://[::1/", "http://a.example:999999/"])
def test_what_is_no_address_of_the_web_stays(url: str) -> None:
    assert normalize_address(url) == url


@given(st.text(max_size=40))
def test_any_text_may_be_given(text: str) -> None:
    for url in (text, f"https://a.example/{text}"):
        assert normalize_address(url) == normalize_address(url)

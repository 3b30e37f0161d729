"""The articles that come with the project keep what is promised of them."""

from collections import Counter
from datetime import date
from pathlib import Path

import frontmatter

import corpus
from corpus.article import Article

FILES = sorted((Path(corpus.__file__).parent / "articles").glob("*.md"))
FIELDS = {"id", "title", "outlet", "author", "published", "topic"}


def test_every_file_is_an_article(starter_articles: dict[str, Article]) -> None:
    assert len(starter_articles) == len(FILES) >= 24


def test_every_article_has_250_to_600_words(starter_articles: dict[str, Article]) -> None:
    lengths = {article.title: len(article.text.split()) for article in starter_articles.values()}
    assert {title: words for title, words in lengths.items() if not 250 <= words <= 600} == {}


def test_the_front_matter_is_complete() -> None:
    details = {path.name: frontmatter.load(str(path)).metadata for path in FILES}
    assert {name: found for name, found in details.items() if not FIELDS <= found.keys() <= FIELDS | {"url"}} == {}
    assert {name for name, found in details.items() if found["outlet"] != "Dateline Digest"} == set()
    assert {name for name, found in details.items() if name[:10] != found["published"].isoformat()} == set()
    assert {name for name, found in details.items() if name != f"{found['id']}.md"} == set()


def test_every_field_is_filled_and_possible(starter_articles: dict[str, Article]) -> None:
    for article in starter_articles.values():
        assert article.title and article.author and article.topic, article.title
        assert article.published and date(2021, 11, 1) < article.published < date(2023, 12, 31), article.title
        assert article.url.startswith(("https://", "http://")) or not article.url, article.title


def test_ids_titles_and_urls_are_distinct(starter_articles: dict[str, Article]) -> None:
    titles = Counter(article.title for article in starter_articles.values())
    urls = Counter(article.url for article in starter_articles.values() if article.url)
    assert [name for name, times in (titles + urls).items() if times > 1] == []


def test_there_is_a_main_thread_and_three_others(starter_articles: dict[str, Article]) -> None:
    topics = Counter(article.topic for article in starter_articles.values()).most_common()
    assert [topic for topic, _ in topics[:1]] == ["Russia and NATO"]
    assert {topic for topic, _ in topics[1:]} == {"Interest rates", "James Webb telescope", "Wildfires"}
    assert topics[0][1] >= 12

"""A process that adds articles to a library, says how far it is, and may be killed: `adding.py HOME ARTICLES [URL]`.

Article n is called "a{n}" and "Article {n}", and has the word "word{n}" in each of its two passages. URL is that of a
Chroma server.
"""

import sys
from pathlib import Path

import rag  # noqa: F401  (first: it tells other libraries to stay offline before they are imported)
from corpus.article import Article
from rag.library.home import Home
from rag.library.library import Library
from tests.fakes import DialEncoder


def make_articles(count: int) -> list[Article]:
    texts = [
        " ".join(f"Sentence {part} of word{number} goes on here." for part in range(43)) for number in range(count)
    ]
    return [Article(id=f"a{number}", title=f"Article {number}", text=text) for number, text in enumerate(texts)]


def main() -> None:
    home, count = Path(sys.argv[1]), int(sys.argv[2])
    url = "".join(sys.argv[3:])
    with Library(Home(home, url), DialEncoder(count), max_article_characters=100_000) as library:
        print("open", flush=True)
        for receipt in library.add_each(make_articles(count)):
            print(receipt.id, receipt.outcome, flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main()

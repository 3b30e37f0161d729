"""A process whose children change a library until they are killed: `changing.py HOME [DATABASE PART]`.

Each line on its input is the seed of one child, which opens the library, and adds, removes, erases and reindexes at
random. It says what it is about to do, and what it has done. Children are forked: to import takes seconds. With the
address of a database there are four parts, each with a quarter of the articles, which add, remove and erase at once.
"""

import os
import random
import sys
import traceback
from pathlib import Path

import rag  # noqa: F401  (first: it tells other libraries to stay offline before they are imported)
from rag.library.home import Home
from rag.library.library import Library
from tests.fakes import DialEncoder
from tests.rag.library.adding import make_articles

COUNT = 120
PARTS = 4


def say(*words: str) -> None:
    """Write a line at once: `print`, where PYTHONUNBUFFERED is set, may be killed in the middle of one."""
    os.write(sys.stdout.fileno(), f"{' '.join(words)}\n".encode())


def change(home: Path, seed: int, url: str = "", part: int = 0) -> None:
    source = random.Random(seed)
    articles = make_articles(COUNT)[part :: PARTS if url else 1]
    actions = ["add", "add", "remove", "erase", *([] if url else ["reindex"])]
    with Library(Home(home), DialEncoder(COUNT), max_article_characters=100_000, database_url=url) as library:
        while True:
            action = source.choice(actions)
            if action == "add":
                new = source.sample(articles, 12)
                say("adding", *(article.id for article in new))
                for receipt in library.add_each(new):
                    say(receipt.outcome, receipt.id)
            elif action == "remove":
                gone = [article.id for article in source.sample(articles, 4)]
                say("removing", *gone)
                library.remove(gone)
                say("removed", *gone)
            elif action == "erase":
                library.erase()
            else:
                library.reindex()
                say("reindexed")


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                change(Path(sys.argv[1]), int(line), *sys.argv[2:3], *map(int, sys.argv[3:]))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
        say("child", str(child))
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()

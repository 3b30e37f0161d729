"""The thread that looks at what is followed while the page runs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from corpus.loading import Limits
from rag.answer import Answer
from rag.following.checking import Checker
from rag.following.questions import WatchedQuestions
from rag.following.schedule import Schedule
from rag.following.sources import Following
from rag.library.library import Library
from rag.question import Question
from tests.rag.following.test_questions import make_answer


def test_what_is_due_is_looked_at_and_new_articles_are_asked(library: Library, tmp_path: Path) -> None:
    folder, asked = tmp_path / "news", Event()
    folder.mkdir()
    (folder / "storm.txt").write_text("Storm hits Lisbon\n\nIt tore off 40 roofs.")
    following = Following(tmp_path / "following")
    checker = Checker(library, following, Limits(), lambda: datetime.now(UTC))
    watched = WatchedQuestions(library, tmp_path / "following" / "questions.json", lambda: datetime.now(UTC))
    watched.watch("How many roofs?")
    following.follow(str(folder), datetime.now(UTC) - timedelta(days=1), minutes=60)

    def ask(question: Question) -> Answer:
        asked.set()
        return make_answer(question)

    with Schedule(checker, watched, seconds=0.01) as schedule:
        schedule.start(ask)
        assert asked.wait(30)
    assert [entry.source.title for entry in library.catalog.list_entries()] == ["Storm hits Lisbon"]
    (followed,) = following.list_followed()
    assert followed.describe_latest() == "1 new article"

"""Conversations are kept, found, renamed and deleted, and know nothing any more of articles that were removed."""

from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from rag.errors import ConversationError, HomeError
from rag.library.conversations import History, make_title, scrub_exchange
from rag.library.library import Library
from tests.conftest import OpenLibrary
from tests.rag.library.test_removing import NONCE, list_traces, make_secret
from tests.rag.samples import BANK, FIRE


def make_exchange(question: str, *articles: str, **values: Any) -> dict[str, Any]:
    quotes = [{"article": article, "start": 0, "end": 4} for article in articles]
    return {"question": question, "quotes": quotes, "considered": [], "claims": [], "sides": [], **values}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "conversations")


def test_what_was_kept_is_found_the_latest_first(history: History) -> None:
    first = history.write("", [make_exchange("What burned?")])
    second = history.write("", [make_exchange("Who won?")])
    assert history.write(first, [make_exchange("What burned?"), make_exchange("And when?")]) == first
    talks = history.list_talks()
    assert [(talk.name, talk.title, talk.questions) for talk in talks] == [
        (first, "What burned?", 2),
        (second, "Who won?", 1),
    ]
    assert [talk.name for talk in history.list_talks(search="WHEN burned")] == [first]
    assert history.list_talks(search="snow") == []
    assert [each["question"] for each in history.read(first)["exchanges"]] == ["What burned?", "And when?"]


def test_a_new_title_stays_when_the_conversation_goes_on(history: History) -> None:
    name = history.write("", [make_exchange("What burned?")])
    history.rename(name, "  Fires\n of 2023 ")
    history.write(name, [make_exchange("What burned?"), make_exchange("When?")])
    assert history.read(name)["title"] == "Fires of 2023"
    history.rename(name, " ")
    assert history.read(name)["title"] == "Fires of 2023"
    assert make_title("word " * 30) == "word " * 19 + "word…"


def test_what_is_deleted_is_gone_and_a_part_left_by_a_crash_too(history: History, tmp_path: Path) -> None:
    name = history.write("", [make_exchange("What burned?")])
    (tmp_path / "conversations" / f"{name}.part").write_text("half")
    history.delete(name)
    history = History(tmp_path / "conversations")
    assert list((tmp_path / "conversations").iterdir()) == []
    for act in (history.read, history.delete, lambda name: history.rename(name, "x")):
        with pytest.raises(ConversationError):
            act(name)


def test_each_sees_their_own_conversations(history: History) -> None:
    name = history.write("", [make_exchange("What burned?")], owner="ann")
    assert (history.list_talks(), history.list_talks("bob")) == ([], [])
    assert [talk.name for talk in history.list_talks("ann")] == [name]
    with pytest.raises(ConversationError):
        history.read(name, "bob")
    with pytest.raises(ConversationError):
        history.delete(name, "bob")


@pytest.mark.parametrize("name", ["../catalog", "x", "", "../../etc/passwd", "A" * 32])
def test_only_names_of_conversations_are_opened(history: History, tmp_path: Path, name: str) -> None:
    (tmp_path / "catalog.json").write_text('{"title": "t", "owner": "", "updated": "", "exchanges": []}')
    with pytest.raises(ConversationError):
        history.read(name)


def test_a_file_that_is_no_conversation_is_left_alone(history: History, tmp_path: Path) -> None:
    name = history.write("", [make_exchange("What burned?")])
    for text in ("{", "[]", '{"title": "x"}'):
        (tmp_path / "conversations" / "other.json").write_text(text)
        history.forget(["fire"])
        assert [talk.name for talk in history.list_talks()] == [name]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match=r"conversations cannot be kept in .*file"):
        History(tmp_path / "file").write("", [make_exchange("What burned?")])


def test_an_exchange_is_scrubbed_by_hand() -> None:
    kept = {"article": "b", "start": 0, "end": 4}
    exchange = make_exchange("Why?", "a", "b", searched_for="Why John?", claims=["prose"], sides=["40"])
    assert scrub_exchange(exchange, {"a"}) == {
        **make_exchange("Why?"),
        "quotes": [None, kept],
        "citations": [],
        "searched_for": "",
    }
    only_close = make_exchange("Why?", considered=[{"article": "a"}, kept], claims=["prose"], searched_for="Why John?")
    assert scrub_exchange(only_close, {"a"}) == {
        **make_exchange("Why?", considered=[None, kept], claims=["prose"]),
        "citations": [],
        "searched_for": "",
    }


def make_talk(library: Library) -> str:
    """Keep a conversation that repeats the secret article in every way a conversation can."""
    claims = [{"text": f"{NONCE} said so."}]
    exchange = make_exchange("Why?", "secret", "fire", claims=claims, sides=[NONCE], searched_for=f"Why {NONCE}?")
    return library.history.write("", [exchange, make_exchange("And?", searched_for=f"And {NONCE}?")])


def test_nothing_of_a_removed_article_stays_in_conversations(library: Library, home: Path) -> None:
    library.add([make_secret(), FIRE])
    name = make_talk(library)
    assert f"conversations/{name}.json" in list_traces(home)
    library.remove(["secret"])
    assert list_traces(home) == []
    assert "secret" not in (home / "conversations" / f"{name}.json").read_text("utf-8")
    assert library.history.read(name)["exchanges"][0]["quotes"][1]["article"] == "fire"


def test_a_removal_that_was_cut_off_is_finished_in_conversations_too(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([make_secret(), FIRE])
    talk = home / "conversations" / f"{make_talk(library)}.json"
    with library.catalog.transaction():
        library.catalog.delete("secret")
    open_home()
    assert list_traces(home) == []
    assert "secret" not in talk.read_text("utf-8")


def test_an_article_that_is_replaced_or_removed_beside_changes_no_conversation(library: Library) -> None:
    library.add([FIRE, BANK])
    name = library.history.write("", [make_exchange("What burned?", "fire")])
    kept = library.history.read(name)
    library.add([Article(id="fire", title="Maui", text="The fire is out.")])
    library.remove(["bank"])
    assert library.history.read(name) == kept

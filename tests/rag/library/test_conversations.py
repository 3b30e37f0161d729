"""Conversations are kept, found, renamed and deleted, and know nothing any more of articles that were removed."""

from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from rag.errors import ConversationError, HomeError
from rag.library.conversations import Conversations, make_title, scrub_exchange
from rag.library.engines.conversation_stores import ConversationFiles
from rag.library.library import Library
from tests.conftest import OpenLibrary
from tests.rag.library.test_removing import NONCE, list_traces, make_secret
from tests.rag.samples import BANK, FIRE


def make_exchange(question: str, *articles: str, **values: Any) -> dict[str, Any]:
    quotes = [{"article": article, "start": 0, "end": 4} for article in articles]
    return {"question": question, "quotes": quotes, "considered": [], "claims": [], "sides": [], **values}


@pytest.fixture
def conversations(tmp_path: Path) -> Conversations:
    return Conversations(ConversationFiles(tmp_path / "conversations"))


def test_what_was_kept_is_found_the_latest_first(conversations: Conversations) -> None:
    first = conversations.write("", [make_exchange("What burned?")])
    second = conversations.write("", [make_exchange("Who won?")])
    assert conversations.write(first, [make_exchange("What burned?"), make_exchange("And when?")]) == first
    found = conversations.list_summaries()
    assert [(each.name, each.title, each.questions) for each in found] == [
        (first, "What burned?", 2),
        (second, "Who won?", 1),
    ]
    assert [each.name for each in conversations.list_summaries(search="WHEN burned")] == [first]
    assert conversations.list_summaries(search="snow") == []
    assert [each["question"] for each in conversations.read(first)["exchanges"]] == ["What burned?", "And when?"]


def test_a_new_title_stays_when_the_conversation_goes_on(conversations: Conversations) -> None:
    name = conversations.write("", [make_exchange("What burned?")])
    conversations.rename(name, "  Fires\n of 2023 ")
    conversations.write(name, [make_exchange("What burned?"), make_exchange("When?")])
    assert conversations.read(name)["title"] == "Fires of 2023"
    conversations.rename(name, " ")
    assert conversations.read(name)["title"] == "Fires of 2023"
    assert make_title("word " * 30) == "word " * 19 + "word…"


def test_what_is_deleted_is_gone_and_a_part_left_by_a_crash_too(conversations: Conversations, tmp_path: Path) -> None:
    name = conversations.write("", [make_exchange("What burned?")])
    (tmp_path / "conversations" / f"{name}.part").write_text("half")
    conversations.delete(name)
    conversations = Conversations(ConversationFiles(tmp_path / "conversations"))
    assert list((tmp_path / "conversations").iterdir()) == []
    for act in (conversations.read, conversations.delete, lambda name: conversations.rename(name, "x")):
        with pytest.raises(ConversationError):
            act(name)


def test_each_sees_their_own_conversations(conversations: Conversations) -> None:
    name = conversations.write("", [make_exchange("What burned?")], owner="ann")
    assert (conversations.list_summaries(), conversations.list_summaries("bob")) == ([], [])
    assert [each.name for each in conversations.list_summaries("ann")] == [name]
    with pytest.raises(ConversationError):
        conversations.read(name, "bob")
    with pytest.raises(ConversationError):
        conversations.delete(name, "bob")


@pytest.mark.parametrize("name", ["../catalog", "x", "", "../../etc/passwd", "A" * 32])
def test_only_names_of_conversations_are_opened(conversations: Conversations, tmp_path: Path, name: str) -> None:
    (tmp_path / "catalog.json").write_text('{"title": "t", "owner": "", "updated": "", "exchanges": []}')
    with pytest.raises(ConversationError):
        conversations.read(name)


WHOLE = '"title": "x", "owner": "", "updated": "2026-01-26T12:00:00.000000+00:00"'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Invalid JSON: EOF while parsing a value at line 1 column 0"),
        ('{"title": "x", "ow', "Invalid JSON: EOF while parsing a string at line 1 column 18"),
        ("[]", "Input should be an object"),
        ('{"title": "x"}', "owner: Field required"),
        ('{"title": 7, "owner": "", "updated": "2026-01-26", "exchanges": []}', "title: Input should be"),
        (f'{{{WHOLE}, "exchanges": [{{}}]}}', "exchanges.0.question: Field required"),
        (f'{{{WHOLE}, "exchanges": [{{"question": "x", "quotes": [7]}}]}}', "exchanges.0.quotes.0: Input should be"),
        (f'{{{WHOLE.replace("2026", "once")}, "exchanges": []}}', "updated: Input should be a valid datetime"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_and_left_alone(
    conversations: Conversations, tmp_path: Path, content: str, reason: str
) -> None:
    name = conversations.write("", [make_exchange("What burned?")], "ann")
    file = tmp_path / "conversations" / f"{'0' * 32}.json"
    file.write_text(content, "utf-8")
    conversations.forget(["fire"])
    found = {each.name: each for each in conversations.list_summaries("ann")}
    broken = found.pop("0" * 32)
    assert [*found] == [name]
    assert (broken.title, broken.questions) == (file.name, 0)
    assert broken.problem.startswith(f"conversations/{file.name} in the home folder cannot be read ({reason}")
    assert broken.problem.endswith("): it is left as it is; correct or delete it")
    for act in (conversations.read, conversations.delete, lambda name: conversations.rename(name, "x")):
        with pytest.raises(ConversationError, match="cannot be read"):
            act(broken.name)
    other = conversations.write(broken.name, [make_exchange("And now?")])
    assert (other != broken.name, file.read_text("utf-8")) == (True, content)


def test_a_file_of_other_letters_is_named_too(conversations: Conversations, tmp_path: Path) -> None:
    (tmp_path / "conversations").mkdir()
    (tmp_path / "conversations" / "copy of mine.json").write_bytes(b'{"title": "caf\xe9"}')
    (found,) = conversations.list_summaries()
    assert "can't decode byte 0xe9" in found.problem


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match=r"conversations cannot be kept in .*file"):
        Conversations(ConversationFiles(tmp_path / "file")).write("", [make_exchange("What burned?")])


def test_an_exchange_is_scrubbed_by_hand() -> None:
    kept = {"article": "b", "start": 0, "end": 4}
    exchange = make_exchange("Why?", "a", "b", searched_for="Why John?", claims=["prose"], sides=["40"])
    assert scrub_exchange(exchange, {"a"}) == {
        **make_exchange("Why?"),
        "quotes": [None, kept],
        "citations": [],
        "asked": [],
        "searched_for": "",
        "parts": [],
    }
    only_close = make_exchange("Why?", considered=[{"article": "a"}, kept], claims=["prose"], searched_for="Why John?")
    assert scrub_exchange(only_close, {"a"}) == {
        **make_exchange("Why?", considered=[None, kept], claims=["prose"]),
        "citations": [],
        "asked": [],
        "searched_for": "",
    }


def write_conversation(library: Library) -> str:
    """Keep a conversation that repeats the secret article in every way a conversation can."""
    claims = [{"text": f"{NONCE} said so."}]
    exchange = make_exchange("Why?", "secret", "fire", claims=claims, sides=[NONCE], searched_for=f"Why {NONCE}?")
    return library.conversations.write("", [exchange, make_exchange("And?", searched_for=f"And {NONCE}?")])


def test_nothing_of_a_removed_article_stays_in_conversations(library: Library, home: Path) -> None:
    library.add([make_secret(), FIRE])
    name = write_conversation(library)
    assert f"conversations/{name}.json" in list_traces(home)
    library.remove(["secret"])
    assert NONCE not in (home / "conversations" / f"{name}.json").read_text("utf-8")
    library.erase()
    assert list_traces(home) == []
    assert "secret" not in (home / "conversations" / f"{name}.json").read_text("utf-8")
    assert library.conversations.read(name)["exchanges"][0]["quotes"][1]["article"] == "fire"


def test_a_removal_that_was_cut_off_is_finished_in_conversations_too(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([make_secret(), FIRE])
    kept = home / "conversations" / f"{write_conversation(library)}.json"
    with library.catalog.transaction():
        library.catalog.delete("secret")
    open_home().erase()
    assert list_traces(home) == []
    assert "secret" not in kept.read_text("utf-8")


def test_an_article_that_is_replaced_or_removed_beside_changes_no_conversation(library: Library) -> None:
    library.add([FIRE, BANK])
    name = library.conversations.write("", [make_exchange("What burned?", "fire")])
    kept = library.conversations.read(name)
    library.add([Article(id="fire", title="Maui", text="The fire is out.")])
    library.remove(["bank"])
    assert library.conversations.read(name) == kept

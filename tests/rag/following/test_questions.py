"""Watched questions, asked of a real library by a chatbot that reads single words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article, Source
from rag.answer import Answer, Citation, Quote, Status
from rag.errors import FollowError, QuestionError
from rag.following.questions import Find, WatchedQuestions
from rag.library.library import Library
from rag.question import Question, Scope

NOW = datetime(2026, 1, 26, tzinfo=UTC)
STORM = Article(id="storm", title="Storm", text="A storm hit Lisbon. It tore off 40 roofs.", outlet="Ours")
RAIN = Article(id="rain", title="Rain", text="It rained. The rain tore off 3 roofs.", outlet="Theirs")
VOTE = Article(id="vote", title="Vote", text="Porto votes on Friday.", outlet="Ours")
FIRE = Article(id="fire", title="Fire", text="The fire burned 5 roofs.", outlet="Ours")


class WordChatbot:
    """Answers "roofs" with the sentence of one article that has the word, the first by id; `asked` keeps all scopes."""

    confidence = 0.9

    def __init__(self, library: Library) -> None:
        self._library = library
        self.asked: list[frozenset[str]] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.scope.articles)
        for id in sorted(question.scope.articles):
            article = self._library.read(id)
            if question.text in article.text:
                start = article.text.rindex(". ", 0, -1) + 2 if ". " in article.text else 0
                quote = Quote(id, start, len(article.text), article.text[start:], 1, 0.9)
                return replace(make_answer(question, article.source, quote), confidence=self.confidence)
        return make_answer(question)


def make_answer(question: Question, source: Source | None = None, *quotes: Quote) -> Answer:
    citations = (Citation(1, source),) if source else ()
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    return Answer(question.text, "", "", quotes, citations, 0.9, status, (), 0.1)


@pytest.fixture
def chatbot(library: Library) -> WordChatbot:
    return WordChatbot(library)


@pytest.fixture
def watched(library: Library, tmp_path: Path) -> WatchedQuestions:
    return WatchedQuestions(library, tmp_path / "home" / "questions.json", lambda: NOW)


def list_unseen(watched: WatchedQuestions, owner: str = "") -> dict[str, list[str]]:
    return {each.text: [find.article for find in each.unseen] for each in watched.list_questions(owner)}


def test_only_new_articles_are_asked_and_each_that_answers_is_found(
    library: Library, watched: WatchedQuestions, chatbot: WordChatbot
) -> None:
    library.add([STORM])
    question = watched.watch(" roofs ")
    assert watched.refresh(chatbot.ask) == 0
    assert chatbot.asked == []
    library.add([RAIN, VOTE, FIRE])
    assert watched.refresh(chatbot.ask) == 2
    assert chatbot.asked == [{"rain", "vote", "fire"}, {"rain", "vote"}, {"vote"}]
    assert watched.refresh(chatbot.ask) == 0
    assert len(chatbot.asked) == 3
    (found,) = watched.list_questions()
    assert found.finds == (Find("fire", 1, 0, 24, NOW), Find("rain", 1, 11, 37, NOW))
    watched.mark_seen(question.id)
    assert list_unseen(watched) == {"roofs": []}


def test_after_the_first_answer_only_sure_ones_count(
    library: Library, watched: WatchedQuestions, chatbot: WordChatbot
) -> None:
    watched.watch("roofs")
    library.add([STORM, RAIN, FIRE])
    chatbot.confidence = 0.6
    assert watched.refresh(chatbot.ask) == 1
    assert list_unseen(watched) == {"roofs": ["fire"]}


def test_a_new_version_is_asked_and_takes_the_place_of_the_find(
    library: Library, watched: WatchedQuestions, chatbot: WordChatbot
) -> None:
    question = watched.watch("roofs")
    library.add([STORM])
    watched.refresh(chatbot.ask)
    watched.mark_seen(question.id)
    library.add([Article(id="storm", title="Storm", text="A storm hit Lisbon. It tore off 50 roofs.", outlet="Ours")])
    watched.refresh(chatbot.ask)
    (found,) = watched.list_questions()
    assert [(find.version, find.is_seen) for find in found.finds] == [(2, False)]
    library.remove(["storm"])
    assert list_unseen(watched) == {"roofs": []}


def test_filters_and_owners(library: Library, watched: WatchedQuestions, chatbot: WordChatbot) -> None:
    library.add([VOTE])
    ours = watched.watch("roofs", "ann", Scope(outlets=frozenset(["Ours"])))
    assert watched.watch("roofs", "ann", Scope(outlets=frozenset(["Ours"]))) == ours
    watched.watch("roofs", "ben")
    library.add([RAIN, STORM])
    watched.refresh(chatbot.ask)
    assert (list_unseen(watched, "ann"), list_unseen(watched, "ben")) == (
        {"roofs": ["storm"]},
        {"roofs": ["rain", "storm"]},
    )
    with pytest.raises(FollowError, match="no longer watched"):
        watched.unwatch(ours.id, "ben")
    watched.unwatch(ours.id, "ann")
    assert (list_unseen(watched, "ann"), list_unseen(watched)) == ({}, {})


def test_a_question_that_comes_later_begins_with_what_is_new_then(
    library: Library, watched: WatchedQuestions, chatbot: WordChatbot
) -> None:
    first = watched.watch("roofs")
    watched.unwatch(first.id)
    library.add([STORM])
    watched.watch("Lisbon")
    assert watched.list_new() == []
    with pytest.raises(QuestionError):
        watched.watch("?")


def test_what_is_watched_while_a_look_goes_on_is_kept(
    library: Library, watched: WatchedQuestions, chatbot: WordChatbot
) -> None:
    watched.watch("roofs")
    library.add([STORM])

    def ask(question: Question) -> Answer:
        watched.watch("Lisbon")
        return chatbot.ask(question)

    watched.refresh(ask)
    assert list_unseen(watched) == {"roofs": ["storm"], "Lisbon": []}


def test_a_broken_file_is_named(watched: WatchedQuestions, tmp_path: Path) -> None:
    path = tmp_path / "home" / "questions.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[]")
    with pytest.raises(FollowError, match=r"home/questions.json in the home folder cannot be read"):
        watched.list_questions()

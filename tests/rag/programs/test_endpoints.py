"""What programs can ask for, without the way the call comes in."""

from datetime import date
from inspect import signature
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from corpus.article import Article
from rag.asking.chatbot import Chatbot
from rag.assembly import build_endpoints
from rag.errors import RequestError
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.settings import Settings
from rag.wire import to_json

REPLIES = "2022-01-26-written-replies"
SULLIVAN = (
    "The US ambassador to Russia, John Sullivan, handed over the American reply in person at the foreign ministry in"
    " Moscow."
)
NAMES = [*"ask search list_articles show_article add_article edit_articles remove_article evaluate".split()]


@pytest.fixture
def small(home: Path, library: Library, chatbot: Chatbot) -> Endpoints:
    """Over an empty library, to be changed; what it answers comes from the starter articles."""
    return build_endpoints(Settings(home=home), library, chatbot)


def call(endpoints: Endpoints, endpoint: str, /, **arguments: Any) -> Any:
    return to_json(endpoints.functions[endpoint](**arguments))


def test_the_endpoints_and_their_descriptions(endpoints: Endpoints) -> None:
    assert [*endpoints.functions] == NAMES
    for name, function in endpoints.functions.items():
        hints = get_type_hints(function, include_extras=True)
        assert function.__doc__, name
        parameters = {parameter: hint for parameter, hint in hints.items() if parameter != "return"}
        assert [parameter for parameter, hint in parameters.items() if not get_args(hint)[-1].description] == []


def test_ask_returns_the_record_of_the_command_line(endpoints: Endpoints) -> None:
    reply = call(endpoints, "ask", question="Who handed over the US reply in Moscow?")
    assert (reply["answer"], reply["answer_span"]) == (f"“{SULLIVAN}” [1]", "John Sullivan")


def test_ask_understands_what_was_said_before(endpoints: Endpoints) -> None:
    history = [{"question": "Who is the US ambassador to Russia?", "answer": "John Sullivan"}]
    reply = call(endpoints, "ask", question="And what did he hand over in Moscow?", history=history)
    assert "Sullivan" in reply["searched_for"]


def test_search_returns_passages_best_first(endpoints: Endpoints, starter_articles: dict[str, Article]) -> None:
    found = call(endpoints, "search", query="Who handed over the US reply in Moscow?", k=3)
    assert [each["article"] for each in found][:1] == [REPLIES]
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
    assert [starter_articles[each["article"]].text[each["start"] : each["end"]] for each in found] == [
        each["text"] for each in found
    ]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("scope", "is_within"),
    [
        ({"since": "2023-01-01"}, lambda article: article.published >= date(2023, 1, 1)),
        ({"until": "2021-12-31"}, lambda article: article.published <= date(2021, 12, 31)),
        ({"topics": ["Interest rates"]}, lambda article: article.topic == "Interest rates"),
        ({"topics": [" INTEREST rates"]}, lambda article: article.topic == "Interest rates"),
    ],
)
def test_a_search_keeps_to_its_scope(
    endpoints: Endpoints, starter_articles: dict[str, Article], scope: dict[str, Any], is_within: Any
) -> None:
    found = call(endpoints, "search", query="What was decided in Europe?", k=5, **scope)
    assert [each["article"] for each in found if not is_within(starter_articles[each["article"]])] == []
    assert len(found) == 5


def test_list_pages_through_the_articles_newest_first(endpoints: Endpoints) -> None:
    everything = call(endpoints, "list_articles")
    assert len(everything) == 32
    assert [each["published"] for each in everything] == sorted(
        (each["published"] for each in everything), reverse=True
    )
    assert call(endpoints, "list_articles", limit=2, offset=3) == everything[3:5]


def test_show_returns_the_text(endpoints: Endpoints, starter_articles: dict[str, Article]) -> None:
    shown = call(endpoints, "show_article", id=REPLIES)
    assert (shown["text"], shown["title"]) == (starter_articles[REPLIES].text, starter_articles[REPLIES].title)


def test_an_article_is_added_changed_and_removed(small: Endpoints, library: Library) -> None:
    details = {"title": "Rates", "published": "2022-05-04", "outlet": "Gazette", "author": "Ann", "topic": "Money"}
    address = "https://example.org/rates"
    added = call(small, "add_article", text="The bank raised rates.", id="bank", url=address, **details)
    assert added == {"source": "article", "id": "bank", "state": "added", "message": ""}
    assert library.read("bank") == Article(
        id="bank", text="The bank raised rates.", title="Rates", published=date(2022, 5, 4), outlet="Gazette",
        author="Ann", topic="Money", url=address,
    )  # fmt: skip
    assert call(small, "add_article", text="The bank cut rates.", id="bank", title="Rates")["state"] == "replaced"
    assert [each["text"] for each in call(small, "search", query="bank")] == ["The bank cut rates."]
    removed = call(small, "remove_article", id="bank")
    removal = {"source": "bank", "id": "bank", "state": "removed", "message": "Rates", "erased": False}
    assert removed == removal
    assert call(small, "list_articles") == []
    assert call(small, "remove_article", id="bank")["state"] == "failed"


def test_articles_are_made_a_collection_and_listed_as_one(small: Endpoints, library: Library) -> None:
    for id in ("a", "b", "c"):
        call(small, "add_article", text=f"The bank {id} raised rates.", id=id, published="2022-05-04")
    edited = call(small, "edit_articles", ids=["a", "b"], topic="Money", published="")
    assert [(each["id"], each["topic"], each["published"]) for each in edited] == [
        ("a", "Money", None),
        ("b", "Money", None),
    ]
    assert [each["id"] for each in call(small, "list_articles", topics=["money"])] == ["a", "b"]
    assert [each["id"] for each in call(small, "list_articles", topics=[""])] == ["c"]
    for arguments, told in [
        ({"ids": ["a", "x"], "topic": "T"}, "no article has the id 'x'"),
        ({"ids": ["a"], "topic": "T" * 5_000}, "a topic of 5,000 characters is too long: write at most 500"),
        ({"ids": ["a"], "published": "soon"}, "published: 'soon' is not a day"),
        ({"ids": []}, "ids"),
    ]:
        with pytest.raises(RequestError, match=told):
            call(small, "edit_articles", **arguments)
    assert library.catalog.count_values("topic") == {"Money": 2}


def test_evaluate_measures_and_keeps_the_run(endpoints: Endpoints, starter_settings: Settings) -> None:
    cases = [
        {"id": "who", "question": "Who handed over the US reply in Moscow?", "answers": ["John Sullivan"]},
        {"id": "cup", "question": "Who won the 2018 football World Cup final?", "answers": []},
    ]
    run = call(endpoints, "evaluate", cases=cases, name="two/../cases")
    assert [(each["id"], each["status"]) for each in run["results"]] == [("who", "answered"), ("cup", "not_found")]
    assert run["report"]["metrics"]["correct"]["value"] == 1.0
    assert {"auth", "hostnames", "host"} & run["report"]["settings"].keys() == set()
    (folder,) = (starter_settings.home / "runs").glob("*-two-..-cases")
    assert {path.name for path in folder.iterdir()} >= {"report.html", "report.json", "results.jsonl"}


def list_optional(function: Any) -> list[str]:
    return [name for name, each in signature(function).parameters.items() if each.default is not each.empty]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": "Who handed over the US reply in Moscow?"}),
        ("search", {"query": "troops"}),
        ("list_articles", {}),
    ],
)
def test_null_is_as_good_as_leaving_out(endpoints: Endpoints, name: str, arguments: dict[str, Any]) -> None:
    nothing = dict.fromkeys(list_optional(endpoints.functions[name]))
    assert nothing
    left_out, null = call(endpoints, name, **arguments), call(endpoints, name, **arguments, **nothing)
    assert null == (left_out | {"seconds": null["seconds"]} if name == "ask" else left_out)


def test_an_article_is_added_with_null_for_what_is_not_known(small: Endpoints, library: Library) -> None:
    nothing = dict.fromkeys(list_optional(small.functions["add_article"]))
    assert [*nothing] == ["title", "published", "outlet", "author", "url", "topic", "id"]
    receipt = call(small, "add_article", text="The bank raised rates.", **nothing)
    assert library.read(receipt["id"]) == Article(id=receipt["id"], text="The bank raised rates.")
    assert call(small, "add_article", text="The bank raised rates.")["state"] == "unchanged"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ask", {}, "question is missing"),
        ("ask", {"question": 7}, "question should be a valid string"),
        ("ask", {"question": "Who?", "colour": "red"}, "colour is not an argument"),
        ("ask", {"question": "?!"}, "'?!' is not a question yet: write at least 2 letters or digits"),
        ("ask", {"question": "Who?", "since": "1.2.22"}, "since: '1.2.22' is not a day; write it like 2022-01-26"),
        ("search", {"query": "rates", "k": 0}, "k should be greater than or equal to 1"),
        ("list_articles", {"limit": 20_000}, "limit should be less than or equal to 10000"),
        ("show_article", {"id": "x"}, "no article has the id 'x': `python -m rag list` shows them"),
        ("ask", {"question": "Who?", "self": 1, "func": 2},
         "self is not an argument; func is not an argument"),
        ("search", {"query": "rates", "outlets": ["Nobody"]},
         "no article has the outlet 'Nobody'; there is none at all"),
        ("ask", {"question": "Who?", "since": "2022-02-02", "until": "2022-02-01"},
         "no day is both since 2022-02-02 and until 2022-02-01: swap them"),
        ("add_article", {"text": " "}, "article: 'text' is ' ', which is no text"),
        ("add_article", {"text": "A fire.", "published": "May"},
         "article: 'published' is 'May', which names no certain day"),
        ("evaluate", {"cases": []}, "cases: List should have at least 1 item after validation, not 0"),
        ("evaluate", {"cases": [{"answers": []}]}, "cases, case 1, key 'question': is missing"),
        ("evaluate", {"cases": [{"question": "Who?"}]}, "there are no articles to ask: add some first"),
    ],
)  # fmt: skip
def test_mistakes_are_explained(small: Endpoints, name: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(RequestError) as caught:
        call(small, name, **arguments)
    assert str(caught.value) == message


def test_an_article_too_long_is_refused_with_a_receipt(small: Endpoints) -> None:
    receipt = call(small, "add_article", text="fire " * 10_000)
    assert (receipt["state"], "characters" in receipt["message"]) == ("failed", True)

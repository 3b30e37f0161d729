"""Questions that ask for a summary, a timeline or the latest are told by their words, whatever they are about."""

import pytest

from rag.asking.topics import Wish, asks_for_deeds, cut_cutoff, cut_now, find_office, find_wish
from rag.question import Kind

TOPICS = (
    "the Leith dock strike",
    "Bolivia",
    "the flood in Graz",
    "Queen Anne's visit",
    "NATO",
    "interest rates",
    "the vote",
)
PHRASES = {
    Kind.SUMMARY: (
        *("Summarise {}", "can you sum up {}, please?", "Give me a short overview of {}", "tell me more about {}"),
        *(
            "What do the articles say about {}?",
            "catch me up on {}",
            "{} in a nutshell",
            "summary: {}",
            "sum up what happened at {}",
            "what's going on with {}",
        ),
    ),
    Kind.TIMELINE: (
        *("timeline of {}", "Give me a chronology of {}.", "What was the sequence of events in {}?", "{} timeline"),
        *("How did {} unfold?", "In what order did {} happen", "list {} by date", "timeline: {}", "key dates of {}"),
    ),
    Kind.LATEST: (
        *("latest news on {}", "What's the latest on {}?", "any updates on {}", "Is there any news about {}?"),
        *("the newest article about {}", "{} latest", "where do things stand with {}", "keep me up to date on {}"),
    ),
}


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(("kind", "phrase"), [(kind, each) for kind, phrases in PHRASES.items() for each in phrases])
def test_the_topic_is_what_is_left(kind: Kind, phrase: str, topic: str) -> None:
    for asked in (phrase.format(topic), phrase.format(topic.lower()).lower()):
        wish = find_wish(asked)
        assert wish is not None
        assert (wish.kind, wish.topic.lower()) == (kind, topic.lower())


@pytest.mark.parametrize(
    ("question", "wish"),
    [
        ("What happened in Graz on 3 May 2021?", Wish(Kind.SUMMARY, "Graz on 3 May 2021")),
        ("Please tell me what happened at the port", Wish(Kind.SUMMARY, "the port")),
        ("List all meetings between Peru and Chile", Wish(Kind.TIMELINE, "meetings between Peru and Chile")),
        ("How many ships are waiting now?", Wish(Kind.LATEST)),
        ("who is the current mayor of graz", Wish(Kind.LATEST)),
        ("Who is Peru's foreign minister?", Wish(Kind.LATEST)),
        ("As of 3 May, how many ships were waiting?", Wish(Kind.AS_OF)),
        ("how many ships were waiting by the end of 2021", Wish(Kind.AS_OF)),
        ("What was known about the ferry on 3 May 2021?", Wish(Kind.AS_OF)),
    ],
)
def test_other_wishes(question: str, wish: Wish) -> None:
    assert find_wish(question) == wish


@pytest.mark.parametrize(
    "question",
    [
        *("What happened to the ferry?", "What did the port do in May 2021?", "How did Webb unfold its mirror?"),
        *(
            "Who was mayor of Graz in 2014?",
            "Which golfer became the latest to leave?",
            "List all ports",
            "summary",
            "news",
        ),
        *(
            "Who is Ana Ruiz?",
            "How many people had left by Sunday?",
            "What is the newest article?",
            "what's the latest",
        ),
        *("Which country is now bankrupt, according to its president?", "Developments in which field led to this?"),
        *("By whom was the ship built?", "Tell me a joke", "What will happen by 2030 is unclear, is it?"),
    ],
)
def test_a_plain_question_wishes_for_nothing_else(question: str) -> None:
    assert find_wish(question) is None


def test_what_is_cut_away() -> None:
    assert cut_cutoff("How many ships were waiting as of 3 May 2021?") == ("How many ships were waiting ?", "")
    assert cut_cutoff("As of May 2021, how many ships were waiting?") == ("How many ships were waiting?", "")
    assert cut_cutoff("What was known about the ferry on 3 May 2021?")[1] == "the ferry"
    assert cut_now("How many ships are waiting now?") == "How many ships are waiting?"
    assert cut_now("How many ships have sunk so far") == "How many ships have sunk"
    assert find_office("Who is Peru's foreign minister?") == "foreign minister"


@pytest.mark.parametrize("name", ["Bolivia", "the Leith Dock", "Ana de la Paz", "NATO", "Queen Anne"])
@pytest.mark.parametrize("asked", ["What happened to {}?", "What did {} do?", "what has {} done"])
def test_what_a_name_did_or_suffered_is_summed_up(asked: str, name: str) -> None:
    question = asked.format(name)
    assert find_wish(question) == Wish(Kind.SUMMARY, name)
    assert asks_for_deeds(question)


@pytest.mark.parametrize(
    "question", ["What did Bolivia do to the dam?", "Summarise Bolivia", "What happened to the dam?"]
)
def test_other_questions_ask_for_more_or_less_than_deeds(question: str) -> None:
    assert not asks_for_deeds(question)

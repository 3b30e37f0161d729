"""What is asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.errors import QuestionError

MIN_CHARACTERS = 2
MAX_CHARACTERS = 1_000


class Kind(StrEnum):
    """What is asked for, and so what the answer looks like."""

    FACT = "fact"
    LIST = "list"
    YES_NO = "yes_no"
    REASON = "reason"
    """Why, or how."""
    STATEMENT = "statement"
    """Who said something, or what somebody said."""
    LATEST = "latest"
    """How something stands now."""
    AS_OF = "as_of"
    """How something stood at a time that the question names."""
    COMPARISON = "comparison"
    SUMMARY = "summary"
    TIMELINE = "timeline"
    SEVERAL = "several"
    """Two questions or more in one message."""
    COLLECTION = "collection"
    """About the articles themselves: how many, from whom, the newest."""
    HELP = "help"
    """A greeting, thanks, or what can be asked."""
    FOREIGN = "foreign"
    """In another language than English."""
    UNCLEAR = "unclear"
    """Without what it refers to."""


IMMEDIATE = frozenset({Kind.COLLECTION, Kind.HELP, Kind.FOREIGN})
"""The kinds that are told from the words as they were typed, before they are corrected and completed."""
REPLIES = IMMEDIATE | {Kind.UNCLEAR}
"""The kinds answered in words of our own: nothing is asked of what the articles say, or it is not understood."""


GATHERED = frozenset({Kind.LIST, Kind.SUMMARY, Kind.TIMELINE, Kind.COMPARISON, Kind.SEVERAL})
"""Answers of these kinds have no quote that is the one to read first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation and its answer; what is not known is empty.

    Attributes:
        question: the question as it was typed.
        answer: the text of the answer.
        span: the short answer.
        searched_for: the question that stood alone, where it was another.
        titles: those of the articles that were cited.
    """

    question: str
    answer: str = ""
    span: str = ""
    searched_for: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles may answer: those of one of the outlets, one of the topics, and published within the days.

    An empty outlet or topic stands for articles without one. `articles` are ids, and leave only those in. An empty set
    and a missing day (both inclusive) leave all in; with a day given, undated articles are out.

    Example:
        >>> chatbot.ask("What did the Fed do?", scope=Scope(since=date(2022, 6, 1), until=date(2022, 6, 30)))
    """

    outlets: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    articles: frozenset[str] = frozenset()


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, stripped, the turns before it, oldest first, and the articles that it is asked of.

    Example:
        >>> chatbot.invoke(Question("And when?", history=(first.turn,)))

    Raises:
        QuestionError: fewer than 2 letters or digits, over 1,000 characters, or not text.
    """

    text: str
    history: tuple[Turn, ...] = ()
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        text = self.text.strip()
        object.__setattr__(self, "text", text)
        if sum(map(str.isalnum, text)) < MIN_CHARACTERS:
            raise QuestionError(f"{text!r} is not a question yet: write at least {MIN_CHARACTERS} letters or digits")
        if len(text) > MAX_CHARACTERS:
            raise QuestionError(
                f"the question has {len(text):,} characters; ask it in at most {MAX_CHARACTERS:,}"
                " (long texts are added as articles)"
            )
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise QuestionError("the question holds half a surrogate pair, which is not text: type it again")


def close_question(text: str) -> str:
    """Return a question with its mark: encoders have seen few without, and people type few with."""
    return f"{text.rstrip(' ?')}?"

"""A chat model reads the passages, writes while it is watched, and is held to what it cites.

`rag.prose.verifying` checks it. Whatever a model is talked into by an article, a sentence that the articles do not
support is never shown as one that they do.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from time import perf_counter
from typing import TYPE_CHECKING

from langchain_core.messages import AIMessageChunk

from embeddings.reader import Reader
from rag.answer import NOT_FOUND, Answer, Claim, ScoredPassage, Status, Trust, Usage, Verdict
from rag.asking.chatbot import Search
from rag.chat_model import Greeting, Message, explain_end, greet, measure_usage, stream_reply
from rag.errors import ChatModelError
from rag.prose.claims import is_supported, list_finished, read_claims, says_nothing
from rag.prose.combining import add_passages, cite_material, combine, list_nearby
from rag.prose.material import Material, gather_material
from rag.prose.planning import PLANNED, Plan, plan_searches
from rag.prose.prompting import make_messages
from rag.prose.structured import list_ways, read_reply
from rag.question import Question

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from rag.chat_model import AskedModel

MAX_PROSE_CHARACTERS = 4_000
MOST_CLAIMS = 30
"""A model that never stops is stopped there: each sentence takes time to check, and five are asked for."""
MAX_THOUGHT_CHARACTERS = 60_000
"""So is one that never stops thinking."""
TOKENS = 3_000
"""Of articles, where nothing else is said."""
TOKENS_A_PASSAGE = 230
PASSAGES_A_SEARCH = 4
"""Of a search that the model planned."""

NOTHING_WRITTEN = "The chat model wrote nothing."
NOTHING_SUPPORTED = "What the chat model wrote is not supported by the articles."
NOTHING_FOUND = "The chat model found no answer in the passages that it read."
READING = "The chat model goes through the closest passages."
UNTIL_THEN = "What it had written until then is checked."
INSTEAD = "This is the answer in quotes."

Check = Callable[[Question, Answer, Sequence[Claim]], tuple[Claim, ...]]
"""Gives every claim its verdict."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is let write: `Manner(seconds=60, tokens=3_000)`.

    Attributes:
        seconds: the longest that all its calls for an answer may take.
        tokens: of articles that it is given to read.
        keeps_unsupported: whether sentences that the articles do not support are kept, flagged.
        leads: whether its choice comes before that of the reader even where that is sure.
        is_structured: whether its provider is asked to structure what it writes.
    """

    seconds: float = 60.0
    tokens: int = TOKENS
    keeps_unsupported: bool = True
    leads: bool = False
    is_structured: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """What a model wrote, without its thoughts, as claims over the material, and what that took.

    `failure` says why it did not come to its end; the claims are the sentences that it had finished.
    """

    prose: str
    claims: tuple[Claim, ...]
    usage: Usage
    failure: str = ""


class Writer:
    """Has a chat model read and write over an answer in quotes.

    Example:
        writer = Writer(model, Verifier(encoder, reader, read_text), Manner(seconds=30), reader)
        for answer in writer.write(question, answer, search):
            print(answer.text)
    """

    def __init__(
        self, model: "BaseChatModel", check: Check, manner: Manner | None = None, reader: Reader | None = None
    ) -> None:
        """Let `model` write, then `check` it; `reader` finds the short answer in what the model chose."""
        self._model = model
        self._check = check
        self._manner = manner or Manner()
        self._reader = reader

    def write(self, question: Question, answer: Answer, search: Search) -> Iterator[Answer]:
        """Yield the answer with ever more claims, unchecked, and last with those that were checked, or a notice.

        Comes up with something several times a second, the same again if need be, so that whoever closes the
        iterator is heard at once; the model then stops too.

        Args:
            question: what was typed, with the turns before it.
            answer: the answer in quotes, or that there is none.
            search: finds more passages.
        """
        asked, began = answer.searched_for or question.text, perf_counter()
        plan = yield from self._plan(asked, answer)
        more = self._search(asked, plan, search)
        answer = replace(answer, searches=plan.searches)
        material = gather_material(answer, more, self._manner.tokens)
        left = max(0.1, self._manner.seconds - (perf_counter() - began))
        messages = make_messages(question, asked, material, answer.kind)
        try:
            written = yield from self._watch(messages, answer, material, left)
        except ChatModelError as error:
            yield _add_notice(answer, str(error))
            return
        usage = _add_usage(plan.usage, written.usage)
        whole = replace(answer, considered=add_passages(answer.considered, more), usage=usage)
        yield self._conclude(question, whole, material, written)

    def _plan(self, asked: str, answer: Answer) -> Generator[Answer, None, Plan]:
        """Yield the answer while the model plans; returns what to search for besides, for most kinds nothing."""
        if answer.kind not in PLANNED:
            return Plan()
        planning = plan_searches(self._model, asked, answer, self._manner.seconds)
        with closing(planning):
            while True:
                try:
                    next(planning)
                except StopIteration as end:
                    return end.value if isinstance(end.value, Plan) else Plan()
                yield answer

    def _search(self, asked: str, plan: Plan, search: Search) -> list[ScoredPassage]:
        """Return what the planned searches find, in turns, and more for the question where much can be read."""
        found = [search(words, PASSAGES_A_SEARCH) for words in plan.searches]
        planned = [each for same_rank in zip_longest(*found) for each in same_rank if each]
        wide = search(asked, self._manner.tokens // TOKENS_A_PASSAGE) if self._manner.tokens > TOKENS else ()
        return [*planned, *wide]

    def greet(self) -> Greeting:
        """Return the beginning of what the model writes to a greeting.

        Raises:
            ChatModelError: it cannot be reached or wrote nothing; the message says what failed.
        """
        return greet(self._model, self._manner.seconds)

    def _watch(
        self, messages: Sequence[Message], answer: Answer, material: Material, seconds: float
    ) -> Generator[Answer, None, _Written]:
        """Yield the answer with the claims as they grow; returns the last of them.

        A server that does not structure its reply to the end is asked plainly, for what is left of the time.
        """
        until = perf_counter() + seconds
        plain, *structured = reversed(list(list_ways(self._model, is_structured=self._manner.is_structured)))
        for model in structured:
            with suppress(ChatModelError):
                written = yield from self._follow(model, messages, answer, material, seconds)
                if not written.failure:
                    return written
        return (yield from self._follow(plain, messages, answer, material, max(0.1, until - perf_counter())))

    def _follow(
        self, model: "AskedModel", messages: Sequence[Message], answer: Answer, material: Material, seconds: float
    ) -> Generator[Answer, None, _Written]:
        began, most = perf_counter(), len(material.sentences)
        claims: tuple[Claim, ...] = ()
        prose = failure = ""
        reply = AIMessageChunk(content="")
        try:
            with closing(stream_reply(model, messages, seconds, self._manner.seconds)) as replies:
                for reply in replies:
                    prose = read_reply(reply)
                    claims = read_claims(prose[:MAX_PROSE_CHARACTERS], most)
                    yield cite_material(answer, material, claims) if answer.is_found else _add_notice(answer, READING)
                    if _is_endless(prose, claims, reply):
                        claims = claims[:-1][:MOST_CLAIMS]  # cut off in the middle of a sentence
                        break
            if claims != list_finished(claims) and (reason := explain_end(reply)):
                raise ChatModelError(reason)
        except ChatModelError as error:
            claims, failure = list_finished(claims), str(error)
            if not claims:
                raise
        return _Written(prose, claims, measure_usage(reply, messages, perf_counter() - began), failure)

    def _conclude(self, question: Question, answer: Answer, material: Material, written: _Written) -> Answer:
        cited = cite_material(answer, material, written.claims, list_nearby(material, written.claims))
        checked = self._check(question, cited, cited.claims)
        if any(map(is_supported, checked)):
            if not self._manner.keeps_unsupported:
                checked = tuple(claim for claim in checked if claim.verdict is not Verdict.UNSUPPORTED)
            whole = combine(answer, cited, checked, reader=self._reader, leads=self._manner.leads)
            return _tell(whole, f"{written.failure} {UNTIL_THEN}") if written.failure else whole
        if says_nothing(written.prose) and not written.failure:
            return self._take_back(answer)
        return _add_notice(answer, written.failure or (NOTHING_SUPPORTED if written.claims else NOTHING_WRITTEN))

    def _take_back(self, answer: Answer) -> Answer:
        """Return what becomes of the answer where the model found none.

        It stands if the reader was sure, and as one that may not answer where it was likelier right than not: small
        models overlook what is there.
        """
        if not answer.is_found:
            return answer
        if answer.status is Status.ANSWERED and not self._manner.leads:
            doubted = replace(answer, status=Status.UNSURE, confidence=answer.confidence / 2)
            return _add_notice(answer if answer.trust is Trust.SURE else doubted, NOTHING_FOUND)
        nothing = Answer(
            answer.question, NOT_FOUND, "", (), (), answer.confidence / 2, Status.NOT_FOUND, answer.considered, 0.0
        )
        kept = {name: getattr(answer, name) for name in ("searched_for", "searches", "kind", "usage")}
        return replace(nothing, notice=NOTHING_FOUND, **kept)


def _is_endless(prose: str, claims: Sequence[Claim], reply: AIMessageChunk) -> bool:
    is_long = len(prose) > MAX_PROSE_CHARACTERS or len(claims) > MOST_CLAIMS
    return is_long or len(str(reply.text)) > MAX_THOUGHT_CHARACTERS


def _add_notice(answer: Answer, notice: str) -> Answer:
    return _tell(answer, f"{notice} {INSTEAD}" if answer.quotes else notice)


def _tell(answer: Answer, notice: str) -> Answer:
    return replace(answer, notice=f"{answer.notice} {notice}".strip())


def _add_usage(one: Usage | None, other: Usage) -> Usage:
    if one is None:
        return other
    is_estimated = other.is_estimated or one.is_estimated
    return Usage(one.read + other.read, one.written + other.written, one.seconds + other.seconds, is_estimated)

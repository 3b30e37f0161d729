"""The chatbot: a LangChain `Runnable` from a question to its answer."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, Protocol

from langchain_core.runnables import Runnable, RunnableConfig

from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from embeddings.verdicts import NO_VERDICTS, Verdicts
from rag.answer import Answer, ScoredPassage
from rag.asking.followup import Rewriter
from rag.asking.forms.choice import choose_form
from rag.asking.forms.form import Request, Tools
from rag.asking.kinds import find_kind
from rag.asking.openings import strip_strays
from rag.asking.retrieval import PassageRetriever
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.chat_model import Greeting
from rag.question import EVERYTHING, IMMEDIATE, REPLIES, Question, Scope, Turn

Search = Callable[[str, int | None], Sequence[ScoredPassage]]
"""Finds so many passages for a question, within its scope; as many as usual without a number."""


class ProseWriter(Protocol):
    """Reads on, and writes prose over the quotes of an answer: `rag.prose.writing.Writer` does."""

    def write(self, question: Question, answer: Answer, search: Search) -> Iterator[Answer]:
        """Yield the answer with ever more claims, the last time checked, or with a notice that says what failed.

        `search` finds so many more passages for a question, within its scope; as many as usual without a number.
        """
        ...

    def greet(self) -> Greeting:
        """Return the beginning of what the model writes to a greeting.

        Raises:
            ChatModelError: it cannot be reached or wrote nothing.
        """
        ...


class Chatbot(Runnable[Question, Answer]):
    """Makes a question stand alone, and answers it in the form of its kind, in quotes; with a writer, in prose, too.

    It composes like any runnable, and callbacks see its run with the retriever's and the chat model's inside.

    Example:
        >>> first = chatbot.ask("Who handed over the US reply in Moscow?")
        >>> first.answer_span
        'John Sullivan'
        >>> chatbot.ask("And when?", history=[first.turn])
        >>> chatbot.batch([Question("What did Russia demand?"), Question("Who won the election?")])
        >>> (RunnableLambda(Question) | chatbot).invoke("What did Russia demand?")
    """

    def __init__(
        self,
        retriever: PassageRetriever,
        reader: CalibratedReader,
        compare: Compare,
        rewriter: Rewriter,
        writer: ProseWriter | None = None,
        weights: Weights = STANDARD_WEIGHTS,
        verdicts: Verdicts = NO_VERDICTS,
    ) -> None:
        """Put the parts together.

        Args:
            retriever: finds the passages.
            reader: finds in each where the answer stands.
            compare: says how alike a question and sentences are, for what is quoted and for the confidence.
            rewriter: makes a question stand alone.
            writer: reads the passages, and writes prose; it is not asked where none were found, nor for replies.
            weights: decide what is quoted, and what counts as another side.
            verdicts: say whether a sentence answers yes or no.
        """
        self.writer = writer
        self._tools = Tools(retriever, reader, compare, weights, verdicts)
        self._rewriter = rewriter

    def with_writer(self, writer: ProseWriter, rewriter: Rewriter | None = None) -> "Chatbot":
        """Return a chatbot that finds and reads as this one does, and lets `writer` write and `rewriter` understand."""
        tools = self._tools
        parts = tools.retriever, tools.reader, tools.compare, rewriter or self._rewriter
        return Chatbot(*parts, writer, tools.weights, tools.verdicts)

    @property
    def retriever(self) -> PassageRetriever:
        """What finds the passages."""
        return self._tools.retriever

    @property
    def reader(self) -> CalibratedReader:
        """What reads them."""
        return self._tools.reader

    @property
    def verdicts(self) -> Verdicts:
        """What says yes or no."""
        return self._tools.verdicts

    @property
    def weights(self) -> Weights:
        """What decides an answer and was set by hand."""
        return self._tools.weights

    def ask(self, text: str, *, history: Iterable[Turn] = (), scope: Scope = EVERYTHING) -> Answer:
        """Answer a question.

        Args:
            text: the question as it was typed.
            history: the turns before it, oldest first; an answer's `turn` is one.
            scope: the articles that may answer.

        Returns:
            The answer, whose `text` quotes the articles or says that they do not answer.

        Raises:
            QuestionError: the text is no question, or is too long.
        """
        return self.invoke(Question(text, tuple(history), scope))

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer the question; the answer says how many seconds it took."""
        return self._call_with_config(self._complete, input, config, **kwargs)

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Generator[Answer, None, None]:
        """Yield ever more complete answers; the last is the one that `invoke` returns, and often the only one.

        With a writer, the answer in quotes comes first, then the same with growing `claims`, not checked yet, and last
        the one that is checked, or in quotes with a `notice`. Some may be equal. Closing the iterator stops the writer
        at once.
        """
        yield from self._transform_stream_with_config(iter([input]), self._answer_each, config, **kwargs)

    def _answer_each(self, questions: Iterator[Question]) -> Iterator[Answer]:
        for question in questions:
            yield from self._answer(question)

    def _complete(self, question: Question) -> Answer:
        *_, answer = self._answer(question)
        return answer

    def _answer(self, question: Question) -> Iterator[Answer]:
        started = perf_counter()
        for answer in self._write(question, self._quote(question)):
            yield replace(answer, seconds=perf_counter() - started)

    def _quote(self, question: Question) -> Answer:
        plain = replace(question, text=strip_strays(question.text))
        request = self._understand(plain)
        answer = choose_form(request.kind)(request, self._tools)
        searched_for = request.alone if request.alone != plain.text else ""
        return replace(answer, question=question.text, searched_for=searched_for, kind=request.kind)

    def _understand(self, question: Question) -> Request:
        typed = find_kind(question.text)
        if typed in IMMEDIATE:
            return Request(question, question.text, typed)
        alone = self._rewriter.rewrite(question)
        return Request(question, alone, find_kind(alone))

    def _write(self, question: Question, answer: Answer) -> Iterator[Answer]:
        yield answer
        if self.writer and answer.considered and answer.kind not in REPLIES:
            yield from self.writer.write(question, answer, lambda text, k: self._tools.find(text, question.scope, k))

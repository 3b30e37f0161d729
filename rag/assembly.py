"""Puts the parts together: with the other modules named assembly, it knows settings and concrete classes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from langchain_core.runnables import Runnable

import corpus
from corpus.article import Article
from corpus.loading import Limits, Loaded, load_source
from embeddings.encoder import MINILM, Encoder, SentenceEncoder
from embeddings.minilm import MiniLmEncoder
from embeddings.prepared import PreparedEncoder
from embeddings.reader import CalibratedReader, OnnxReader
from embeddings.remembering import RememberingReader
from embeddings.verdicts import OnnxVerdicts
from rag.answer import Answer
from rag.asking.chat_followup import MOST_SECONDS, ChatRewriter
from rag.asking.chatbot import Chatbot
from rag.asking.followup import Rewriter, RuleRewriter
from rag.asking.retrieval import FusedRetriever, PassageRetriever, VectorRetriever, WordRetriever
from rag.asking.spelling import Speller, SpellingRewriter
from rag.chat_assembly import PrepareQuotes, build_writer, open_model
from rag.library.catalog import Catalog
from rag.library.engines.storage import open_to_read
from rag.library.home import Home
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.question import Question, close_question
from rag.settings import Settings, read_settings
from rag.wire import Record

STARTER_ARTICLES = Path(corpus.__file__).parent / "articles"


@contextmanager
def open_chatbot(home: str | Path | None = None, **settings: Any) -> Iterator[Chatbot]:
    """Open a library and yield the chatbot that answers from it; the library is closed at the end.

    Example:
        >>> with open_chatbot("news", k=20) as chatbot:
        ...     answer = chatbot.ask("What did Russia demand?")
        ...     print(answer.text, answer.status, answer.confidence)

    Args:
        home: folder of the library, which is made if need be. By default the one that is set, or `.dateline`.
        **settings: other fields of `Settings`; they win over the environment and `dateline.toml`.

    Yields:
        The chatbot, with its models loaded. It may be asked from several threads.

    Raises:
        SettingsError: a setting is unknown or impossible, or the chat model cannot be used.
        HomeLockedError: another process has the library open.
        HomeError: the folder cannot be used.
        IndexMismatchError: the library was indexed with another encoder.
        ModelLoadError: the encoder's folder holds no model.
    """
    chosen = read_settings(home=home, **settings)
    with open_library(chosen) as library:
        yield build_chatbot(chosen, library)


def open_library(settings: Settings) -> Library:
    """Open the library in the home folder, which is made if need be.

    Raises:
        HomeLockedError: another process has it open.
        HomeError: the folder cannot be used.
        IndexServerError: the Chroma server does not answer, or is of another version.
        ModelLoadError: the encoder's folder holds no model.
    """
    return Library(
        Home(settings.home, settings.chroma_url),
        build_encoder(settings),
        max_article_characters=settings.max_article_characters,
        database_url=settings.database_url.get_secret_value(),
    )


def build_encoder(settings: Settings) -> Encoder:
    """Return the encoder that comes with the project, or one that runs the user's model by sentence-transformers.

    Raises:
        ModelLoadError: the encoder's folder holds no model.
    """
    return MiniLmEncoder() if settings.encoder == MINILM else SentenceEncoder(settings.encoder)


def open_catalog(settings: Settings) -> Catalog:
    """Open the catalog alone, to read it, also while another process has the library open.

    Raises:
        HomeError: there is no library in the home folder, or no connection to its server.
    """
    return open_to_read(Home(settings.home), settings.database_url.get_secret_value())


def build_retriever(settings: Settings, library: Library) -> FusedRetriever:
    """Return the retriever of an open library: vectors and words, fused.

    Raises:
        IndexMismatchError: the library was indexed with another encoder.
    """
    library.check_encoder()
    catalog, pool = library.catalog, settings.pool
    by_meaning = VectorRetriever(catalog=catalog, k=pool, encoder=library.encoder, vectors=library.vectors)
    by_words = WordRetriever(catalog=catalog, k=pool, words=library.words)
    return FusedRetriever(catalog=catalog, k=settings.k, by_meaning=by_meaning, by_words=by_words, pool=pool)


def build_chatbot(settings: Settings, library: Library) -> Chatbot:
    """Return the chatbot over an open library, with its models loaded, so that no question waits for them.

    Raises:
        IndexMismatchError: the library was indexed with another encoder.
        SettingsError: the chat model cannot be used.
    """
    retriever, reader = build_retriever(settings, library), RememberingReader(OnnxReader())
    verdicts = OnnxVerdicts()
    writer = build_writer(settings, library, reader, verdicts)
    library.encoder.embed_query("ready")
    rewriter = build_rewriter(settings, library, retriever)
    return Chatbot(retriever, reader, library.encoder.compare, rewriter, writer, verdicts=verdicts)


def build_rewriter(settings: Settings, library: Library, retriever: PassageRetriever) -> Rewriter:
    """Return what corrects questions, and completes follow-ups: the chat model of the settings, if any, else the rules.

    Raises:
        SettingsError: the chat model cannot be used.
    """
    rewriter: Rewriter = RuleRewriter(retriever.measure_departure)
    if settings.chat_model:
        most = min(MOST_SECONDS, settings.chat_seconds)
        rewriter = ChatRewriter(open_model(settings), rewriter, seconds=most)
    return _correct_first(library, rewriter)


def _correct_first(library: Library, rewriter: Rewriter) -> Rewriter:
    return SpellingRewriter(Speller(library.words), rewriter)


def loading_limits(settings: Settings) -> Limits:
    """Return how much is taken in of files and pages."""
    return Limits(
        download_bytes=round(settings.download_megabytes * 1_000_000), download_seconds=settings.download_seconds
    )


def build_batch_chatbot(
    settings: Settings, library: Library, questions: Sequence[str], reader: CalibratedReader | None = None
) -> Chatbot:
    """Return a chatbot for many questions that are known ahead, asked from as many threads as there are cores.

    It answers in quotes: what is measured does not depend on a chat model, and a run asks none. The questions are
    encoded together, now. It reads with `reader`, or with one of its own.

    Raises:
        IndexMismatchError: the library was indexed with another encoder.
    """
    retriever = build_retriever(settings, library)
    encoder = PreparedEncoder(library.encoder, list(map(close_question, questions)))
    by_meaning = retriever.by_meaning.model_copy(update={"encoder": encoder})
    retriever = retriever.model_copy(update={"by_meaning": by_meaning})
    rewriter = _correct_first(library, RuleRewriter(retriever.measure_departure))
    return Chatbot(retriever, reader or OnnxReader(), encoder.compare, rewriter, verdicts=OnnxVerdicts())


def describe_setup(settings: Settings, library: Library, chatbot: Chatbot) -> Record:
    """Return the settings and models that answers depend on, as JSON."""
    apart = {"home", "host", "port", "encoder"}  # where things are: the encoder is named among the models
    apart |= {"auth", "hostnames", "requests_per_minute", "upload_megabytes"}  # who may ask changes no answer
    apart |= {"root_path", "log", "chroma_url", "database_url"}
    chat = {name for name in Settings.model_fields if name.startswith("chat_")}  # runs ask no chat model
    return {
        "settings": settings.model_dump(mode="json", exclude=apart | chat),
        "models": {
            "encoder": library.encoder.identity,
            "reader": chatbot.reader.identity,
            "verdicts": chatbot.verdicts.identity,
            "calibration": asdict(chatbot.reader.calibration),
            "weights": asdict(chatbot.weights),
        },
        "precision": library.encoder.precision,
    }


def prepare_batches(settings: Settings, library: Library, reader: CalibratedReader | None = None) -> PrepareQuotes:
    """Return what makes a chatbot for many questions, and says what its answers depend on.

    It reads everything anew, so that the seconds of a run are not those of remembering.
    """
    fresh = reader.reader if isinstance(reader, RememberingReader) else reader

    def prepare(questions: Sequence[str]) -> tuple[Chatbot, Record]:
        chatbot = build_batch_chatbot(settings, library, questions, fresh)
        return chatbot, describe_setup(settings, library, chatbot)

    return prepare


def build_endpoints(
    settings: Settings, library: Library, chatbot: Chatbot, answering: Runnable[Question, Answer] | None = None
) -> Endpoints:
    """Return what programs can ask for of an open library; their questions go to `answering`, or to the chatbot."""
    prepare = prepare_batches(settings, library, chatbot.reader)
    return Endpoints(answering or chatbot, build_retriever(settings, library), library, prepare, settings.home / "runs")


def load_starter_articles() -> Iterator[Article]:
    """Yield the articles that come with the project."""
    return (item.article for item in load_source(str(STARTER_ARTICLES)) if isinstance(item, Loaded))


def list_starter_articles(catalog: Catalog) -> frozenset[str]:
    """Return the ids of the live articles that came with the project; in its first versions they had other ids."""
    return catalog.list_ids() & _list_starter_ids()


@cache
def _list_starter_ids() -> frozenset[str]:
    return frozenset(id for article in load_starter_articles() for id in (article.id, article.content_hash))

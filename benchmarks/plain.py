"""The plain LangChain pipeline that ingestion is compared with, as its parts' documentation shows it."""

from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

from corpus.article import Article
from embeddings.encoder import MINILM

CHUNK_CHARACTERS = 1_000
"""Of a passage, at most: on average they come out shorter than the product's."""


class PlainEmbeddings(Embeddings):
    """sentence-transformers as LangChain's own class uses it: fp32, batches of 32."""

    def __init__(self) -> None:
        """Load the model."""
        self._model = SentenceTransformer(str(MINILM), device="cpu", local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        vectors: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self.embed_documents([text])[0]


class PlainPipeline:
    """Split, embed, store."""

    def __init__(self, folder: Path) -> None:
        """Store in a folder."""
        self._splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK_CHARACTERS, chunk_overlap=0)
        self._store = Chroma("plain", PlainEmbeddings(), persist_directory=str(folder))

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles, so that they can be searched."""
        documents = [Document(article.text, metadata={"title": article.title}) for article in articles]
        self._store.add_documents(self._splitter.split_documents(documents))

    def split(self, article: Article) -> list[str]:
        """Return the article's passages."""
        return self._splitter.split_text(article.text)

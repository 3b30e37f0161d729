"""A chatbot that is made in no time."""

import pytest

from corpus.article import Article
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot
from rag.library.library import Library
from rag.settings import Settings


@pytest.fixture
def quick(library: Library) -> Chatbot:
    """A chatbot with the fake encoder over three small articles."""
    texts = {
        "Maui": "The fire destroyed 2,200 buildings.",
        "Rates": "The bank raised its key rate to 2 percent.",
        "Geneva": "Russia and NATO held talks.",
    }
    library.add(Article(id=title, title=title, text=text) for title, text in texts.items())
    return build_chatbot(Settings(), library)

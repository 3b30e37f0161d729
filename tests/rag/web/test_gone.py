"""Clicks that reach the server when what they are about is no longer there."""

import gradio as gr

from rag.asking.chatbot import Chatbot
from rag.library.library import Library
from rag.question import Question
from rag.web.chat.exchange import Exchange
from rag.web.chat.page import ChatPage
from rag.web.chat.session import Visit

REPLY = "Who handed over the US reply in Moscow?"


def test_what_is_asked_of_an_exchange_that_is_gone_changes_nothing(chatbot: Chatbot, starter_library: Library) -> None:
    chat, visit = ChatPage(chatbot, starter_library), Visit()
    visit.open("talk", (Exchange(REPLY, chatbot.invoke(Question(REPLY))),))
    before, gone = visit.conversation, gr.EventData(None, {"exchange": 1, "verdict": "right"})
    for (shown, *others), *rest in (chat.ask_again(visit, gone), chat.ask_everywhere(visit, gone)):
        assert "John Sullivan" in shown  # Gradio empties what a handler yields nothing for
        assert (others, rest) == ([gr.skip()] * len(others), [])
    assert "John Sullivan" in chat.judge(visit, gone)
    assert visit.conversation == before

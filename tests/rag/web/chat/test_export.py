"""What is copied: every quote with its number, every number with its source, and text that stays text."""

from dataclasses import replace

from rag.answer import Status
from rag.web.chat.exchange import Exchange
from rag.web.chat.export import write_conversation, write_markdown, write_plain
from tests.rag.web.samples import CLAIMS, TEXT, make_answer


def test_plain_text() -> None:
    assert write_plain(Exchange("What was demanded?", make_answer())) == (
        "What was demanded?\n\n“It demanded a halt to expansion.” [1]\n\n"
        "[1] Our paper, 17 December 2021, Draft treaties"
    )


def test_markdown_with_the_claims_that_have_support() -> None:
    answer = replace(make_answer(), claims=CLAIMS[:2])
    assert write_markdown(Exchange("What was demanded?", answer)) == (
        "**What was demanded?**\n\nMoscow wanted a halt. [1] (Written by the chat model.)\n\n"
        "> It demanded a halt to expansion. [1]\n\n"
        "[1] Our paper, 17 December 2021, Draft treaties"
    )


def test_what_articles_and_visitors_wrote_is_no_markup() -> None:
    text = TEXT.replace("a halt to expansion.", "[a](b) <b>*c*</b> #d")
    answer = make_answer(text, title="A | B\n# C")
    assert write_markdown(Exchange("# _Why_?", answer)) == (
        "**\\# \\_Why\\_?**\n\n> It demanded \\[a\\](b) \\<b\\>\\*c\\*\\</b\\> \\#d [1]\n\n"
        "[1] Our paper, 17 December 2021, A \\| B \\# C"
    )


def test_a_conversation_has_what_was_not_answered_too() -> None:
    exchanges = (
        Exchange("Who won?", make_answer(status=Status.NOT_FOUND)),
        Exchange("?", problem="write more"),
        Exchange("Why?", is_stopped=True),
    )
    assert write_conversation("Two questions", exchanges) == (
        "# Two questions\n\n## Who won?\n\nNot in these articles.\n\n## ?\n\nwrite more\n\n## Why?\n\nNot answered.\n"
    )

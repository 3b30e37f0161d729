"""What the cleaning doubts is noted beside the article, so that a person can correct it before it is saved."""

import pytest

from corpus.cleaning.doubts import NO_DATE, NO_TITLE, UNLIKELY_TITLE
from corpus.loading.html import read_page
from corpus.loading.text import read_pasted
from rag.web.articles.drafts import Drafts

STORY = (
    "The ferry left the harbour at six.\n\nIt was full, the captain said.\n\nThe ice was thicker than the ferry's hull."
)
SOURCE = "The Norby Post, 14 March 2024"


@pytest.mark.parametrize(
    ("page", "notes"),
    [
        (f"Ferry sails again\n\n{STORY}", ()),
        (f"Ferry sails again\n{SOURCE}\n\n{STORY}", ()),
        (f"Ferry sails again\nBy Ana Ruiz\n\n{STORY}", (NO_DATE,)),
        (f"Planning office press centre\n{SOURCE}\n\n{STORY}", (UNLIKELY_TITLE,)),
        (f"{SOURCE}\n\n{STORY}", (NO_TITLE,)),
    ],
)
def test_doubts_of_pasted_text(page: str, notes: tuple[str, ...]) -> None:
    assert read_pasted(page).notes == notes


def test_doubts_of_a_web_page_are_shown_on_its_draft() -> None:
    body = "".join(f"<p>{line}</p>" for line in STORY.split("\n\n"))
    drafts = Drafts()
    drafts.take_in([read_page("page", f"<html><body><article><h1>Ferry sails again</h1>{body}".encode())])
    assert [draft.notes for draft in drafts.unsaved] == [(NO_DATE,)]

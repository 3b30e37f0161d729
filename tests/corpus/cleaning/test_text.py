"""Cleaning: what goes from a page's text, what stays word for word, and what is found in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.cleaning import Cleaned, clean_text

PAGE = """Skip to content
Home
Sport
The Sund Gazette

Ferry to Holm sails again

Ana Ruiz | Bo Lund
03/14/2024
March 14, 2024
Updated: 16 March 2024

The first boat left at six. It was full.

https://sund.example/x

Cars wait at the quay on Thursday
Image: Petra Nowak/AFP

Advertisement

Why it stopped

"The ice was thicker than the hull of any boat we had," Captain Dahl said.

“The ice was thicker than the hull of any boat we had”

• 212 passengers
• no dogs

Read more: Ice closes the Sund

ko/rt (AFP, Reuters)

Related topics
Ferries
Most viewed
Bear seen on tram
© 2024 The Sund Gazette. All rights reserved.
"""


def test_a_page_as_it_is_copied_from_a_browser() -> None:
    assert clean_text(PAGE) == Cleaned(
        title="Ferry to Holm sails again",
        text=(
            "The first boat left at six. It was full.\n\nWhy it stopped\n\n"
            '"The ice was thicker than the hull of any boat we had," Captain Dahl said.\n\n• 212 passengers\n• no dogs'
        ),
        author="Ana Ruiz, Bo Lund",
        outlet="The Sund Gazette",
        published=date(2024, 3, 14),
        credits="ko/rt (AFP, Reuters)",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell by 4% on Monday.",
        "Share this with your neighbours, the mayor said.",
        "Advertisement spending rose in May.",
        "Related companies were not charged.",
        "Comments were not allowed.",
        "We use cookies to lure the dogs out, the ranger said.",
        "This story appeared in a hundred newspapers.",
        "Photographs by the suspect were found in the car.",
        "Sign up for the draft ended on Friday.",
        "Search continues.",
        "Copyright law was changed in 2019.",
        "By March 14, 2024 the dam had filled.",
        "Updated figures are due on 3 May 2024.",
        "All rights reserved for the crown were given up in 1911.",
        "No spam was found in the tins.",
        "Image: that is what the trial was about.",
        "See also: the law of 1911.",
        "He called the paper (AFP).",
        "Skip to the part with the bear.",
        "More than 40 people were hurt.",
        "Got a story? That is how he greeted everyone.",
        "Already a member? The club wants your money.",
        "This interview has been edited by the ministry, she said.",
        "Start your free trial today, the shop said, and 11,000 people fell for it.",
    ],
)
@pytest.mark.parametrize("ground", ["The bridge fell.\n\n{}\n\nNobody was hurt.", "The bridge fell.\n\n{}"])
def test_a_sentence_stays(sentence: str, ground: str) -> None:
    text = ground.format(sentence)
    assert clean_text(text) == Cleaned(text)


@pytest.mark.parametrize(
    "line",
    [
        "Yes.", "Were you afraid?", "A narrow vote", "Rovers 2-3 Ostrava", "1. The ice", "840 kg", "18:42", "4:14 p.m.",
        "Across the border", "Updated rules for banks", "More in store", "Share of the vote", "Summary", "Home",
        "Higher rates\nFewer loans", "1. Higher rates\n2. Fewer loans", "Skip to the part with the bear", "Live music",
        "https://sund.example/x", "Follow the money", "Comments from the bench", "Watch and wait", "Search",
    ],
)  # fmt: skip
def test_a_line_between_sentences_stays_if_nothing_speaks_against_it(line: str) -> None:
    text = f"The bridge fell.\n\n{line}\n\nNobody was hurt."
    assert clean_text(text) == Cleaned(text)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "ADVERTISEMENT", "Share on Facebook", "1.2k shares", "View comments", "5 min read", "Sign in",
        "Read more: Bridge closed", "The bridge on Monday. Photo: Ana Ruiz/AP", "The bridge in May. © Ana Ruiz",
        "Do you have a tip? Write to us.", "All rights reserved.", "Sign up to our newsletter today.", "Getty Images",
        "We use cookies to improve your experience.", "Follow us on Instagram", "READ ALSO Bridge closed",
        "MORE: U.S. bridges are closed", "Related: Ferry sails again", "1. Skip to content", "Image 1 of 8",
        "Click to share on Facebook (Opens in new window)", "This story has been shared 1,950 times.",
        "The bridge last summerImage: Ana Ruiz/AP", "Image copyright Ana Ruiz", "Leia também: Ponte fechada",
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes(line: str) -> None:
    assert clean_text(f"The bridge fell.\n\n{line}\n\nNobody was hurt.") == Cleaned(
        "The bridge fell.\n\nNobody was hurt."
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("14 March 2024", date(2024, 3, 14)),
        ("Published 14th March 2024, 09:14", date(2024, 3, 14)),
        ("Mar. 14, 2024 6:02 a.m. CT", date(2024, 3, 14)),
        ("THURSDAY MARCH 14 2024", date(2024, 3, 14)),
        ("2024-03-14", date(2024, 3, 14)),
        ("14.03.2024", date(2024, 3, 14)),
        ("03.04.2024", date(2024, 4, 3)),
        ("03/14/2024", date(2024, 3, 14)),
        ("14/03/2024", date(2024, 3, 14)),
        ("Publié le 14 août 2023", date(2023, 8, 14)),
        ("14. Dezember 2023", date(2023, 12, 14)),
        ("Published: 14 March 2024 | Updated: 16 March 2024", date(2024, 3, 14)),
        ("Last modified on 16 March 2024", date(2024, 3, 16)),
        ("03/04/2024", None),
        ("31 February 2024", None),
        ("14 Mark 2024 x", None),
        ("Updated 0339 GMT (1139 HKT) March 14, 2024", date(2024, 3, 14)),
        ("PUBLISHED THU, MAR 14 20244:29 AM ESTUPDATED AN HOUR AGO", date(2024, 3, 14)),
        ("sexta-feira, 22 de março de 2024 às 20:13", date(2024, 3, 22)),
        ("2024年3月14日", date(2024, 3, 14)),
        ("3/14/24 11:04 PM", date(2024, 3, 14)),
        ("Updated on: March 14, 2024 / First published on March 12, 2024", date(2024, 3, 12)),
        ("14 Foo 2024", None),
    ],
)
def test_dates(line: str, day: date | None) -> None:
    assert clean_text(f"Ferry to Holm sails again\n\n{line}\n\nThe first boat left.").published == day


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("by: Ana Ruiz", "Ana Ruiz"),
        ("By Ana Ruiz and Bo Lund, Chief Reporter", "Ana Ruiz, Bo Lund"),
        ("Von Jürgen Großkopf", "Jürgen Großkopf"),
        ("Bríd Ní Chonaill", "Bríd Ní Chonaill"),
        ("Ana Ruiz in Antofagasta", "Ana Ruiz"),
        ("Dr. Ana van der Berg", "Dr. Ana van der Berg"),
        ("By Ana Ruiz Nov 19, 2019, 10:28am EST", "Ana Ruiz"),
        ("By Ana Ruiz@anaruiz Nov 18", "Ana Ruiz"),
        ("By Ana RuizStaff Writer", "Ana Ruiz"),
        ("By ANA RUIZ - 11/18/19 11:04 PM", "Ana Ruiz"),
        ("Posted by Ana Ruiz on May 3", "Ana Ruiz"),
        ("11/19/2019 by Ana Ruiz", "Ana Ruiz"),
        ("May 3, 2018 | BY: Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz - Nov 19, 2019, 10:31 pm", "Ana Ruiz"),
        ("Ana RuizFriday 5:11PM", "Ana Ruiz"),
        ("By Reuters", "Reuters"),
        ("Local News", ""),
        ("By the sea", ""),
    ],
)
def test_authors(line: str, author: str) -> None:
    assert clean_text(f"Ferry to Holm sails again\n\n{line}\n\nThe first boat left.").author == author


def test_readers_comments_go_even_where_they_are_sentences() -> None:
    article = "The bridge fell.\n\nNobody was hurt.\n\nIt was old."
    assert clean_text(f"{article}\n\nComments (2)\n\nI told you so.\n\nReply\n\nYou did not.") == Cleaned(article)


def test_sentences_below_a_box_of_links_stay() -> None:
    page = "The bridge fell.\n\nRelated stories\nBridge closed\nFerry sails\n\nNobody was hurt."
    assert clean_text(page) == Cleaned("The bridge fell.\n\nNobody was hurt.")


def test_wrapped_lines_are_judged_together() -> None:
    page = (
        "Ferry to Holm sails again\n\nThe ferry to Holm will sail four times a day from November\ninstead of six. The\n"
        "last boat leaves at seven, half an hour before the sun has\nset.\n\nAdvertisement\n\nNobody was hurt."
    )
    assert clean_text(page).text == page.removeprefix("Ferry to Holm sails again\n\n").replace("Advertisement\n\n", "")


def test_the_starter_articles_are_clean(starter_articles: dict[str, Article]) -> None:
    articles = starter_articles.values()
    cleaned = [clean_text(f"{article.title}\n\n{article.text}") for article in articles]
    assert cleaned == [Cleaned(article.text, article.title) for article in articles]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["word ", "a. ", "(Photo: ", "© ", "share | ", "Ana and ", "word\n", "It fell.\n"])
def test_a_long_text_takes_seconds_at_most(piece: str) -> None:
    text = f"The bridge fell.\n\n{piece * 20_000}\n\nNobody was hurt."
    assert clean_text(text).text.endswith("Nobody was hurt.")


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*PAGE.split("\n"), "Comments (2)", "Newsletter", "By Ana Ruiz", "Getty Images", "The end came."]
        ),
        st.text(alphabet="aB. ?!\"'“|©:/1\t#", max_size=40),
        st.text(max_size=60),
    ),
    max_size=30,
)


@given(LINES)
def test_every_line_that_is_kept_stands_in_the_page_in_order(lines: list[str]) -> None:
    page = "\n".join(lines)
    there = iter(page.split("\n"))
    kept = [line for line in clean_text(page).text.split("\n") if line.strip()]
    assert [line for line in kept if not any(line.strip() == other.strip() for other in there)] == []


@given(LINES)
def test_cleaning_again_changes_nothing(lines: list[str]) -> None:
    cleaned = clean_text("\n".join(lines))
    if cleaned.text.strip():
        assert clean_text(cleaned.text, cleaned.title or "Another title").text == cleaned.text

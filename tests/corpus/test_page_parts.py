"""Web pages whose article stands in several containers, beside other stories, or is made of links."""

from collections.abc import Callable

import pytest

from corpus.loading.html import read_page

TITLE = "Ferry to Holm sails again"
BODY = [
    "<p>The ferry to Holm left the harbour at six on Thursday morning for the first time in eleven days.</p>",
    "<p>The ice had kept the boats in port since the storm of the second of March, the harbour office said.</p>",
    "<h2>Who waited</h2>",
    "<p>Two hundred passengers stood on the quay with their cars, and some of them had been there since Monday.</p>",
    "<p>“The ice was thicker than the hull of the boat,” the captain said, and he had tried it twice in that week.</p>",
    "<p>The next boat leaves at noon, and it is full, but there is room for bicycles and for dogs on a leash.</p>",
    "<p>For the island's only bakery it is the first flour of the month, its owner told the harbour radio.</p>",
]
TEXT = [block.partition(">")[2].rpartition("</")[0] for block in BODY]
HEAD = f'<h1>{TITLE}</h1><p class="byline">By Ana Ruiz</p><time datetime="2024-03-14">14 March 2024</time>'
TEASER = "The council met until midnight and then voted with one voice for the wall, its mayor said on Tuesday."
RELATED = "".join(
    f'<div class="c"><h3><a href="/{i}">Council votes for wall {i}</a></h3><p>{TEASER}</p></div>' for i in range(4)
)
AD = '<div class="ad"><span>Advertisement</span></div>'


def read(main: str) -> list[str]:
    """Return the lines of the article in a page with this main part."""
    page = f"""<html lang="en"><head><title>{TITLE} | Norby Post</title><link rel="canonical" href="https://norby.example/1">
    </head><body><nav><a href="/">Home</a><a href="/s">Sport</a></nav><main>{main}</main>
    <footer><p>© 2024 Norby Holdings. All rights reserved.</p></footer></body></html>"""
    return [line for line in read_page("page", page.encode()).article.text.split("\n") if line]


def wrap(tag: str, name: str, blocks: list[str]) -> str:
    return f'<{tag} class="{name}">{"".join(blocks)}</{tag}>'


@pytest.mark.parametrize(
    "write",
    [
        lambda: HEAD + wrap("div", "body", BODY),
        lambda: HEAD + wrap("div", "article-body", BODY[:3]) + AD + wrap("div", "article-body", BODY[3:]),
        lambda: HEAD + AD.join(wrap("section", f"part-{i}", BODY[i : i + 3]) for i in (0, 3, 6)),
        lambda: (
            wrap("article", "main", [HEAD, wrap("div", "body", BODY[:3])]) + AD + wrap("div", "continued", BODY[3:])
        ),
        lambda: wrap(
            "div", "grid", [HEAD, *(wrap("div", "row", [wrap("div", "entry-content", [block])]) for block in BODY)]
        ),
        lambda: wrap("div", "story", [wrap("div", "head", [HEAD, BODY[0]]), wrap("div", "rest", BODY[1:])]),
    ],
    ids=["one", "same class", "sections", "behind the article", "grid", "first apart"],
)
@pytest.mark.parametrize("after", ["", wrap("div", "more", [RELATED]), wrap("aside", "x", [f"<p>{TEASER}</p>" * 3])])
def test_the_parts_of_an_article_are_joined(write: Callable[[], str], after: str) -> None:
    assert read(write() + after) == TEXT


LONG = [f"<p>{TEASER}</p>"] * 4


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        ("div", wrap("div", "x", [RELATED])),
        ("div", "".join(f'<a href="/{i}"><h3>Council votes</h3><p>{TEASER}</p></a>' for i in range(4))),
        ("div", wrap("div", "story", [HEAD.replace(TITLE, "A bear is seen on a tram"), *LONG])),
        ("article", wrap("article", "story", ["<h2>A bear is seen on a tram</h2>", *LONG])),
    ],
    ids=["cards", "cards that are links", "next story", "next article"],
)
def test_other_stories_are_no_part_of_it(tag: str, other: str) -> None:
    assert read(wrap(tag, "story", [HEAD, *BODY]) + other) == TEXT


def test_an_article_of_links_and_of_lines_that_repeat() -> None:
    kitchens = "".join(f'<li><a href="/kitchen/{i}">Kitchen number {i} in the old town</a></li>' for i in range(6))
    days = "".join(f"<h2>Day {i}</h2><ul><li>Drink a glass of warm water.</li><li>Soup {i}</li></ul>" for i in range(4))
    lines = read(
        f"<article>{HEAD}{''.join(BODY[:2])}<p>These kitchens are open:</p><ul>{kitchens}</ul>{BODY[3]}{days}{BODY[4]}"
    )
    wanted = [
        *TEXT[:2], "These kitchens are open:", *(f"- Kitchen number {i} in the old town" for i in range(6)), TEXT[3],
        *(line for i in range(4) for line in (f"Day {i}", "- Drink a glass of warm water.", f"- Soup {i}")), TEXT[4],
    ]  # fmt: skip
    assert lines == wanted


STORIES = {
    "de": ("Fähre nach Holm fährt wieder", "Die Fähre nach Holm hat am Donnerstag um sechs Uhr den Hafen verlassen.",
           "Das Eis hatte die Boote seit dem Sturm vom zweiten März im Hafen gehalten, sagte das Amt."),
    "pt": ("Balsa para Holm volta a navegar", "A balsa para Holm partiu do porto às seis da manhã de quinta-feira.",
           "O gelo tinha mantido os barcos no porto desde a tempestade de março, disse o capitão."),
    "ja": ("ホルム行きのフェリー、運航を再開", "ホルム行きのフェリーは木曜日の午前六時、十一日ぶりに港を出た。",
           "港湾局によると、三月二日の嵐のあと、船は氷のために港から動けなかった。"),
    "ru": ("Паром на Хольм снова ходит", "Паром на остров Хольм в четверг в шесть часов утра вышел из гавани.",
           "Лёд удерживал суда в порту со времени мартовского шторма, сообщили в управлении порта."),
    "ar": ("عبارة هولم تبحر من جديد", "غادرت العبارة المتجهة إلى جزيرة هولم الميناء في السادسة من صباح الخميس.",
           "وقال مكتب الميناء إن الجليد أبقى القوارب في الميناء منذ عاصفة الثاني من مارس."),
}  # fmt: skip


@pytest.mark.parametrize("language", STORIES)
def test_pages_in_other_languages(language: str) -> None:
    title, *sentences = STORIES[language]
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    main = f'<div><h1>{title}</h1><div class="t">{body}</div></div>'
    page = f'<html lang="{language}"><body><nav><a href="/">1</a></nav>{main}'
    article = read_page("page", page.encode()).article
    assert (article.title, article.text.split("\n\n")) == (title, sentences)

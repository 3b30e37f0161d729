"""The page that this project began with, in our own words: a broadcaster's, copied whole out of a browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from corpus.cleaning import Cleaned, clean_text

TITLE = "US, NATO respond to Russia's security demands"
LEAD = "The replies were handed over in Moscow and Brussels. Their texts stay secret, but the door stays open."
BODY = f"""{LEAD}

The United States on Wednesday gave Russia a written reply to the demands that it had made in December.

"The ball is in their court," a diplomat said. He added that nobody expected a quick answer.

NATO sent a paper of its own, its secretary general told reporters.

What do the replies say?

The ambassador brought the American paper to the foreign ministry himself. It lists the concerns of both sides and
names fields in which they might agree, among them the control of arms and more openness about manoeuvres.

Russia had asked for a promise that Ukraine would never join. That will not be given, the diplomat said.

How did Moscow react?

A deputy minister said that the papers would be studied. He did not say for how long.

Kyiv had seen the text before, its foreign minister wrote, and had no objection to it.""".replace(
    "both sides and\n", "both sides and "
)

MENU = (
    "Latest videos|Latest audio|Live TV|In focus|Omicron|Beijing 2022|Conflicts|Regions|Africa|Asia|Europe|Germany"
    "|Topics|Climate|Equality|Health|Press Freedom|Technology|Categories|Business|Science|Environment|Culture"
    "|Sports|Live TV|Media Center|Podcasts|Learn German"
)
GERMAN = (
    "Zum Inhalt springen|Zur Hauptnavigation springen|Zu weiteren Angeboten der DW springen|Aktuelle Videos|Live-TV"
    "|Im Fokus|Konflikte|Regionen|Afrika|Asien|Europa|Lateinamerika|Nahost|Deutschland|Themen|Klima|Gesundheit"
    "|Technologie|Wirtschaft|Wissenschaft|Umwelt|Kultur|Sport|Mediathek|Deutsch lernen"
)
SPANISH = (
    "Ir al contenido|Ir al menú principal|Ir a más sitios de DW|Últimos videos|En vivo|Destacados|Conflictos|Regiones"
    "|África|Asia|Europa|América Latina|Alemania|Temas|Clima|Salud|Derechos humanos|Tecnología|Economía|Ciencia"
)
SKIP = "Skip to content|Skip to main menu|Skip to more DW sites"
TAIL = """Skip next section Explore more
Explore more
The week in which the letters came
Letters between capitals have a long history. This week added two of them.
Politics01/25/202201:35 min
Show more
Skip next section Related topics
Related topics
NATO
Russian Federation
Skip next section About DW
About DW
Who we are
Press
Service
Newsletters
Contact
© 2022 Deutsche Welle
Privacy Policy
Accessibility Statement
Legal notice
Imprint"""


FOUND = Cleaned(BODY, TITLE, outlet="DW", published=date(2022, 1, 26), credits="fb/msh (AFP, AP, Reuters)")


def write_page(menu: str, head: str, mark: Callable[[int, str], str] = lambda number, line: line) -> str:
    """Return the page with each line of its menu marked, and the details in the head's order."""
    lines = "\n".join(mark(number, line) for number, line in enumerate(menu.split("|"), 1))
    lead, _, rest = BODY.partition("\n\n")
    picture = "Talks between the two sides have gone on for weeksImage: Ana Ruiz/AP/picture alliance"
    body = f"{picture}\nAdvertisement\n{rest}\n\nfb/msh (AFP, AP, Reuters)"
    return f"{lines}\n{head}\n{lead}\nhttps://p.dw.com/p/0Xy1Z\n{body}\n{TAIL}"


HEADS = {
    "date below": f"Conflicts\n{TITLE}\n01/26/2022January 26, 2022",
    "date above": f"Conflicts\n01/26/2022\n{TITLE}",
    "in words": f"ConflictsRussian Federation\n{TITLE}\nJanuary 26, 2022",
    "by the day": f"{TITLE}\n26.01.2022\nConflicts",
}
MARKS: dict[str, Callable[[int, str], str]] = {
    "none": lambda number, line: line,
    "numbers": lambda number, line: f"{number}. {line}",
    "stars": lambda number, line: f"  * {line}",
    "bullets": lambda number, line: f"• {line}",
    "dashes": lambda number, line: f"- {line}",
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("menu", [f"{SKIP}|{MENU}", SKIP, GERMAN, SPANISH], ids=["long", "short", "German", "Spanish"])
def test_the_page_that_began_it(menu: str, head: str, mark: Callable[[int, str], str]) -> None:
    assert clean_text(write_page(menu, head, mark)) == FOUND


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.partition("Skip next section")[0],
        lambda page: page.replace("\n", "\n\n"),
        lambda page: page.replace("weeksImage:", "weeks\nImage:"),
        lambda page: f"We use cookies to improve our service for you.\nMore info OK\n{page}",
        lambda page: page.replace(
            "2022January 26, 2022", "2022January 26, 2022\nShare\nCopy link\nFacebook Messenger\nTwitter"
        ),
        lambda page: page.replace("01/26/2022January 26, 2022\n", "").replace(
            "Skip next", "Date 26.01.2022\nSkip next", 1
        ),
    ],
    ids=["cut", "blank lines", "credit below", "consent", "sharing", "date below the text"],
)
def test_other_ways_to_copy_it(change: Callable[[str], str]) -> None:
    page = change(write_page(f"{SKIP}|{MENU}", HEADS["date below"]))
    cleaned = clean_text(page)
    assert replace(cleaned, text=" ".join(cleaned.text.split())) == replace(FOUND, text=" ".join(BODY.split()))

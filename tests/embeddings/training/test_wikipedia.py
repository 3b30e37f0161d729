"""The reader of MediaWiki exports, on one written here."""

import bz2
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from embeddings.training.squad import ENCYCLOPEDIA, Paragraph
from embeddings.training.wikipedia import load_dump

PROSE = (
    "The '''Harbour Bridge''' ({{lang|de|Hafenbrücke}}) opened in 1932.<ref name=a>A book</ref> It is "
    "{{convert|503|m|ft}} long and [[steel|made of steel]], cost four million pounds{{citation needed}} and was built "
    "in eight years by [[worker]]s who came from every part of the country; sixteen of them died. [[File:Bridge.jpg|A "
    "[[bridge]]]] Its keeper counts the trains, the trams and the people on foot, of whom there are more each year ."
)
PLAIN = (
    "The Harbour Bridge (Hafenbrücke) opened in 1932. It is 503 m long and made of steel, cost four million pounds and "
    "was built in eight years by workers who came from every part of the country; sixteen of them died. Its keeper "
    "counts the trains, the trams and the people on foot, of whom there are more each year."
)
PAGES = {
    "Harbour Bridge": f"{{{{Infobox|length=503}}}}\n== History ==\n{PROSE}\n{{| class=x\n| {PROSE}\n|}}\nIt opened.",
    "Old bridge": "#REDIRECT [[Harbour Bridge]]",
    "List of bridges": PROSE,
    "Bridge (disambiguation)": PROSE,
    "Talk:Harbour Bridge": PROSE,
    "Kept for measuring": PROSE,
    "Copy": PROSE.replace("1932", "1933"),
}


def write_dump(folder: Path) -> Path:
    pages = "".join(
        f"<page><title>{title}</title><revision><text>{escape(markup)}</text></revision></page>"
        for title, markup in PAGES.items()
    )
    path = folder / "pages-articles.xml.bz2"
    path.write_bytes(bz2.compress(f'<mediawiki xmlns="http://www.mediawiki.org/xml/">{pages}</mediawiki>'.encode()))
    return path


def test_prose_of_articles_is_read_without_its_markup(tmp_path: Path) -> None:
    found = load_dump(write_dump(tmp_path), [("kept for  Measuring", "")])
    assert found == [
        Paragraph(ENCYCLOPEDIA, "Harbour Bridge", "Harbour Bridge", PLAIN),
        Paragraph(ENCYCLOPEDIA, "Copy", "Copy", PLAIN.replace("1932", "1933")),
    ]


def test_what_is_kept_for_measuring_is_left_out_even_under_another_title(tmp_path: Path) -> None:
    dump = write_dump(tmp_path)
    seven = "in 1932. It is 503 m long"
    eight = f"opened {seven}"
    for shared, left in ((seven, ["Harbour Bridge", "Copy"]), (eight, ["Copy"])):
        reserved = [("Kept for measuring", ""), ("Elsewhere", f"She said: “{shared}”; he nodded.")]
        assert [paragraph.title for paragraph in load_dump(dump, reserved)] == left


@pytest.mark.parametrize(
    "content", [b"no archive", b"", bz2.compress(b"<mediawiki><page>"), bz2.compress(b"a" * 99)[:-9]]
)
def test_what_is_no_export_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dump.bz2"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"dump\.bz2 is no MediaWiki export .*pass a pages-articles\.xml\.bz2"):
        load_dump(path, [])

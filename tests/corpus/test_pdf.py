"""PDF files: text in paragraphs, titles, page furniture, and what cannot be read."""

import random
import threading
from importlib.util import find_spec
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from corpus.article import Article
from corpus.loading import Limits, Loaded, load_source
from corpus.loading.recognition import REMEDY
from tests.corpus.files import WriteFile, load_article, load_reason, pack

STYLES = getSampleStyleSheet()
SENTENCE = "The NATO-Russia Council met in Brussels, and its chairman said that significant differences remain."


def typeset(headline: str, paragraphs: list[str], furniture: bool = False, **properties: str) -> bytes:
    """Return a PDF as a word processor makes it, with a header and page numbers if `furniture`."""

    def draw_furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        if furniture:
            canvas.drawString(72, 800, "THE DAILY    26 January 2022")
            canvas.drawCentredString(300, 30, f"Page {template.page}")

    buffer = BytesIO()
    story = [Paragraph(headline, STYLES["Title"]), *(Paragraph(text, STYLES["BodyText"]) for text in paragraphs)]
    SimpleDocTemplate(buffer, **properties).build(story, onFirstPage=draw_furniture, onLaterPages=draw_furniture)
    return buffer.getvalue()


def write_paragraph(length: int) -> str:
    """Return sentences of which no two lines are the same."""
    chance = random.Random(length)
    words = SENTENCE.removesuffix(".").lower().split()
    return " ".join(f"The {' '.join(chance.sample(words, 12))} end." for _ in range(length))


def draw(*pages: list[str], **options: object) -> bytes:
    """Return a PDF of lines of type in one size."""
    canvas = Canvas(buffer := BytesIO(), **options)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_typeset_article(write: WriteFile) -> None:
    paragraphs = [write_paragraph(count) for count in range(1, 30)]
    headline = "Talks end in Brussels without result, and nobody knows when the next will begin"
    content = typeset(headline, paragraphs, furniture=True, title="untitled", author="A. Writer")
    assert content.count(b"/Type /Page\n") > 5
    article = load_article(write("a.pdf", content))
    assert article == Article(title=headline, text="\n\n".join(paragraphs), author="A. Writer")
    assert article.original == content


@pytest.mark.parametrize(
    ("properties", "title"),
    [
        ({"title": "Webb reaches  its orbit"}, "Webb reaches its orbit"),
        ({"title": "Telescope arrives | The Daily"}, "Telescope arrives"),
        ({"title": "Microsoft Word - final draft 3.doc"}, "Telescope arrives"),
        ({"title": "webb-final_v3"}, "Telescope arrives"),
        ({}, "Telescope arrives"),
    ],
)
def test_a_title_from_the_properties_or_the_largest_type(
    write: WriteFile, properties: dict[str, str], title: str
) -> None:
    article = load_article(write("a.pdf", typeset("Telescope arrives", [SENTENCE], **properties)))
    assert article.title == title
    assert article.text == (SENTENCE if title == "Telescope arrives" else f"Telescope arrives\n\n{SENTENCE}")
    assert article.author == ""


def test_a_title_in_the_properties_is_not_repeated(write: WriteFile) -> None:
    content = typeset("WEBB reaches its orbit", [SENTENCE], title="Webb reaches its orbit")
    assert load_article(write("a.pdf", content)) == Article(title="Webb reaches its orbit", text=SENTENCE)


def test_a_title_is_at_worst_the_name_of_the_file(write: WriteFile) -> None:
    content = draw(["The council said that signifi-", "cant differences remain, and Secretary-", "General X left."])
    text = "The council said that significant differences remain, and Secretary-General X left."
    assert load_article(write("talks.pdf", content)) == Article(title="talks", text=text)


def test_the_day_on_which_a_file_was_made_is_not_that_of_publication(write: WriteFile) -> None:
    content = draw(["It burned."])
    assert b"/CreationDate (D:" in content
    assert load_article(write("a.pdf", content)).published is None


def test_letters_of_every_kind(write: WriteFile) -> None:
    content = draw(["The “talks” – in Genève – cost 5 €."])
    assert load_article(write("a.pdf", content)).text == "The “talks” – in Genève – cost 5 €."


def test_a_page_without_text_among_others(write: WriteFile) -> None:
    assert load_article(write("a.pdf", draw([], ["It burned."], []))).text == "It burned."


def test_a_scanned_paper(write: WriteFile) -> None:
    canvas = Canvas(buffer := BytesIO())
    canvas.rect(72, 72, 300, 300, fill=1)
    canvas.save()
    nothing = "holds no text, and no picture with text in it"
    reason = nothing if find_spec("rapidocr") else f"is a picture or a scan; {REMEDY}"
    assert load_reason(write("a.pdf", buffer.getvalue())) == reason


def test_too_many_pages(write: WriteFile) -> None:
    source = write("a.pdf", draw(["One."], ["Two."], ["Three."]))
    assert [item.article.text for item in load_source(source, Limits(pages=3))] == ["One.\n\nTwo.\n\nThree."]
    assert load_reason(source, Limits(pages=2)) == "has 3 pages, and at most 2 are read; split it into smaller files"


def test_passwords(write: WriteFile) -> None:
    locked = draw(["It burned."], encrypt=StandardEncryption("secret", strength=128))
    assert load_reason(write("a.pdf", locked)) == "is locked with a password; save a copy without one"
    only_printing_is_locked = draw(["It burned."], encrypt=StandardEncryption("", "owner", canCopy=0))
    assert load_article(write("b.pdf", only_printing_is_locked)).text == "It burned."


def test_damaged_files_raise_nothing(write: WriteFile) -> None:
    chance = random.Random(4)
    whole = typeset("Talks end", [SENTENCE], title="Talks end in Brussels")
    for _ in range(200):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert len(list(load_source(write("a.pdf", bytes(damaged))))) == 1


def test_several_threads_at_once(write: WriteFile) -> None:
    source = write("a.pdf", typeset("Talks end", [write_paragraph(20), write_paragraph(21)]))
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.extend(load_article(source).text for _ in range(5))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [f"{write_paragraph(20)}\n\n{write_paragraph(21)}"] * 20


def test_a_pdf_in_a_zip(write: WriteFile) -> None:
    source = write("a.zip", pack({"inner/name.pdf": draw(["It burned."])}))
    (item,) = load_source(source)
    assert item == Loaded(f"{source}/inner/name.pdf", Article(title="name", text="It burned."))


COLUMNS = [
    ["The mayor of Vestby opened the re-", "built harbour bridge on Tuesday.", "The work cost four million euros, a",
     "fair price, she said. About 300", "people came to see it opened by the", "river, and it rained all afternoon."],
    ["A ferry ran aground near Holm on", "Friday with 81 passengers aboard.", "Nobody was hurt, a guard said",
     "that night. The captain blamed the", "thick fog that came in at dawn from", "the open sea to the west of Holm."],
    ["Snow fell in the north of Norby on", "Monday, and roads were shut. Buses", "stood still. Schools stayed closed",
     "until noon. That night a plough", "went off the road at the old mill in", "the hills. Nobody there was hurt."],
]  # fmt: skip


def join(columns: list[list[str]]) -> str:
    return " ".join(line for column in columns for line in column).replace("re- ", "re")


def draw_rows(columns: list[list[str]], lefts: list[float], upwards: bool = False) -> bytes:
    """Return a PDF in which each row of the columns is drawn before the next, or all from below."""
    canvas = Canvas(buffer := BytesIO())
    rows = list(enumerate(zip(*columns, strict=True)))
    for number, row in rows[::-1] if upwards else rows:
        for left, line in zip(lefts, row, strict=True):
            canvas.setFontSize(9)
            canvas.drawString(left, 700 - 12 * number, line)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(("lefts", "upwards"), [([60, 320], False), ([60, 230], True), ([40, 215, 390], False)])
def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other(
    write: WriteFile, lefts: list[float], upwards: bool
) -> None:
    columns = COLUMNS[: len(lefts)]
    text = " ".join(load_article(write("a.pdf", draw_rows(columns, lefts, upwards))).text.split())
    assert text == join(columns)


def test_the_rows_of_a_table_stay_rows(write: WriteFile) -> None:
    cells = [["Year", "2019", "2020", "2021", "2022"], ["Cost", "4.2m", "5m", "6m", "7m"]]
    assert "2019 4.2m 2020 5m" in load_article(write("a.pdf", draw_rows(cells, [60, 320]))).text


def test_a_page_that_is_drawn_upwards_is_read_downwards(write: WriteFile) -> None:
    article = load_article(write("a.pdf", draw_rows(COLUMNS[:1], [60], upwards=True)))
    assert article.text == join(COLUMNS[:1])


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_text_that_is_drawn_in_any_direction_is_read_in_order(write: WriteFile, angle: int) -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.translate(300, 400)
    canvas.rotate(angle)
    for number, line in enumerate(
        ["The old ferry pier of Norby is to be", "rebuilt, the council said, in the", "summer."]
    ):
        canvas.drawString(0, -14 * number, line)
    canvas.save()
    article = load_article(write("a.pdf", buffer.getvalue()))
    assert article.text == "The old ferry pier of Norby is to be rebuilt, the council said, in the summer."

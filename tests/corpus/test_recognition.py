"""Scans and pictures of pages: read by OCR where its extra is installed, refused with its name where it is not."""

from importlib.util import find_spec
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.loading import Limits, Loaded, load_source
from corpus.loading.recognition import REMEDY
from corpus.progress import StoppedError, Tally
from tests.corpus.files import WriteFile, load_article, load_reason

needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason=REMEDY)
without_ocr = pytest.mark.skipif(find_spec("rapidocr") is not None, reason="the extra is installed")

HEADLINE = "Harbour reopens after storm"
LINES = (
    "The harbour of Bergen was opened on Monday, after ten days of",
    "waiting, said the mayor, Jorun Ness. There were 42 ships.",
)


def draw_page(headline: str = HEADLINE, lines: tuple[str, ...] = LINES) -> Image.Image:
    page = Image.new("RGB", (1000, 400), "white")
    pen = ImageDraw.Draw(page)
    pen.text((60, 40), headline, font=ImageFont.load_default(44), fill="black")
    for number, line in enumerate(lines):
        pen.text((60, 140 + 42 * number), line, font=ImageFont.load_default(28), fill="black")
    return page


def save(page: Image.Image, kind: str, **options: object) -> bytes:
    page.save(buffer := BytesIO(), kind, **options)
    return buffer.getvalue()


def scan(*pages: Image.Image | str) -> bytes:
    """Return a PDF of pictures, and of pages with a line of text."""
    canvas = Canvas(buffer := BytesIO(), (500, 200))
    for page in pages:
        if isinstance(page, str):
            canvas.drawString(30, 150, page)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, 500, 200)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@needs_ocr
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.webp", "a.pdf"])
def test_a_page_is_read_and_marked(write: WriteFile, name: str) -> None:
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(name[2:], name[2:].upper())
    content = scan(draw_page()) if name == "a.pdf" else save(draw_page(), kind)
    article = load_article(write(name, content))
    assert (article.title, article.text) == (HEADLINE, " ".join(LINES))
    assert (article.is_scanned, article.source.is_scanned, article.original) == (True, True, content)


@needs_ocr
def test_several_pages_are_one_article_and_scanned_pages_join_those_with_text(write: WriteFile) -> None:
    second = draw_page("", ("The last ship left at noon.",))
    pages = save(draw_page(), "TIFF", save_all=True, append_images=[second])
    assert load_article(write("a.tiff", pages)).text == f"{' '.join(LINES)}\n\nThe last ship left at noon."
    mixed = load_article(write("b.pdf", scan("Snow fell on the town.", second)))
    assert mixed.text == "Snow fell on the town.\n\nThe last ship left at noon."
    assert mixed.is_scanned


@needs_ocr
def test_limits_in_pages_dots_and_seconds(write: WriteFile) -> None:
    source = write("a.pdf", scan(draw_page(), draw_page("Other", ("It rained.",))))
    (error,) = load_source(source, Limits(scan_pages=1))
    assert "has 2 pages that are pictures, and of pictures at most 1 are read" in str(error)
    (error,) = load_source(write("b.png", save(draw_page(), "PNG")), Limits(picture_pixels=399_999))
    assert str(error).endswith("has more than 0.4 million dots, and no larger picture is read; make it smaller")
    (loaded,) = load_source(source, Limits(scan_seconds=0.001))
    assert isinstance(loaded, Loaded)
    assert loaded.article.text == " ".join(LINES)
    assert loaded.notes == ("after 0 seconds 1 of 2 pictures of pages were read: the rest is left out",)


@needs_ocr
def test_reading_is_told_of_and_stopped_between_pages(write: WriteFile) -> None:
    class OnePage(Tally):
        def read(self, done: int, total: int, unit: str) -> None:
            if (done, unit) == (1, "scanned page"):
                self.stop()
            super().read(done, total, unit)

    tally = OnePage()
    with pytest.raises(StoppedError):
        list(load_source(write("a.pdf", scan(draw_page(), draw_page())), watch=tally))
    assert tally.detail == "scanned page 1 of 2"


@needs_ocr
def test_a_picture_without_text(write: WriteFile) -> None:
    content = save(Image.new("RGB", (400, 400), "white"), "PNG")
    assert load_reason(write("a.png", content)) == "is a picture in which no text was found"


@without_ocr
def test_without_the_extra_the_message_names_it(write: WriteFile) -> None:
    reason = f"is a picture or a scan; {REMEDY}"
    assert load_reason(write("a.png", save(draw_page(), "PNG"))) == reason
    assert load_reason(write("b.pdf", scan(draw_page()))) == reason
    (mixed,) = load_source(write("c.pdf", scan("It burned all day in the hills.", draw_page())))
    assert isinstance(mixed, Loaded)
    assert (mixed.article.text, mixed.article.is_scanned) == ("It burned all day in the hills.", False)
    assert mixed.notes == ("1 of 2 pages hold only pictures; " + REMEDY,)


def test_what_is_no_picture(write: WriteFile) -> None:
    assert "is no picture, or is damaged" in load_reason(write("a.jpg", b"\xff\xd8 rubbish"))

"""Pictures of pages, such as photographs and scans: one article each, read by OCR."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import LoadError
from corpus.loading.details import make_article
from corpus.loading.layout import drop_running_lines, find_heading, join_lines
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.recognition import REMEDY, Picture, Recognized, recognize

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_SIDE = 3_000
"""Dots along the longer side of a picture that is read: more only take time."""


class PictureLoader(ArticleLoader):
    """Reads a `.png`, `.jpg`, `.tif` or `.webp` file with a page, or several, of printed text."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        with self._open(content) as picture:
            count = getattr(picture, "n_frames", 1)
            found = recognize(self._draw(picture, count), count, self.source, self.limits, self.watch)
        yield read_recognized(self.source, found, self.path.stem, content)

    @contextmanager
    def _open(self, content: bytes) -> Iterator["Image"]:
        try:
            from PIL import Image, UnidentifiedImageError
        except ImportError as error:
            raise LoadError(self.source, f"is a picture; {REMEDY}") from error
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                picture = Image.open(BytesIO(content))
            with picture:
                yield picture
        except LoadError:
            raise
        except Image.DecompressionBombError as error:
            raise self._refuse() from error
        except UnidentifiedImageError as error:  # its message names an object in memory
            raise LoadError(self.source, "is no picture, or is damaged") from error
        except (OSError, SyntaxError, ValueError) as error:
            raise LoadError(self.source, f"is no picture, or is damaged ({error})") from error

    def _draw(self, picture: "Image", count: int) -> Iterator[Picture]:
        from PIL.ImageOps import exif_transpose

        for number in range(count):
            if count > 1:
                picture.seek(number)
            if picture.width * picture.height > self.limits.picture_pixels:
                raise self._refuse()
            page = exif_transpose(picture).convert("RGB")
            page.thumbnail((MOST_SIDE, MOST_SIDE))
            yield np.asarray(page)[:, :, ::-1]

    def _refuse(self) -> LoadError:
        most = f"{self.limits.picture_pixels / 1e6:,.1f} million"
        return LoadError(self.source, f"has more than {most} dots, and no larger picture is read; make it smaller")


def read_recognized(source: str, found: Recognized, name: str, content: bytes) -> Loaded:
    """Return the article on pages that a machine has read, marked so.

    Raises:
        LoadError: no text was found on them.
        ArticleError: what was found is no text.
    """
    if not any(found.pages):
        raise LoadError(source, "is a picture in which no text was found")
    pages = drop_running_lines(found.pages)
    article = make_article(find_heading(next(filter(None, pages), [])), join_lines(pages), name, content)
    return Loaded(source, replace(article, is_scanned=True), tuple(filter(None, [found.note])))

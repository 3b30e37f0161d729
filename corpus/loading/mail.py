"""E-mails, and web pages that a browser saved as one file: both are messages of several parts (MIME)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import cast

from corpus.cleaning.doubts import NO_DATE, NO_TITLE
from corpus.errors import LoadError
from corpus.loading.dates import parse_day
from corpus.loading.decoding import decode_page
from corpus.loading.details import squeeze
from corpus.loading.html import read_page
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.text import read_pasted

MUCH_MORE = 2
"""An e-mail's page is taken if it is more than so many times as long as its plain text, which may only hint at it."""
_FORWARDED = re.compile(r"(?:(?:re|aw|sv|fwd?|wg|tr)(?:\[\d+\])?: *)+", re.IGNORECASE)


class MailLoader(ArticleLoader):
    """Reads an e-mail, `.eml`, such as a newsletter: title and date are its own, and the author is its sender."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        message = parse_message(self.read_bytes(), self.source)
        loaded = self._read_body(message)
        article = loaded.article
        sender = message["from"].addresses[0] if message["from"] and message["from"].addresses else None
        yield replace(loaded, article=replace(
            article,
            id="",
            title=_FORWARDED.sub("", squeeze(message["subject"] or "")) or article.title or self.path.stem,
            author=(sender.display_name or sender.addr_spec) if sender else article.author,
            published=parse_day(message["date"] or "") or article.published,
        ))  # fmt: skip

    def _read_body(self, message: EmailMessage) -> Loaded:
        bodies = [body for kind in ("plain", "html") if (body := message.get_body((kind,)))]
        read = [loaded for body in bodies if (loaded := self._read_part(body))]
        if not read:
            raise LoadError(self.source, "has no text: what is attached to an e-mail is saved and added by itself")
        return next(
            (each for each in read if len(each.article.text) * MUCH_MORE >= len(read[-1].article.text)), read[0]
        )

    def _read_part(self, part: MIMEPart) -> Loaded | None:
        """Return the article in one form of the e-mail; None where that holds none."""
        decoded = decode_page(cast(bytes, part.get_payload(decode=True) or b""), str(part["content-type"]))
        try:
            loaded = read_pasted(_unflow(decoded.text) if _is_flowed(part) else decoded.text, self.source)
        except LoadError:
            return None
        known = (NO_TITLE, NO_DATE)  # the header has both
        return replace(loaded, notes=(*filter(None, [decoded.doubt]), *(n for n in loaded.notes if n not in known)))


def _is_flowed(part: MIMEPart) -> bool:
    return part.get_param("format", "") == "flowed"


def _unflow(text: str) -> str:
    """Return the paragraphs of a text whose lines end with a space where they go on (RFC 3676)."""
    return re.sub(r"(?<!^--) \r?\n(?=\S)", " ", text, flags=re.MULTILINE)


class SavedPageLoader(ArticleLoader):
    """Reads a page that a browser saved with all its parts, `.mhtml` or `.mht`."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        message = parse_message(self.read_bytes(), self.source)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        if page is None:
            raise LoadError(self.source, "holds no web page")
        address = page["content-location"] or message["snapshot-content-location"] or ""
        url = str(address) if str(address).startswith(("http://", "https://")) else ""
        yield read_page(self.source, cast(bytes, page.get_payload(decode=True)), url, str(page["content-type"]))


def parse_message(content: bytes, source: str) -> EmailMessage:
    """Return the message in the bytes of a file.

    Args:
        content: All bytes of the file.
        source: What the file is called in messages.

    Raises:
        LoadError: it does not begin with the header of a message.
    """
    message = message_from_bytes(content, policy=policy.default)
    if not message.keys() or (message.defects and not message["content-type"] and not message["from"]):
        raise LoadError(source, "is no e-mail and no saved page: it does not begin with their header")
    return message

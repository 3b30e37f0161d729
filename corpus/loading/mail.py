"""E-mails, and web pages that a browser saved as one file: both are messages of several parts (MIME)."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from corpus.errors import LoadError
from corpus.loading.dates import parse_day
from corpus.loading.details import squeeze
from corpus.loading.html import read_page
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.text import read_pasted


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
            title=squeeze(message["subject"] or "") or article.title or self.path.stem,
            author=(sender.display_name or sender.addr_spec) if sender else article.author,
            published=parse_day(message["date"] or "") or article.published,
        ))  # fmt: skip

    def _read_body(self, message: EmailMessage) -> Loaded:
        for kind in ("plain", "html"):
            body = message.get_body((kind,))
            text = body.get_content() if body else ""
            if text.strip():
                return read_pasted(text, self.source)
        raise LoadError(self.source, "has no text: what is attached to an e-mail is saved and added by itself")


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

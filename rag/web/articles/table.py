"""Functions of values behind the articles page: they correct and describe articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from corpus.article import SCANNED, Article
from corpus.dateline import find_dateline
from corpus.errors import ArticleError, LoadError
from corpus.passages import describe_length, is_book
from rag.library.records import Details, Outcome, Receipt
from rag.library.upkeep.changing import correct_details
from rag.web.fields import read_single_day

EDITABLE = ("title", "outlet", "author", "published", "url", "topic")
SHARED = ("outlet", "topic", "published")
"""The details that many articles can be given at once."""
SHORT_CHARACTERS = 300
"""A shorter article may be only a teaser, or a page that did not load."""


def correct_article(article: Article, corrections: Mapping[str, str]) -> Article:
    """Return the article with those of these details that are `EDITABLE`. An id made from the contents is made anew.

    A text is corrected as well; a place and an agency that its dateline named are then read anew.

    Args:
        article: The article to correct.
        corrections: Name of a detail -> its new value, as it was typed.

    Raises:
        ArticleError: A date cannot be read, or a value is too long or cannot be kept.
    """
    details: dict[str, object] = {name: corrections[name].strip() for name in EDITABLE if name in corrections}
    if "published" in details:
        details["published"] = _read_date(str(details["published"]))
    return give_details(_correct_text(article, corrections.get("text", article.text)), cast(Details, details))


def give_details(article: Article, details: Details) -> Article:
    """Return the article with these details; an id made from the contents is made anew.

    Raises:
        ArticleError: A value is too long or cannot be kept.
    """
    corrected = correct_details(article, details)
    return replace(corrected, id="") if article.id == article.content_hash else corrected


def read_shared(fields: Mapping[str, str]) -> Details:
    """Return the details that a form gives to many articles: those that are filled in, and those marked as cleared.

    Raises:
        ArticleError: A date cannot be read.
    """
    details: dict[str, object] = {}
    for name in SHARED:
        value = fields.get(name, "").strip()
        if value or f"no-{name}" in fields:
            value = "" if f"no-{name}" in fields else value
            details[name] = _read_date(value) if name == "published" else value
    return cast(Details, details)


def describe_doubts(article: Article, today: date) -> list[str]:
    """Name what the visitor should check before saving the article."""
    doubts = {
        "no title": not article.title,
        "no date": article.published is None,
        "a date in the future": article.published is not None and article.published > today,
        f"{SCANNED}, so letters may be wrong": article.is_scanned,
        f"only {len(article.text):,} characters": len(article.text) < SHORT_CHARACTERS,
        f"as long as a book, {describe_length(article.text)}": is_book(article.text),
    }
    return [doubt for doubt, holds in doubts.items() if holds]


def read_addresses(text: str) -> tuple[list[str], list[LoadError]]:
    """Return the web addresses, one a line, and an error for each other line. A bare domain is taken as https.

    A file name is an error: it would name a file on the server.
    """
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    addresses = {line: line if "://" in line else f"https://{line}" for line in lines}
    wrong = [line for line in lines if not _is_web_address(addresses[line])]
    reason = "is not a web address; write it like https://example.org/news"
    return [addresses[line] for line in lines if line not in wrong], [LoadError(line, reason) for line in wrong]


def summarize_receipts(receipts: Iterable[Receipt]) -> str:
    """Count the outcomes in words: "2 added, 1 already here"."""
    words = {
        Outcome.ADDED: "added",
        Outcome.REPLACED: "updated",
        Outcome.UNCHANGED: "unchanged",
        Outcome.DUPLICATE: "already here",
        Outcome.FAILED: "failed",
    }
    outcomes = [receipt.outcome for receipt in receipts]
    counts = [f"{outcomes.count(outcome):,} {word}" for outcome, word in words.items() if outcome in outcomes]
    return ", ".join(counts).capitalize() or "Nothing to save"


def report_saving(receipts: Sequence[Receipt], left: int | None) -> str:
    """Say what was saved, and how many articles are `left` of a saving that was cancelled; None of one that was not."""
    if left is None:
        return summarize_receipts(receipts)
    kept = f"kept: {summarize_receipts(receipts)}" if receipts else "nothing was saved"
    return f"Cancelled, {kept}; {left:,} not saved" if left else f"Cancelled too late, {kept}"


def describe_large(names: Sequence[str]) -> str:
    """Warn of files or articles that are as long as a book; empty where there are none."""
    if not names:
        return ""
    named = f"{names[0]} is" if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more are"
    return f"{named} large: to read and save so much takes minutes. You can cancel; what is saved by then is kept."


def _correct_text(article: Article, text: str) -> Article:
    if text == article.text:
        return article
    found = find_dateline(article.text)
    is_found = found is not None and (found.place, found.agency) == (article.place, article.agency)
    origin = {"place": "", "agency": ""} if is_found else {}
    id = "" if article.id == article.content_hash else article.id
    return replace(article, text=text, id=id, **origin)  # type: ignore[arg-type]


def _read_date(value: str) -> date | None:
    try:
        return read_single_day(value)
    except ValueError as error:
        raise ArticleError(str(error)) from error


def _is_web_address(address: str) -> bool:
    scheme, _, rest = address.partition("://")
    host = rest.split("/")[0]
    return scheme.lower() in ("http", "https") and "." in host and " " not in address

"""From the bytes of a text file or a page to its letters: what is declared, else what makes sense of them."""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

WESTERN = "cp1252"
"""Of Western texts that are not UTF-8: where it makes sense of the bytes, its many relatives are not considered."""
MAC = "mac_roman"
NULS_OF_UTF_16 = 0.3
"""Of the bytes at even or at odd places: so many are NUL in UTF-16 text of mostly Latin letters."""

_LEAD = 2_000
SHORT = 100
"""Bytes: of a text so short with few letters beyond ASCII nothing but Western encodings is considered."""
SAMPLE_BYTES = 50_000
"""Of the lines with letters beyond ASCII, by which the encoding is found out."""
_STRAY = re.compile(r"[\udc80-\udcff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SENSIBLE = re.compile(r"(?<=\w)[’‘](?=\w)|[“”‘’–—…€]|(?<=[a-z])[à-öø-ÿœß]|\b[À-ÖØ-Þ](?=[a-z])")
_ODD = re.compile(r"(?<=[a-z])[À-ÖØ-ÞŸŒ]|[¡-¿×÷†‡‰ƒ∂∑∏π∫Ωˆ˜◊≈∆√](?=\w)|(?<=\w)[¡-¨ª-®´¶¸-¿ÒÓÔÕ](?=\W)")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what is doubtful about its letters; empty where nothing is."""

    text: str
    doubt: str = ""


def decode(content: bytes, declared: str | None = None) -> Decoded | None:
    """Return the text of a file; None where the bytes are no text.

    One bad byte decides for its line and not for the file: of a text in UTF-8, a line in another encoding is read as
    cp1252.

    Args:
        content: All bytes of the file.
        declared: The encoding that the file says it has, under its Python name.
    """
    mark, bom = read_bom(content)
    encoding = mark or _find_utf_16(content) or "utf-8"
    for known in filter(None, (encoding, declared)):
        try:
            text = content[len(bom or b"") :].decode(known)
        except UnicodeDecodeError:
            continue
        if known == "utf-8" or not _CONTROLS.search(text):
            return Decoded(text)
    if declared in (None, "utf-8") and (mixed := _decode_mixed(content)):
        return mixed
    if declared:
        return Decoded(content.decode(declared, "replace"), f"some bytes are not {declared}, as the file says")
    return _guess(content)


def decode_page(content: bytes, content_type: str = "") -> Decoded:
    """Return the text of a web page, in the encoding that a browser would take.

    That is the one of its byte order mark, of the `Content-Type` header, or of its `meta` element, by the labels of the
    WHATWG, in which ISO-8859-1 stands for cp1252; else it is found out.

    Args:
        content: The page's bytes.
        content_type: The header that it came with, if it was fetched.
    """
    label = http_content_type_encoding(content_type) or html_body_declared_encoding(content)
    declared = resolve_encoding(label) if label else None
    if declared and not _is_utf_8(declared):
        with suppress(UnicodeDecodeError):
            return Decoded(content.decode(declared))
    return decode(content, declared) or Decoded(content.decode("utf-8", "replace"))


def _is_utf_8(encoding: str) -> bool:
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")


def _find_utf_16(content: bytes) -> str:
    lead = content[:_LEAD]
    for encoding, zeros in (("utf-16-le", lead[1::2]), ("utf-16-be", lead[::2])):
        if zeros and zeros.count(0) >= NULS_OF_UTF_16 * len(zeros) and lead.count(0) == zeros.count(0):
            return encoding
    return ""


def _decode_mixed(content: bytes) -> Decoded | None:
    """Return a text of which most letters beyond ASCII are UTF-8, every other byte read as cp1252; else None."""
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    if strays >= len(_BEYOND_ASCII.findall(text)) - strays:
        return None
    first = _STRAY.search(text)
    line = text.count("\n", 0, first.start() if first else 0) + 1
    text = _STRAY.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode(WESTERN, "replace"), text)
    return Decoded(text, f"line {line} is not UTF-8, and was read as {WESTERN}")


def _guess(content: bytes) -> Decoded | None:
    """Return the text in the encoding that it most likely has: of the Western ones, the more sensible one."""
    sample = b"\n".join(line for line in content.split(b"\n") if not line.isascii())[:SAMPLE_BYTES]
    guesses = from_bytes(sample)
    western = [name for name in (WESTERN, MAC) if any(name in guess.could_be_from_charset for guess in guesses)]
    if len(sample) <= SHORT and 4 * sum(byte > 127 for byte in sample) < len(sample):
        western = [WESTERN, MAC]
    best = guesses.best()
    chosen = max(western, key=lambda name: _rate(sample.decode(name, "replace"))) if western else best and best.encoding
    return Decoded(content.decode(chosen, "replace").removeprefix("\N{BYTE ORDER MARK}")) if chosen else None


def _rate(text: str) -> int:
    """Return how many letters and signs stand where English texts have them, less those that stand where none do."""
    return len(_SENSIBLE.findall(text)) - len(_ODD.findall(text))

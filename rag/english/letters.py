"""Letters that nobody sees, and letters that look like others: what a text says to the eye, in plain ones."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Without line breaks and tabs; with the sequences by which a text could steer a terminal."""
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_LOOKALIKES = str.maketrans(
    "\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043a\u043c\u043d\u043e\u0440\u051b\u0455\u0442\u0443\u0475"
    "\u051d\u0445\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0423\u0425\u03b1"
    "\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
    "\u03a1\u03a4\u03a5\u03a7\u0251\u0261\u0131",
    "acdehijlkmhopqstyvwxABCEHIJKMOPSTYXaikvoptuxABEZHIKMNOPTYXagi",
)
"""Cyrillic, Greek and rare Latin letters that are read as Latin ones."""


def drop_unseen(text: str, instead: str = "") -> str:
    """Return a text without characters that take no ink and no room, and without control characters."""
    return _CONTROLS.sub("", _UNSEEN.sub(instead, text))


def list_plain(text: str) -> tuple[str, ...]:
    """Return how a text may be read: as it is, if it is in plain letters; else as it looks.

    Letters that nobody sees may part words or stand within them: then there are two readings.
    """
    if text.isascii():
        return (text,)
    looks = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_LOOKALIKES)
    return tuple(dict.fromkeys((drop_unseen(looks), drop_unseen(looks, " "))))

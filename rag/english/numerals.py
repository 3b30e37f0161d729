"""How numbers are written, in digits and in words, and the values that they have."""

import re
from collections.abc import Iterator

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += ["seventeen", "eighteen", "nineteen"]
"""The numbers that are one word each, by their values."""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: float(value) for value, word in enumerate(ONES)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, 2)
}
_PLACES = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINALS = {word: float(value) for value, word in enumerate(_PLACES)} | {
    re.sub("y$", "ie", word) + "th": value for word, value in _WORDS.items() if value > 12
}
_SCALES = {"hundred": 1e2, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_PARTS = {"half": 1 / 2, "halve": 1 / 2, "quarter": 1 / 4, "third": 1 / 3, "fifth": 1 / 5, "tenth": 1 / 10}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(ONES[1:10])}))?|{'|'.join(reversed(ONES))})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
_DIGITS = r"(?<![\w.,/])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?!,?\d|/\d)"
_NOT_A_PERIOD = "".join(rf"(?<!{word}\s)" for word in "first second other last latter top bottom this each".split())
VALUE = (
    rf"(?:{_DIGITS}(?:(?:\s?(?:bn|mn|tn)|[kmb])\b)?"
    rf"|\b{_SMALL}(?:[-\s](?:quarters?|thirds|fifths|tenths|halves)|(?<=one)[-\s](?:half|third|fifth|tenth))?\b"
    rf"|\b(?:an?[-\s])?(?:{_NOT_A_PERIOD}half|quarter(?=[-\s]point|\sof\san?\b)"
    r"|(?<=\ba\s)(?:quarter|(?:third|fifth|tenth)(?=\sof\b)))\b"
    rf"|\ban?(?=\s{_SCALE}\b))"
    rf"(?:(?:\s(?:of\s)?an?)?[-\s]+{_SCALE}\b|(?<=hundred)(?:\sand)?[-\s]{_SMALL}\b(?![-\s]hundred)"
    rf"|(?:(?<=thousand)|(?<=[mbr]illion))(?:\sand\s{_SMALL}\b(?![-\s]{_SCALE})|\s{_SMALL}\b)"
    r"|\sand\sa\s(?:half|quarter)\b)*"
)
ORDINAL = rf"(?:(?:{'|'.join(_TENS)})[-\s])?(?:{'|'.join(_ORDINALS)})"


def evaluate(text: str, *, is_length: bool = False) -> float:
    """Return the value of digits and words; with `is_length`, the "m" of "100m" stands for metres."""
    total = current = 0.0
    tokens = list(_tokenize(text))
    for before, token in zip(["", *tokens], tokens, strict=False):
        part = _PARTS.get(token.removesuffix("s"))
        if token[0].isdigit():
            current = float(token.replace(",", ""))
        elif part and (before in ("a", "an") and current):
            current += part
        elif part and text.casefold() not in _ORDINALS:
            current = (current or 1.0) * part
        elif token in ("hundred", "dozen"):
            current = (current or 1.0) * _SCALES[token]
        elif (scale := _SCALES.get(token) or _SUFFIXES.get(token)) and not (is_length and token == "m"):
            total, current = total + (current or 1.0) * scale, 0.0
        else:
            current += _WORDS.get(token, 0.0) or _ORDINALS.get(token, 0.0)
    return total + current


def _tokenize(text: str) -> Iterator[str]:
    return (found[0] for found in re.finditer(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.casefold()))

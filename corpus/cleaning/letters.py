"""Letters that words are made of in other languages, too: Python knows some of them for no letters."""

import re

MARKS = r"\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e"
"""Of a class of characters: accents, and the vowel signs of Arabic, the languages of India, and Thai."""

WORD = re.compile(rf"[\w{MARKS}]+")

WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A letter of Chinese or Japanese, which are written without spaces."""

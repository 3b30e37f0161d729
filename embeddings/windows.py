"""Turns (question, title, text) into the token windows that the reader's network sees.

One window is `[CLS] question [SEP] title : text [SEP]`, at most `size` tokens. A text that does not fit is cut into
overlapping windows. Training and answering share this module, so that the network meets the same input in both. A
question mark at the end is left out: a question is read the same with it and without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

Offsets = tuple[int, int]  # half-open, characters

QUESTION_TOKENS = 64
TITLE_TOKENS = 24


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network; `offsets[i]` are the characters of the text that token `first + i` stands for."""

    tokens: tuple[int, ...]
    second: int  # where segment 1 (title and text) begins
    first: int  # where the text begins
    offsets: tuple[Offsets, ...]


class Windower:
    """Cuts texts into windows of at most `size` tokens that share `overlap` tokens of text with their neighbour."""

    def __init__(self, tokenizer: Tokenizer, size: int = 320, overlap: int = 96) -> None:
        """Take a BERT-style tokenizer; `size` must leave room for a question, a title and some text.

        Raises:
            ValueError: if no text would fit beside the longest question and title, or the tokenizer is of another type.
        """
        if size - overlap < QUESTION_TOKENS + TITLE_TOKENS + 5:
            raise ValueError(f"size {size} with overlap {overlap} leaves no room for text; raise size")
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._size = size
        self._overlap = overlap
        self._start, self._end, self._colon = (_token_id(tokenizer, token) for token in ("[CLS]", "[SEP]", ":"))

    def prefixes(self, question: str, titles: Sequence[str]) -> list[tuple[tuple[int, ...], int]]:
        """Return, for each title, the tokens before the text and the place where segment 1 begins."""
        asked, *named = self._encode([question.rstrip("? "), *titles])
        head = (self._start, *asked.ids[:QUESTION_TOKENS], self._end)
        tails = [(*title.ids[:TITLE_TOKENS], self._colon) if title.ids else () for title in named]
        return [((*head, *tail), len(head)) for tail in tails]

    def cut(self, question: str, titles: Sequence[str], texts: Sequence[str]) -> list[tuple[Window, ...]]:
        """Return the windows of each text, in reading order; an empty text has none."""
        prefixes = self.prefixes(question, titles)
        encodings = self._encode(texts)
        return [
            tuple(self._windows(prefix, second, encoding.ids, encoding.offsets))
            for (prefix, second), encoding in zip(prefixes, encodings, strict=True)
        ]

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def _windows(
        self, prefix: tuple[int, ...], second: int, ids: list[int], offsets: list[Offsets]
    ) -> Iterator[Window]:
        room = self._size - len(prefix) - 1
        start = 0
        while start < len(ids):
            stop = min(start + room, len(ids))
            tokens = (*prefix, *ids[start:stop], self._end)
            yield Window(tokens, second, len(prefix), tuple(offsets[start:stop]))
            if stop == len(ids):
                return
            start = stop - self._overlap


def _token_id(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no {token!r}; the reader needs a BERT-type one")
    return number

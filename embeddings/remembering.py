"""A reader that reads nothing twice: many people ask the same, and some of them at the same moment."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from hashlib import blake2b
from threading import Lock

from embeddings.calibration import Calibration
from embeddings.reader import CalibratedReader, Reading, ReadingText

SIZE = 4_096
"""Readings that are kept: of some 340 questions, in about 12 MB."""

Key = bytes
"""A digest: a removed article's text does not live on here."""


class RememberingReader:
    """Keeps what another reader found, by question and text; so it always answers as that one does.

    What one thread is reading already, others wait for.
    """

    def __init__(self, reader: CalibratedReader, size: int = SIZE) -> None:
        """Read with `reader`, and keep the `size` readings that were used last."""
        self.reader = reader
        self._size = size
        self._kept: OrderedDict[Key, Future[Reading]] = OrderedDict()
        self._lock = Lock()

    @property
    def identity(self) -> str:
        """That of the other reader: the readings are its own."""
        return self.reader.identity

    @property
    def calibration(self) -> Calibration:
        """That of the other reader."""
        return self.reader.calibration

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return one reading a text, in the same order."""
        wanted, new = self._claim(question, texts)
        try:
            readings = self.reader.read(question, [text for text, _ in new.values()])
        except BaseException as error:
            self._give_up(new, error)
            raise
        for (_, future), reading in zip(new.values(), readings, strict=True):
            future.set_result(reading)
        return [future.result() for future in wanted]

    def _claim(
        self, question: str, texts: Sequence[ReadingText]
    ) -> tuple[list[Future[Reading]], dict[Key, tuple[ReadingText, Future[Reading]]]]:
        """Return the future of every text, and those of the texts that nobody is reading or has read."""
        wanted: list[Future[Reading]] = []
        new: dict[Key, tuple[ReadingText, Future[Reading]]] = {}
        with self._lock:
            for text in texts:
                key = blake2b(repr((question, text)).encode()).digest()
                if key not in self._kept:
                    self._kept[key] = Future()
                    new[key] = text, self._kept[key]
                self._kept.move_to_end(key)
                wanted.append(self._kept[key])
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return wanted, new

    def _give_up(self, new: dict[Key, tuple[ReadingText, Future[Reading]]], error: BaseException) -> None:
        """Let others who wait fail too, and the next one try again."""
        with self._lock:
            for key in new:
                self._kept.pop(key, None)
        for _, future in new.values():
            future.set_exception(error)

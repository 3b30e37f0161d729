"""Measure questions with a slip in them: `python -m benchmarks.spelling`.

One word of each of the starter articles' questions gets a slip: two letters change places, one is missing, typed
twice, or its neighbour on the keyboard. What comes out may be a word, too. The questions are asked as they were, and
with the slip, with and without its correction. Prints a table and writes `results/spelling.md`.
"""

import random
import re
from collections.abc import Callable, Sequence

from benchmarks.sets import RESULTS, open_starter, read_starter_cases
from embeddings.reader import OnnxReader
from rag.asking.chatbot import Chatbot
from rag.asking.followup import RuleRewriter
from rag.assembly import prepare_batches
from rag.chat_assembly import PrepareQuotes
from rag.english.terms import FUNCTION_WORDS
from rag.evaluation.run import run_cases
from rag.library.library import Library
from rag.wire import Record

FILE = RESULTS / "spelling.md"
SEED = 7
ROWS = "qwertyuiop", "asdfghjkl", "zxcvbnm"
MEASURES = ("correct", "token_f1", "recall@1", "abstention_auroc", "calibration_error")
HEAD = """# Slips in questions

`make bench-spelling`: the questions on the starter articles, each with a slip in one of its words of five letters or
more (two letters change places, one is missing, typed twice, or its neighbour on the keyboard), drawn at random.

| asked | right replies | token F1 | recall@1 | abstention AUROC | calibration error | n |
|---|---|---|---|---|---|---|
"""


def main() -> None:
    """Measure, print and write the table."""
    lines = read_starter_cases("starter.jsonl")
    generator = random.Random(SEED)
    slipped = [line | {"question": slip_in(line["question"], generator)} for line in lines]
    with open_starter() as (settings, library):
        correcting = prepare_batches(settings, library, OnnxReader())
        ways = {
            "as it was": (lines, correcting),
            "with the slip, corrected": (slipped, correcting),
            "with the slip, as typed": (slipped, without_correction(library, correcting)),
        }
        runs = settings.home / "runs"
        reports = {
            way: run_cases("cases", asked, library.catalog, prepare, runs).report
            for way, (asked, prepare) in ways.items()
        }
    rows = [describe(way, report["metrics"], len(lines)) for way, report in reports.items()]
    FILE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(FILE.read_text("utf-8"))


def slip_in(question: str, generator: random.Random) -> str:
    """Return the question with a slip in one word, if one is long enough."""
    words = [found for found in re.finditer(r"[A-Za-z]{5,}", question) if found[0].lower() not in FUNCTION_WORDS]
    if not words:
        return question
    word = generator.choice(words)
    kinds: Sequence[Callable[[str, int], str]] = (swap, drop, double, miss)
    slip = generator.choice(kinds)(word[0], generator.randrange(1, len(word[0]) - 1))
    return question[: word.start()] + slip + question[word.end() :]


def swap(word: str, place: int) -> str:
    """Return the word with the letter at the place and the next one swapped."""
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def drop(word: str, place: int) -> str:
    """Return the word without the letter."""
    return word[:place] + word[place + 1 :]


def double(word: str, place: int) -> str:
    """Return the word with the letter typed twice."""
    return word[:place] + word[place] + word[place:]


def miss(word: str, place: int) -> str:
    """Return the word with the letter on the keyboard that is right of the one meant, or left of the last in a row."""
    row = next(row for row in ROWS if word[place].lower() in row)
    key = row.index(word[place].lower())
    return word[:place] + row[key + 1 if key + 1 < len(row) else key - 1] + word[place + 1 :]


def without_correction(library: Library, prepare: PrepareQuotes) -> PrepareQuotes:
    """Return what makes the same chatbot, but for one that takes questions as they are typed."""

    def prepare_plain(questions: Sequence[str]) -> tuple[Chatbot, Record]:
        chatbot, setup = prepare(questions)
        rewriter = RuleRewriter(chatbot.retriever.measure_departure)
        return Chatbot(chatbot.retriever, chatbot.reader, library.encoder.compare, rewriter), setup

    return prepare_plain


def describe(way: str, metrics: Record, count: int) -> str:
    """Return a row of the table."""
    values = (f"{metrics[name]['value']:.3f}" for name in MEASURES)
    return f"| {way} | {' | '.join(values)} | {count} |"


if __name__ == "__main__":
    main()

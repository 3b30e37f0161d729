"""Measure whether disagreeing sources are told: `python -m benchmarks.disagreement DATA_FOLDER`.

`rgb-conflict-dev` holds news snippets of which some were altered; it is for evaluation only, nothing was chosen on it.
In the other sets no source disagrees with another on purpose: sides shown there are false alarms, nearly all of them.
Prints a table and writes `results/disagreement.md`.
"""

import argparse
import json
from pathlib import Path

from benchmarks.sets import RESULTS, open_set, read_cases
from rag.answer import Answer
from rag.asking.signals.sameness import agree
from rag.assembly import build_chatbot
from rag.evaluation.metrics import measure_token_f1
from rag.question import Question

FILE = RESULTS / "disagreement.md"
ALTERED = "rgb-conflict-dev"
UNALTERED = ("xquad-en", "nq-dev")
MOST_CASES = 300
SAID = 0.5
"""The token F1 from which a side gives an answer."""
HEAD = """# Sources that disagree

`python -m benchmarks.disagreement DATA`: the product itself, over all articles of each set.

| set | what | share | n |
|---|---|---|---|
"""


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {', '.join((ALTERED, *UNALTERED))}")
    folder = parser.parse_args().data
    lines = [*measure_altered(folder / ALTERED), *(measure_unaltered(folder / name) for name in UNALTERED)]
    FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(FILE.read_text("utf-8"))


def measure_altered(folder: Path) -> list[str]:
    """Return the lines of the altered set: how often both answers, or at least one of the two, are told."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    answers = ask(folder, [row["question"] for row in rows])
    told = [
        [tells(answer, row["answers"]), tells(answer, row["conflicting"]), bool(answer.sides)]
        for row, answer in zip(rows, answers, strict=True)
    ]
    counts = {
        "the true and the altered answer are told as sides": sum(true and altered for true, altered, _ in told),
        "sides are shown": sum(sides for _, _, sides in told),
        "the short answer is the true one": count_right(answers, [row["answers"] for row in rows]),
        "the short answer is the altered one": count_right(answers, [row["conflicting"] for row in rows]),
    }
    return [describe(folder.name, what, count, len(rows)) for what, count in counts.items()]


def measure_unaltered(folder: Path) -> str:
    """Return the line of a set in which sources agree."""
    answers = ask(folder, [case.question for case in read_cases(folder, MOST_CASES)])
    return describe(folder.name, "sides are shown", sum(bool(answer.sides) for answer in answers), len(answers))


def ask(folder: Path, questions: list[str]) -> list[Answer]:
    """Return the answers of the product."""
    with open_set(folder) as (settings, library):
        chatbot = build_chatbot(settings, library)
        return [chatbot.invoke(Question(question)) for question in questions]


def tells(answer: Answer, golds: list[str]) -> bool:
    """Return whether one of the sides is one of the gold answers."""
    return any(measure_token_f1(side.answer, golds) >= SAID for side in answer.sides)


def count_right(answers: list[Answer], golds: list[list[str]]) -> int:
    """Return how many short answers are gold ones."""
    pairs = zip(answers, golds, strict=True)
    return sum(any(agree(answer.answer_span, gold) for gold in accepted) for answer, accepted in pairs)


def describe(name: str, what: str, count: int, total: int) -> str:
    """Return a line of the table."""
    return f"| {name} | {what} | {count / total:.3f} | {total} |"


if __name__ == "__main__":
    main()

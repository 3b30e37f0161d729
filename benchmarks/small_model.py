"""Let a chat model of 135 million parameters answer questions of a development set, and check what it writes.

`python -m benchmarks.small_model DATA_FOLDER`: what the model writes is kept beside the set's library, so that it is
asked once; the table goes to `results/small_model.md`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sets import HOMES, RESULTS, open_set, read_cases
from rag.answer import Answer, Claim, Verdict
from rag.assembly import build_chatbot
from rag.chat_model import Message, open_chat_model, stream_text
from rag.evaluation.case import Case
from rag.question import Question
from rag.verifying import Verifier
from rag.writing import MAX_PROSE_CHARACTERS, make_messages, read_claims
from tests.llama import serve_model

SET = "xquad-en"
MOST_CASES = 200
SECONDS = 300.0
FILE = RESULTS / "small_model.md"
TEXTS = HOMES / SET / "small-model.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A case, the answer in quotes, and the claims that were written over it, checked."""

    case: Case
    answer: Answer
    claims: tuple[Claim, ...]


def main() -> None:
    """Ask, check, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {SET}")
    results = list(write_answers(parser.parse_args().data / SET))
    for one in results:
        for claim in one.claims:
            if claim.verdict is not Verdict.UNSUPPORTED:
                print(f"{one.case.question} {list(one.case.answers or ())}\n  {claim.verdict}: {claim.text}")
                print("".join(f"    [{place + 1}] {one.answer.quotes[place].text}\n" for place in claim.quotes))
    print(Counter(c.verdict for r in results for c in r.claims))


def write_answers(folder: Path) -> Iterator[Written]:
    """Yield what was written for every question that the reader finds an answer to."""
    cases = read_cases(folder)
    cases = cases[:: len(cases) // MOST_CASES][:MOST_CASES]
    with open_set(folder) as (settings, library), serve_model() as url:
        chatbot = build_chatbot(settings, library)
        model = open_chat_model("smollm2", url)
        verify = Verifier(library.encoder, chatbot.reader, lambda id: library.read(id).text)
        texts = dict(_read_texts())
        for case in cases:
            question = Question(case.question)
            answer = chatbot.invoke(question)
            if not answer.is_found:
                continue
            if case.id not in texts:
                texts[case.id] = ask(model, make_messages(question, answer))
                with TEXTS.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([case.id, texts[case.id]]) + "\n")
            yield Written(case, answer, verify(question, answer, read_claims(texts[case.id], len(answer.quotes))))


def ask(model: Any, messages: Sequence[Message]) -> str:
    """Return what the model writes, as far as the product would read it."""
    text = ""
    with closing(stream_text(model, messages, SECONDS)) as stream:
        for text in stream:
            if len(text) > MAX_PROSE_CHARACTERS:
                break
    return text[:MAX_PROSE_CHARACTERS]


def _read_texts() -> Iterator[tuple[str, str]]:
    for line in TEXTS.read_text("utf-8").splitlines() if TEXTS.exists() else ():
        id, text = json.loads(line)
        yield id, text


if __name__ == "__main__":
    main()

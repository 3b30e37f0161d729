"""Let a chat model of 135 million parameters answer questions of a development set, and check what it writes.

`python -m benchmarks.small_model DATA_FOLDER`: what the model writes is kept beside the set's library, so that it is
asked once; the table goes to `results/small_model.md`.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.sets import HOMES, RESULTS, open_set, read_cases
from rag.answer import Answer, Claim, Verdict
from rag.assembly import build_chatbot
from rag.chat_model import Message, stream_text
from rag.chat_provider import open_chat_model
from rag.evaluation.cases import Case
from rag.evaluation.metrics import measure_containment
from rag.prose.claims import read_claims
from rag.prose.material import Material, Sentence
from rag.prose.prompting import make_messages
from rag.prose.verifying import Verifier
from rag.prose.writing import MAX_PROSE_CHARACTERS
from rag.question import Question
from tests.llama import serve_model

SET = "xquad-en"
MOST_CASES = 200
SECONDS = 300.0
FILE = RESULTS / "small_model.md"
HEAD = """# A very small chat model, held to the quotes

`make bench-verifying DATA=...`: SmolLM2-135M-Instruct (Q4_1) on llama.cpp, asked every fifth question of xquad-en over
the quotes that the product finds in all of the set's articles, at temperature 0. A sentence has a gold answer in it if
the words of one stand there one after the other, normalised as for SQuAD; a sentence without one may still be true. The
limits of the check were not chosen on this set; some of its rules were added after reading these replies. Quotes and
verdicts are those of the reader dateline-reader-9c81cf50c64f.

Read by hand, 51 of the 67 sentences let through say what their quotes say (one reader, once). The other 16 confuse
common nouns (the organs of an animal), say something empty, or sharpen ("over 390 billion" for "an estimated 390
billion").

| | |
|---|---|
"""
TEXTS = HOMES / SET / "small-model.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """A case, the answer in quotes, and the claims that were written over it, checked."""

    case: Case
    answer: Answer
    text: str
    claims: tuple[Claim, ...]


def main() -> None:
    """Ask, check, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {SET}")
    parser.add_argument("--show", action="store_true", help="print the sentences let through, to judge them by hand")
    arguments = parser.parse_args()
    results = list(write_answers(arguments.data / SET))
    if arguments.show:
        print("\n".join(line for result in results for line in show(result)))
    FILE.write_text(HEAD + "".join(f"| {name} | {value} |\n" for name, value in count(results)), encoding="utf-8")
    print(FILE.read_text("utf-8"))


def count(results: Sequence[Written]) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table."""
    judged = [
        (claim.verdict is not Verdict.UNSUPPORTED, measure_containment(claim.text, result.case.answers or ()) > 0)
        for result in results
        for claim in result.claims
    ]
    passed = [is_right for is_passed, is_right in judged if is_passed]
    held = [is_right for is_passed, is_right in judged if not is_passed]
    prose = [result for result in results if any(claim.verdict is not Verdict.UNSUPPORTED for claim in result.claims)]
    shown = [_keeps_answer(result) for result in prose]
    marked = sum(bool(re.search(r"\[\d", result.text)) for result in results)
    yield "questions that were answered in quotes, and put to the model", str(len(results))
    yield "of its replies, with a mark such as [1]", str(marked)
    yield "sentences that it wrote", str(len(judged))
    yield "let through", f"{len(passed)} ({len(passed) / len(judged):.1%})"
    yield "of those let through, with a gold answer in them", f"{sum(passed)} ({sum(passed) / len(passed):.1%})"
    yield "of those held back, with a gold answer in them", f"{sum(held)} ({sum(held) / len(held):.1%})"
    yield "questions whose answer became prose", f"{len(prose)} ({len(prose) / len(results):.1%})"
    yield "of these, with a gold answer in the prose", f"{sum(shown)} ({sum(shown) / len(shown):.1%})"


def _keeps_answer(result: Written) -> bool:
    kept = " ".join(claim.text for claim in result.claims if claim.verdict is not Verdict.UNSUPPORTED)
    return measure_containment(kept, result.case.answers or ()) > 0


def show(result: Written) -> Iterator[str]:
    """Yield the sentences let through, each with what it rests on."""
    for claim in result.claims:
        if claim.verdict is not Verdict.UNSUPPORTED:
            yield f"{result.case.question} {list(result.case.answers or ())}\n  {claim.verdict}: {claim.text}"
            yield from (f"    [{place + 1}] {result.answer.quotes[place].text}" for place in claim.quotes)


def write_answers(folder: Path) -> Iterator[Written]:
    """Yield what was written for every question that the reader finds an answer to."""
    cases = read_cases(folder)
    cases = cases[:: len(cases) // MOST_CASES][:MOST_CASES]  # every fifth
    with open_set(folder) as (settings, library), serve_model() as url:
        chatbot = build_chatbot(settings, library)
        model = open_chat_model("smollm2", url)
        verify = Verifier(library.encoder, chatbot.reader, lambda id: library.read(id).text, chatbot.verdicts)
        texts = dict(_read_texts())
        for case in cases:
            question = Question(case.question)
            answer = chatbot.invoke(question)
            if not answer.is_found:
                continue
            if case.id not in texts:
                texts[case.id] = ask(model, make_messages(question, case.question, take_quotes(answer)))
                with TEXTS.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([case.id, texts[case.id]]) + "\n")
            text = texts[case.id]
            claims = read_claims(text, len(answer.quotes))
            whole = claims[:-1] if len(text) == MAX_PROSE_CHARACTERS else claims  # as the product does
            yield Written(case, answer, text, verify(question, answer, whole))


def take_quotes(answer: Answer) -> Material:
    """Return the quotes alone as what the model reads: number `n` is the quote at `n - 1`."""
    sources = {citation.number: citation.source for citation in answer.citations}
    return Material(
        tuple(Sentence(sources[quote.citation], quote.start, quote.end, quote.text) for quote in answer.quotes)
    )


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

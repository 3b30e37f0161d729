"""Let a chat model answer questions of real news and of the starter articles, and compare with quotes only.

`python -m benchmarks.chat_model DATA_FOLDER` with the model in `DATELINE_CHAT_MODEL`; without, only kept replies are
measured. `--show` prints every sentence that the model wrote and nobody has read yet; who has, writes a line
`{"case": ..., "text": ..., "is_true": ...}` into `judged.jsonl` beside the replies: whether the articles say so.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.kept_model import KeptModel
from benchmarks.sets import HOMES, RESULTS, STARTER_CASES, open_set, open_starter, read_cases
from rag.answer import Answer, Claim, Usage
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot
from rag.chat_assembly import open_model
from rag.evaluation.case_files import read_cases as read_case_file
from rag.evaluation.cases import Case
from rag.evaluation.judging import is_found, is_right
from rag.library.library import Library
from rag.prose.claims import is_supported
from rag.prose.verifying import Verifier
from rag.prose.writing import Manner, Writer
from rag.question import Question
from rag.settings import Settings, read_settings
from rag.wire import Record, describe_answer, to_json

NEWS = "news-dev"
PARTS = {NEWS: (3, 5, 40), "reason": (1, 3, 8), "comparison": (1, 6, 4), "summary": (1, 7, 4), "timeline": (1, 6, 4)}
"""Case files; of each the first case that is asked, the step to the next, and how many: few were used for trials."""
SECONDS = 1_800.0
TOKENS = 400
"""Of articles: two cores read them in 12 s, if they are idle."""
FOLDER = HOMES / "chat-model"
FILE = RESULTS / "chat_model.md"
START, END = "<!-- counted -->", "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with the answer in quotes, the one with the model, all claims that were checked, and what that took."""

    part: str
    case: Case
    before: Record
    after: Record
    claims: tuple[tuple[Claim, tuple[str, ...]], ...]
    usage: Usage | None
    seconds: float


@dataclass(slots=True)
class WatchedCheck:
    """Checks claims, and keeps those of the last answer with the sentences that they rest on."""

    verify: Verifier
    seen: list[tuple[Claim, tuple[str, ...]]] = field(default_factory=list)

    def __call__(self, question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims with their verdicts."""
        checked = self.verify(question, answer, claims)
        self.seen = [(claim, tuple(answer.quotes[place].text for place in claim.quotes)) for claim in checked]
        return checked


def main() -> None:
    """Ask, print, and write the table into the file of results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {NEWS}")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="leaves the table as it is")
    parser.add_argument("--show", action="store_true", help="print the sentences that nobody has read yet")
    arguments = parser.parse_args()
    settings, judged = read_settings(), dict(_read_judged())
    model = KeptModel(path=FOLDER / "replies.jsonl", inner=open_model(settings) if settings.chat_model else None)
    asked = []
    for each in ask(arguments.data, arguments.only, model, settings):
        asked.append(each)
        print(f"{each.case.id}: {each.seconds:.0f} s", flush=True)
        if arguments.show:
            print("\n".join(show(each, judged)))
    table = "\n".join(write_table(asked, judged))
    print(table)
    if set(arguments.only) == set(PARTS):
        before, _, rest = FILE.read_text("utf-8").partition(START)
        FILE.write_text(f"{before}{START}\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def ask(data: Path, parts: Sequence[str], model: KeptModel, settings: Settings) -> Iterator[Asked]:
    """Yield every case, asked; those whose replies are not kept are left out if there is no model to ask."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for opened, is_news in ((open_set(data / NEWS), True), (open_starter(), False)):
        cases = [(part, case) for part in parts if (part == NEWS) is is_news for case in choose_cases(data, part)]
        if cases:
            with opened as (home, library):
                quoting = build_chatbot(home.model_copy(update={"chat_model": "", "chat_url": ""}), library)
                yield from _ask_each(cases, model, settings, quoting, library)


def choose_cases(data: Path, part: str) -> list[Case]:
    """Return the cases of a part that are asked."""
    first, step, most = PARTS[part]
    cases = read_cases(data / NEWS) if part == NEWS else read_case_file(STARTER_CASES / f"{part}.jsonl")
    return cases[first::step][:most]


def _ask_each(
    cases: Sequence[tuple[str, Case]], model: KeptModel, settings: Settings, chatbot: Chatbot, library: Library
) -> Iterator[Asked]:
    check = WatchedCheck(Verifier(library.encoder, chatbot.reader, lambda id: library.read(id).text, chatbot.verdicts))
    manner = Manner(seconds=SECONDS, tokens=settings.chat_tokens or TOKENS, is_structured=settings.chat_structured)
    writing = chatbot.with_writer(Writer(model, check, manner, chatbot.reader))
    for part, case in cases:
        check.seen, model.seconds, missing = [], 0.0, model.missing
        before, *_, after = writing.stream(Question(case.question))
        if model.missing == missing:
            yield Asked(part, case, _describe(before), _describe(after), tuple(check.seen), after.usage, model.seconds)


def _describe(answer: Answer) -> Record:
    """Return the answer as it is judged: with all its quotes, as the page shows them, below the prose."""
    quotes = "\n\n".join(quote.text for quote in answer.quotes)
    return {**to_json(describe_answer(answer)), "answer": f"{answer.text}\n\n{quotes}"}


def show(asked: Asked, judged: dict[tuple[str, str], bool]) -> Iterator[str]:
    """Yield the sentences of an answer that nobody has read yet, each with what it rests on."""
    verdicts = [("wrong", "right")[is_right(asked.case, record)] for record in (asked.before, asked.after)]
    yield f"  {asked.case.question} {list(asked.case.answers or ())} {' -> '.join(verdicts)} {asked.after['notice']}"
    for claim, rests_on in asked.claims:
        if (asked.case.id, claim.text) not in judged:
            yield f"    {claim.verdict}: {claim.text} {claim.reason}"
            yield from (f"      | {text}" for text in rests_on)


def write_table(asked: Sequence[Asked], judged: dict[tuple[str, str], bool]) -> Iterator[str]:
    """Yield the lines of the two tables: answers, and sentences."""
    yield from (
        "| questions | n | right in quotes only | right with the model | better | worse |",
        "|---|---|---|---|---|---|",
    )
    for part in PARTS:
        yield _count_right(part, [each for each in asked if each.part == part])
    empty = [each for each in asked if each.case.is_unanswerable]
    refused = [
        sum(not is_found(record) for record in side) for side in zip(*((e.before, e.after) for e in empty), strict=True)
    ]
    yield f"| of all, without an answer: refused | {len(empty)} | {' | '.join(map(str, refused)) or ' | '} | | |"
    claims = [(claim, judged.get((each.case.id, claim.text))) for each in asked for claim, _ in each.claims]
    shown = [truth for claim, truth in claims if is_supported(claim)]
    flagged = [truth for claim, truth in claims if not is_supported(claim)]
    yield from ("", "| sentences of the model, judged by one reader | |", "|---|---|")
    yield f"| shown as supported | {len(shown)} |"
    yield f"| of these, not what the articles say | {shown.count(False)} |"
    yield f"| flagged | {len(flagged)} |"
    true = flagged.count(True)
    yield f"| of these, true after all (of {shown.count(True) + true} true ones) | {true} |"
    yield f"| not judged yet | {shown.count(None) + flagged.count(None)} |"
    read = [each.usage.read for each in asked if each.usage]
    yield f"| tokens read for an answer, median | {median(read or [0]):.0f} |"


def _count_right(part: str, asked: Sequence[Asked]) -> str:
    pairs = [(is_right(each.case, each.before), is_right(each.case, each.after)) for each in asked]
    counts = [
        sum(pair[0] for pair in pairs),
        sum(pair[1] for pair in pairs),
        pairs.count((False, True)),
        pairs.count((True, False)),
    ]
    return f"| {part} | {len(pairs)} | {' | '.join(map(str, counts))} |"


def _read_judged() -> Iterator[tuple[tuple[str, str], bool]]:
    path = FOLDER / "judged.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        judgement = json.loads(line)
        yield (judgement["case"], judgement["text"]), judgement["is_true"]


if __name__ == "__main__":
    main()

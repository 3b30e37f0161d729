"""Measure the check of what chat models write, over claims whose verdict is known: `python -m benchmarks.verifying`.

Each line of `claims.jsonl`, written by hand over the starter articles, has a sentence of an article, a true paraphrase
of it, and the same with a number changed, a name swapped, negated, and made up. A claim is checked over that sentence
and up to three beside it, as a chat model would be given them. Writes `results/verifying.md`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sets import RESULTS
from corpus.article import Article
from corpus.passages import split_article, split_sentences
from embeddings.reader import OnnxReader
from embeddings.verdicts import OnnxVerdicts
from rag.answer import Answer, Citation, Claim, Quote, ScoredPassage, Status, Verdict
from rag.assembly import build_encoder, load_starter_articles
from rag.prose.verifying import Verifier
from rag.question import Question
from rag.settings import Settings

CLAIMS = Path(__file__).parent / "claims.jsonl"
FILE = RESULTS / "verifying.md"
TRUE, WRONG_CITATION = "true", "wrong citation"
CHANGED = ("number changed", "name swapped", "negated", "invented")
HALVES = ("tuned on", "held out")
NEIGHBOURS = (0, 1, -1, 2)
HEAD = """# The check of what chat models write

`make bench-verifying`: the claims in `benchmarks/claims.jsonl`, each with the quote that it is about and up to three
sentences beside it. Rules and limits were made with one half of the articles at hand; the other half was only counted.
The same people wrote rules and claims, so that a chat model's sentences may fare worse: see small_model.md.

A true claim is right if it is supported, a changed one if it is flagged, and a true one that cites the sentence beside
the right one if it is repaired to that. Precision is, of the flags on true claims and on those of the kind together,
the share that is deserved; recall is the share of the kind that is flagged, or repaired.

| half | kind | n | right | precision of the flag | recall |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim of a known kind with its verdict, and whether it ended up on the right quote."""

    half: str
    kind: str
    text: str
    verdict: Verdict
    is_on_gold: bool

    @property
    def is_flagged(self) -> bool:
        """Whether it was found unsupported."""
        return self.verdict is Verdict.UNSUPPORTED

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the one that its kind deserves."""
        if self.kind in CHANGED:
            return self.is_flagged
        wanted = Verdict.REPAIRED if self.kind == WRONG_CITATION else Verdict.SUPPORTED
        return self.verdict is wanted and self.is_on_gold


def main() -> None:
    """Check, print and write the table."""
    checked = list(check_claims())
    lines = [line for half in HALVES for line in describe([each for each in checked if each.half == half])]
    wrong = [f"- {each.kind}, {each.verdict}: {each.text}" for each in checked if not each.is_right]
    text = [HEAD.rstrip(), *lines, "", "## Wrong verdicts", "", *wrong, ""]
    FILE.write_text("\n".join(text), encoding="utf-8")
    print(FILE.read_text("utf-8"))


def check_claims() -> Iterator[Checked]:
    """Yield every claim of the file, checked."""
    articles = {article.id: article for article in load_starter_articles()}
    rows = [json.loads(line) for line in CLAIMS.read_text("utf-8").splitlines()]
    ids = sorted({row["article"] for row in rows})
    verify = Verifier(build_encoder(Settings()), OnnxReader(), lambda id: articles[id].text, OnnxVerdicts())
    for row in rows:
        answer, gold = make_answer(articles[row["article"]], row["quote"])
        beside = gold + 1 if gold + 1 < len(answer.quotes) else gold - 1
        cited = {TRUE: gold, WRONG_CITATION: beside, **dict.fromkeys(CHANGED, gold)}
        for kind, place in cited.items():
            written = row[TRUE if kind == WRONG_CITATION else kind]
            (claim,) = verify(Question(answer.question), answer, [Claim(written, (place,))])
            half = HALVES[ids.index(row["article"]) % 2]
            yield Checked(half, kind, written, claim.verdict, claim.quotes == (gold,))


def make_answer(article: Article, quoted: str) -> tuple[Answer, int]:
    """Return an answer that quotes the sentence and some beside it, and the sentence's position among them."""
    places = split_sentences(article.text)
    gold = next(number for number, place in enumerate(places) if article.text[slice(*place)] == quoted)
    near = sorted(gold + step for step in NEIGHBOURS if 0 <= gold + step < len(places))
    quotes = tuple(Quote(article.id, *places[number], article.text[slice(*places[number])], 1, 0.9) for number in near)
    considered = tuple(ScoredPassage(passage, article.source, 0.9) for passage in split_article(article))
    citation = Citation(1, article.source)
    answer = Answer("What?", "", "", quotes, (citation,), 0.9, Status.ANSWERED, considered, 0.0)
    return answer, near.index(gold)


def describe(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield a line of the table a kind."""
    true = [each for each in checked if each.kind == TRUE]
    for kind in (TRUE, *CHANGED, WRONG_CITATION):
        ours = [each for each in checked if each.kind == kind]
        right = sum(each.is_right for each in ours)
        flags = Counter(each.kind for each in [*true, *ours] if each.is_flagged)
        precision = f"{flags[kind] / flags.total():.3f}" if kind in CHANGED and flags else ""
        recall = "" if kind == TRUE else f"{right / len(ours):.3f}"
        yield f"| {checked[0].half} | {kind} | {len(ours)} | {right} | {precision} | {recall} |"


if __name__ == "__main__":
    main()

"""Chooses what the verdict network sees in one pass: claims, questions, evidence, and what makes them wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from embeddings.training.verdicts.asking import ask_whether, deny
from embeddings.training.verdicts.changes import change_name, change_number, list_names, report, swap_names
from embeddings.training.verdicts.judgements import NEITHER, REFUTES, SUPPORTS, Judgement, Target
from embeddings.training.verdicts.likeness import Likeness
from embeddings.training.verdicts.sources import Claim, NewsArticle, load_claims, load_news, load_replies

SAME_PAGE: Target = (0.08, 0.07, 0.85)
"""Of other sentences of a claim's page, some do settle it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of what is in one pass; all but `news` are probabilities."""

    asked: float = 0.45  # of claims, as a yes/no question
    small: float = 0.25  # of these, in small letters and without a mark
    changed: float = 0.15  # of FEVER's true claims, with something made wrong
    reported: float = 0.08  # of FEVER's true claims, with evidence that says, denies or only asks
    unsettled: float = 0.3  # of FEVER's claims, once more with sentences that do not settle them
    boolean: float = 0.5  # of BoolQ's questions
    boolean_unsettled: float = 0.15
    replies: float = 0.14  # of SQuAD's questions with an answer behind
    titled: float = 0.9  # of what has a title
    neighbour: float = 0.12  # of the evidence, with a sentence beside it
    news: int = 5  # sentences of an article


@dataclass(frozen=True, slots=True)
class Sources:
    """All that there is to learn from."""

    claims: Sequence[Claim]
    questions: Sequence[Claim]
    replies: Sequence[Claim]
    news: Sequence[NewsArticle]

    @classmethod
    def read(cls, folder: Path) -> "Sources":
        """Read the folder of the training data."""
        claims, questions = load_claims(folder, "fever"), load_claims(folder, "boolq")
        return cls(claims, questions, load_replies(folder), load_news(folder))

    def part(self, is_held_out: bool) -> "Sources":
        """Return what is held out, or all else."""
        claims, questions, replies = (
            [row for row in rows if row.is_held_out == is_held_out]
            for rows in (self.claims, self.questions, self.replies)
        )
        return Sources(claims, questions, replies, [row for row in self.news if row.is_held_out == is_held_out])


class Mixture:
    """Draws passes; equal seeds draw equal ones."""

    def __init__(self, sources: Sources, shares: Shares) -> None:
        """Draw from these sources."""
        self._sources, self._shares = sources, shares
        self._names = [name for each in sources.claims for name in list_names(each.text)]
        self._news_names = [name for each in sources.news for text in each.sentences[:6] for name in list_names(text)]

    @cached_property
    def _pages(self) -> Likeness:
        pages = {each.page: each for each in (*self._sources.claims, *self._sources.questions)}
        return Likeness([(each.title, text) for each in pages.values() for text in each.sentences])

    @cached_property
    def _news(self) -> Likeness:
        return Likeness([(each.title, text) for each in self._sources.news for text in each.sentences])

    def draw(self, random: Random) -> Iterator[Judgement]:
        """Yield the judgements of one pass."""
        yield from self._draw_claims(random)
        yield from self._draw_questions(random)
        for reply in self._sources.replies:
            if random.random() < self._shares.replies:
                yield self._write(reply.text, reply, reply.evidence, reply.target, random)
        for article in self._sources.news:
            for judgement in self._report(article, random):
                yield self.ask(judgement, random)

    def _draw_claims(self, random: Random) -> Iterator[Judgement]:
        for claim in self._sources.claims:
            yield self.ask(self._settled(claim, random), random)
            if random.random() < self._shares.unsettled:
                yield self.ask(self.unsettle(claim, random), random)

    def _draw_questions(self, random: Random) -> Iterator[Judgement]:
        for question in self._sources.questions:
            if random.random() < self._shares.boolean:
                yield self._write(question.text, question, pick_evidence(question), question.target, random)
                if random.random() < self._shares.boolean_unsettled:
                    yield self.unsettle(question, random)

    def unsettle(self, claim: Claim, random: Random) -> Judgement:
        """Return the claim with a sentence that does not settle it: of its page, or a similar one of another."""
        others = [text for place, text in enumerate(claim.sentences) if place not in claim.evidence]
        if others and random.random() < 0.5:
            kept = random.sample(others, min(3, len(others)))
            words = set(claim.text.casefold().split())
            best = max(kept, key=lambda text: len(words & set(text.casefold().split())))
            return Judgement(claim.text, claim.title, best, SAME_PAGE)
        title, text = self._pages.find(claim.text, claim.title, random)
        return Judgement(claim.text, title, text, NEITHER)

    def _settled(self, claim: Claim, random: Random) -> Judgement:
        evidence = " ".join(claim.sentences[place] for place in claim.evidence[:2])
        chance = random.random()
        if claim.target == SUPPORTS and chance < self._shares.changed:
            changed = self._change(claim.text, f"{claim.title} {evidence}", self._names, random)
            if changed:
                return self._write(changed[0], claim, claim.evidence[:2], changed[1], random)
        elif claim.target == SUPPORTS and chance > 1 - self._shares.reported:
            told, target = report(evidence, random)
            return Judgement(claim.text, claim.title, told, target)
        return self._write(claim.text, claim, claim.evidence[:2], claim.target, random)

    def _change(self, claim: str, evidence: str, names: Sequence[str], random: Random) -> tuple[str, Target] | None:
        ways: list[Callable[[], tuple[str, Target] | None]] = [
            lambda: change_number(claim, random),
            lambda: change_name(claim, evidence, names, random),
            lambda: swap_names(claim, evidence, random),
            lambda: (denied, REFUTES) if (denied := deny(claim, random)) else None,
        ]
        random.shuffle(ways)
        return next((changed for way in ways if (changed := way())), None)

    def _write(self, text: str, claim: Claim, places: Sequence[int], target: Target, random: Random) -> Judgement:
        chosen = set(places)
        if random.random() < self._shares.neighbour:
            chosen |= {max(0, min(chosen) - 1)}
        title = claim.title if random.random() < self._shares.titled else ""
        return Judgement(text, title, " ".join(claim.sentences[place] for place in sorted(chosen)), target)

    def ask(self, judgement: Judgement, random: Random, *, always: bool = False) -> Judgement:
        """Return the judgement with its claim as a question, now and then or wherever it can be."""
        if (random.random() >= self._shares.asked and not always) or not (asked := ask_whether(judgement.claim)):
            return judgement
        if random.random() < self._shares.small:
            asked = asked.rstrip("?").lower()
        return Judgement(asked, judgement.title, judgement.evidence, judgement.target)

    def _report(self, article: NewsArticle, random: Random) -> Iterator[Judgement]:
        """Yield an article's title with its lead, and some of its sentences, shortened, with themselves."""
        if not article.sentences:
            return
        lead = " ".join(article.sentences[:1])
        yield from self._vary(article.title, "", lead, article, random)
        if len(lead.split()) < 45:
            yield from self._vary(shorten(lead), article.title, lead, article, random)
        fitting = [text for text in article.sentences[1:] if 8 <= len(text.split()) <= 32]
        for text in random.sample(fitting, min(self._shares.news, len(fitting))):
            title = article.title if random.random() < self._shares.titled else ""
            yield from self._vary(shorten(text), title, text, article, random)

    def _vary(self, claim: str, title: str, evidence: str, article: NewsArticle, random: Random) -> Iterator[Judgement]:
        chance = random.random()
        if chance < 0.25:
            yield Judgement(claim, title, evidence, SUPPORTS)
        elif chance < 0.65:
            if changed := self._change(claim, f"{title} {evidence}", self._news_names, random):
                yield Judgement(changed[0], title, evidence, changed[1])
        elif chance < 0.85:
            told, target = report(shorten(evidence), random)
            yield Judgement(claim, title, told, target)
        else:
            other, text = self._news.find(claim, article.title, random)
            yield Judgement(claim, other, text, NEITHER)


def pick_evidence(question: Claim, most_words: int = 60) -> list[int]:
    """Return the places of the sentences that share most words with a question, in their order."""
    words = {word for word in question.text.casefold().split() if len(word) > 3}
    shared = [(-len(words & set(text.casefold().split())), place) for place, text in enumerate(question.sentences)]
    chosen: list[int] = []
    left = most_words
    for _, place in sorted(shared):
        size = len(question.sentences[place].split())
        if not chosen or size <= left:
            chosen.append(place)
            left -= size
    return sorted(chosen)


def shorten(sentence: str) -> str:
    """Return a sentence without what stands in brackets, between dashes, or before its first comma."""
    for opening, closing in (("(", ")"), ("[", "]"), (" \u2014 ", " \u2014 "), (" - ", " - ")):
        before, found, rest = sentence.partition(opening)
        _, ended, after = rest.partition(closing)
        if found and ended:
            sentence = f"{before.rstrip()} {after.lstrip()}"
    first, _, rest = sentence.partition(", ")
    is_adverbial = first.split()[0].casefold() in _ADVERBS and len(first.split()) < 7 if first else False
    return (rest[:1].upper() + rest[1:] if is_adverbial and len(rest.split()) > 4 else sentence).replace(" ,", ",")


_ADVERBS = frozenset(
    "on in at after before since during by earlier meanwhile however yesterday today according".split()
)

"""Measures verdicts on what is held out: FEVER's claims three ways, BoolQ's questions, and changed news."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from embeddings.training.verdicts.judgements import Judgement
from embeddings.training.verdicts.mixture import Mixture, Shares, Sources, pick_evidence

Judge = Callable[[Sequence[Judgement]], NDArray[np.float32]]
"""Gives each judgement three probabilities."""
SEED = 11
PLAIN = Shares(changed=0.0, reported=0.0, neighbour=0.0, titled=1.0, unsettled=0.0, boolean=1.0, boolean_unsettled=0.0)


def list_sets(held_out: Sources, limit: int | None = None) -> Mapping[str, list[Judgement]]:
    """Return the sets by name, each at most `limit` judgements, drawn from the whole.

    A third of "fever" has sentences that do not settle the claim; "asked" has the claims of another draw as questions
    where they can be.
    """
    random = Random(SEED)
    plain = Mixture(held_out, PLAIN)
    settled = [
        Judgement(each.text, each.title, " ".join(each.sentences[place] for place in each.evidence[:2]), each.target)
        for each in held_out.claims
    ]
    unsettled = [plain.unsettle(each, random) for each in held_out.claims]
    sets = {
        "fever": [*settled, *random.sample(unsettled, len(unsettled) // 2)],
        "asked": [plain.ask(each, random, always=True) for each in settled],
        "boolq": [
            Judgement(each.text, each.title, " ".join(each.sentences[at] for at in pick_evidence(each)), each.target)
            for each in held_out.questions
        ],
        "news": list(Mixture(Sources([], [], [], held_out.news), Shares()).draw(random)),
        "replies": [
            Judgement(each.text, each.title, each.sentences[each.evidence[0]], each.target) for each in held_out.replies
        ],
    }
    for rows in sets.values():
        random.shuffle(rows)
    return {name: rows[:limit] for name, rows in sets.items() if rows}


def measure(judge: Judge, sets: Mapping[str, Sequence[Judgement]]) -> dict[str, object]:
    """Return n and accuracy of each set, and of the sure verdicts their share and accuracy."""
    return {name: _measure(judge(rows), rows) for name, rows in sets.items()}


def _measure(chances: NDArray[np.float32], rows: Sequence[Judgement]) -> dict[str, object]:
    gold = np.array([each.target for each in rows]).argmax(1)
    is_right = chances.argmax(1) == gold
    kinds = {
        kind: round(float(is_right[gold == place].mean()), 3)
        for place, kind in enumerate(("supports", "refutes", "neither"))
        if (gold == place).any()
    }
    verdicts = chances[:, :2]
    told = float((verdicts.argmax(1) == gold)[gold < 2].mean()) if (gold < 2).any() else 0.0
    return {"n": len(rows), "accuracy": round(float(is_right.mean()), 4), "yes or no": round(told, 4), **kinds}

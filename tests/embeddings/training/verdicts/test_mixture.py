"""What one pass over the data holds, on a few pages written for it."""

import gzip
import json
from pathlib import Path
from random import Random

from embeddings.training.verdicts.judgements import REFUTES, SUPPORTS, Judgement
from embeddings.training.verdicts.measuring import list_sets
from embeddings.training.verdicts.mixture import Mixture, Shares, Sources, pick_evidence, shorten
from embeddings.training.verdicts.sources import Claim, load_claims, load_replies

PAGES = {
    "Odra": ("The Odra is a river.", "It has three bridges.", "Its source lies in hills."),
    "Lake Bell": ("Lake Bell is a lake.", "It has three islands.", "Its water is salt."),
    "Mount Korab": ("Mount Korab is a mountain.", "It has two tops.", "Its slopes are bare."),
    "Varna": ("Varna is a city.", "It has three ports.", "Its mayor is Ana Ilieva."),
}
CLAIMS = [Claim(f"{title} has three parts.", SUPPORTS, title, texts, (1,)) for title, texts in PAGES.items()]
SOURCES = Sources(CLAIMS, [], [], [])


def test_what_does_not_settle_a_claim_is_no_evidence_of_it() -> None:
    mixture = Mixture(SOURCES, Shares())
    for claim in CLAIMS:
        drawn = [mixture.unsettle(claim, Random(seed)) for seed in range(30)]
        assert all(each.evidence != claim.sentences[1] and each.target[2] > 0.8 for each in drawn)
        assert {each.title == claim.title for each in drawn} == {True, False}


def test_equal_seeds_draw_equal_passes() -> None:
    mixture = Mixture(SOURCES, Shares())
    first, second, other = (list(mixture.draw(Random(seed))) for seed in (1, 1, 2))
    assert first == second != other


def test_a_page_is_held_out_with_all_its_claims() -> None:
    claims = [Claim(f"{text} {n}", SUPPORTS, f"Page {n % 50}", ("A.", "B."), (0,)) for n, text in enumerate("ab" * 100)]
    sources = Sources(claims, [], [], [])
    learnt, held_out = (sources.part(is_held_out=part) for part in (False, True))
    pages = [{each.title for each in part.claims} for part in (learnt, held_out)]
    assert not pages[0] & pages[1]
    assert len(learnt.claims) + len(held_out.claims) == 200
    sets = list_sets(held_out)
    assert set(sets) == {"fever", "asked"}
    assert len(sets["fever"]) == len(held_out.claims) * 3 // 2


def test_the_sentences_of_a_question_share_its_words() -> None:
    question = Claim("is its mayor old", SUPPORTS, "Varna", PAGES["Varna"], (0, 1, 2))
    assert pick_evidence(question, 5) == [2]
    assert pick_evidence(question) == [0, 1, 2]


def test_a_sentence_is_shortened_by_what_stands_beside_it() -> None:
    assert shorten("On Monday, the bridge (built in 1904) was closed again.") == "The bridge was closed again."


def test_the_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    text = "Varna (Bulgarian: [\u02c8varn\u0250]) is a city. It has two ports."
    claim = {"claim": "Varna has one port.", "label": "REFUTES", "title": "Varna", "passage": text}
    _write(tmp_path / "train" / "fever.jsonl.gz", claim | {"sentences": [[0, 38], [39, 56]], "evidence": [1]})
    assert load_claims(tmp_path, "fever") == [
        Claim("Varna has one port.", REFUTES, "Varna", ("Varna is a city.", "It has two ports."), (1,))
    ]
    asked = {"question": "How many ports?", "answers": [{"text": "two", "answer_start": 46}], "is_impossible": False}
    paragraph = {"context": text, "qas": [asked]}
    _write(tmp_path / "train" / "squad2-dev.jsonl.gz", {"data": [{"title": "Varna", "paragraphs": [paragraph]}]})
    (reply,) = load_replies(tmp_path)
    assert (reply.text, reply.target, reply.sentences[reply.evidence[0]]) == (
        "How many ports? two",
        SUPPORTS,
        "It has two ports.",
    )
    assert Judgement(reply.text, "", "", SUPPORTS).target == SUPPORTS


def _write(path: Path, row: object) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")

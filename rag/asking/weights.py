"""The weights and limits that decide an answer and were set by hand; those that were fitted are in `Calibration`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Each field says what it does, and which set and sweep chose it; "by hand" where nothing else is known.

    The encoder and the reader put evidence and likeness on their own scales: with other models, choose anew. A sweep
    takes no patching: `Chatbot(..., weights=replace(STANDARD_WEIGHTS, evidence_gap=8.0))`.
    """

    word_weight: float = 0.25
    """Retrieval: the share of the question's words counts this much beside the cosine's 1. Chosen on xquad-en, nq-dev
    and clapnq-dev; `benchmarks.retrieval` compares it with the cosine alone and with reciprocal ranks."""
    timely_share: float = 1 / 3
    """Retrieval: where the question names a time, this share of the passages may be from then, though others have a
    higher score. By hand, on sixty reports that differ in their months (tests/rag/asking/test_timely.py)."""
    near: float = 0.1
    """Reading: a passage is read as long as it may score within this of the best answer. By hand; it must be more than
    `rank_gap`. Larger values read more and change few answers."""
    misfit_cost: float = 4.0
    """Reading: what a span of another sort than the question expects loses of its score. Chosen on half of news-dev;
    3 to 12 give the same there and on the other half, and no less on nq-dev and the starter articles."""
    doubt_cost: float = 10.0
    """Reading: what a span loses for each thing around it that says it is of another event, place or time. By hand;
    news-dev is the same with and without."""
    bare_cost: float = 6.0
    """Reading: asked who somebody is, what a span gains that stands by the name and says who that is, and of what, and
    what any other span loses. By hand."""
    reasonless_cost: float = 0.1
    """Reading: asked why, how much lower a passage ranks whose best span gives no cause; asked what somebody said or
    did, one that does not tell it. By hand."""
    article_share: float = 0.7
    """Reading: how much of a passage's retrieval score is that of its article's best passage, so that the reader
    chooses within an article. 0.3 to 0.7 are no worse than 0 on the starter articles and news-dev; nq-dev is blind to
    it. By hand."""
    most_quotes: int = 5
    """Quoting: sentences in one answer. By hand."""
    most_quotes_of_a_passage: int = 4
    """Quoting: sentences from the passage that answers. By hand."""
    evidence_gap: float = 6.0
    """Quoting: a further sentence of the best passage may have this much less of the reader's evidence than the
    answer's. Chosen with `likeness_weight` by the F1 of quoted sentences on clapnq-dev."""
    listed_gap: float = 12.0
    """Quoting: the same where both sentences are items of one list ("the first ...", "the second ..."), and the
    question asks for no single one. A sentence with less evidence is not quoted, however alike. By hand."""
    likeness_weight: float = 20.0
    """Quoting: what being wholly alike the question in meaning counts beside evidence. Chosen with `evidence_gap`."""
    rank_gap: float = 0.05
    """Quoting: another passage is quoted if it scores within this of the best, and answers by itself. By hand."""
    near_for_lists: float = 0.25
    """Reading: `near` where several things are asked for, or a figure that may have grown since. By hand."""
    rank_gap_for_lists: float = 0.2
    """Quoting: `rank_gap` where several things are asked for. By hand."""
    most_overlap: float = 0.5
    """Quoting: two sentences say the same if they share more than this of the shorter one's words. By hand."""
    same_statement: float = 0.6
    """Disagreement: two undated sentences state the same if they share this much of the shorter one's words, their
    answers aside. By hand; `benchmarks.disagreement` measures what it finds and what it finds wrongly."""
    same_event: float = 0.5
    """Disagreement: the same of two articles of the same days, whose names and times are compared, too. By hand."""
    most_rivals: int = 2
    """Disagreement: answers that are shown against the best one. By hand."""
    most_departure: float = 0.25
    """Follow-ups: a question that names nothing is about the same as the last one if its best passage scores at most so
    much higher than the best of the articles that the last one finds. Chosen on followups.jsonl and 65 other turns."""
    most_departure_if_said: float = 0.15
    """Follow-ups: the same where the question has more than two nouns and verbs. Chosen with `most_departure`."""


STANDARD_WEIGHTS = Weights()

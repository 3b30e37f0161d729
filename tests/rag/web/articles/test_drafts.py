"""Drafts are corrected, discarded and settled; what failed stays as a problem."""

from dataclasses import replace
from datetime import date

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded
from rag.library.records import Outcome, Receipt
from rag.web.articles.drafts import DRAFTS, Draft, Drafts, Problem
from rag.web.job import Job

ONE, TWO = Article(title="One", text="First."), Article(title="Two", text="Second.")


def make_drafts(*items: Loaded | LoadError) -> Drafts:
    drafts = Drafts()
    drafts.take_in(items)
    return drafts


def test_what_was_read_becomes_drafts_and_problems() -> None:
    drafts = make_drafts(Loaded("a.txt", ONE), LoadError("b.pdf", "is empty"), Loaded("c.txt", TWO))
    assert drafts.unsaved == (Draft(0, "a.txt", ONE), Draft(1, "c.txt", TWO))
    assert drafts.problems == (Problem("b.pdf", "is empty"),)


def test_a_draft_is_corrected_and_one_that_is_gone_is_left_alone() -> None:
    drafts = make_drafts(Loaded("a.txt", ONE))
    drafts.correct(0, {"published": "2022-01-26"})
    drafts.correct(7, {"title": "Nobody"})
    assert [draft.article for draft in drafts.unsaved] == [
        Article(title="One", text="First.", published=date(2022, 1, 26))
    ]


def test_an_impossible_correction_is_a_problem_and_the_draft_stays() -> None:
    drafts = make_drafts(Loaded("a.txt", ONE))
    for _ in range(2):  # as it is typed, and with the next click
        drafts.correct(0, {"published": "soon"})
    assert drafts.unsaved == (Draft(0, "a.txt", ONE),)
    assert drafts.problems == (Problem("a.txt", "'soon' is not a day; write it like 26 January 2022"),)


def test_all_drafts_are_given_the_same_details_or_those_that_lack_them() -> None:
    drafts = make_drafts(Loaded("a", ONE), Loaded("b", replace(TWO, outlet="Post")))
    drafts.correct_all({"outlet": "Mail", "topic": "", "published": "2022-01-26"}, only_missing=True)
    assert [(draft.article.outlet, draft.article.topic) for draft in drafts.unsaved] == [("Mail", ""), ("Post", "")]
    assert {draft.article.published for draft in drafts.unsaved} == {date(2022, 1, 26)}
    drafts.correct_all({"topic": "Rain", "no-outlet": "on"}, only_missing=False)
    assert {(draft.article.outlet, draft.article.topic) for draft in drafts.unsaved} == {("", "Rain")}
    drafts.correct_all({"topic": "x" * 5_000}, only_missing=False)
    drafts.correct_all({"published": "31 June"}, only_missing=False)
    assert {draft.article.topic for draft in drafts.unsaved} == {"Rain"}
    told = "a topic of 5,000 characters is too long: write at most 500"
    wrong = "'31 June' is not a day; write it like 26 January 2022"
    assert drafts.problems == (Problem("a", told), Problem("b", told), Problem("Edit all", wrong))


def test_what_is_doubtful_comes_first_and_stays_there_while_it_is_corrected() -> None:
    drafts = make_drafts(*(Loaded(name, Article(title=name, text="Text.")) for name in ("sure", "odd", "certain")))
    drafts.sort(lambda draft: draft.name == "odd")
    assert ([draft.name for draft in drafts.unsaved], drafts.doubtful) == (["odd", "sure", "certain"], 1)
    drafts.correct(1, {"title": "Not odd"})
    drafts.take_in([Loaded("strange", ONE)])
    drafts.sort(lambda draft: draft.name == "strange")
    assert [draft.name for draft in drafts.unsaved] == ["odd", "strange", "sure", "certain"]


def test_the_text_of_a_draft_is_corrected() -> None:
    drafts = make_drafts(Loaded("a", Article(text="OSLO (AP) — A fery sank.", title="Ferry")))
    drafts.correct(0, {"text": "BERGEN (AFP) — A ferry sank."})
    corrected = Article(text="BERGEN (AFP) — A ferry sank.", title="Ferry")
    (draft,) = drafts.unsaved
    assert (draft.article, draft.article.place, draft.article.agency) == (corrected, "BERGEN", "AFP")
    drafts.correct(0, {"text": " \n"})
    assert drafts.unsaved == (draft,)
    assert drafts.problems == (Problem("a", "article 'Ferry' has no text"),)


def test_saved_drafts_are_dropped_and_refused_ones_say_why() -> None:
    three = Article(title="Three", text="Third.")
    drafts = make_drafts(Loaded("a", ONE), Loaded("b", TWO), Loaded("c", three))
    drafts.settle(drafts.unsaved, [Receipt(ONE.id, Outcome.ADDED), Receipt(TWO.id, Outcome.FAILED, "too long")])
    assert [draft.name for draft in drafts.unsaved] == ["c"], "without a receipt, it is still to be saved"
    assert drafts.problems == (Problem("b", "too long"),)


def test_drafts_have_pages_and_the_last_stays_open_as_they_go() -> None:
    drafts = make_drafts(*(Loaded(str(number), ONE) for number in range(DRAFTS + 1)))
    drafts.page = 1
    assert [draft.key for draft in drafts.page_of_drafts()] == [DRAFTS]
    drafts.discard([DRAFTS])
    assert ([draft.key for draft in drafts.page_of_drafts()], drafts.page, drafts.pages) == ([*range(DRAFTS)], 0, 1)


def test_one_job_at_a_time() -> None:
    drafts, job = Drafts(), Job[int, int]("Saving", (), iter)
    assert [drafts.begin(job), drafts.begin(job)] == [True, False]
    drafts.end()
    assert drafts.begin(job)

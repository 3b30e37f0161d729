"""The desk: drafts are corrected, discarded and settled; what failed stays."""

from datetime import date

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded
from rag.library.records import Outcome, Receipt
from rag.web.articles.drafts import DRAFTS, Desk, Draft, Problem
from rag.web.job import Job

ONE, TWO = Article(title="One", text="First."), Article(title="Two", text="Second.")


def make_desk(*items: Loaded | LoadError) -> Desk:
    desk = Desk()
    desk.take_in(items)
    return desk


def test_what_was_read_becomes_drafts_and_problems() -> None:
    desk = make_desk(Loaded("a.txt", ONE), LoadError("b.pdf", "is empty"), Loaded("c.txt", TWO))
    assert desk.drafts == (Draft(0, "a.txt", ONE), Draft(1, "c.txt", TWO))
    assert desk.problems == (Problem("b.pdf", "is empty"),)


def test_a_draft_is_corrected_and_one_that_is_gone_is_left_alone() -> None:
    desk = make_desk(Loaded("a.txt", ONE))
    desk.correct(0, {"published": "2022-01-26"})
    desk.correct(7, {"title": "Nobody"})
    assert [draft.article for draft in desk.drafts] == [
        Article(title="One", text="First.", published=date(2022, 1, 26))
    ]


def test_an_impossible_correction_is_a_problem_and_the_draft_stays() -> None:
    desk = make_desk(Loaded("a.txt", ONE))
    desk.correct(0, {"published": "soon"})
    assert desk.drafts == (Draft(0, "a.txt", ONE),)
    assert desk.problems == (Problem("a.txt", "'soon' is not a day; write it like 2022-01-26"),)


def test_saved_drafts_leave_the_desk_and_refused_ones_say_why() -> None:
    three = Article(title="Three", text="Third.")
    desk = make_desk(Loaded("a", ONE), Loaded("b", TWO), Loaded("c", three))
    desk.settle(desk.drafts, [Receipt(ONE.id, Outcome.ADDED), Receipt(TWO.id, Outcome.FAILED, "too long")])
    assert [draft.name for draft in desk.drafts] == ["c"], "without a receipt, it is still to be saved"
    assert desk.problems == (Problem("b", "too long"),)


def test_drafts_have_pages_and_the_last_stays_open_as_they_go() -> None:
    desk = make_desk(*(Loaded(str(number), ONE) for number in range(DRAFTS + 1)))
    desk.page = 1
    assert [draft.key for draft in desk.page_of_drafts()] == [DRAFTS]
    desk.discard([DRAFTS])
    assert ([draft.key for draft in desk.page_of_drafts()], desk.page, desk.pages) == ([*range(DRAFTS)], 0, 1)


def test_one_job_at_a_time() -> None:
    desk, job = Desk(), Job[int, int]("Saving", (), iter)
    assert [desk.begin(job), desk.begin(job)] == [True, False]
    desk.end()
    assert desk.begin(job)

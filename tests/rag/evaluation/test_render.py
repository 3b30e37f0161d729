"""The pages: complete, self-contained, and without a way in for what articles and cases say."""

from html.parser import HTMLParser
from itertools import pairwise

from rag.evaluation.cases import Case
from rag.evaluation.compare import Comparison, Pair
from rag.evaluation.render import rank_result, render_comparison, render_report, split_span
from rag.evaluation.report import make_report
from rag.question import Kind
from tests.rag.prose.answers import DAY, MOON, ROOFS, judge_answer, make_answer, make_quote

SETUP = {
    "name": "ours",
    "started": "2026-01-26T12:00:00+00:00",
    "cases": {"count": 3, "digest": "d"},
    "collection": {"articles": 2, "passages": 2, "digest": "d"},
    "settings": {"k": 12},
    "models": {"reader": "none@1", "calibration": {}},
}
HOSTILE = '</style></title><script>alert(1)</script><img src="//x.org" onerror=alert(2)>{{ 7 * 7 }}'
RIGHT = judge_answer(ROOFS, make_answer(make_quote("storm", "It tore off 40 roofs."), span="40"))
WRONG = judge_answer(DAY, make_answer(make_quote("storm", "A storm hit Lisbon on Monday."), span="Monday"))
ELSEWHERE = judge_answer(DAY, make_answer(retrieved=("storm",), confidence=0.1))
SILENT = judge_answer(MOON, make_answer(confidence=0.2))


class Tags(HTMLParser):
    """Collects the tags of a page, and the values of their attributes by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_says_what_was_expected_what_was_answered_and_where_it_broke() -> None:
    page = render_report(make_report(SETUP, [RIGHT, WRONG, SILENT]), [RIGHT, WRONG, SILENT], {"vote": "Porto votes"})
    text = " ".join(Tags(page).text.split())
    for part in (
        "2 of 3 right; 1 misread.",
        "3 questions, asked of 2 articles on 26 January 2026, 12:00.",
        "2 have an answer there and 1 have none",
        "The reader missed the answer 80% sure day When does Porto vote? Expected Friday",
        "Answered “A storm hit Lisbon on Monday.” Storm, Ours, 7 February 2022",
        "Porto votes the article it is in",
        "Right 20% sure moon Who walked on the moon? Expected Not in these articles.",
    ):
        assert part in text, part


def test_a_page_says_what_form_was_expected_and_what_is_right_by_kind() -> None:
    case = Case("hi", "hello", (), kind=Kind.HELP, contains=("Ask",), lacks=("<b>",))
    result = judge_answer(case, make_answer(kind=Kind.HELP, reply="Ask me.", confidence=1.0))
    text = " ".join(Tags(render_report(make_report(SETUP, [result]), [result], {})).text.split())
    assert "by the kind of question Help1.0001" in text
    assert "Expected A question of the kind “help”. With “Ask”. Without “<b>”. Without quotes. Answered Ask me." in text


def test_an_article_that_was_not_found_is_named() -> None:
    page = render_report(make_report(SETUP, [ELSEWHERE]), [ELSEWHERE], {"vote": "Porto votes"})
    text = " ".join(Tags(page).text.split())
    assert "Retrieval missed the article" in text
    assert "It is in: Porto votes, which was not found" in text
    assert "The run was stopped before its end: 1 of 3 questions were asked." in text


def test_hostile_text_stays_text() -> None:
    case = Case(HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,), ((HOSTILE,),))
    quote = make_quote("storm", "It tore off 40 roofs.") | {"title": HOSTILE, "outlet": HOSTILE, "text": HOSTILE}
    answer = make_answer(quote, span=HOSTILE, retrieved=(HOSTILE, "other"))
    wrong, silent = judge_answer(case, answer), judge_answer(case, make_answer(confidence=0.1))
    setup = SETUP | {"name": HOSTILE}
    pages = [
        render_report(make_report(setup, [wrong, silent]), [wrong, silent], {"other": HOSTILE}),
        render_comparison(Comparison(setup, setup, [], [Pair(wrong, silent)], (0, 0))),
    ]
    for page in pages:
        tags = Tags(page)
        assert not tags.names & {"script", "img", "link", "iframe", "object", "form"}
        assert not {name for name in tags.attributes if name.startswith("on")} | tags.attributes.keys() & {
            "src",
            "href",
        }
        assert tags.text.count(HOSTILE) >= 5


def test_nothing_is_fetched() -> None:
    page = render_report(make_report(SETUP, [RIGHT, WRONG, SILENT]), [RIGHT, WRONG, SILENT], {})
    assert {"http:", "https:", "url(", "@import"} & set(page.replace("(", "( ").split()) == set()
    assert "://" not in page
    assert {"svg", "style", "polyline", "circle", "rect"} <= Tags(page).names


def test_the_worst_come_first() -> None:
    withheld = judge_answer(DAY, make_answer(confidence=0.1))
    unknown = judge_answer(Case("open", "What happened?"), make_answer(confidence=0.0))
    expected = [WRONG, withheld, SILENT, RIGHT, unknown]
    assert all(rank_result(one) < rank_result(other) for one, other in pairwise(expected))


def test_the_span_is_found_in_the_quote() -> None:
    assert split_span("It tore off 40 roofs.", "40") == ("It tore off ", "40", " roofs.")
    assert split_span("It rained.", "40") == ("It rained.", "", "")
    assert split_span("It rained.", "") == ("It rained.", "", "")

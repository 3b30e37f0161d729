"""Citation styles: whole texts worked out by hand, and what an article leaves open."""

from dataclasses import replace
from datetime import date

from corpus.article import Source
from rag.answer import Citation, Quote
from rag.web.chat.citing import write_apa, write_bibtex, write_quote
from rag.web.chat.exchange import Exchange
from tests.rag.web.samples import make_answer

BARE = Source("b1", "Profits & losses: 5% of {all}", "", "Jane Roe", None, "", "")
LINKED = Source("c1", "Reply.", "The Post", "", date(2022, 5, 5), "https://post.example/reply", "")


def make_exchange(source: Source) -> Exchange:
    answer = make_answer()
    quotes = (*answer.quotes, Quote(source.id, 0, 9, "A_treaty\nwas  signed.", 2, 0.8))
    return Exchange("What?", replace(answer, quotes=quotes, citations=(*answer.citations, Citation(2, source))))


def test_a_single_quote_has_its_outlet_and_date() -> None:
    answer = make_answer()
    assert write_quote(answer.quotes[0], answer.citations[0].source) == (
        "“It demanded a halt to expansion.” (Our paper, 17 December 2021)"
    )
    assert (
        write_quote(replace(answer.quotes[0], text="It\nrained."), BARE)
        == "“It rained.” (Profits & losses: 5% of {all})"
    )


def test_apa_names_author_or_outlet_and_orders_the_references() -> None:
    assert write_apa(make_exchange(BARE)) == (
        "“It demanded a halt to expansion.” (Our paper, 2021)\n\n“A_treaty was signed.” (Jane Roe, n.d.)\n\n"
        "References\n\nJane Roe (n.d.). Profits & losses: 5% of {all}.\n\n"
        "Our paper (2021, December 17). Draft treaties."
    )
    assert write_apa(make_exchange(LINKED)).endswith("The Post (2022, May 5). Reply. https://post.example/reply")


def test_bibtex_has_an_entry_for_each_source_and_no_markup_of_tex() -> None:
    assert write_bibtex(make_exchange(BARE)) == (
        "@article{ourpaper2021a,\n  title = {{Draft treaties}},\n  journal = {Our paper},\n  year = {2021},\n"
        "  month = dec,\n  day = {17},\n  note = {“It demanded a halt to expansion.”},\n}\n\n"
        "@article{janeroeb,\n  author = {{Jane Roe}},\n  title = {{Profits \\& losses: 5\\% of \\{all\\}}},\n"
        "  note = {“A\\_treaty was signed.”},\n}"
    )
    assert "  url = {https://post.example/reply},\n" in write_bibtex(make_exchange(LINKED))


def test_only_web_addresses_are_cited_and_a_question_without_an_answer_has_none() -> None:
    script = replace(LINKED, url="javascript:alert(1)")
    assert "javascript" not in write_apa(make_exchange(script)) + write_bibtex(make_exchange(script))
    assert (write_apa(Exchange("Why?")), write_bibtex(Exchange("Why?"))) == ("", "")

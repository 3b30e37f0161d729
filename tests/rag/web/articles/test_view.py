"""The parts of the articles page as HTML: what is shown, and that text stays text."""

from datetime import date

import pytest

from corpus.article import Article, Source
from corpus.errors import LoadError
from corpus.loading import Loaded
from rag.library.records import Entry, Removal, RemovedArticle
from rag.web.articles.drafts import Drafts
from rag.web.articles.finding import View, select_entries
from rag.web.articles.undo import Edit, Notice
from rag.web.articles.view import (
    render_chosen,
    render_drafts,
    render_entry_form,
    render_notice,
    render_reader,
    render_table,
    render_tools,
)
from tests.rag.web.markup import PAYLOADS, list_markup, visible_text

TODAY = date(2024, 1, 1)
TAGS = set(
    "section form details textarea summary header footer h2 h3 p b bdi i span ul li a button label input div svg path"
    " rect mark select option datalist table caption thead tbody tr th td".split()
)
ATTRIBUTES = set(
    "class type name value open dir disabled scope role href target rel autocomplete"
    " data-send data-key data-page data-order data-article data-number data-link data-address viewbox d aria-hidden"
    " focusable data-only data-like list placeholder selected x y width height rx"
    " data-all data-collection data-topic data-which data-here data-ticks data-folder data-suffixes data-file-bytes"
    " data-bytes data-files maxlength title hidden rows size spellcheck webkitdirectory multiple"
    " aria-label aria-labelledby aria-sort id".split()
)


def show_drafts(drafts: Drafts, twin: Article | None = None) -> str:
    return render_drafts(drafts, {draft.key: twin for draft in drafts.unsaved}, TODAY)


def test_a_draft_shows_what_was_understood_and_what_to_look_at() -> None:
    drafts = Drafts()
    article = Article(title="Fire", text="The fire burned.", outlet="Our paper", published=date(2023, 8, 9))
    drafts.take_in([Loaded("fire.txt", article)])
    assert visible_text(show_drafts(drafts)) == (
        "1 to check Correct what was misunderstood, then save. Discard all Save "
        "Fire Our paper, 9 August 2023, fire.txt "
        "only 16 characters Title Outlet Author Published Web address Topic The fire burned. "
        "16 characters from fire.txt Correct the text Discard this one"
    )
    assert 'name="published" value="9 August 2023"' in show_drafts(drafts)
    assert "already here" in show_drafts(drafts, twin=article)
    assert "updates a saved article" in show_drafts(drafts, twin=Article(text="Another."))


def test_failures_and_what_was_done_stay_visible() -> None:
    drafts = Drafts()
    drafts.take_in([LoadError("a.pdf", "is empty")])
    drafts.report = "2 added"
    assert visible_text(show_drafts(drafts)) == "2 added. 1 not added Dismiss a.pdf is empty"
    assert visible_text(show_drafts(Drafts())) == ""


def test_a_notice_offers_an_undo_where_there_is_one() -> None:
    removed = Removal((RemovedArticle(Article(title="Fire", text="Burned."), True, (), ()),))
    told = "In no answer any more; the text leaves the files in the background."
    assert visible_text(render_notice(Notice("Removed “Fire”", (removed,)))) == f"Removed “Fire”. {told} Undo"
    assert visible_text(render_notice(Notice("Restored “Fire”"))) == "Restored “Fire”."
    assert visible_text(render_notice(Notice("Its place is taken", (removed,), is_problem=True))).endswith(
        "taken. Undo"
    )
    assert render_notice(None) == ""


def test_the_bar_of_chosen_articles_says_how_many_and_which_are_on_this_page() -> None:
    drafts = Drafts()
    assert visible_text(render_chosen(drafts)) == ""
    drafts.shown, drafts.found = ("a", "b"), 51
    drafts.choose(["a"], ["a", "b"], 1)
    assert visible_text(render_chosen(drafts)).startswith("1 selected Select all 51 that are found Select none")
    assert 'data-here="[&#34;a&#34;]" data-ticks="1"' in render_chosen(drafts)
    drafts.choose([], ["a", "b"], 1)  # an earlier change, which comes late
    assert drafts.chosen == {"a"}
    drafts.choose(["b"], ["b"], 2)
    assert drafts.chosen == {"a", "b"}


def test_a_collection_is_shown_with_what_can_be_done_with_it() -> None:
    entries = [Entry(Source("fire", "Fire", "", "", None, "", "Fires & floods"), "live", 1, 1)]
    view = View(topic="Fires & floods")
    shown = render_table(select_entries(entries, view), view, is_empty=False)
    assert "Collection Fires & floods Ask this collection Copy link Remove the collection" in visible_text(shown)
    assert 'data-link="?topic=Fires%20%26%20floods"' in shown


def test_the_formats_shown_are_those_given() -> None:
    assert visible_text(render_entry_form([".txt", ".pdf"])).endswith(
        "All kinds of files TXT, PDF Paste text Article text, with its headline on the first line Read this text"
        " Web addresses or feeds Addresses, one a line Read these pages"
    )


def test_the_table_and_its_empty_states() -> None:
    entries = [
        Entry(Source("fire", "Fire", "Our paper", "", date(2023, 8, 9), "", ""), "live", 1234, 1),
        Entry(Source("old", "Old", "", "", None, "", ""), "superseded", 10, 0),
    ]
    shown = render_table(select_entries(entries, View()), View(), is_empty=False, snippets={})
    assert visible_text(shown) == (
        "Saved articles Date Outlet Title Characters State "
        "9 August 2023 Our paper Fire 1,234 In use Old 10 Earlier version 2 articles"
    )
    assert shown.count("data-article") == 1, "an earlier version has no text to open"
    search = View(search="snow")
    assert "Nothing found" in render_table(select_entries(entries, search), search, is_empty=False, snippets={})
    assert "No articles yet" in render_table(select_entries([], View()), View(), is_empty=True, snippets={})


def test_the_reader_shows_the_article_or_the_problem() -> None:
    article = Article(id="fire", title="Fire", text="The fire burned.", outlet="Our paper")
    assert visible_text(render_reader(article, "no such date")) == (
        "Close Ask this article More like this Copy link Remove no such date Fire Our paper "
        "Edit details Title Outlet Author Published Web address Topic Save details The fire burned."
    )
    assert visible_text(render_reader(None, "gone")) == "Close gone"
    assert render_reader(None) == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a " not in render_reader(Article(text="Text.", url=url))


@pytest.mark.parametrize("payload", [*PAYLOADS, "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe"])
def test_text_stays_text_in_every_place(payload: str) -> None:
    article = Article(
        id=payload if payload.isprintable() else "a", title=payload, text=f"x {payload}", outlet=payload,
        author=payload, url=f"https://{payload}",
    )  # fmt: skip
    drafts = Drafts()
    drafts.take_in([Loaded(payload, article), Loaded(payload, article), LoadError(payload, payload)])
    drafts.report, drafts.shown, drafts.opened = payload, (article.id,), 0
    drafts.choose([article.id], [article.id], 1)
    entries = [Entry(article.source, payload, 1, 1)]
    for html in (
        show_drafts(drafts, twin=article),
        render_table(select_entries(entries, View()), View(), is_empty=False, snippets={}),
        render_table(select_entries(entries, View(topic="")), View(topic=payload), is_empty=False, snippets={}),
        render_notice(Notice(payload, edits=(Edit(article, article),))),
        render_chosen(drafts),
        render_table(select_entries([], View(search=payload)), View(search=payload), is_empty=False, snippets={}),
        render_reader(article, payload),
        render_tools(View(search=payload, outlet=payload, topic=payload), [payload], [payload]),
        render_entry_form([payload]).split("</details>")[0],
    ):
        tags, attributes = list_markup(html)
        assert tags <= TAGS
        assert attributes <= ATTRIBUTES


def test_a_name_cannot_pass_for_another() -> None:
    drafts = Drafts()
    drafts.take_in([LoadError("cod.\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", "is\nempty")])
    assert visible_text(show_drafts(drafts)) == "1 not added Dismiss cod.fdp.exe is empty"

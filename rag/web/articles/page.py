"""The articles page: its handlers and components. Its looks are in `articles.css`, its words in `templates/`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.loading import SUFFIXES, Limits
from corpus.writing import write_lines
from rag.assembly import list_starter_articles
from rag.errors import UnknownArticleError
from rag.library.library import Library
from rag.library.records import Entry
from rag.web.articles.adding import Adding
from rag.web.articles.changing import GONE, Changing
from rag.web.articles.drafts import Drafts
from rag.web.articles.finding import Selection, View, cut_snippet, find_entries, read_view, select_entries, sort_by
from rag.web.articles.similar import find_similar
from rag.web.articles.view import (
    render_chosen,
    render_entry_form,
    render_notice,
    render_reader,
    render_table,
    render_tools,
)
from rag.web.element import (
    ARRIVE,
    EACH,
    FORM_SCRIPT,
    LONG_RUNNING,
    PRIVATE,
    Opening,
    Shown,
    in_turn,
    make_download,
    make_element,
    report_errors,
)
from rag.web.segments import Segment

DOWNLOAD = "dateline-articles.jsonl"
TICKS_SCRIPT, FOLDERS_SCRIPT = (
    Path(__file__).with_name(f"{name}.js").read_text("utf-8") for name in ("ticks", "folders")
)
NEIGHBOURS = 10
"""Articles that "more like this" shows."""


class ArticlesPage:
    """The page's handlers: each takes the browser's event and returns what the components show.

    Example:
        ArticlesPage(library, STANDARD_LIMITS, show_header).build(app, header)
    """

    name = "articles"
    label = "Articles"

    def __init__(self, library: Library, limits: Limits, show_header: Callable[[], str]) -> None:
        """Save articles to `library`, read within `limits`; `show_header` renders the header when they change."""
        self._library = library
        self._show_header = show_header
        self._changing = Changing(library, self._show_changed)
        self._adding = Adding(library, limits, lambda drafts: (self._show_table(drafts), self._show_header()))

    def open(self) -> tuple[Drafts, str, str, str]:
        """Return drafts, forms, tools and table of a page that was just opened."""
        drafts = Drafts()
        return drafts, render_entry_form(SUFFIXES), self._show_tools(drafts), self._show_table(drafts)

    def refresh(self, drafts: Drafts | None) -> Any:
        """Return the tools after articles were added, changed or removed: their outlets and topics may be others."""
        return self._show_tools(drafts) if drafts else gr.skip()

    def search(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Show the articles that pass the search and the filters; returns (table, none chosen)."""
        fields = {name: str(value) for name, value in dict(event.fields).items()}
        drafts.view, drafts.chosen = read_view(drafts.view, fields), frozenset()
        return self._show_table(drafts), render_chosen(drafts)

    def arrange(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Show the table in another order, or another page of it; returns (table, chosen)."""
        view = drafts.view
        drafts.view = sort_by(view, str(event.order)) if event.order else replace(view, page=int(event.page))
        return self._show_table(drafts), render_chosen(drafts)

    def find_like(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Show the articles that are most like one, or all again; returns (table, none chosen, tools)."""
        id, library = str(event.like), self._library
        found = find_similar(library.catalog, library.vectors, id, NEIGHBOURS) if id else []
        drafts.view, drafts.chosen = View(like=id, neighbours=tuple(found)), frozenset()
        return self._show_table(drafts), render_chosen(drafts), self._show_tools(drafts)

    def read_article(self, event: gr.EventData) -> str:
        """Return the chosen article, to read and to edit; `start` and `end` highlight a sentence of it."""
        start, end = getattr(event, "start", ""), getattr(event, "end", "")
        try:
            place = (int(start), int(end)) if start else None
            return render_reader(self._library.read(str(event.article)), place=place)
        except UnknownArticleError:
            return render_reader(None, GONE)

    def choose(self, drafts: Drafts, event: gr.EventData) -> str:
        """Choose the articles that are ticked; returns what can be done with them."""
        drafts.choose(map(str, event.ticked), map(str, event.shown), int(event.number))
        return render_chosen(drafts)

    def choose_all(self, drafts: Drafts) -> str:
        """Choose all articles that pass the search and the filters; returns what can be done with them."""
        drafts.chosen = frozenset(entry.source.id for entry in self._list_found(drafts))
        return render_chosen(drafts)

    def choose_none(self, drafts: Drafts) -> str:
        """Choose no article."""
        drafts.chosen = frozenset()
        return render_chosen(drafts)

    def dismiss(self, drafts: Drafts) -> str:
        """Close the notice: what was removed cannot come back any more."""
        drafts.notice = None
        return render_notice(None)

    @report_errors
    def write_download(self, drafts: Drafts, event: gr.EventData) -> str:
        """Write the chosen articles, or all live ones that are found, into a file to download; returns its path."""
        path, catalog = make_download(DOWNLOAD), self._library.catalog
        if event.which == "chosen":
            entries = [entry for entry in catalog.list_entries() if entry.source.id in drafts.chosen]
        else:
            entries = self._list_found(drafts)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_lines(article for each in entries if (article := catalog.find(each.source.id))))
        return str(path)

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        drafts = gr.State()
        with gr.Column(elem_id="dl-articles", elem_classes="dl-work"):
            drop = gr.File(
                file_count="multiple",
                label="Files of articles",
                show_label=False,
                elem_id="dl-drop",
                elem_classes="dl-drop",
            )
            entry = make_element("dl-entry", FORM_SCRIPT + FOLDERS_SCRIPT)
            progress = make_element("dl-progress", FORM_SCRIPT)
            preview = make_element("dl-drafts", FORM_SCRIPT)
            tools = make_element("dl-tools", FORM_SCRIPT)
            chosen = make_element("dl-chosen", FORM_SCRIPT)
            table = make_element("dl-table", FORM_SCRIPT + TICKS_SCRIPT)
            download = gr.DownloadButton(visible="hidden", elem_id="dl-download")
        reader = make_element("dl-reader", FORM_SCRIPT, "dl-drawer")
        notice = make_element("dl-notice", FORM_SCRIPT)
        opening(self.open, None, [drafts, entry, tools, table], **PRIVATE)
        self._connect_adding(drafts, (drop, entry, progress, preview, table), header)
        header.change(self.refresh, drafts, tools, **PRIVATE)
        self._connect_table(drafts, tools, chosen, table)
        for part in (tools, chosen):
            part.download(self.write_download, drafts, download, **PRIVATE)
        download.change(None, js="() => dateline.download()", **PRIVATE)
        table.select(self.read_article, None, reader, **in_turn("reader")).then(None, js=ARRIVE, **PRIVATE)
        reader.clear(lambda: render_reader(None), None, reader, **in_turn("reader"))
        reader.change(None, js="() => dateline.showReader()", **PRIVATE)
        self._connect_changes(drafts, (tools, reader, chosen, notice, table), header)

    def _connect_adding(self, drafts: gr.State, parts: tuple[Any, ...], header: gr.HTML) -> None:
        adding, (drop, entry, progress, preview, table) = self._adding, parts
        drop.upload(adding.read_files, [drop, drafts], [progress, preview, drop], **LONG_RUNNING)
        entry.submit(adding.read_entry, drafts, [progress, preview, entry], **LONG_RUNNING)
        progress.stop(adding.cancel, drafts, None, **LONG_RUNNING)
        preview.submit(adding.save, drafts, [progress, preview, table, header], **LONG_RUNNING)
        entry.clear(adding.leave_out, drafts, preview, **PRIVATE)
        preview.input(adding.correct, drafts, None, **EACH)
        preview.apply(adding.correct_all, drafts, preview, **PRIVATE)
        preview.edit(adding.open_text, drafts, preview, **PRIVATE)
        preview.delete(adding.discard, drafts, preview, **PRIVATE)
        preview.select(adding.turn_page, drafts, preview, **PRIVATE)
        preview.clear(adding.dismiss, drafts, preview, **PRIVATE)
        for part in (entry, preview):  # new fields would keep the text typed into the old ones
            part.change(None, js=f"() => dateline.reset('{part.elem_id}')", **PRIVATE)

    def _connect_table(self, drafts: gr.State, tools: gr.HTML, chosen: gr.HTML, table: gr.HTML) -> None:
        tools.input(self.search, drafts, [table, chosen], **in_turn("table"))
        table.input(self.find_like, drafts, [table, chosen, tools], **in_turn("table"))
        table.apply(self.arrange, drafts, [table, chosen], **in_turn("table"))
        table.option_select(self.choose, drafts, chosen, **in_turn("table"))
        chosen.select(self.choose_all, drafts, chosen, **in_turn("table"))
        chosen.clear(self.choose_none, drafts, chosen, **in_turn("table"))
        for part in (chosen, table):
            part.change(None, js="() => dateline.showChosen()", **PRIVATE)

    def _connect_changes(self, drafts: gr.State, parts: tuple[gr.HTML, ...], header: gr.HTML) -> None:
        tools, reader, chosen, notice, table = parts
        changing, shown = self._changing, [reader, chosen, notice, table, header]
        reader.submit(changing.edit, drafts, shown, **PRIVATE)
        chosen.submit(changing.edit_chosen, drafts, shown, **LONG_RUNNING)
        for part in (reader, chosen, table, tools):
            part.delete(changing.remove, drafts, shown, **LONG_RUNNING)
        notice.undo(changing.undo, drafts, shown, **LONG_RUNNING)
        notice.stop(self._adding.cancel, drafts, None, **LONG_RUNNING)
        notice.clear(self.dismiss, drafts, notice, **PRIVATE)

    def _list_found(self, drafts: Drafts) -> list[Entry]:
        """Return the live articles that pass the search and the filters."""
        catalog = self._library.catalog
        return find_entries(catalog.list_entries(), drafts.view, catalog.list_having)

    def _show_changed(self, drafts: Drafts) -> Shown:
        table = self._show_table(drafts)
        return render_chosen(drafts), render_notice(drafts.notice), table, self._show_header()

    def _show_table(self, drafts: Drafts) -> str:
        entries = self._library.catalog.list_entries(superseded=drafts.view.superseded)
        selection = select_entries(entries, drafts.view, self._library.catalog.list_having)
        drafts.show(selection, {entry.source.id for entry in entries if entry.state == "live"})
        return render_table(
            selection,
            drafts.view,
            is_empty=not entries,
            snippets=self._cut_snippets(selection, drafts.view),
            like=self._name(drafts.view.like),
        )

    def _show_tools(self, drafts: Drafts) -> str:
        catalog = self._library.catalog
        outlets, topics = (sorted(catalog.count_values(column)) for column in ("outlet", "topic"))
        return render_tools(drafts.view, outlets, topics, starters=len(list_starter_articles(catalog)))

    def _cut_snippets(self, selection: Selection, view: View) -> dict[str, list[Segment]]:
        """Return where the words of the search stand in the texts of the articles on this page of the table."""
        catalog = self._library.catalog
        found = (catalog.find(entry.source.id) for entry in selection.entries if view.words and entry.state == "live")
        return {article.id: cut_snippet(article.text, view.words) for article in found if article}

    def _name(self, article_id: str) -> str:
        article = self._library.catalog.find(article_id) if article_id else None
        return (article.title or article.id) if article else ""

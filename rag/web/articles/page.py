"""The articles page: its handlers and components. Its looks are in `articles.css`, its words in `templates/`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gradio as gr

from corpus.errors import LoadError
from corpus.loading import SUFFIXES, Limits
from rag.errors import USER_ERRORS, UnknownArticleError
from rag.library.library import Library
from rag.web.articles.adding import Adding
from rag.web.articles.drafts import Drafts
from rag.web.articles.finding import Selection, View, cut_snippet, find_entries, read_view, select_entries, sort_by
from rag.web.articles.similar import find_similar
from rag.web.articles.table import correct_article, summarize_receipts, write_lines
from rag.web.articles.view import render_entry_form, render_reader, render_table, render_tools
from rag.web.element import FORM_SCRIPT, LONG_RUNNING, PRIVATE, Shown, make_download, make_element, report_errors
from rag.web.segments import Segment

DOWNLOAD = "dateline-articles.jsonl"
GONE = "This article is no longer here."
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
        self._adding = Adding(library, limits, lambda drafts: (self._show_table(drafts), self._show_header()))

    def open(self) -> tuple[Drafts, str, str, str]:
        """Return drafts, forms, tools and table of a page that was just opened."""
        drafts = Drafts()
        return drafts, render_entry_form(SUFFIXES), self._show_tools(drafts), self._show_table(drafts)

    def refresh(self, drafts: Drafts | None) -> Any:
        """Return the tools after articles were added, changed or removed: their outlets and topics may be others."""
        return self._show_tools(drafts) if drafts else gr.skip()

    def search(self, drafts: Drafts, event: gr.EventData) -> str:
        """Return the table of the articles that pass the search and the filters."""
        fields = {name: str(value) for name, value in dict(event.fields).items()}
        drafts.view = read_view(drafts.view, fields)
        return self._show_table(drafts)

    def arrange(self, drafts: Drafts, event: gr.EventData) -> str:
        """Return the table in another order, or another page of it."""
        view = drafts.view
        drafts.view = sort_by(view, str(event.order)) if event.order else replace(view, page=int(event.page))
        return self._show_table(drafts)

    def find_like(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Show the articles that are most like one, or all again; returns (table, tools)."""
        id, library = str(event.like), self._library
        found = find_similar(library.catalog, library.vectors, id, NEIGHBOURS) if id else []
        drafts.view = View(like=id, neighbours=tuple(found))
        return self._show_table(drafts), self._show_tools(drafts)

    def read_article(self, event: gr.EventData) -> str:
        """Return the chosen article, to read and to edit; `start` and `end` highlight a sentence of it."""
        start, end = getattr(event, "start", ""), getattr(event, "end", "")
        try:
            place = (int(start), int(end)) if start else None
            return render_reader(self._library.read(str(event.article)), place=place)
        except UnknownArticleError:
            return render_reader(None, GONE)

    def edit(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Correct details of a saved article; returns (reader, table, tools, header)."""
        try:
            article = self._library.read(str(event.article))
        except UnknownArticleError:
            return render_reader(None, GONE), gr.skip(), gr.skip(), gr.skip()
        try:
            new = correct_article(article, {name: str(value) for name, value in dict(event.details).items()})
            self._library.correct(
                article.id,
                title=new.title,
                outlet=new.outlet,
                author=new.author,
                published=new.published,
                url=new.url,
                topic=new.topic,
            )
        except USER_ERRORS as error:
            return render_reader(article, str(error)), gr.skip(), gr.skip(), gr.skip()
        shown = self._show_table(drafts), self._show_tools(drafts), self._show_header()
        return render_reader(self._library.read(article.id)), *shown

    @report_errors
    def remove(self, drafts: Drafts, event: gr.EventData) -> Shown:
        """Remove an article, and keep it for `undo`; returns (reader, drafts, table, header)."""
        try:
            drafts.removed, drafts.report = self._library.take_out(str(event.article)), ""
        except UnknownArticleError:
            return render_reader(None, GONE), gr.skip(), self._show_table(drafts), self._show_header()
        return render_reader(None), self._adding.show_drafts(drafts), self._show_table(drafts), self._show_header()

    @report_errors
    def undo(self, drafts: Drafts) -> Shown:
        """Bring back the article that was removed last; returns (drafts, table, header)."""
        removed, drafts.removed = drafts.removed, None
        if removed:
            try:
                drafts.report = summarize_receipts([self._library.restore(removed)])
            except USER_ERRORS as error:
                drafts.removed = removed
                drafts.take_in([LoadError(removed.article.title or removed.article.id, str(error))])
        return self._adding.show_drafts(drafts), self._show_table(drafts), self._show_header()

    @report_errors
    def write_download(self, drafts: Drafts) -> str:
        """Write the live articles that the table shows, on all its pages, into a file to download; returns its path."""
        path, catalog = make_download(DOWNLOAD), self._library.catalog
        entries = find_entries(catalog.list_entries(), drafts.view, catalog.list_having)
        found = (catalog.find(entry.source.id) for entry in entries)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_lines(article for article in found if article))
        return str(path)

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        drafts, adding = gr.State(), self._adding
        with gr.Column(elem_id="dl-articles", elem_classes="dl-work"):
            drop = gr.File(
                file_count="multiple",
                label="Files of articles",
                show_label=False,
                elem_id="dl-drop",
                elem_classes="dl-drop",
            )
            entry = make_element("dl-entry", FORM_SCRIPT)
            progress = make_element("dl-progress", FORM_SCRIPT)
            preview = make_element("dl-drafts", FORM_SCRIPT)
            tools = make_element("dl-tools", FORM_SCRIPT)
            table = make_element("dl-table", FORM_SCRIPT)
            download = gr.DownloadButton(visible="hidden", elem_id="dl-download")
        reader = make_element("dl-reader", FORM_SCRIPT, "dl-drawer")
        app.load(self.open, None, [drafts, entry, tools, table], **PRIVATE)
        drop.upload(adding.read_files, [drop, drafts], [progress, preview, drop], **LONG_RUNNING)
        entry.submit(adding.read_entry, drafts, [progress, preview, entry], **LONG_RUNNING)
        progress.stop(adding.cancel, drafts, None, **LONG_RUNNING)
        preview.submit(adding.save, drafts, [progress, preview, table, header], **LONG_RUNNING)
        preview.input(adding.correct, drafts, None, **PRIVATE)
        preview.delete(adding.discard, drafts, preview, **PRIVATE)
        preview.select(adding.turn_page, drafts, preview, **PRIVATE)
        preview.clear(adding.dismiss, drafts, preview, **PRIVATE)
        preview.undo(self.undo, drafts, [preview, table, header], **PRIVATE)
        for part in (entry, preview):  # new fields would keep the text typed into the old ones
            part.change(None, js="() => dateline.reset()", **PRIVATE)
        header.change(self.refresh, drafts, tools, **PRIVATE)
        self._connect_table(drafts, tools, table)
        tools.download(self.write_download, drafts, download, **PRIVATE)
        download.change(None, js="() => dateline.download()", **PRIVATE)
        table.select(self.read_article, None, reader, **PRIVATE)
        reader.submit(self.edit, drafts, [reader, table, tools, header], **PRIVATE)
        reader.delete(self.remove, drafts, [reader, preview, table, header], **PRIVATE)
        reader.clear(lambda: render_reader(None), None, reader, **PRIVATE)
        reader.change(None, js="() => dateline.showReader()", **PRIVATE)

    def _connect_table(self, drafts: gr.State, tools: gr.HTML, table: gr.HTML) -> None:
        tools.input(self.search, drafts, table, **PRIVATE, trigger_mode="multiple")
        table.input(self.find_like, drafts, [table, tools], **PRIVATE)
        table.apply(self.arrange, drafts, table, **PRIVATE)

    def _show_table(self, drafts: Drafts) -> str:
        entries = self._library.catalog.list_entries(superseded=drafts.view.superseded)
        selection = select_entries(entries, drafts.view, self._library.catalog.list_having)
        return render_table(
            selection,
            drafts.view,
            is_empty=not entries,
            snippets=self._cut_snippets(selection, drafts.view),
            like=self._name(drafts.view.like),
        )

    def _show_tools(self, drafts: Drafts) -> str:
        catalog = self._library.catalog
        return render_tools(drafts.view, sorted(catalog.count_values("outlet")), sorted(catalog.count_values("topic")))

    def _cut_snippets(self, selection: Selection, view: View) -> dict[str, list[Segment]]:
        """Return where the words of the search stand in the texts of the articles on this page of the table."""
        catalog = self._library.catalog
        found = (catalog.find(entry.source.id) for entry in selection.entries if view.words and entry.state == "live")
        return {article.id: cut_snippet(article.text, view.words) for article in found if article}

    def _name(self, article_id: str) -> str:
        article = self._library.catalog.find(article_id) if article_id else None
        return (article.title or article.id) if article else ""

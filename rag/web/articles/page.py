"""The articles page: which component does what. How it looks is in `articles.css`, what it says in `templates/`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.utils import get_upload_folder

from corpus.loading import SUFFIXES, Limits
from rag.errors import USER_ERRORS, UnknownArticleError
from rag.library.library import Library
from rag.web.articles.adding import Adding, Shown
from rag.web.articles.drafts import Desk
from rag.web.articles.table import correct_article, select_entries, sort_by, summarize_receipts, write_lines
from rag.web.articles.view import render_entry_form, render_reader, render_table, render_tools
from rag.web.element import make_element

DOWNLOAD = "dateline-articles.jsonl"
GONE = "This article is no longer here."

_SCRIPT = (Path(__file__).parents[1] / "forms.js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_WATCHED: dict[str, Any] = _PRIVATE | {"concurrency_limit": 8}
"""For what goes on for a while: one visitor's work does not keep another's waiting."""


class ArticlesPage:
    """The page's handlers: each takes what the browser sent and returns what the components show."""

    name = "articles"
    label = "Articles"

    def __init__(self, library: Library, limits: Limits, show_header: Callable[[], str]) -> None:
        """Add to `library` what is read within `limits`."""
        self._library = library
        self._show_header = show_header
        self._adding = Adding(library, limits, lambda desk: (self._show_table(desk), self._show_header()))

    def open(self) -> tuple[Desk, str, str, str]:
        """Return desk, forms, tools and table of a page just opened."""
        desk = Desk()
        return desk, render_entry_form(SUFFIXES), render_tools(), self._show_table(desk)

    def search(self, desk: Desk, event: gr.EventData) -> str:
        """Return the table of the articles searched for."""
        desk.view = replace(desk.view, search=str(event.search), superseded=bool(event.superseded), page=0)
        return self._show_table(desk)

    def arrange(self, desk: Desk, event: gr.EventData) -> str:
        """Return the table in another order, or another page of it."""
        desk.view = sort_by(desk.view, str(event.order)) if event.order else replace(desk.view, page=int(event.page))
        return self._show_table(desk)

    def read_article(self, event: gr.EventData) -> str:
        """Return the article that was chosen, to read and to edit."""
        try:
            return render_reader(self._library.read(str(event.article)))
        except UnknownArticleError:
            return render_reader(None, GONE)

    def edit(self, desk: Desk, event: gr.EventData) -> Shown:
        """Keep other details of a saved article; returns (reader, table, header)."""
        try:
            article = self._library.read(str(event.article))
        except UnknownArticleError:
            return render_reader(None, GONE), gr.skip(), gr.skip()
        try:
            new = correct_article(article, {name: str(value) for name, value in dict(event.details).items()})
            self._library.correct(
                article.id, title=new.title, outlet=new.outlet, author=new.author, published=new.published, url=new.url
            )
        except USER_ERRORS as error:
            return render_reader(article, str(error)), gr.skip(), gr.skip()
        return render_reader(self._library.read(article.id)), self._show_table(desk), self._show_header()

    def remove(self, desk: Desk, event: gr.EventData) -> Shown:
        """Remove an article, and keep it on the desk in case; returns (reader, desk, table, header)."""
        desk.removed = self._library.catalog.find(id=str(event.article))
        self._library.remove([str(event.article)])
        desk.report = ""
        return render_reader(None), self._adding.show_desk(desk), self._show_table(desk), self._show_header()

    def undo(self, desk: Desk) -> Shown:
        """Add the article again that was removed last; returns (desk, table, header)."""
        article, desk.removed = desk.removed, None
        if article:
            desk.report = summarize_receipts(self._library.add([article]))
        return self._adding.show_desk(desk), self._show_table(desk), self._show_header()

    def write_download(self) -> str:
        """Write the collection into a file that Gradio may hand out and deletes later; returns its path."""
        path = Path(get_upload_folder()) / uuid4().hex / DOWNLOAD
        path.parent.mkdir(parents=True)
        found = (self._library.catalog.find(id=entry.source.id) for entry in self._library.catalog.list_entries())
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_lines(article for article in found if article))
        return str(path)

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        desk, adding = gr.State(), self._adding
        with gr.Column(elem_id="dl-articles", elem_classes="dl-work"):
            drop = gr.File(
                file_count="multiple",
                label="Files of articles",
                show_label=False,
                elem_id="dl-drop",
                elem_classes="dl-drop",
            )
            entry = make_element("dl-entry", _SCRIPT)
            progress = make_element("dl-progress", _SCRIPT)
            drafts = make_element("dl-desk", _SCRIPT)
            tools = make_element("dl-tools", _SCRIPT)
            table = make_element("dl-table", _SCRIPT)
            download = gr.DownloadButton(visible="hidden", elem_id="dl-download")
        reader = make_element("dl-reader", _SCRIPT, "dl-drawer")
        app.load(self.open, None, [desk, entry, tools, table], **_PRIVATE)
        drop.upload(adding.read_files, [drop, desk], [progress, drafts, drop], **_WATCHED)
        entry.submit(adding.read_entry, desk, [progress, drafts, entry], **_WATCHED)
        progress.stop(adding.cancel, desk, None, **_WATCHED)
        drafts.submit(adding.save, desk, [progress, drafts, table, header], **_WATCHED)
        drafts.input(adding.correct, desk, None, **_PRIVATE)
        drafts.delete(adding.discard, desk, drafts, **_PRIVATE)
        drafts.select(adding.turn_page, desk, drafts, **_PRIVATE)
        drafts.clear(adding.dismiss, desk, drafts, **_PRIVATE)
        drafts.undo(self.undo, desk, [drafts, table, header], **_PRIVATE)
        for part in (entry, drafts):  # whose fields would keep what was typed into those they take the place of
            part.change(None, js="() => dateline.reset()", **_PRIVATE)
        tools.input(self.search, desk, table, **_PRIVATE)
        tools.download(self.write_download, None, download, **_PRIVATE)
        download.change(None, js="() => dateline.download()", **_PRIVATE)
        table.apply(self.arrange, desk, table, **_PRIVATE)
        table.select(self.read_article, None, reader, **_PRIVATE)
        reader.submit(self.edit, desk, [reader, table, header], **_PRIVATE)
        reader.delete(self.remove, desk, [reader, drafts, table, header], **_PRIVATE)
        reader.clear(lambda: render_reader(None), None, reader, **_PRIVATE)
        reader.change(None, js="() => dateline.read()", **_PRIVATE)

    def _show_table(self, desk: Desk) -> str:
        entries = self._library.catalog.list_entries(superseded=desk.view.superseded)
        return render_table(select_entries(entries, desk.view), desk.view, is_empty=not entries)

"""The evaluation page: which component does what. How it looks is in `evaluation.css`, what it says in `templates/`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.utils import get_upload_folder

from rag.errors import USER_ERRORS, CaseFileError
from rag.evaluation.compare import compare_runs
from rag.web.articles.adding import Shown
from rag.web.articles.view import render_progress
from rag.web.element import make_element
from rag.web.evaluation.runs import STARTER_CASES
from rag.web.evaluation.view import render_comparison, render_result, render_run, render_runs, render_start
from rag.web.evaluation.worker import Bench
from rag.web.job import SECONDS_BETWEEN_LOOKS
from rag.web.render import render_problem

_SCRIPT = (Path(__file__).parents[1] / "forms.js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_WATCHED: dict[str, Any] = _PRIVATE | {"concurrency_limit": 8}


class EvaluationPage:
    """The page's handlers: each takes what the browser sent and returns what the components show."""

    name = "evaluation"
    label = "Evaluation"

    def __init__(self, bench: Bench) -> None:
        """Run and keep evaluations on `bench`."""
        self._bench = bench
        self._shelf = bench.shelf

    def open(self) -> Iterator[Shown]:
        """Show a page just opened, and a run that is under way; yields (form, progress, run, runs)."""
        yield self._show_start(), "", "", self._show_runs()
        if self._bench.job:
            yield from self._watch("")

    def refresh(self, event: gr.EventData) -> str:
        """Return the form with the case sets that are there now: the chat may have saved the first case."""
        return self._show_start(str(event.set))

    def upload(self, path: str | None) -> Shown:
        """Keep the cases of a file; returns (form, emptied drop zone)."""
        if path is None:
            return gr.skip(), gr.skip()
        try:
            return self._show_start(self._shelf.keep_set(Path(path))), None
        except USER_ERRORS as error:
            return self._show_start(problems=_list_problems(error)), None
        finally:
            Path(path).unlink(missing_ok=True)

    def run(self, event: gr.EventData) -> Iterator[Shown]:
        """Run the case set that was chosen; yields (form, progress, run, runs)."""
        chosen = str(dict(event.details)["set"])
        try:
            name = self._bench.start(chosen)
        except USER_ERRORS as error:
            yield self._show_start(chosen, _list_problems(error)), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._watch(name, chosen)

    def resume(self, event: gr.EventData) -> Iterator[Shown]:
        """Go on with a run that was stopped; yields (form, progress, run, runs)."""
        try:
            self._bench.resume(str(event.run))
        except USER_ERRORS as error:
            yield self._show_start(problems=_list_problems(error)), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._watch(str(event.run))

    def select(self, event: gr.EventData) -> Shown:
        """Open a case or a run; returns (run, case, runs)."""
        name, case = str(event.run), getattr(event, "case", None)
        if case is None:
            return self._show_run(name), "", self._show_runs(name)
        return gr.skip(), self._show_case(name, str(case)), gr.skip()

    def compare(self, event: gr.EventData) -> str:
        """Return the comparison of an earlier run with the one that is open."""
        name, other = str(event.run), str(dict(event.details)["other"])
        try:
            before, after = self._shelf.open_run(other).read(), self._shelf.open_run(name).read()
            return render_comparison(compare_runs(before, after), name)
        except USER_ERRORS as error:
            return render_problem(str(error))

    def delete(self, event: gr.EventData) -> Shown:
        """Delete a run; returns (run, runs)."""
        try:
            self._bench.delete(str(event.run))
        except USER_ERRORS as error:
            return render_problem(str(error)), self._show_runs()
        return "", self._show_runs()

    def write_download(self, event: gr.EventData) -> str:
        """Pack a run into a file that Gradio may hand out and deletes later; returns its path."""
        name = str(event.run)
        self._shelf.open_run(name)
        path = Path(get_upload_folder()) / uuid4().hex / f"{name}.zip"
        path.parent.mkdir(parents=True)
        self._shelf.pack_run(name, path)
        return str(path)

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        with gr.Column(elem_id="dl-evaluation", elem_classes="dl-work"):
            start = make_element("dl-start", _SCRIPT)
            drop = gr.File(label="File of cases", show_label=False, elem_id="dl-drop-cases", elem_classes="dl-drop")
            progress = make_element("dl-asking", _SCRIPT)
            run = make_element("dl-run", _SCRIPT)
            runs = make_element("dl-runs", _SCRIPT)
            download = gr.DownloadButton(visible="hidden", elem_id="dl-download-run")
        case = make_element("dl-case", _SCRIPT, "dl-drawer")
        watched = [start, progress, run, runs]
        app.load(self.open, None, watched, **_WATCHED)
        start.input(self.refresh, None, start, **_PRIVATE)
        drop.upload(self.upload, drop, [start, drop], **_PRIVATE)
        start.submit(self.run, None, watched, **_WATCHED)
        start.clear(self._show_start, None, start, **_PRIVATE)
        progress.stop(self._bench.cancel, None, None, **_PRIVATE)
        run.undo(self.resume, None, watched, **_WATCHED)
        run.apply(self.compare, None, run, **_PRIVATE)
        run.delete(self.delete, None, [run, runs], **_PRIVATE)
        run.clear(lambda: ("", self._show_runs()), None, [run, runs], **_PRIVATE)
        run.download(self.write_download, None, download, **_PRIVATE)
        download.change(None, js="() => dateline.download('#dl-download-run')", **_PRIVATE)
        for part in (run, runs):
            part.select(self.select, None, [run, case, runs], **_PRIVATE)
        case.clear(lambda: "", None, case, **_PRIVATE)
        case.change(None, js="() => dateline.inspect()", **_PRIVATE)

    def _watch(self, name: str, chosen: str = STARTER_CASES.stem) -> Iterator[Shown]:
        """Yield how far the run is until it is done, then the run; the form waits."""
        yield self._show_start(chosen), gr.skip(), "", gr.skip()
        while job := self._bench.job:
            yield gr.skip(), render_progress(job.progress, is_cancelled=job.is_cancelled), gr.skip(), gr.skip()
            sleep(SECONDS_BETWEEN_LOOKS)
        problems = [self._bench.problem] if self._bench.problem else []
        known = [entry.name for entry in self._shelf.list_runs()]
        shown = name if name in known or problems else next(iter(known), "")
        run = self._show_run(shown) if shown in known else ""
        yield self._show_start(chosen, problems), "", run, self._show_runs(shown)

    def _show_start(self, chosen: str = STARTER_CASES.stem, problems: Sequence[str] = ()) -> str:
        return render_start([*self._shelf.list_sets()], chosen, problems, is_busy=self._bench.job is not None)

    def _show_runs(self, opened: str = "") -> str:
        return render_runs(self._shelf.list_runs(), opened)

    def _show_run(self, name: str) -> str:
        entries = {entry.name: entry for entry in self._shelf.list_runs()}
        try:
            run = self._shelf.open_run(name).read()
        except USER_ERRORS as error:
            return render_problem(str(error))
        others = [entry for entry in entries.values() if entry.name != name and entry.asked]
        return render_run(entries[name], run, others)

    def _show_case(self, name: str, case: str) -> str:
        run = self._shelf.open_run(name).read()
        titles = {
            entry.source.id: entry.source.title or entry.source.id
            for entry in self._bench.library.catalog.list_entries()
        }
        return next((render_result(each, titles) for each in run.results if each.case.id == case), "")


def _list_problems(error: Exception) -> Sequence[str]:
    return error.problems if isinstance(error, CaseFileError) else [str(error)]

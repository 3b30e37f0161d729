"""The evaluation page: its handlers and components. Its looks are in `evaluation.css`, its words in `templates/`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep

import gradio as gr

from rag.errors import USER_ERRORS, CaseFileError
from rag.evaluation.case_files import write_template
from rag.evaluation.compare import compare_runs
from rag.web.element import (
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
from rag.web.evaluation.case_sets import STARTER_CASES
from rag.web.evaluation.view import (
    render_comparison,
    render_problem,
    render_result,
    render_run,
    render_runs,
    render_start,
    render_unreadable,
)
from rag.web.evaluation.worker import RunWorker
from rag.web.job import SECONDS_BETWEEN_LOOKS
from rag.web.render import render_progress


class EvaluationPage:
    """The page's handlers: each takes the browser's event and returns what the components show.

    Example:
        EvaluationPage(RunWorker(library, settings.home, prepare)).build(app, header)
    """

    name = "evaluation"
    label = "Evaluation"

    def __init__(self, worker: RunWorker) -> None:
        """Run evaluations with `worker`, and show its case sets and runs."""
        self._worker = worker
        self._case_sets = worker.case_sets
        self._runs = worker.runs

    def open(self) -> Iterator[Shown]:
        """Show a page that was just opened, and the run under way; yields (form, progress, run, runs)."""
        yield self._show_start(), "", "", self._show_runs()
        if self._worker.job:
            yield from self._watch("")

    def refresh(self, event: gr.EventData) -> str:
        """Return the form with the case sets as they are now: the chat may have saved the first case."""
        return self._show_start(str(event.set))

    def upload(self, path: str | None) -> Shown:
        """Keep the cases of an uploaded file; returns (form, emptied drop zone)."""
        if path is None:
            return gr.skip(), gr.skip()
        try:
            return self._show_start(self._case_sets.keep(Path(path))), None
        except USER_ERRORS as error:
            return self._show_start(problems=_list_problems(error)), None
        finally:
            Path(path).unlink(missing_ok=True)

    def run(self, event: gr.EventData) -> Iterator[Shown]:
        """Run the chosen case set; yields (form, progress, run, runs)."""
        chosen = str(dict(event.details)["set"])
        try:
            name = self._worker.start(chosen)
        except USER_ERRORS as error:
            yield self._show_start(chosen, _list_problems(error)), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._watch(name, chosen)

    def resume(self, event: gr.EventData) -> Iterator[Shown]:
        """Continue a run that was stopped; yields (form, progress, run, runs)."""
        try:
            self._worker.resume(str(event.run))
        except USER_ERRORS as error:
            yield self._show_start(problems=_list_problems(error)), gr.skip(), gr.skip(), gr.skip()
            return
        yield from self._watch(str(event.run))

    @report_errors
    def select(self, event: gr.EventData) -> Shown:
        """Open a case or a run; returns (run, case, runs)."""
        name, case = str(event.run), getattr(event, "case", None)
        if case is None:
            return self._show_run(name), "", self._show_runs(name)
        return gr.skip(), self._show_case(name, str(case)), gr.skip()

    def compare(self, event: gr.EventData) -> str:
        """Return the comparison of another run with the one that is open."""
        name, other = str(event.run), str(dict(event.details)["other"])
        try:
            before, after = self._runs.open(other).read(), self._runs.open(name).read()
            return render_comparison(compare_runs(before, after), name)
        except USER_ERRORS as error:
            return render_problem(str(error), name)

    def delete(self, event: gr.EventData) -> Shown:
        """Delete a run; returns (run, runs)."""
        try:
            self._worker.delete(str(event.run))
        except USER_ERRORS as error:
            return render_problem(str(error)), self._show_runs()
        return "", self._show_runs()

    @report_errors
    def write_download(self, event: gr.EventData) -> str:
        """Pack a run into a file to download; returns its path."""
        name = str(event.run)
        self._runs.open(name)  # first, since the name comes from a browser
        path = make_download(f"{name}.zip")
        self._runs.pack(name, path)
        return str(path)

    @report_errors
    def write_template(self, event: gr.EventData) -> str:
        """Write an example of a case file to download; returns its path."""
        path = make_download(Path(str(event.file)).name)  # the name comes from a browser
        write_template(path)
        return str(path)

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        with gr.Column(elem_id="dl-evaluation", elem_classes="dl-work"):
            start = make_element("dl-start", FORM_SCRIPT)
            drop = gr.File(label="File of cases", show_label=False, elem_id="dl-drop-cases", elem_classes="dl-drop")
            progress = make_element("dl-run-progress", FORM_SCRIPT)
            run = make_element("dl-run", FORM_SCRIPT)
            runs = make_element("dl-runs", FORM_SCRIPT)
            download = gr.DownloadButton(visible="hidden", elem_id="dl-download-run")
        case = make_element("dl-case", FORM_SCRIPT, "dl-drawer")
        watched = [start, progress, run, runs]
        opening(self.open, None, watched, **LONG_RUNNING)
        start.input(self.refresh, None, start, **PRIVATE)
        drop.upload(self.upload, drop, [start, drop], **PRIVATE)
        start.submit(self.run, None, watched, **LONG_RUNNING)
        start.download(self.write_template, None, download, **PRIVATE)
        start.clear(self._show_start, None, start, **PRIVATE)
        progress.stop(self._worker.cancel, None, None, **PRIVATE)
        run.undo(self.resume, None, watched, **LONG_RUNNING)
        run.apply(self.compare, None, run, **PRIVATE)
        run.delete(self.delete, None, [run, runs], **PRIVATE)
        run.clear(lambda: ("", self._show_runs()), None, [run, runs], **PRIVATE)
        run.download(self.write_download, None, download, **PRIVATE)
        download.change(None, js="() => dateline.download('#dl-download-run')", **PRIVATE)
        for part in (run, runs):
            part.select(self.select, None, [run, case, runs], **in_turn("runs"))
        case.clear(lambda: "", None, case, **in_turn("runs"))
        case.change(None, js="() => dateline.showCase()", **PRIVATE)

    def _watch(self, name: str, chosen: str = STARTER_CASES.stem) -> Iterator[Shown]:
        """Yield the progress of the run under way until it is done, and then the run."""
        yield self._show_start(chosen), gr.skip(), "", gr.skip()
        while job := self._worker.job:
            yield gr.skip(), render_progress(job.progress, is_cancelled=job.is_cancelled), gr.skip(), gr.skip()
            sleep(SECONDS_BETWEEN_LOOKS)
        problems = [self._worker.problem] if self._worker.problem else []
        known = [entry.name for entry in self._runs.list_runs()]
        shown = name if name in known or problems else next(iter(known), "")
        run = self._show_run(shown) if shown in known else ""
        yield self._show_start(chosen, problems), "", run, self._show_runs(shown)

    def _show_start(self, chosen: str = STARTER_CASES.stem, problems: Sequence[str] = ()) -> str:
        return render_start([*self._case_sets.list_sets()], chosen, problems, is_busy=self._worker.job is not None)

    def _show_runs(self, opened: str = "") -> str:
        return render_runs(self._runs.list_runs(), opened)

    def _show_run(self, name: str) -> str:
        entries = {entry.name: entry for entry in self._runs.list_runs()}
        try:
            run = self._runs.open(name).read()
        except USER_ERRORS as error:
            return render_unreadable(entries[name], str(error)) if name in entries else render_problem(str(error))
        return render_run(entries[name], run, self._runs.list_comparable(name))

    def _show_case(self, name: str, case: str) -> str:
        run = self._runs.open(name).read()
        titles = {
            entry.source.id: entry.source.title or entry.source.id
            for entry in self._worker.library.catalog.list_entries()
        }
        return next((render_result(each, titles) for each in run.results if each.case.id == case), "")


def _list_problems(error: Exception) -> Sequence[str]:
    return error.problems if isinstance(error, CaseFileError) else [str(error)]

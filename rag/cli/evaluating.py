"""The commands that measure answers: `evaluate` and `compare`.

What they need takes a second to import, and so is imported when they run.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import SecretStr

from corpus.loading import Limits, load_source
from rag.assembly import loading_limits, open_library, prepare_batches
from rag.chat_assembly import build_judge, prepare_with_model
from rag.cli import terminal
from rag.cli.adding import add_items, count_ahead
from rag.cli.interrupts import INTERRUPTED, Interrupts
from rag.cluster_assembly import open_answering, prepare_on_cluster
from rag.errors import RunError, SettingsError
from rag.library.library import Library
from rag.library.records import Outcome
from rag.settings import Settings, read_settings

if TYPE_CHECKING:
    from rag.cluster.answering import Answering
    from rag.evaluation.cases import Case
    from rag.evaluation.folder import RunFolder
    from rag.evaluation.report import Report
    from rag.evaluation.run import Evaluation


def _write_template(path: Path | None) -> None:
    if path is not None:
        from rag.evaluation.case_files import write_template

        write_template(path)
        terminal.print_note(f"{path} written: put your own questions in the place of the examples")
        raise typer.Exit


Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON, and nothing else.")]
Articles = Annotated[
    str | None, typer.Option(metavar="PATH", help="Ask these articles, a file or a folder, and not the library.")
]
RayAddress = Annotated[
    str | None, typer.Option("--ray", metavar="ADDRESS", help="Ask on a Ray cluster: local, auto or HOST:PORT.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the run in --output, or the last one.")]
Output = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the run (default HOME/runs/...).")]
ChatModel = Annotated[
    str | None,
    typer.Option(metavar="MODEL", help="Ask in quotes only and then with this chat model, and compare the two runs."),
]
JudgeName = Annotated[
    str | None, typer.Option(metavar="MODEL", help="Let this chat model judge the answers, as a measure of its own.")
]
Template = Annotated[
    Path | None,
    typer.Option(metavar="FILE", is_eager=True, callback=_write_template, help="Write an example case file and stop."),
]


def evaluate(
    cases: Annotated[Path, typer.Argument(metavar="CASES", help="Questions with their answers, .jsonl or .csv.")],
    articles: Articles = None,
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Folder of the library.")] = None,
    output: Output = None,
    resume: Resume = False,
    chat_model: ChatModel = None,
    judge_model: JudgeName = None,
    ray: RayAddress = None,
    as_json: Json = False,
    template: Template = None,
) -> None:
    """Ask every question of a case file and measure the answers."""
    from rag.evaluation.case_files import read_cases
    from rag.evaluation.folder import RunFolder
    from rag.evaluation.run import open_evaluation

    questions = read_cases(cases)
    settings = read_settings(home=home, chat_model=chat_model)
    folder = RunFolder(output) if output else _find_folder(settings, cases.stem, resume)
    quotes = RunFolder(folder.path.with_name(f"{folder.path.name}-quotes")) if chat_model else None
    cluster = _find_cluster(ray, chat_model)
    with _open_collection(settings, articles) as (settings, library), cluster(settings, len(questions)) as answering:
        prepare = prepare_batches(settings, library)
        asked = prepare_on_cluster(settings, library, answering) if answering else prepare
        judge = build_judge(settings, judge_model).judge if judge_model else None
        begin = partial(open_evaluation, cases.stem, questions, library.catalog, judge_more=judge)
        is_interrupted = False
        if quotes:
            _, is_interrupted = _run(begin(prepare, quotes, resumes=resume), questions)
            asked = prepare_with_model(prepare, settings, library)
        if not is_interrupted:
            resumes = resume and (folder.is_used or not quotes)  # it may have stopped before the model was asked
            threads = answering.count if answering else 1 if quotes else None
            report, is_interrupted = _run(begin(asked, folder, resumes=resumes), questions, threads)
            _show(report, folder, as_json)
    if is_interrupted:
        _end_unfinished(folder)
    if quotes and not as_json:
        compare(quotes.path, folder.path)


def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of the earlier run.")],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of the later run.")],
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write compare.json and compare.html here.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare two runs over the same cases: which answers flipped, and what is more than chance."""
    from rag.cli.reports import print_comparison
    from rag.evaluation.compare import compare_runs, comparison_record
    from rag.evaluation.folder import RunFolder
    from rag.evaluation.render import write_comparison

    comparison = compare_runs(RunFolder(before).read(), RunFolder(after).read())
    if output:
        write_comparison(comparison, output)
    if as_json:
        terminal.print_plain(json.dumps(comparison_record(comparison), ensure_ascii=False))
    else:
        print_comparison(comparison)


def _find_folder(settings: Settings, name: str, resume: bool) -> "RunFolder":
    from rag.evaluation.folder import RunFolder

    find = RunFolder.find_last if resume else RunFolder.choose
    return find(settings.home / "runs", name)


def _end_unfinished(folder: "RunFolder") -> NoReturn:
    terminal.print_note(f"Stopped. The same command with --resume --output {folder.path} goes on.")
    raise typer.Exit(INTERRUPTED)


def _find_cluster(
    address: str | None, chat_model: str | None
) -> "Callable[[Settings, int], AbstractContextManager[Answering | None]]":
    """Return what starts the processes of a cluster that are asked, if any are."""
    if address and chat_model:
        raise SettingsError("the processes of a cluster answer in quotes alone: leave out --ray, or --chat-model")
    return partial(open_answering, address) if address else lambda *_: nullcontext()


@contextmanager
def _open_collection(settings: Settings, articles: str | None) -> Iterator[tuple[Settings, Library]]:
    """Open the library of the settings, or one of these articles that is thrown away in the end, and yield both."""
    with TemporaryDirectory(prefix="dateline-") if articles else nullcontext(settings.home) as home:
        elsewhere = {"home": Path(home), "database_url": SecretStr(""), "chroma_url": ""} if articles else {}
        settings = settings.model_copy(update=elsewhere)
        with open_library(settings) as library:
            if articles:
                _fill(library, articles, loading_limits(settings))
            if not library.catalog.read_collection().articles:
                raise RunError(f"there are no articles in {articles or settings.home} to ask")
            yield settings, library


def _fill(library: Library, source: str, limits: Limits) -> None:
    with terminal.TallyBar("Reading") as bar, Interrupts(bar) as interrupts:
        items, characters = count_ahead(load_source(source, limits, bar))
        bar.begin("Adding", characters)
        for name, receipt in add_items(library, items, bar, interrupts):
            if receipt.outcome is Outcome.FAILED:
                terminal.print_error(f"{name}: {receipt.message}")
    if bar.is_stopped:
        raise typer.Exit(INTERRUPTED)


def _run(evaluation: "Evaluation", cases: "list[Case]", threads: int | None = None) -> "tuple[Report, bool]":
    """Ask, and return the report and whether the user stopped it."""
    is_interrupted = _ask_all(evaluation, cases, threads)
    return evaluation.finish(), is_interrupted


def _ask_all(evaluation: "Evaluation", cases: "list[Case]", threads: int | None = None) -> bool:
    """Ask, in so many threads, and show how far it is; returns whether the user stopped it."""
    with terminal.show_progress("Asking", len(cases)) as advance:
        try:
            advance(len(evaluation.results), len(cases))
            for _ in evaluation.run(threads) if threads else evaluation.run():
                advance(len(evaluation.results), len(cases))
        except KeyboardInterrupt:
            return True
    return False


def _show(report: "Report", folder: "RunFolder", as_json: bool) -> None:
    from rag.cli.reports import print_report
    from rag.evaluation.report import report_record

    if as_json:
        terminal.print_plain(json.dumps(report_record(report), ensure_ascii=False, indent=2))
    else:
        print_report(report)
        terminal.print_note(f"Report: {folder.page}")

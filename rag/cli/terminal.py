"""How the command line shows things to people. Text from articles is never taken for markup."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from corpus.article import SCANNED, Article, Passage, Source, format_date
from corpus.progress import Tally
from rag.answer import NOT_FOUND, Answer, Part, Quote, Status, Verdict
from rag.asking.chatbot import Chatbot
from rag.library.library import Library
from rag.library.records import Entry, Outcome, Receipt
from rag.prose.claims import write_prose

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)

_STATUS_STYLE = {Status.ANSWERED: "green", Status.UNSURE: "yellow", Status.NOT_FOUND: "dim"}
_OUTCOME_STYLE = {Outcome.FAILED: "red", Outcome.ADDED: "green", Outcome.REPLACED: "cyan", Outcome.REMOVED: "cyan"}


def print_plain(text: str) -> None:
    """Print a line for programs: not wrapped, not styled."""
    OUT.print(text, markup=False, soft_wrap=True, no_wrap=True, overflow="ignore", crop=False, emoji=False)


def print_error(message: str) -> None:
    """Print what went wrong."""
    ERR.print(Text.assemble(("Error: ", "bold red"), message), soft_wrap=True)


def print_note(message: str) -> None:
    """Print something worth knowing."""
    ERR.print(Text(message, style="dim"), soft_wrap=True)


def advise(library: Library) -> None:
    """Say what the library needs, if it needs anything."""
    if library.is_outdated:
        print_note("An earlier version made this library: `python -m rag reindex` brings its passages up to date.")


def print_answer(answer: Answer) -> None:
    """Print what was searched for, if it is not what was typed, the prose or the quotes, then the numbered sources."""
    for search in filter(None, (answer.searched_for, *answer.searches)):
        OUT.print(Text(f"searched for: {search}", style="dim"))
    OUT.print()
    _print_text(answer)
    OUT.print()
    first: dict[int | None, int] = {None: 0}
    for citation in answer.citations:
        number = first.setdefault(citation.story, citation.number)
        twin = f" (the same story as [{number}])" if number not in (0, citation.number) else ""
        OUT.print(Text(f"[{citation.number}] {describe_source(citation.source)}{twin}", style="cyan"))
        if citation.source.url:
            OUT.print(Text(f"    {citation.source.url}", style="dim"), soft_wrap=True)
    if answer.is_reply:
        return
    style = _STATUS_STYLE[answer.status]
    words = answer.trust.value if answer.is_found else answer.status.value.replace("_", " ")
    facts = f"{words.lower()}, confidence {answer.confidence:.0%}, {answer.seconds:.2f} s"
    OUT.print(Text(facts, style=style))


def print_receipt(receipt: Receipt, source: str) -> None:
    """Print what became of one article."""
    line = Text.assemble((f"{receipt.outcome.value:<10}", _OUTCOME_STYLE.get(receipt.outcome, "dim")), source)
    OUT.print(line.append(f": {receipt.message}" if receipt.message else ""), soft_wrap=True)


def print_entries(entries: Sequence[Entry]) -> None:
    """Print the articles as a table; those that tell one story have the same number."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("date", no_wrap=True)
    table.add_column("title", no_wrap=True, ratio=1)
    table.add_column("outlet", no_wrap=True, max_width=24)
    table.add_column("story", justify="right")
    table.add_column("passages", justify="right")
    tellings = Counter(entry.story for entry in entries)
    for entry in entries:
        source = entry.source
        story = str(entry.story) if entry.story and tellings[entry.story] > 1 else ""
        cells = (source.id, str(source.published or ""), _name(entry), source.outlet, story, str(entry.passages))
        table.add_row(*map(escape, cells))
    OUT.print(table)


def print_article(article: Article, entry: Entry) -> None:
    """Print a whole article."""
    OUT.print(Panel(Text(article.text), title=Text(_name(entry)), subtitle=Text(describe_source(entry.source))))


def describe_source(source: Source) -> str:
    """Return outlet, date and title in one line, without what is unknown, and whether it was read by OCR."""
    title = source.title or source.id
    return ", ".join(filter(None, (source.outlet, format_date(source.published), title, SCANNED * source.is_scanned)))


@contextmanager
def show_writing(chatbot: Chatbot) -> Iterator[None]:
    """Show on the terminal until the block ends that a chat model reads and writes, if one does: it takes a while."""
    if chatbot.writer is None:
        yield
        return
    with ERR.status("The chat model reads the passages and writes"):
        yield


@contextmanager
def show_progress(label: str, total: int | None = None) -> Iterator[Callable[[int, int | None], None]]:
    """Show a progress bar on the terminal until the block ends; yields what sets it to (done, total)."""
    label_column = TextColumn("{task.description}")
    columns = (SpinnerColumn(), label_column, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done, total: progress.update(task, completed=done, total=total)


class TallyBar(Tally):
    """A bar on the terminal that fills as it is told of reading, adding or indexing.

    Example:
        with TallyBar("Indexing", characters=2_000_000) as bar:
            library.reindex(bar)
    """

    def __init__(self, label: str, characters: int | None = None) -> None:
        """Say what is done, to articles with so many characters in all; None where that is not known."""
        super().__init__()
        self._characters = characters
        detail = TextColumn("{task.fields[detail]}")
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), detail, TimeRemainingColumn())
        self._progress = Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal)
        self._task = self._progress.add_task(label, total=None, detail="")

    def __enter__(self) -> Self:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        self._progress.stop()

    def begin(self, label: str, characters: int | None) -> None:
        """Show another work on the same bar."""
        self._characters = characters
        self._progress.update(self._task, description=label)

    def read(self, done: int, total: int, unit: str) -> None:
        """Show how much of the file at hand is read."""
        self._show(self.share_read)
        super().read(done, total, unit)

    def encode(self, passages: Sequence[Passage]) -> None:
        """Show how many passages are encoded."""
        super().encode(passages)
        self._show_measured()

    def index(self, done: int, total: int) -> None:
        """Show how much is written."""
        super().index(done, total)
        self._show_measured()

    def finish(self, article: Article) -> None:
        """Show that an article has its receipt."""
        super().finish(article)
        self._show_measured()

    def _show_measured(self) -> None:
        self._show(None if self._characters is None else self.measure(self._characters))

    def _show(self, share: float | None) -> None:
        total = None if share is None else 1
        detail = self.detail if share is None else f"{share:.0%} {self.detail}"
        self._progress.update(self._task, completed=share or 0, total=total, detail=detail)


def ask_line() -> str:
    """Ask for a question; empty at the end of the input."""
    try:
        return OUT.input("[bold]?[/] ").strip()
    except EOFError:
        return ""


def _name(entry: Entry) -> str:
    title = entry.source.title or entry.source.id
    return title if entry.state == "live" else f"(version {entry.version}, {entry.state}) {title}"


def _print_text(answer: Answer) -> None:
    if not answer.quotes:
        OUT.print(Text(answer.text, style="" if answer.is_reply else "bold"))
    elif answer.claims:
        _print_prose(answer)
    else:
        _print_quotes(answer)
    if answer.notice:
        OUT.print(Text(f"\n{answer.notice}", style="yellow"))
    if answer.sides:
        OUT.print(Text(answer.tell_sides(), style="yellow"))


def _print_part(answer: Answer, part: Part) -> None:
    if part.heading:
        OUT.print(Text(f"\n{part.heading}", style="bold"))
    for position in part.quotes:
        OUT.print(_quote_line(answer.quotes[position]))
    if not part.quotes:
        OUT.print(Text(NOT_FOUND, style="dim"))


def _print_quotes(answer: Answer) -> None:
    for part in answer.groups:
        _print_part(answer, part)


def _print_prose(answer: Answer) -> None:
    """Print what a chat model wrote, and the quotes: first, where it passes over what the reader is sure of."""
    if answer.has_quotes_first:
        _print_quotes(answer)
        OUT.print(Text("\nThe chat model says something else:", style="dim"))
    OUT.print(Text(write_prose(answer, answer.claims)))
    for claim in answer.claims:
        if claim.verdict is Verdict.UNSUPPORTED:
            OUT.print(Text(f"Not supported ({claim.reason}): {claim.text}", style="dim strike"))
    if not answer.has_quotes_first:
        OUT.print(Text("\nWritten by the chat model. These quotes are word for word:", style="dim"))
        _print_quotes(answer)


def _quote_line(quote: Quote) -> Text:
    line = Text.assemble(f"“{quote.text}” ", (f"[{quote.citation}]", "bold cyan"))
    if quote.span:
        line.stylize("bold", quote.span[0] + 1, quote.span[1] + 1)
    return line

"""The commands that keep a library in order and safe: `reindex`, `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.progress import StoppedError
from rag.assembly import open_catalog, open_library
from rag.cli import terminal
from rag.cli.interrupts import INTERRUPTED, Interrupts
from rag.library.library import Library
from rag.library.upkeep.backup import CATALOG, restore_backup, write_backup
from rag.library.vectors import forget_collection
from rag.settings import read_settings

Home = Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Folder of the library (default .dateline).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def reindex(home: Home = None) -> None:
    """Build the vector and word indexes anew from the catalog; articles that are cut otherwise by now are cut anew."""
    with open_library(read_settings(home=home)) as library:
        characters = sum(entry.characters for entry in library.catalog.list_entries())
        try:
            with terminal.TallyBar("Indexing", characters) as bar, Interrupts(bar) as interrupts, interrupts.deferred():
                cut_anew = library.reindex(bar)
        except (StoppedError, KeyboardInterrupt):
            terminal.print_note("Stopped. All articles are kept; `python -m rag reindex` must begin again.")
            raise typer.Exit(INTERRUPTED) from None
        count = library.catalog.read_collection()
    told = f"; {cut_anew} cut into other passages than before" if cut_anew else ""
    terminal.print_note(f"{count.articles} articles, {count.passages} passages indexed{told}")


def backup(file: Annotated[Path, typer.Argument(metavar="FILE")], home: Home = None) -> None:
    """Write the library into one file, also while the page runs."""
    settings = read_settings(home=home)
    open_catalog(settings).close()
    manifest = write_backup(settings.home, file)
    terminal.print_note(f"{file}: {manifest.articles} articles, {manifest.passages} passages")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    home: Home = None,
    replaces: Annotated[bool, typer.Option("--replace", help="Delete the library that is there.")] = False,
) -> None:
    """Make the library what a backup holds, and build its indexes."""
    settings = read_settings(home=home)
    manifest = restore_backup(file, settings.home, replaces=replaces)
    forget_collection(settings.home / CATALOG)
    terminal.print_note(f"Building the indexes of {manifest.passages} passages")
    with open_library(settings) as library:
        count = library.catalog.read_collection()
    terminal.print_note(f"{count.articles} articles, {count.passages} passages restored")


def erase(library: Library) -> bool:
    """Erase what was removed or corrected from all files, with a bar; False where Ctrl-C cuts that off."""
    try:
        with terminal.TallyBar("Erasing", characters=0) as bar, Interrupts(bar) as interrupts, interrupts.deferred():
            library.erase(bar)
    except (StoppedError, KeyboardInterrupt):
        terminal.print_note(
            "Stopped. What was removed is gone from every answer; its text leaves the files after the next start."
        )
        return False
    return True

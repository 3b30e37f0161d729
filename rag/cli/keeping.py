"""The commands that keep a library in order and safe: `reindex`, `backup`, `restore` and `migrate`."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.progress import StoppedError
from rag.assembly import open_catalog, open_library
from rag.cli import terminal
from rag.cli.interrupts import INTERRUPTED, Interrupts
from rag.errors import BackupError
from rag.library import home as library_home
from rag.library.library import Library
from rag.library.upkeep.backup import CATALOG, restore_backup, write_backup
from rag.library.upkeep.moving import copy_library
from rag.library.vectors import forget_collection
from rag.settings import Settings, read_settings

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
    _check_folder(settings)
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
    _check_folder(settings)
    manifest = restore_backup(file, settings.home, replaces=replaces)
    forget_collection(settings.home / CATALOG)
    terminal.print_note(f"Building the indexes of {manifest.passages} passages")
    with open_library(settings) as library:
        count = library.catalog.read_collection()
    terminal.print_note(f"{count.articles} articles, {count.passages} passages restored")


def migrate(
    to: Annotated[str, typer.Option("--to", metavar="URL|DIR", help="Address of a database, or an empty folder.")],
    home: Home = None,
) -> None:
    """Copy the library to a PostgreSQL database, or from there into a folder, and compare both; nothing is deleted."""
    settings = read_settings(home=home)
    open_catalog(settings).close()
    copied, conversations = copy_library(library_home.Home(settings.home), settings.database_url.get_secret_value(), to)
    told = ", ".join(f"{count:,} {name}" for name, count in copied.counts.items())
    terminal.print_note(f"Copied and compared: {told}, {conversations:,} conversations; SHA-256 {copied.digest}")
    use = f"DATELINE_DATABASE_URL={to}" if "://" in to else f"DATELINE_HOME={to}, and no DATELINE_DATABASE_URL"
    terminal.print_note(f"To use the copy, set {use}")


def _check_folder(settings: Settings) -> None:
    """Make sure that the library is in its folder.

    Raises:
        BackupError: it is on a server.
    """
    if settings.database_url.get_secret_value():
        raise BackupError(
            "this library is on a server: `python -m rag migrate --to DIR` copies it into a folder, of which a backup"
            " can be made; one is restored without DATELINE_DATABASE_URL, and then migrated"
        )


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

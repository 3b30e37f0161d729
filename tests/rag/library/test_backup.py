"""A library is written into one file while it is in use, and comes back from it whole or not at all."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import BackupError, HomeLockedError
from rag.library.home import Home
from rag.library.library import Library
from rag.library.upkeep.backup import CATALOG, FORMAT, MANIFEST, restore_backup, write_backup
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.library.test_conversations import make_exchange
from tests.rag.library.test_removing import NONCE, make_secret
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library


@pytest.fixture
def backup(library: Library, home: Path, tmp_path: Path) -> Path:
    """A backup of two articles, one in two versions, of a conversation and of a run."""
    library.add([FIRE, make_secret()])
    library.add([replace(FIRE, text="The fire is out."), BANK])
    library.remove(["secret"])
    library.conversations.write("", [make_exchange("What burned?", "fire")])
    (home / "runs" / "first").mkdir(parents=True)
    (home / "runs" / "first" / "report.json").write_text("{}")
    manifest = write_backup(home, tmp_path / "backup.zip")
    assert (manifest.articles, manifest.passages) == (2, 2)
    return tmp_path / "backup.zip"


def open_restored(folder: Path) -> Library:
    return Library(Home(folder), WordEncoder(), max_article_characters=10_000)


def test_all_comes_back_in_another_folder(backup: Path, library: Library, tmp_path: Path) -> None:
    restore_backup(backup, tmp_path / "other", replaces=False)
    with open_restored(tmp_path / "other") as other:
        assert other.catalog.list_entries(superseded=True) == library.catalog.list_entries(superseded=True)
        assert (search_library(other, "fire"), count_everywhere(other)) == ((["fire"], ["fire"]), (2, 2, 2))
        assert isinstance(other.encoder, WordEncoder)
        assert other.encoder.encoded == ["fire"]  # the question: passages keep their vectors
        assert other.conversations.list_summaries() == library.conversations.list_summaries()
    assert (tmp_path / "other" / "runs" / "first" / "report.json").read_text() == "{}"


def test_what_was_removed_is_in_no_backup_though_it_is_not_erased(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert [name for name in archive.namelist() if NONCE.encode() in archive.read(name)] == []


def test_a_library_is_replaced_only_if_asked(backup: Path, open_home: OpenLibrary, home: Path) -> None:
    with pytest.raises(HomeLockedError):
        restore_backup(backup, home, replaces=True)
    library = open_home()
    library.add([make_secret("later")])
    library.close()
    with pytest.raises(BackupError, match="is not empty: name another --home, or add --replace"):
        restore_backup(backup, home, replaces=False)
    library = open_home()
    assert sorted(library.catalog.list_ids()) == ["bank", "fire", "later"]
    library.close()
    restore_backup(backup, home, replaces=True)
    assert sorted(open_home().catalog.list_ids()) == ["bank", "fire"]
    assert [path.name for path in home.parent.iterdir() if path.name.startswith("home")] == ["home"]


def damage(backup: Path, how: str) -> None:
    """Make of the backup what is none."""
    content = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files[MANIFEST])
    if how == "newer":
        files[MANIFEST] = json.dumps(manifest | {"format": FORMAT + 1}).encode()
    elif how == "altered":
        files[CATALOG] = files[CATALOG].replace(b"The fire is out.", b"The fire is in.!")
    elif how == "outside":
        files["../evil"] = b""
        files[MANIFEST] = json.dumps(manifest | {"digests": {"../evil": "", **manifest["digests"]}}).encode()
    elif how == "foreign":
        del files[MANIFEST]
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    if how == "truncated":
        backup.write_bytes(content[:-100])


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("truncated", "is no backup, or not a whole one"),
        ("foreign", "is no backup, or not a whole one"),
        ("newer", "has format 2; this version reads 1: update Dateline"),
        ("altered", "catalog.sqlite in .* is not as it was written"),
        ("outside", "holds '../evil', which belongs into no library"),
    ],
)
def test_what_is_no_backup_changes_nothing(
    backup: Path, library: Library, open_home: OpenLibrary, home: Path, how: str, reason: str
) -> None:
    damage(backup, how)
    library.close()
    with pytest.raises(BackupError, match=reason):
        restore_backup(backup, home, replaces=True)
    assert sorted(open_home().catalog.list_ids()) == ["bank", "fire"]


def test_a_file_that_is_there_is_kept(backup: Path, home: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="exists: name another file"):
        write_backup(home, backup)
    assert backup.read_bytes() == before
    with pytest.raises(BackupError, match="cannot be written"):
        write_backup(home, home / "nowhere" / "backup.zip")

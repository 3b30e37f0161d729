"""Zips, and files that are too large: what is read, what is refused, and that nothing is ever written."""

import os
import random
import stat
import struct
import threading
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZIP_STORED, ZipInfo

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from corpus.loading.unpacking import MAX_DEPTH
from tests.corpus.files import WriteFile, load_article, load_reason, pack


def load_all(source: str, limits: Limits) -> dict[str, str]:
    """Return the text of each article, or the reason of each failure, by where it was found below the source."""
    return {
        item.source.removeprefix(f"{source}/"): item.article.text if isinstance(item, Loaded) else item.reason
        for item in load_source(source, limits)
    }


SKIPPED = "was skipped: files of the format '.gif' are not read"
PAGE = "<html><body><article><h1>Fire</h1><p>It burned all day, and then it rained.</p></article></body></html>"
NO_TEXT = "has no 'text' (nor content, body, article, maintext or fulltext)"


def test_a_zip_is_read_as_a_folder_is(write: WriteFile) -> None:
    files = {
        "b/two.md": "---\nid: b\n---\n# Fire\n\nIt burned.",
        "b/broken.txt": "",
        "a.txt": "The talks ended.",
        "list.jsonl": '{"id": "x", "text": "One."}\n{"id": "y"}',
        "photo.gif": "x", ".hidden.txt": "x", "__MACOSX/._a.txt": "x", "b/.git/c.txt": "x", "~$a.docx": "x",
        "empty/": "",
    }  # fmt: skip
    source = write("news.zip", pack(files))
    found = {item.source.removeprefix(f"{source}/"): item for item in load_source(source)}
    failed = {name: item.reason for name, item in found.items() if isinstance(item, LoadError)}
    assert failed == {"b/broken.txt": "is empty", "list.jsonl:2": NO_TEXT, "photo.gif": SKIPPED}
    assert {name: item.article for name, item in found.items() if isinstance(item, Loaded)} == {
        "a.txt": Article(title="a", text="The talks ended."),
        "b/two.md": Article(id="b", title="Fire", text="It burned."),
        "list.jsonl:1": Article(id="x", text="One."),
    }
    assert list(found) == ["a.txt", "b/broken.txt", "b/two.md", "list.jsonl:1", "list.jsonl:2", "photo.gif"]


def test_zips_within_zips(write: WriteFile, tmp_path: Path) -> None:
    inner = pack({"deep/c.txt": "Third."})
    middle = pack({"b.txt": "Second.", "inner.ZIP": inner, "bad.zip": b"PK\3\4nonsense"})
    source = write("outer.zip", pack({"a.txt": "First.", "sub/middle.zip": middle}))
    assert load_all(source, Limits()) == {
        "a.txt": "First.",
        "sub/middle.zip/b.txt": "Second.",
        "sub/middle.zip/inner.ZIP/deep/c.txt": "Third.",
        "sub/middle.zip/bad.zip": "is no zip, or is damaged (File is not a zip file)",
    }
    assert load_all(str(tmp_path), Limits()).keys() == {
        f"outer.zip/{name}" for name in load_all(source, Limits())
    }  # a zip is found in a folder, too


def test_names_that_lead_elsewhere(write: WriteFile, tmp_path: Path) -> None:
    link = ZipInfo("link.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    write("secret.txt", "Do not read this.")
    files: dict[str | ZipInfo, bytes | str] = {
        "../../up.txt": "Up.",
        "/etc/absolute.txt": "Absolute.",
        "..\\..\\windows.txt": "Windows.",
        "C:\\drive.txt": "Drive.",
        "a/../../../mixed.txt": "Mixed.",
        link: "secret.txt",
    }
    source = write("evil.zip", pack(files))
    before = sorted(tmp_path.parent.rglob("*"))
    assert load_all(source, Limits()) == {
        "up.txt": "Up.",
        "etc/absolute.txt": "Absolute.",
        "windows.txt": "Windows.",
        "C:/drive.txt": "Drive.",
        "a/mixed.txt": "Mixed.",
    }
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_file_too_large_is_left_out_and_the_rest_go_on(write: WriteFile) -> None:
    source = write("a.zip", pack({"a.txt": "One.", "b.txt": "x" * 1_001, "c.txt": "y" * 1_000}))
    assert load_all(source, Limits(file_bytes=1_000)) == {
        "a.txt": "One.",
        "b.txt": "unpacks to more than 1,000 bytes, and no larger file is read",
        "c.txt": "y" * 1_000,
    }


def test_a_bomb_goes_off_nowhere(write: WriteFile) -> None:
    bomb = pack({f"{number}.txt": "0" * 1_000_000 for number in range(10)})
    assert len(bomb) < 12_000
    nested = write("a.zip", pack({f"{number}.zip": bomb for number in range(10)}))
    reason = "unpacks to more than 5 MB or 20,000 files; split it into smaller ones"
    items = list(load_source(nested, Limits(unpacked_bytes=5_000_000)))
    assert [str(item) for item in items if isinstance(item, LoadError)] == [f"{nested}: {reason}"]
    assert len(items) == 5  # four texts, for the zip around them counts as well


def test_too_many_files(write: WriteFile) -> None:
    source = write("a.zip", pack({f"{number}.txt": "One." for number in range(4)}))
    *loaded, error = load_source(source, Limits(unpacked_files=3))
    assert [item.source for item in loaded] == [f"{source}/{number}.txt" for number in range(3)]
    assert str(error) == f"{source}: unpacks to more than 1,000 MB or 3 files; split it into smaller ones"


def test_a_size_that_the_zip_claims_is_not_believed(write: WriteFile) -> None:
    size = 3_000_000
    honest = pack({"a.txt": "0" * size})
    assert honest.count(struct.pack("<L", size)) == 2  # once before the content, once in the directory
    lie = honest.replace(struct.pack("<L", size), struct.pack("<L", 10))
    assert load_reason_within(write("a.zip", lie)) == "a.txt is damaged (Bad CRC-32 for file 'a.txt')"


def load_reason_within(source: str, limits: Limits | None = None) -> str:
    (item,) = load_source(source, limits or Limits())
    assert isinstance(item, LoadError)
    return f"{item.source.removeprefix(source).removeprefix('/')} {item.reason}"


def test_zips_too_deep_within_each_other(write: WriteFile) -> None:
    content = pack({"a.txt": "Found."})
    for _ in range(MAX_DEPTH - 1):
        content = pack({"z.zip": content})
    assert list(load_all(write("ok.zip", content), Limits()).values()) == ["Found."]
    deeper = load_reason_within(write("deeper.zip", pack({"z.zip": content})))
    assert deeper == "/".join(["z.zip"] * MAX_DEPTH) + " lies within 8 zips; unpack it and add the files"


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_counted(write: WriteFile, method: int) -> None:
    source = write("a.zip", pack({"a.txt": "One."}, method))
    assert load_reason_within(source) == "a.txt is packed in an unusual way; unpack it and add the files"


def test_a_locked_zip(write: WriteFile) -> None:
    content = bytearray(pack({"a.txt": "One."}, ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    source = write("a.zip", bytes(content))
    assert load_reason_within(source) == "a.txt is locked with a password; unpack it and add the files"


def test_zips_without_articles(write: WriteFile, tmp_path: Path) -> None:
    assert load_reason(write("a.zip", pack({".hidden": "x"}))).startswith("holds no article; known formats are .txt")
    assert [str(item) for item in load_source(write("d.zip", pack({"a.gif": "x"})))] == [
        f"{tmp_path / 'd.zip' / 'a.gif'}: {SKIPPED}"
    ]
    assert load_reason(write("b.zip", "text")) == "is no zip, or is damaged (File is not a zip file)"
    assert (
        load_reason(write("c.zip", pack({"a.txt": "x"})[:-30])) == "is no zip, or is damaged (File is not a zip file)"
    )


def test_the_parts_of_a_saved_page_are_no_files_of_their_own(write: WriteFile, tmp_path: Path) -> None:
    files = {"page.html": PAGE, "page_files/a.txt": "x", "other_files/b.txt": "It burned."}
    expected = ["other_files/b.txt", "page.html"]
    for name, content in files.items():
        write(f"saved/{name}", content)
    for source in (write("saved.zip", pack(files)), str(tmp_path / "saved")):
        assert [item.source.removeprefix(f"{source}/") for item in load_source(source)] == expected


def test_damaged_zips_raise_nothing(write: WriteFile) -> None:
    chance = random.Random(4)
    whole = pack({"a.txt": "The talks ended. " * 50, "b.zip": pack({"c.csv": "id,text\na,It burned."})})
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        for item in load_source(write("a.zip", bytes(damaged))):
            assert isinstance(item, Loaded | LoadError)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv", "a.pdf", "a.docx", "a.epub"])
def test_a_large_file_is_refused_before_it_is_read(write: WriteFile, name: str) -> None:
    source = write(name, "")
    with Path(source).open("wb") as file:
        file.truncate(1_000_000_000_000)  # a hole, of which no byte is on the disk, and too large for any memory
    assert load_reason(source) == "has 1,000,000 MB, and at most 100 MB are read; split it into smaller files"


def test_the_largest_file(write: WriteFile) -> None:
    source = write("a.txt", "x" * 1_000)
    assert [item.article.text for item in load_source(source, Limits(file_bytes=1_000))] == ["x" * 1_000]
    reason = "has 1,000 bytes, and at most 999 bytes are read; split it into smaller files"
    assert load_reason(source, Limits(file_bytes=999)) == reason


@pytest.mark.parametrize("content", [b"%PDF-1.4\nplain as text", b"{\\rtf1 It burned.}", pack({"a": "b"}, ZIP_STORED)])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.csv"])
def test_other_formats_under_the_name_of_a_text(write: WriteFile, name: str, content: bytes) -> None:
    assert load_reason(write(name, content)) == "is not a text file; save it as plain text in UTF-8"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.pdf", "is no PDF, or is damaged (Failed to load document (PDFium: Data format error).)"),
        ("a.docx", "is no Word file, or is damaged (File is not a zip file)"),
        ("a.epub", "is no EPUB, or is damaged (File is not a zip file)"),
        ("a.zip", "is no zip, or is damaged (File is not a zip file)"),
    ],
)
def test_texts_under_the_name_of_another_format(write: WriteFile, name: str, reason: str) -> None:
    assert load_reason(write(name, "<html><p>It burned.</p></html>")) == reason


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    found: list[Loaded | LoadError] = []
    reading = threading.Thread(target=lambda: found.extend(load_source(str(tmp_path))), daemon=True)
    reading.start()
    reading.join(10)
    assert [str(item) for item in found] == [f"{tmp_path}/pipe.txt: is not a file that can be read to its end"]


def test_unreadable_files_and_folders_are_named_and_the_rest_go_on(write: WriteFile, tmp_path: Path) -> None:
    write("c.txt", "It burned.")
    Path(tmp_path / "a.txt").symlink_to("nowhere.txt")
    assert load_article(str(tmp_path / "c.txt")).text == "It burned."
    first, second = load_source(str(tmp_path))
    assert str(first) == f"{tmp_path}/a.txt: cannot be read (No such file or directory)"
    assert second == Loaded(str(tmp_path / "c.txt"), Article(title="c", text="It burned."))

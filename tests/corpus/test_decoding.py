"""Letters: what is declared, what makes sense of the bytes, and one bad byte among good ones."""

import pytest

from corpus.loading.decoding import Decoded, decode, decode_page

TEXT = "The mayor of Vestby, Åse Lindqvist, said “it’s a fair price” – in Zürich… The café cost €4.2 million here.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_encodings_of_western_texts(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == Decoded(TEXT)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", ["Åse Lindqvist came.", "“What?” he said", "It’s late in Zürich", "a café – or two"])
def test_short_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == Decoded(text)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Россия потребовала гарантий безопасности от НАТО и США. "),
        ("koi8-r", "Россия потребовала гарантий безопасности от НАТО и США. "),
        ("shift_jis", "日本の首相は火曜日に東京で記者会見を開いた。"),
        ("gb18030", "中国外交部发言人星期二在北京举行记者会。"),
    ],
)
def test_other_scripts(encoding: str, text: str) -> None:
    assert decode((text * 5).encode(encoding)) == Decoded(text * 5)


@pytest.mark.parametrize("stray", ["“on Friday”", "naïve", "€5"])
def test_one_bad_byte_decides_for_its_place_and_not_for_the_file(stray: str) -> None:
    content = (TEXT + TEXT).encode() + f"A ferry {stray} ran aground.".encode("cp1252")
    expected = f"{TEXT}{TEXT}A ferry {stray} ran aground."
    assert decode(content) == Decoded(expected, "line 3 is not UTF-8, and was read as cp1252")


@pytest.mark.parametrize("content", [b"\0\1\2\xff\xfe\x80" * 30, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9])
def test_what_is_no_text(content: bytes) -> None:
    assert decode(content) is None


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("ascii", "cp1252"),
        ("windows-1251", "cp1251"),
        ("utf-8", "utf-8"),
        ("sjis", "cp932"),
    ],
)
def test_a_page_says_its_encoding_by_the_labels_of_browsers(label: str, encoding: str) -> None:
    text = {"cp1251": "Россия и США", "cp932": "日本の首相"}.get(encoding, "“Hi”, said Åse")
    page = f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'
    assert decode_page(page.encode(encoding)).text == page
    bare = f"<p>{text}</p>".encode(encoding)
    assert decode_page(bare, f"text/html; charset={label}").text == f"<p>{text}</p>"


def test_a_page_that_is_wrong_about_itself_is_read_all_the_same() -> None:
    page = f'<meta charset="utf-8"><p>{TEXT}</p><p>\N{EN DASH}'
    content = page.encode().removesuffix("\N{EN DASH}".encode()) + b"\x96"
    assert decode_page(content) == Decoded(page, "line 2 is not UTF-8, and was read as cp1252")

"""Headlines: what is one, and what is the start of the text."""

import pytest

from corpus.cleaning.headline import split_headline


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Talks end\n\nThe talks ended.", ("Talks end", "The talks ended.")),
        ("Talks end\nThe talks ended.", ("Talks end", "The talks ended.")),
        ("\n\n  Talks end  \n\nThe talks ended.\n", ("Talks end", "The talks ended.")),
        ("# Talks end.\nthe talks ended.", ("Talks end.", "the talks ended.")),
        ("Will the talks end?\n\nThey did.", ("Will the talks end?", "They did.")),
        ("The talks ended.\n\nNothing came.", ("", "The talks ended.\n\nNothing came.")),
        ("The talks in Geneva\nended today.", ("", "The talks in Geneva\nended today.")),
        ("Talks end", ("", "Talks end")),
        (f"{'x' * 160}\n\nText.", ("x" * 160, "Text.")),
        (f"{'x' * 161}\n\nText.", ("", f"{'x' * 161}\n\nText.")),
        ("", ("", "")),
    ],
)
def test_split_headline(text: str, parts: tuple[str, str]) -> None:
    assert split_headline(text) == parts

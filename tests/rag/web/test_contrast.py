"""The colours can be read: contrasts of the tokens as WCAG 2.2 computes and asks for them (AA)."""

import re
from pathlib import Path

import pytest

import rag.web

FOLDER = Path(rag.web.__file__).parent
TEXT, LARGE = 4.5, 3.0
"""Least contrasts of text (1.4.3), and of what is no text but must be seen (1.4.11)."""
PAIRS = [
    ("ink", ("paper", "card", "sunken", "mark", "mark-faint", "tint"), TEXT),
    ("soft", ("paper", "card", "sunken"), TEXT),
    ("accent", ("paper", "card", "sunken", "tint"), TEXT),
    ("on-accent", ("accent", "accent-hover"), TEXT),
    ("good", ("paper", "card"), TEXT),
    ("warn", ("paper", "card", "sunken"), TEXT),
    ("paper", ("ink",), TEXT),
    ("edge", ("paper", "card"), LARGE),
]


def read_tokens(selector: str) -> dict[str, str]:
    blocks = re.findall(rf"(?m)^{re.escape(selector)} {{(.*?)^}}", (FOLDER / "theme.css").read_text("utf-8"), re.DOTALL)
    return {name: value for block in blocks for name, value in re.findall(r"--dl-([\w-]+): (#[0-9a-f]{6});", block)}


def measure_luminance(colour: str) -> float:
    """Return the relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance ."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio ."""
    darker, lighter = sorted(map(measure_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_by_hand() -> None:
    assert measure_contrast("#ffffff", "#000000") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("selector", [":root", ".dark"], ids=["light", "dark"])
def test_every_pair_of_colours_that_meet_can_be_read(selector: str) -> None:
    tokens = read_tokens(":root") | read_tokens(selector)
    contrasts = {
        (front, back): (round(measure_contrast(tokens[front], tokens[back]), 2), least)
        for front, backs, least in PAIRS
        for back in backs
    }
    assert {pair: found for pair, found in contrasts.items() if found[0] < found[1]} == {}


def test_dark_gives_every_colour_anew() -> None:
    assert read_tokens(".dark").keys() == read_tokens(":root").keys()


def test_no_colour_stands_beside_the_tokens() -> None:
    others = [path for path in FOLDER.rglob("*.css") if path.name != "theme.css"]
    assert {path.name: found for path in others if (found := re.findall(r"#[0-9a-f]{6}", path.read_text()))} == {}

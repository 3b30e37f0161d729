"""Score pasted pages against what annotators marked: a folder with gold.jsonl, ID.txt and short/ID.txt.

Each line of gold.jsonl has `id`, `text` and, where the page gives them, `titles`, `page_titles`, `outlets`, `authors`,
`published` and `url`. Precision and recall are those of runs of four words, averaged over pages.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import mean
from typing import Any

from corpus.cleaning import Cleaned, clean_text

RUN_WORDS = 4
MAX_LOSS = 0.05
Gold = Mapping[str, Any]


def describe_folder(folder: Path) -> list[str]:
    """Return the lines of a table: the whole pages, and short pastes where the folder has them."""
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    head = ["| pages | n | F1 | precision | recall | lose over 5% | " + " | ".join(DETAILS) + " |", "|" + "---|" * 10]
    places = {"whole page": folder, "short paste": folder / "short"}
    return head + [_describe(name, place, gold) for name, place in places.items() if place.is_dir()]


def _describe(name: str, folder: Path, gold: list[Gold]) -> str:
    pages = [(page, (folder / f"{page['id']}.txt")) for page in gold]
    found = [(page, path.read_text("utf-8")) for page, path in pages if path.exists()]
    cleaned = [clean_text(text) for _, text in found]
    scores = [_compare(page["text"], result.text) for (page, _), result in zip(found, cleaned, strict=True)]
    raw = [_compare(page["text"], text)[1] for page, text in found]
    precision, recall = mean(score[0] for score in scores), mean(score[1] for score in scores)
    losing = mean(score[1] < (1 - MAX_LOSS) * before for score, before in zip(scores, raw, strict=True))
    right = [_count_right(detail, found, cleaned) for detail in DETAILS]
    f1 = 2 * precision * recall / (precision + recall)
    return f"| {name} | {len(found)} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {losing:.1%} | {' | '.join(right)} |"


def _count_right(detail: str, found: list[tuple[Gold, str]], cleaned: list[Cleaned]) -> str:
    hits = [
        DETAILS[detail](page, str(getattr(result, detail) or ""))
        for (page, _), result in zip(found, cleaned, strict=True)
        if page.get("title" if detail == "title" else f"{detail}s") or (detail == "published" and page.get(detail))
    ]
    return f"{sum(hits)}/{len(hits)}"


def _compare(wanted: str, found: str) -> tuple[float, float]:
    """Return precision and recall."""
    left, right = _count_runs(wanted), _count_runs(found)
    shared = sum((left & right).values())
    return shared / max(1, right.total()), shared / max(1, left.total())


def _count_runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + RUN_WORDS]) for i in range(max(1, len(words) - RUN_WORDS + 1)) if words)


def _normalize(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _is_title(page: Gold, found: str) -> bool:
    """Whether `found` is one of the page's headings, or three words or more that begin its own title."""
    title, names = _normalize(found), [_normalize(name) for name in page["page_titles"]]
    is_start = len(title.split()) > 2 and any(name.startswith(title) for name in names)
    return any(_normalize(heading) == title for heading in page["titles"]) or is_start


def _is_outlet(page: Gold, found: str) -> bool:
    name = _normalize(found).replace(" ", "")
    host = re.sub(r"https?://(?:www\.)?([^/]+).*", r"\1", page["url"])
    names = {_normalize(outlet).replace(" ", "") for outlet in page["outlets"]}
    return name in names | {host.split(".")[-2], host.replace(".", "")}


def _is_author(page: Gold, found: str) -> bool:
    return any(_normalize(author) in _normalize(found) for author in page["authors"])


def _is_day(page: Gold, found: str) -> bool:
    return bool(page["published"] == found)


DETAILS: Mapping[str, Callable[[Gold, str], bool]] = {
    "title": _is_title,
    "outlet": _is_outlet,
    "author": _is_author,
    "published": _is_day,
}

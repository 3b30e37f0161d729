"""What is in the collection: how many articles, from whom, of which days, about what, and the newest."""

from collections.abc import Mapping, Sequence

from corpus.article import format_date
from rag.answer import Answer, ScoredPassage, Status
from rag.asking.forms.form import Request, Tools
from rag.asking.grammar.asides import Aspect, find_aspect
from rag.library.catalog import Catalog
from rag.question import Scope

MOST_NEWS = 5
"""Articles that are named where the newest are asked for."""
MOST_NAMES = 5
"""Outlets or topics that are named; where they are asked for, three times as many."""


def describe_articles(request: Request, tools: Tools) -> Answer:
    """Reply with the facts of the catalog, within the scope; the articles it names are in `considered`."""
    catalog, scope = tools.retriever.catalog, request.scope
    aspect = find_aspect(request.alone) or Aspect.COUNT
    newest = catalog.list_openings(MOST_NEWS if aspect is Aspect.NEWS else 1, scope)
    oldest = catalog.list_openings(1, scope, is_newest=False) if aspect is Aspect.OLDEST else []
    lines = [_count(catalog, scope, aspect), *_name_articles(newest, "newest"), *_name_articles(oldest, "oldest")]
    text = "\n".join(filter(None, lines))
    return Answer(request.alone, text, "", (), (), 1.0, Status.ANSWERED, (*newest, *oldest), 0.0)


def _count(catalog: Catalog, scope: Scope, aspect: Aspect) -> str:
    outlets, topics = (catalog.count_values(column, scope) for column in ("outlet", "topic"))
    whose = f" from {len(outlets):,} outlet{'' if len(outlets) == 1 else 's'}," if outlets else ""
    counted = f"{catalog.read_collection(scope).describe(whose)}."
    named = [_list_names(topics, "Topics", 3 if aspect is Aspect.TOPICS else 1)]
    if aspect is Aspect.OUTLETS or 1 < len(outlets) <= MOST_NAMES:
        named.append(_list_names(outlets, "Outlets", 3))
    return "\n".join(filter(None, [counted, *named]))


def _list_names(counts: Mapping[str, int], label: str, share: int) -> str:
    """Return "Topics: Wildfires (5), Interest rates (5).", or "" if there are none."""
    names = [f"{name} ({count:,})" for name, count in counts.items()]
    shown = names[: MOST_NAMES * share]
    more = [f"{len(names) - len(shown):,} more"] if len(names) > len(shown) else []
    return f"{label}: {', '.join([*shown, *more])}." if names else ""


def _name_articles(found: Sequence[ScoredPassage], which: str) -> list[str]:
    described = [f"“{each.source.title or each.source.id}” ({_describe_source(each)})" for each in found]
    if len(described) < 2:
        return [f"The {which} is {each}." for each in described]
    return [f"The {which}:", *described]


def _describe_source(found: ScoredPassage) -> str:
    return ", ".join(filter(None, (found.source.outlet, format_date(found.source.published))))

"""Decide what becomes of each article of one `add`, before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.addresses import normalize_address
from corpus.article import Article
from embeddings.encoder import Encoder
from rag.library.encoding import EncodedArticle, encode_articles, fits
from rag.library.records import Identity, Outcome, Receipt
from rag.library.rows import digest_details, fingerprint, list_changed
from rag.library.stories import assign_story, sketch_text
from rag.library.writable_catalog import WritableCatalog

_NAMES = {"published": "date", "url": "address"}
"""What people call those details that are not called by their names."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An article, its receipt, whether it is to be written, and the ids whose live versions it then ends.

    `article` has the corrections that were made by hand in those versions; it came as `came`.
    """

    article: Article
    receipt: Receipt
    is_accepted: bool = False
    supersedes: tuple[str, ...] = ()
    came: Article | None = None


class Intake:
    """Compares articles with the catalog, and with those that came before them in the same `add`.

    Example:
        intake = Intake(catalog, max_characters=1_000_000)
        decisions = [intake.decide(article) for article in articles]
    """

    def __init__(self, catalog: WritableCatalog, max_characters: int) -> None:
        """Compare with `catalog`; refuse articles over `max_characters`."""
        self._catalog = catalog
        self._max_characters = max_characters
        self._by_id: dict[str, Identity] = {}
        self._by_url: dict[str, Identity] = {}
        self._by_address: dict[str, Identity] = {}
        self._by_content: dict[str, Identity] = {}
        self._ended: set[str] = set()

    def expects(self, article: Article) -> bool:
        """Whether the article will most likely be accepted, as the catalog is now; may be asked in any thread."""
        if len(article.text) > self._max_characters:
            return False
        known = self._catalog.find_identity(id=article.id)
        if known:
            return known.fingerprint != fingerprint(article)
        return self._catalog.find_identity(content_hash=article.content_hash) is None

    def decide(self, article: Article) -> Decision:
        """Say what becomes of the article; remembers it if it is, or is to be, in the catalog."""
        new = Identity(article.id, article.content_hash, fingerprint(article))
        if self._is_repeated(new):
            told = "same title and text as one before, with other details: those of the first were kept"
            return Decision(article, Receipt(article.id, Outcome.DUPLICATE, told))
        refusal = self._refuse(article, new)
        if refusal:
            return Decision(article, Receipt(article.id, Outcome.FAILED, refusal))
        known = self._find(self._by_id, id=new.id)
        if known and known.fingerprint == new.fingerprint:
            self._remember(article, new)
            return Decision(article, Receipt(article.id, Outcome.UNCHANGED, _tell_kept(known.corrected, [])))
        twin = self._find(self._by_content, content_hash=new.content_hash)
        if twin and known is None:
            return Decision(article, Receipt(article.id, Outcome.DUPLICATE, f"same title and text as {twin.id}"))
        older = [version for version in (known, self._find_by_address(article, new)) if version]
        self._ended.update(version.id for version in older)
        self._remember(article, new)
        return self._accept(article, older)

    def _is_repeated(self, new: Identity) -> bool:
        """Whether an article without an id of its own came before in this `add`, with other details."""
        rival = self._by_id.get(new.id)
        return rival is not None and not new.has_own_id and rival.fingerprint != new.fingerprint

    def _refuse(self, article: Article, new: Identity) -> str:
        if len(article.text) > self._max_characters:
            return (
                f"has {len(article.text):,} characters, and at most {self._max_characters:,} are taken:"
                " split it, or raise DATELINE_MAX_ARTICLE_CHARACTERS"
            )
        rival = self._by_id.get(article.id)
        if rival and rival.fingerprint != new.fingerprint:
            return f"id {article.id!r} came twice with different contents: the first was kept, give this one another id"
        rival = self._by_address.get(normalize_address(article.url))
        is_other = rival and rival.id != article.id and rival.content_hash != new.content_hash
        if rival and is_other and not self._are_told_apart(article, new, rival):
            return f"url {article.url!r} came twice with different texts: the first ({rival.id}) was kept"
        return ""

    def _find(self, recent: dict[str, Identity], **values: str) -> Identity | None:
        (value,) = values.values()
        known = recent.get(value) or self._catalog.find_identity(**values)
        return known if known and self._is_current(known) else None

    def _is_current(self, known: Identity) -> bool:
        """Whether nothing that came before in this `add` takes the article's place."""
        newest = self._by_id.get(known.id, known)
        return known.id not in self._ended and newest.fingerprint == known.fingerprint

    def _find_by_address(self, article: Article, new: Identity) -> Identity | None:
        address = normalize_address(article.url)
        known = self._find(self._by_address, address=address) if address else None
        return known if known and not self._are_told_apart(article, new, known) else None

    def _are_told_apart(self, article: Article, new: Identity, other: Identity) -> bool:
        """Whether two of this `add` with one address are two articles: by ids of their own and spellings of the url."""
        named = self._by_url.get(article.url)
        is_spelled_alike = named is not None and named.id == other.id
        return other.id in self._by_id and new.has_own_id and other.has_own_id and not is_spelled_alike

    def _remember(self, article: Article, new: Identity) -> None:
        self._ended.discard(article.id)
        self._by_id[article.id] = self._by_content[new.content_hash] = new
        if article.url:
            self._by_url[article.url] = self._by_address[normalize_address(article.url)] = new

    def _accept(self, article: Article, older: Sequence[Identity]) -> Decision:
        ids = tuple(dict.fromkeys(version.id for version in older))
        others = [id for id in ids if id != article.id]
        told = [f"replaces {', '.join(others)}, which had the same url"] if others else []
        amended = article
        for version in older:
            corrected = self._find_corrected(article, version)
            if corrected and (current := self._catalog.find(version.id)):
                amended = replace(article, **{name: getattr(current, name) for name in corrected})
                kept = list_changed(article, amended)
                came = digest_details(kept)
                told.append(_tell_kept(kept, [name for name in kept if came[name] != corrected[name]]))
                break
        receipt = Receipt(article.id, Outcome.REPLACED if ids else Outcome.ADDED, "; ".join(filter(None, told)))
        return Decision(amended, receipt, True, ids, article)

    def _find_corrected(self, article: Article, older: Identity) -> Mapping[str, str]:
        """Return which details were corrected of an older version, with digests of what it came with.

        Homes of earlier versions only know that something was; it is found where the new version's details are those.
        """
        current = None if older.corrected else self._catalog.find(older.id)
        if current is None:
            return older.corrected
        differing = list_changed(article, current)
        is_told = fingerprint(replace(current, **differing)) == older.fingerprint
        return digest_details(differing) if is_told else {}


def write_accepted(
    catalog: WritableCatalog, encoder: Encoder, decisions: Sequence[Decision], encoded: Mapping[int, EncodedArticle]
) -> None:
    """Write the articles that are accepted; those that nobody encoded as they are by now are encoded here."""
    accepted = {place: decision for place, decision in enumerate(decisions) if decision.is_accepted}
    late = {place: each.article for place, each in accepted.items() if not fits(encoded.get(place), each.article)}
    found = encode_articles(encoder, list(late.values()))
    ready = {**encoded, **dict(zip(late, found, strict=True))}
    sketches = {place: sketch_text(decision.article.text) for place, decision in accepted.items()}
    with catalog.transaction():
        for place, decision in accepted.items():
            for id in decision.supersedes:
                catalog.supersede(id)
            catalog.insert(decision.article, ready[place].rows, decision.came)
            assign_story(catalog, decision.article.id, sketches[place])


def list_new(decisions: Iterable[Decision]) -> set[str]:
    """Return the ids of the articles that are written and take no place: settled indexes have no passages of them."""
    accepted = [decision for decision in decisions if decision.is_accepted]
    ended = {id for decision in accepted for id in decision.supersedes}
    return {decision.article.id for decision in accepted} - ended


def _tell_kept(kept: Mapping[str, object], changed: Sequence[str]) -> str:
    """Say which corrections were kept, and which of these details came with another value than before."""
    if not kept:
        return ""
    were = "was" if len(kept) == 1 else "were"
    text = f"kept the {_list_names(list(kept))} that {were} corrected by hand"
    values = {name: str(value or "") for name, value in kept.items()}
    came = ", ".join(f"{_NAMES.get(name, name)} {values[name]!r}" for name in changed)
    return f"{text}; the new version says {came}" if came else text


def _list_names(details: Sequence[str]) -> str:
    *others, last = (_NAMES.get(name, name) for name in details)
    return f"{', '.join(others)} and {last}" if others else last

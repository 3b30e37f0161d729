"""What a question compares: "How did the Fed and the ECB raises differ?" is about the raises of two sides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.asking.grammar.asides import strip_courtesy
from rag.asking.grammar.phrases import tag_words


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a comparison, with the words around each that say what of it is compared; they may be empty.

    `Sides(("the Fed", "the ECB"), after="raises").describe("the ECB")` is "the ECB raises".
    """

    names: tuple[str, str]
    before: str = ""
    after: str = ""

    def describe(self, name: str) -> str:
        """Return a side with what of it is compared, as words to search for."""
        return " ".join(filter(None, (self.before, name, self.after)))

    @property
    def topic(self) -> str:
        """The words around the sides."""
        return " ".join(filter(None, (self.before, self.after)))


_AND = r"(?:and|with|to|versus|vs\.?|against|&)"
_LINK = re.compile(rf" {_AND} ", re.IGNORECASE)
_ON = r"(?: (?P<on>(?:on|in|over|about|regarding|with regard to|at|by|during|when it comes to|as to) .+))?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:compare|contrast)(?: (?:the )?differences? between)? (?P<both>.+)",
        r"(?:(?:what|which|where)(?:'s|s| is| are| was| were|) )?(?:the )?(?:main |key |biggest |exact )?"
        r"(?:differences?|contrast|comparison)(?: is| are| was| were)?(?: there)? (?:between|of) (?P<both>.+)",
        r"(?:is|was|are|were) there (?:a|any) (?:big )?(?:differences?|contrast) between (?P<both>.+)",
        rf"(?:how|in what ways?|where) (?:do|does|did|have|has) (?P<both>.+?) "
        rf"(?:differ(?:ed)?|compared?|contrast|disagreed?){_ON}",
        rf"(?:how|in what ways?) (?:is|was|are|were) (?P<one>.+?) (?:different|distinct) (?:from|to|than) "
        rf"(?P<other>.+?){_ON}",
        rf"(?:how|in what ways?) (?:is|was|are|were) (?P<both>.+? and .+?) different{_ON}",
        r"how (?:do|does|did) (?P<one>.+?) (?:compare|differ|stack up|measure up)(?:s|d|ed)? (?:to|with|from|against) "
        r"(?P<other>.+?)(?: (?P<on>(?:on|over|about|regarding|when it comes to) .+))?",
        r"(?P<one>.+?)(?:,| as)? (?:compared|in comparison|in contrast) (?:to|with) (?P<other>.+)",
        r"(?P<one>.+?) (?:versus|vs\.?) (?P<other>.+)",
    )
)
_PREPOSITION = r"(?:of|in|by|from|at|to|between|for|on)"
_BEFORE_NAME = re.compile(rf"(?P<topic>(?:.* )?[a-z][\w-]* (?P<preposition>{_PREPOSITION})) (?P<name>.+)")
_THOSE = re.compile(r"(?:those|that|the ones?)(?= )", re.IGNORECASE)
_OWNER = re.compile(r"(.+)['’]s?")
_OWNED = re.compile(r"(.+?)['’]s? (.+)")
_TAIL = re.compile(r"(?P<name>.*\b[A-Z][\w.]*(?:['’]s?)?) (?P<tail>[a-z][\w-]*(?: [a-z][\w-]*)*)")
_SIGNS = " ,;.?!:"


def find_sides(question: str) -> Sides | None:
    """Return what a question compares; None if it compares nothing, or asks for one fact that a comparison names."""
    asked = strip_courtesy(question)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(asked)
        if found and not (found.groupdict().get("one") and _asks(found["one"])):
            return _read(found)
    return None


def _asks(words: str) -> bool:
    """Whether the words ask for something themselves: "how many ... compared with ..." is a question for a number."""
    tokens = tag_words(words)
    return tokens[0].tag == "A" or any(token.tag == "W" for token in tokens)


def _read(found: re.Match[str]) -> Sides | None:
    groups = found.groupdict()
    pairs = [(groups["one"], groups["other"])] if groups.get("one") else [*_list_pairs(groups["both"])]
    if not pairs:
        return None
    sides = _share(*(part.strip(_SIGNS) for part in pairs[0]))
    after = " ".join(filter(None, (sides.after, groups.get("on"))))
    return replace(sides, after=after) if all(sides.names) else None


def _list_pairs(both: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part the words in two sides, those first that leave as many words on both."""
    places = [link.span() for link in _LINK.finditer(both)]
    ways = [(both[:start], both[end:]) for start, end in places]
    yield from sorted(ways, key=lambda way: abs(len(way[0].split()) - len(way[1].split())))


def _share(one: str, other: str) -> Sides:
    """Return the sides with what they share: the words before the first name or behind the second."""
    owner, owned = _OWNER.fullmatch(one), _OWNED.fullmatch(other)
    if owner and owned:
        return Sides((owner[1], owned[1]), after=owned[2])
    before, those = _BEFORE_NAME.fullmatch(one), _THOSE.match(other)
    if those:
        head = re.split(rf" (?={_PREPOSITION} )", one, maxsplit=1)[0]
        return Sides((one, f"{head}{other[those.end() :]}"))
    tail = _TAIL.fullmatch(other)
    if tail and one.split()[-1][:1].isupper():
        return Sides((one.removeprefix("the "), tail["name"].removeprefix("the ")), after=tail["tail"])
    if before and (other.removeprefix("the ")[:1].isupper() or not _BEFORE_NAME.fullmatch(other)):
        bare = re.sub(rf"^{before['preposition']} ", "", other, flags=re.IGNORECASE)
        name = one[before.end("preposition") :].strip()
        if bare.split()[-1][:1].isupper() or bare != other or _is_alike(name, bare):
            return Sides((name, bare), before["topic"])
    first, _, last = other.rpartition(" ")
    is_shared = " " not in f"{one}{first}" and bool(first) and not last[:1].isupper()
    return Sides((one, first), after=last) if is_shared else Sides((one, other))


def _is_alike(one: str, other: str) -> bool:
    """Whether both are names with a noun behind: "the Genoa collapse" and "the Lima stampede"."""
    return all(re.fullmatch(r"the [A-Z].* [a-z]\S*", name) for name in (one, other))

"""Find who published a page: the name that its lines outside the article speak of most.

The owner behind a copyright sign is often a holding that no reader knows, so that names in lines such as "About ...",
"Subscribe to ..." and those of the page's own addresses weigh as much.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

MIN_SCORE = 1.5
"""What a name needs to be an outlet's: more than to stand once in a menu."""

OWNER, HOLDING, MENTION, PART, ALONE, KNOWN_WORD, ADDRESS = 2.5, 1.0, 1.5, 0.7, 0.4, 1.1, 2.0
TOP_LINES, FIRST_LINES = 12, 4
MAX_TIMES_ALONE = 3
MAX_LINE_WORDS = 14
MAX_NAME_WORDS = 5
MAX_ACRONYM = 5

_WORD = r"(?:(?!Copyright)[^\W\d_a-zß-öø-ÿ](?:[\w'’&+-]|\.(?=\w))*|\d+\w*[A-Z]\w*)"
_NAME = rf"(?:[Tt]he )?{_WORD}(?: (?:(?:of|and|the|de|da|do|du|del|des|di|&|für) )?(?:{_WORD}|\d+)){{0,4}}"
_COPYRIGHT = re.compile(
    rf"(?:(?P<before>(?-i:{_NAME}))[ ,]+)?(?:copyright ?)?(?:[©ⓒ]|\(c\)|copyright)(?: ?copyright)?(?: ?[©ⓒ])?"
    rf"[ ,]*(?:\d{{4}}[ ,.–-]*)*(?:by )?(?P<name>(?-i:{_NAME}))?.*",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"(?:(?:more|read more)(?: (?:on|from|at))?|search|about|follow|support|join|visit|contact|ask|at|inside"
    r"|welcome to|subscribe to|sign up (?:for|to)|log in to"
    r"|advertise (?:on|with|in)|work (?:at|for|with)|get|download|source ?:|write for|source|like|on|from|why"
    r"|skip to more|über|sobre|à propos de|mehr von) "
    rf"(?P<name>(?-i:{_NAME}))(?:$|\W.*)"
    rf"|(?:more )?(?P<owner>(?-i:{_NAME}?))(?:['’]s top stor(?:y|ies)| stories| newsletters?!?| homepage| staff"
    rf"| app| - back to home)",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(
    r"(?:\b(?:reporter|writer|editor|correspondent|columnist|contributor|journalist|producer)s? (?:for|at|with|of) "
    r"|\b(?:written|writes) for )"
    rf"(?P<name>{_NAME})|\b(?:told|tells) (?P<told>[A-Z]{{2,}}(?: [A-Z]\w+)?)\b"
)
"""Where an author writes, and whom people speak to."""

_ALONE = re.compile(rf"(?P<name>{_NAME})(?: [—–|-] .*| Homepage| <\S+@\S+>)?")
_TAIL = re.compile(r" \d{4}$|['’]s\b.*")
_LEGAL = re.compile(
    r"[ ,]+(?:pty|ltd|inc|llc|plc|cic|gmbh|ag|co|corp|limited|media|company|corporation|group|s\.?a|all rights|all"
    r"|rights"
    r"|media group|digital media)\b\.?.*",
    re.IGNORECASE,
)
_HOLDING = re.compile(
    r"\b(?:associated press|reuters|agence france-presse|holdings?|communications?|interactive|medianews|publish\w+"
    r"|media|group|networks?|\w*universal|gannett|hearst|microsoft|cond[eé] nast|news corp|viacom|digital|ventures)\b",
    re.IGNORECASE,
)
_OUTLET_WORD = re.compile(
    r"\b(?:news|times|post|gazette|review|quarterly|journal|herald|tribune|monitor|daily|wire|press|observer|guardian"
    r"|telegraph|chronicle|courier|ledger|mail|star|sun|today|world|radio|broadcasting|magazine|express|standard"
    r"|quotidien|\w*zeitung|\w*(?:post|blad|tidende)en|\w*bladet|\w*blatt|kurier|\w*anzeiger|nachrichten|rundschau"
    r"|presse|avis|avisen|diario|jornal|gazeta|correio|folha|corriere|gazzetta|giornale|courrier|dépêche|standaard"
    r"|argus|echo|examiner|dispatch|lantern|sentinel|bulletin|islander)\b",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:https?://|www\.|@)?\b(?P<host>(?:[\w-]+\.)+(?:com|org|net|info|tv|io|co\.\w\w|com\.\w\w|[a-z]{2}))\b(?!\.\w)"
)
_OTHER_HOSTS = frozenset(
    "facebook twitter youtube instagram linkedin google apple gmail wordpress pinterest reddit whatsapp tumblr "
    "flickr disqus amazon bit youtu yahoo hotmail outlook vimeo tiktok telegram x goo".split()
)
_SECOND_LEVELS = frozenset("ac co com edu gob gov gv net ne or org".split())
"""Where names are registered one level further down, as in `sund.co.uk`."""

_GENERIC = frozenset(
    "news world politics sport sports business opinion culture travel science tech technology health entertainment "
    "life lifestyle style video videos photos live home local weather money latest more top stories story the a of "
    "and in on for us uk menu search contact about account newsletter newsletters privacy policy terms use service "
    "services cookie help guides guide architecture reviews features events jobs careers press subscribe sign log "
    "register login facebook twitter instagram youtube linkedin pinterest rss email our your you this all rights "
    "reserved unless cookies markets finance books music film movies food opinions analysis comment editorial "
    "magazine podcasts podcast games gaming education environment international national africa asia europe america "
    "americas china india australia canada daily today media january february march april may june july august "
    "september october november december alerts classifieds real estate me google plus go author authors browser "
    "app apps releases breaking overview articles interviews read see u.s. page front company companies partners "
    "back next previous topics section sections edition special special's channel channels site map editor letters "
    "obituaries columnists investigations forecast traffic autos deals shop store".split()
)


def find_outlet(lines: Sequence[str], page: str) -> str:
    """Return who published a page; empty where no name is said often or clearly enough.

    Args:
        lines: The lines outside the article, from the top of the page.
        page: The whole text, for the addresses in it.
    """
    hosts = Counter(match["host"].casefold() for match in _HOST.finditer(page))
    labels = {_get_label(host) for host in hosts} - _OTHER_HOSTS
    votes: defaultdict[str, float] = defaultdict(float)
    for name, vote in _list_votes(lines):
        votes[_TAIL.sub("", name)] += vote
    for match in _EMPLOYER.finditer(page if lines else ""):
        votes[match["name"] or match["told"]] += MENTION
    scores = {
        name: vote + ADDRESS * (_squeeze(name) in labels) for name, vote in votes.items() if not _is_generic(name)
    }
    own = (host for host, times in hosts.most_common() if times > 1 and _get_label(host) not in _OTHER_HOSTS)
    best, score = max(scores.items(), key=lambda item: (item[1], len(item[0])), default=("", 0.0))
    return best if score >= MIN_SCORE else next(own, "")


def is_outlet_name(text: str) -> bool:
    """Whether the form of `text` allows it to be an outlet's name."""
    return re.fullmatch(_NAME, text) is not None and len(text.split()) <= MAX_NAME_WORDS


def looks_like_outlet(name: str) -> bool:
    """Whether `name` has a word that outlets are called by, an article before it, or capital letters only."""
    return bool(_OUTLET_WORD.search(name)) or name.startswith("The ") or (name.isupper() and len(name) <= MAX_ACRONYM)


def _list_votes(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    alone: Counter[str] = Counter()
    first = {" ".join(line.split()) for line in lines[:FIRST_LINES]}
    for index, line in enumerate(lines):
        text = " ".join(line.split())
        owner = _COPYRIGHT.fullmatch(text)
        if owner:
            yield from _list_owners(owner)
        if len(text.split()) > MAX_LINE_WORDS:
            continue
        mention = _MENTION.fullmatch(text)
        if mention:
            yield from _list_parts(mention["name"] or mention["owner"])
        standing = _ALONE.fullmatch(text)
        if standing and len(standing["name"].split()) <= MAX_NAME_WORDS:
            name = standing["name"]
            alone[name] += 1
            if alone[name] <= MAX_TIMES_ALONE:
                is_likely = alone[name] == 1 and index < TOP_LINES and _OUTLET_WORD.search(name)
                yield (
                    name,
                    ALONE + (KNOWN_WORD if is_likely or (alone[name] == 2 and name in first and " " in name) else 0),
                )


def _list_owners(match: re.Match[str]) -> Iterator[tuple[str, float]]:
    for name in filter(None, (match["before"], match["name"])):
        short = _LEGAL.sub("", name).strip(" .,-")
        if short and "www." not in short:
            yield short, HOLDING if _HOLDING.search(short) else OWNER


def _list_parts(name: str) -> Iterator[tuple[str, float]]:
    """Yield the name, and for less its first words: `CNBC` in `Subscribe to CNBC PRO`."""
    words = name.split()
    yield name, MENTION
    for end in range(1, len(words)):
        yield " ".join(words[:end]), PART


def _is_generic(name: str) -> bool:
    is_run = len(re.findall(r"[a-z](?=[A-Z])", name)) > 2
    return is_run or all(word.strip("&.").casefold() in _GENERIC or len(word) < 2 for word in name.split())


def _get_label(host: str) -> str:
    """Return the part of a host that was registered: `sund` of `www.sund.co.uk`."""
    parts = host.removeprefix("www.").split(".")
    return parts[-3] if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVELS else parts[-2]


def _squeeze(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("the")

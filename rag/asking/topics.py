"""Questions that ask for more than one sentence can say: a summary, a timeline, the latest, and what each is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.english.dates import PartialDate, list_dates
from rag.question import Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question wishes for: `topic` is what it should be about, empty where the whole question says that.

    Example:
        >>> find_wish("Could you summarise the Geneva talks, please?")
        Wish(kind=<Kind.SUMMARY: 'summary'>, topic='the Geneva talks')
    """

    kind: Kind
    topic: str = ""


_ASIDE = re.compile(
    r"(?:(?:please|hi|hello|hey|ok|so|and|now|just|(?:can|could|would|will) you|write|make|create|draw up|provide"
    r"|i(?:'d| would)? (?:like|want|need)(?: to (?:know|see|have|get|hear))?|let me have|tell (?:me|us)(?= (?:wh|how))"
    r"|(?:give|show|get|send|write|make|provide|bring) (?:me|us))[,:]? +)*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[\s,]*(?:\b(?:please|for me|in brief|briefly|in short|in a few (?:words|sentences)|thanks|thank you))?[\s.?!]*$",
    re.IGNORECASE,
)
_WHAT = r"what(?:'s|s| is| are| was| were)"
_ME = r"(?:me|us)"
_ON = r"(?:of|on|about|for|in|to|from|with|at|around|between|regarding|concerning)"
_TOPIC = r"(?P<topic>(?!wh)\S.*)"
_SIZE = r"(?:an? |the |your |some )?(?:(?:short|brief|quick|general|full|good|concise|rough|detailed|complete) )*"
_DIGEST = r"(?:summary|overview|recap|run-?down|digest|synopsis|outline|briefing|background|gist)"
_CHRONICLE = (
    r"(?:time ?line|chronology|chronological (?:order|list|overview|summary)|(?:sequence|order) of (?:the )?events"
    r"|(?:key|important) (?:dates|events|moments)|milestones)"
)
_EVENTS = (
    r"(?:meetings|talks|summits|calls|visits|trips|events|incidents|attacks|strikes|launches|rises|increases|cuts|hikes"
    r"|decisions|votes|elections|protests|rounds|sessions|steps|stages|negotiations|encounters|conversations|moves)"
)
_PIECES = r" (?:articles?|reports?|stor(?:y|ies)|information)"
_NEWS = r"(?:news|updates?|developments?|headlines?)"
_NEWEST = r"(?:latest|newest|most recent|recent|current|breaking|new|up-to-date)"
_OFFICE = (
    r"(?:president|prime minister|premier|chancellor|pope|(?:\w+ ){0,2}(?:minister|secretary|ambassador|commissioner)"
    r"|secretary.general|governor|mayor|chair(?:man|woman|person)?|(?:\w+ )?(?:chief|leader|head)|speaker|monarch"
    r"|spokes(?:man|woman|person)|attorney general|chief executive|ceo)"
)
_ASKED = r"(?:who|what|where|which|how (?:many|much|large|big|high|far|long))"


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_TIMELINES = _compile(
    rf"^(?:{_WHAT} )?{_SIZE}{_CHRONICLE}(?: {_ON}|:| [-\u2013]) {_TOPIC}",
    r"^(?P<topic>.+?)[,:]? (?:time ?line|chronology|step by step|day by day|in chronological order|in order of date)$",
    r"^how (?:did|has|have) (?P<topic>.+?) (?:unfold(?:ed)?|develop(?:ed)?|evolved?|play(?:ed)? out|progress(?:ed)?"
    r"|come about)(?: (?:over time|so far|(?:in|during|since|between|over) .+))?$",
    r"^in (?:what|which) order did (?P<topic>.+?) (?:happen|occur|take place|come|unfold)$",
    rf"^(?:list|name|show|find|{_WHAT}|which are)? ?{_ME}? ?all (?:of )?(?:the |these )?(?P<topic>.*\b{_EVENTS}\b.*)",
    rf"^list (?:me |us |every |the )*(?P<topic>.*\b{_EVENTS}\b.*)",
    rf"^(?:what|which) (?P<topic>{_EVENTS} (?:were there|took place|have there been|happened|have taken place)\b.*)",
    r"^(?:list|show) (?P<topic>.+) by date$",
)
_LATEST_NEWS = _compile(
    rf"^(?:(?:{_WHAT}|any|(?:is|are) there(?: any)?|do you have(?: any)?|tell {_ME}) )?(?:the )?(?:{_NEWEST} )*"
    rf"{_NEWS}(?: there)?(?: is)? {_ON} {_TOPIC}",
    rf"^(?:{_WHAT} )?(?:the (?:latest|newest)|new) {_ON} {_TOPIC}",
    rf"^(?:the )?{_NEWEST} (?:articles?|reports?|stor(?:y|ies)) {_ON} {_TOPIC}",
    rf"^(?:latest|newest)(?: {_ON})? (?P<topic>(?!{_NEWS}$|articles?$|reports?$|stor\w+$)\S.*)",
    rf"^(?!(?:(?:the|any|some|no|more|{_NEWEST}) )+(?:{_NEWS}|latest)$)(?P<topic>(?!{_WHAT}\b).+?)[,:]? "
    rf"(?:{_NEWEST} )?(?:news|latest|updates?)$",
    rf"^(?:where|how) do things stand {_ON} {_TOPIC}",
    rf"^(?:bring|keep|get) {_ME} up to date {_ON} {_TOPIC}",
)
_NAME = r"(?-i:(?:[Tt]he )?[A-Z][\w.'\u2019-]*(?: (?:[a-z]{1,3} ){0,2}[A-Z][\w.'\u2019-]*){0,4})"
_DEEDS = _compile(
    rf"^what (?:has |had )?happened to (?P<topic>{_NAME})$",
    rf"^what (?:did|has|have) (?P<topic>{_NAME}) (?:do|done)$",
)
"""What a name did, or suffered: of someone whom no article is about, one sentence may tell it."""
_SUMMARIES = _compile(
    rf"^(?:summari[sz]e|sum up|recap|outline|describe|(?:brief {_ME}|catch {_ME} up|fill {_ME} in) on"
    rf"|walk {_ME} through) (?:(?:to|for) {_ME} )?(?:(?:everything|all|what(?: you know)?) (?:on|about) "
    rf"|what (?:has )?happened {_ON} )?{_TOPIC}",
    rf"^(?:{_WHAT} )?{_SIZE}{_DIGEST}(?: {_ON}|:| [-\u2013]) {_TOPIC}",
    r"^(?P<topic>.+?)[,:]? (?:summary|overview|recap|in a nutshell)$",
    rf"^tell {_ME} (?:(?:something|everything|more|all|a bit|a little|what you know) )*about {_TOPIC}",
    r"^(?:everything|all)(?: that)?(?: you know| there is| you have| the articles say| is known)?"
    r" (?:about|on) (?P<topic>.+)",
    r"^what (?:do|does|did|can) (?:you|we|the (?:articles?|reports?|papers?|news)) (?:know|say|report|have|tell me)"
    r" (?:about|on) (?P<topic>.+)",
    r"^what (?:is|was) (?:known|reported|written) about (?P<topic>.+)",
    rf"^(?:(?:do|have) (?:you|we) (?:have |got |know )?|(?:is|are) there )?(?:any(?:thing|{_PIECES})|something)"
    rf" (?:about|on) {_TOPIC}",
    rf"^(?:what|which)(?:{_PIECES}| else)? (?:do you have|are there|is there) (?:about|on) {_TOPIC}",
    rf"^(?:is|are) there(?: an?)?{_PIECES} (?:about|on) {_TOPIC}",
    r"^what (?:has |had )?happened (?:at|in|on|during|with|over|between) (?P<topic>(?!the (?:end|beginning|start) of)"
    r"\S+(?: \S+){0,6})$",
    rf"^(?:{_WHAT}|what has been) (?:going on|happening) (?:at|in|on|with|around|between) (?P<topic>.+)",
    r"^how (?:did|has|have) (?P<topic>.+) (?:go|gone)$",
    r"^how (?:did|has|have) (?P<topic>(?:\S+ ){1,4}(?:respond|react|reply|answer))(?:ed)?$",
    rf"^explain (?:to {_ME} )?(?!how\b|that\b){_TOPIC}",
)
_TODAY = (
    r"\b(?:currently|at the moment|at present|right now|so far|to date|until now|up to now|as of (?:now|today)"
    r"|these days|nowadays|by now)\b"
)
_NOW = _compile(
    _TODAY,
    rf"^{_ASKED}\b.* (?:now|today)$",
    r"^(?:who|where)(?: is|'s) now\b",
    rf"^{_ASKED}\b.* (?:the|\w+'s) current \w+",
    rf"^{_WHAT} the {_NEWEST} (?!to\b|{_NEWS}\b|articles?\b|reports?\b|stor)\w+",
)
_NOWS = re.compile(rf" {_TODAY}| (?:now|today)\b(?=\W*$)|(?<=\bis)(?: now)\b", re.IGNORECASE)
_OFFICES = _compile(
    rf"^who(?:'s|s| is)(?: now)? (?!to\b)(?:the |an? )?(?:[\w.'-]+(?:'s|s'|\u2019s)? ){{0,4}}?(?P<office>{_OFFICE})"
    rf"(?: {_ON} (?!.*\b(?:was|were|did|had|wh\w+|that|in \d{{4}})\b).+)?$",
    r"^who (?:leads|heads|runs|chairs|governs) .+$",
)
"""Who holds an office is asked of today."""
_AS_OF = re.compile(
    r"\b(?:as of|as at|by|(?:by|at) the (?:end|start|beginning|middle|close) of|by (?:mid|early|late))[ -]"
    r"(?:\w+day,? )?(?:the (?:evening|morning|night) of )?\Z",
    re.IGNORECASE,
)
"""Stands before the date whose state is asked for."""
_KNOWN = re.compile(r"^what (?:was|had been) (?:then )?(?:known|reported|clear)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:on|in|by|at)\s+(?:\w+day,? )?\Z", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|of|on) (?P<topic>.+)")
_STATE = re.compile(rf"^{_ASKED}\b(?!.*\bwill\b)", re.IGNORECASE)


def find_wish(question: str) -> Wish | None:
    """Return what a question wishes for beyond a plain answer; None where it wishes for nothing else."""
    asked = _END.sub("", question)
    aside = _ASIDE.match(asked)
    return next(_list_wishes(asked[aside.end() :] if aside else asked), None)


def find_cutoff(question: str) -> PartialDate | None:
    """Return the date that the question wants to know the state of; None if it names none in such words."""
    for one in list_dates(question):
        if _AS_OF.search(question, 0, one.start) or _KNOWN.search(question):
            return one
    return None


def cut_now(question: str) -> str:
    """Return the question without the words that ask for today's state: articles have them of the day they report."""
    return _NOWS.sub("", question)


def cut_cutoff(question: str) -> tuple[str, str]:
    """Return the question without the date that it wants to know the state of, and what it wants to know about.

    The second is empty unless it asks what was known at that date.
    """
    cutoff = find_cutoff(question)
    if cutoff is None:
        return question, ""
    begin, end = cutoff.place
    cue = _AS_OF.search(question, 0, begin) or _BEFORE.search(question, 0, begin)
    before, behind = question[: cue.start() if cue else begin].strip(" ,"), question[end:].strip(" ,")
    plain = f"{before} {behind}".strip()
    about = _ABOUT.search(_END.sub("", plain)) if _KNOWN.search(question) else None
    return f"{plain[:1].upper()}{plain[1:]}", about["topic"] if about else ""


def asks_for_deeds(question: str) -> bool:
    """Return whether a question asks no more than what somebody named did, or what happened to them."""
    return any(pattern.search(_END.sub("", question)) for pattern in _DEEDS)


def find_office(question: str) -> str:
    """Return the office whose holder a question asks for: "prime minister"; empty if it asks for something else."""
    found = next(filter(None, (pattern.search(_END.sub("", question)) for pattern in _OFFICES)), None)
    return (found.groupdict().get("office") or "") if found else ""


def _list_wishes(asked: str) -> Iterator[Wish]:
    yield from _match(Kind.TIMELINE, _TIMELINES, asked)
    yield from _match(Kind.LATEST, _LATEST_NEWS, asked)
    cutoff = find_cutoff(asked)
    if cutoff and (_STATE.search(asked) or _STATE.search(asked[cutoff.place[1] :].lstrip(" ,"))):
        yield Wish(Kind.AS_OF)
    yield from _match(Kind.SUMMARY, (*_DEEDS, *_SUMMARIES), asked)
    if any(pattern.search(asked) for pattern in (*_OFFICES, *_NOW)):
        yield Wish(Kind.LATEST)


def _match(kind: Kind, patterns: Iterable[re.Pattern[str]], asked: str) -> Iterator[Wish]:
    for pattern in patterns:
        found = pattern.search(asked)
        if found and found["topic"].strip():
            yield Wish(kind, found["topic"].strip())

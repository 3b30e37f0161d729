"""Messages that ask nothing of what the articles say: about the articles themselves, and greetings and thanks."""

import re
from enum import StrEnum


class Aspect(StrEnum):
    """What is asked about the articles themselves."""

    COUNT = "count"
    NEWEST = "newest"
    NEWS = "news"
    """The newest few."""
    OLDEST = "oldest"
    OUTLETS = "outlets"
    TOPICS = "topics"
    PERIOD = "period"


_POLITE = re.compile(
    r"^(?:(?:please|hi|hello|hey|ok(?:ay)?|so|and|well|sorry|excuse me|(?:can|could|would|will) you(?: please)?"
    r"|(?:tell|show|give|get) (?:me|us)|let me (?:know|see)|i(?:'d| would)? (?:want|like|need) to (?:know|see)"
    r"|do you know|may i (?:ask|know))[,!.]? +)+(?=\S)",
    re.IGNORECASE,
)
_END = re.compile(r"[\s,]*(?:\b(?:please|thanks|thank you|exactly|in total|altogether)\b)?[\s.?!]*$", re.IGNORECASE)

_ARTICLES = r"(?:(?:news )?(?:articles?|stor(?:y|ies)|reports?|pieces?|texts?|items?|documents?)|news)"
_OUTLETS = r"(?:(?:news )?(?:outlets?|sources?|publishers?|publications?|newspapers?|papers?|agencies|media))"
_THE = r"(?:the |these |those |your |all |all the |all your |all of the )?"
_HELD = (
    r"(?: (?:are|is) (?:there|here|available|included|loaded|indexed|stored|searched|known|covered|in (?:here|there"
    r"|store))"
    r"| (?:are|is) (?:there )?in (?:the|this|your) (?:collection|library|database|archive|corpus|index)"
    r"| (?:do|can|did|have|has) (?:you|we|i|it|this)(?: all)? (?:have|got|hold|know|cover|search|read|contain|see"
    r"|use|access)"
    r"(?: (?:here|loaded|stored|access to|in (?:the|this|your) (?:collection|library|database|archive)))?)"
)
_NEWEST = r"(?:latest|newest|most recent|last|most up-to-date)"
_PUBLISHED = (
    r"(?: (?:you have|you(?:'ve| have) got|there is|there are|here|available|in (?:the|this"
    r"|your) (?:collection|library)))?"
)


def _compile(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_ASPECTS = (
    (
        Aspect.COUNT,
        _compile(
            rf"how many (?:{_ARTICLES}|{_OUTLETS})(?:{_HELD})?",
            rf"(?:what(?:'s|s| is) )?the number of {_ARTICLES}{_PUBLISHED}",
            rf"(?:count|list|show|name)(?: me| us)? (?:all |all the |all your |the |your )?{_ARTICLES}{_PUBLISHED}",
            rf"(?:all|what|which) {_ARTICLES}(?:{_HELD}|{_PUBLISHED})",
            r"how (?:big|large) is (?:the|this|your) (?:collection|library|database|archive|corpus)",
        ),
    ),
    (
        Aspect.NEWEST,
        _compile(
            rf"(?:(?:what|which)(?:'s|s| is| was|) )?(?:the )?{_NEWEST} (?:article|story|report|item"
            rf"|piece){_PUBLISHED}",
            rf"(?:when|on what (?:day|date)|what date) (?:was|is) (?:the )?{_NEWEST} (?:article|story|report|item)"
            r"(?: (?:published|written|dated|from|added))?",
            r"how (?:up[- ]to[- ]date|current|recent|fresh|new|old) (?:are|is) (?:you|it|they|this|the (?:articles"
            r"|news|collection"
            r"|data)|your (?:articles|news|data))",
            r"(?:what|which) (?:article )?is (?:the )?(?:newest|most recent|latest)(?: (?:article|one|story))?",
        ),
    ),
    (
        Aspect.NEWS,
        _compile(
            r"(?:the )?(?:latest|newest|news|headlines|recent)",
            rf"(?:what(?:'s|s| is| are) |any |show |list )?(?:the )?(?:{_NEWEST}|recent|new|today's|current) "
            rf"(?:{_ARTICLES}|headlines?|updates?|ones){_PUBLISHED}",
            r"what(?:'s|s| is) (?:new|the latest|in the news|the news|happening|going on|up)(?: today| now"
            r"| right now)?",
            r"(?:any|is there any|is there|the) news(?: today| now)?",
            r"what happened (?:today|recently|lately)",
        ),
    ),
    (
        Aspect.OLDEST,
        _compile(
            rf"(?:(?:what|which)(?:'s|s| is| was|) )?(?:the )?(?:oldest|earliest|first) (?:article|story|report"
            rf"|item){_PUBLISHED}",
            r"(?:when|on what (?:day|date)) (?:was|is) (?:the )?(?:oldest|earliest|first) (?:article|story|report)"
            r"(?: (?:published|written|dated|from))?",
            rf"(?:the )?(?:oldest|earliest) {_ARTICLES}{_PUBLISHED}",
        ),
    ),
    (
        Aspect.OUTLETS,
        _compile(
            rf"(?:what|which|whose) {_OUTLETS}(?:{_HELD}| (?:are|is) (?:{_THE}{_ARTICLES}|these|they|this) from)",
            rf"where (?:do|are|did) {_THE}{_ARTICLES} (?:come )?from",
            rf"(?:list|name|what are|which are)? ?{_THE}{_OUTLETS}{_PUBLISHED}",
            rf"who (?:published|wrote|writes|publishes|made) (?:these|the|your|all the|those) {_ARTICLES}",
            rf"what are (?:your|the) {_OUTLETS}",
        ),
    ),
    (
        Aspect.TOPICS,
        _compile(
            rf"what (?:are|is) {_THE}{_ARTICLES}(?: all)? about",
            rf"what (?:do|does|did) {_THE}(?:{_ARTICLES}|you|this)(?: all)? (?:cover|deal with|contain|talk about"
            rf"|discuss|report on)",
            rf"(?:what|which) (?:topics?|subjects?|themes?|events?)(?:{_HELD}| (?:are|is|do|does"
            rf"|can) (?:{_THE}{_ARTICLES}|you|i|they|it)"
            r" (?:about|cover|covered|deal with|know about|know|ask about|have|covering|on))",
            rf"(?:list|name|what are|which are)? ?{_THE}topics{_PUBLISHED}",
            r"what(?:'s|s| is) (?:in (?:here|there|the collection|the library|this collection)|this (?:collection"
            r"|library) about)",
            r"what (?:kind|sort|type)s? of (?:articles|news|stories|topics)" + _HELD,
            r"what (?:topics|things|subjects) do you (?:know|have|cover)(?: about| on)?",
        ),
    ),
    (
        Aspect.PERIOD,
        _compile(
            rf"(?:what|which) (?:period|dates?|time|years?|months?|time ?(?:span|frame|period)|range of dates"
            rf"|date range)"
            rf" (?:do|does|is|are|did) (?:{_THE}{_ARTICLES}|you|this|the (?:collection|library)|it|they|your data)"
            r"(?: (?:cover|covered|from|span|include|go back to|have))?",
            rf"(?:from )?when (?:are|were|is) {_THE}{_ARTICLES}(?: (?:from|written|published))?",
            rf"how (?:far back do|old are) {_THE}(?:{_ARTICLES}|you|they)(?: go(?: back)?)?",
            rf"how recent are {_THE}{_ARTICLES}",
        ),
    ),
)
_GREETINGS = _compile(
    r"(?:(?:hi+|hello+|hey+|hallo|howdy|greetings|good (?:morning|afternoon|evening|day)|morning|yo)"
    r"(?:,? (?:there|dateline|bot|chatbot|everyone|all|you|again"
    r"|friend))?[,.!]* ?)+(?:how are you(?: doing)?(?: today)?)?",
    r"how are you(?: doing)?(?: today)?",
    r"(?:(?:ok(?:ay)?|great|perfect|cool|nice|good|super|well|fine|yes|no|all right|alright)[,.!]* ?)*"
    r"(?:(?:many )?thanks?(?: (?:you|a lot|so much|very much|again|a million|dateline|for (?:your|the) (?:help"
    r"|answers?)))*|thx|ty"
    r"|cheers|much appreciated|bye|goodbye|see you|good ?night)(?: (?:for now|then))?(?:,? that(?:'s| is) all)?",
    r"(?:ok(?:ay)?|great|perfect|cool|nice|good|super|fine|well done|awesome|good job|nice one)(?: (?:answer|job"
    r"|work|one))?",
)
_ABOUT_ITSELF = _compile(
    r"help(?: me)?(?: out)?",
    r"(?:what|how) (?:can|do|could|should|else can) (?:you|i|we) (?:do|ask|help|answer|use|start|search|find|say"
    r"|query|begin)"
    r"(?: (?:for )?(?:me|us|you|it|this|here|with|with you|about|with this))*(?: (?:chatbot|bot|page|app|site|tool"
    r"|program))?",
    r"what (?:are|kind of|sort of|type of) (?:your (?:features|abilities|capabilities|functions|skills)"
    r"|questions (?:can|do|should) (?:i|you|we) (?:ask|answer)(?: you)?)",
    r"what questions (?:can|do|should) (?:i|you|we) (?:ask|answer)(?: you)?",
    r"who (?:are you|made you|built you|created you|am i talking to)",
    r"what(?:'s|s| is) (?:this|dateline|your (?:name|purpose|job)|this (?:page|site|app|tool|thing|chatbot"
    r"|bot)(?: for| about)?)",
    r"what are you(?: for)?",
    r"(?:are|r) you (?:(?:an? )?(?:ai|robot|bot|chatbot|human|person|machine|llm|real|chatgpt|gpt|language model"
    r"|there))(?: (?:or .+))?",
    r"how (?:does|do) (?:this|it|you|dateline|that)(?: (?:thing|page|site|app|tool|chatbot|bot))? (?:work|function)",
    r"how (?:do|can|should) i (?:use|work with|ask|start|search|begin)(?: (?:this|it|you|dateline|a question"
    r"|questions))?",
    r"(?:test|testing|start|instructions|usage|manual|menu|commands)",
)


def find_aspect(question: str) -> Aspect | None:
    """Return what the question asks about the articles themselves; None where it asks something else."""
    asked = strip_courtesy(question)
    return next((aspect for aspect, pattern in _ASPECTS if pattern.fullmatch(asked)), None)


def is_greeting(question: str) -> bool:
    """Whether it greets, thanks, or asks who answers here and what can be asked."""
    typed, asked = question.strip(" .!?,"), strip_courtesy(question)
    return bool(_GREETINGS.fullmatch(typed) or _ABOUT_ITSELF.fullmatch(asked))


def strip_courtesy(question: str) -> str:
    """Return the question without "could you tell me" in front, and "please" and signs behind."""
    return _POLITE.sub("", strip_end(question))


def strip_end(question: str) -> str:
    """Return the question without "please" and signs behind."""
    return _END.sub("", question.strip().replace("’", "'"))

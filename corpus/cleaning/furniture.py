"""Judge one line of a page by its form: prose, furniture, the credit of a picture, a sign-off."""

import re
from enum import Enum, auto

from corpus.agencies import SIGNED
from corpus.cleaning.letters import WIDE_LETTER
from corpus.cleaning.phrases import END, FURNITURE, POINTER, SECTION, WEAK

MAX_FURNITURE_CHARACTERS = 500
MAX_END_CHARACTERS = 20
MAX_TEASER_CHARACTERS = 150
LONG_QUESTION_CHARACTERS = 100


class Kind(Enum):
    """What a line is."""

    SENTENCE = auto()
    """Prose: ends like a sentence."""
    OTHER = auto()
    """Neither: a heading, an entry of a list, a cell, a name, a question."""
    FURNITURE = auto()
    """Part of the page, wherever it stands."""
    WEAK = auto()
    """Part of the page if furniture stands beside it."""
    SECTION = auto()
    """Furniture that begins a box: what follows, up to the next sentence, belongs to it."""
    END = auto()
    """Furniture after which no article follows: reader comments, a paywall."""
    CREDIT = auto()
    """The credit of a picture, without its caption."""
    CAPTION = auto()
    """A caption with its credit."""
    SIGN_OFF = auto()
    """Initials of the desk and agencies."""


_AGENCIES = rf"{SIGNED}(?:(?:,| and|/|;) ?{SIGNED})*"
_INITIALS = r"[a-zäöü]{1,4}(?:[/,] ?[a-zäöü]{1,4})*"
_SIGN_OFF = re.compile(
    rf"\(?{_INITIALS}[ /]\(?{_AGENCIES}\)+|{_INITIALS} \([^()]{{2,60}}\)|\({_AGENCIES}\)|{SIGNED}(?:/{SIGNED})+"
    rf"|\(?(?:[Ww]ith (?:reporting|material|inputs?) (?:by|from)|[Aa]vec|[Mm]it [Mm]aterial von) [^.]{{2,80}}\)?"
    rf"|\({_INITIALS}/{SIGNED}\)|\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by .{{3,200}}\)"
)

_PICTURE_WORDS = (
    "image images photo photos picture pictures photograph photographs credit bild foto illustration video".split()
)
_PICTURE = f"(?:{'|'.join(case(word) for word in _PICTURE_WORDS for case in (str.capitalize, str.upper))})"
_SOURCE = r"Getty(?: Images)?|AFP|Reuters|REUTERS|EPA|AP(?: Photo)?|Shutterstock|Alamy|Bloomberg|iStock"
_CREDIT = re.compile(
    rf"\(?{_PICTURE}(?: credit)?(?: ?[:|]| [Bb]y) .{{2,100}}(?<![.!?])"
    rf"|(?:[^.|]{{2,40}}(?:/| \| ) ?){{0,2}}(?:{_SOURCE}|GETTY(?: IMAGES)?|SHUTTERSTOCK)(?:(?:/"
    rf"| via ).{{2,40}})?(?<![.!?])"
    r"|(?:[Ii]mage|[Pp]hoto|[Pp]icture) (?:copyright|credit|source) .{2,100}(?<![.!?])|[Ii]mage caption .{2,300}"
    r"|(?:[^.]{2,60} )?(?:submitted|file|courtesy|handout|stock) (?:photo|image)|(?:[Ii]mage|[Pp]hoto"
    r"|[Vv]ideo) (?:via|courtesy) .{2,80}"
    r"|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]*){1,2} ?/ ?(?:[Tt]he )?[A-Z][\w’'. -]{2,40}(?<!\.)|[Cc]aption"
    r"|[Cc]redit(?:\.\.\.)?"
)
_CAPTION = re.compile(
    rf".{{8,}}(?:[(\s.]|(?<=[a-zß-ÿ0-9.”’)])){_PICTURE}(?: credit)? ?[:|] ?.{{2,100}}(?<![.!?])"
    rf"|.{{8,}}© ?.{{2,80}}(?<![.!?])"
    rf"|.{{8,}}\([^()]*(?:{_SOURCE}|[Pp]hoto|Image)[^()]*\)|.{{20,}} / (?:{_SOURCE})(?: file)?"
)
_MARKER = re.compile(r"(?:[•*·▪◦‣»–-]|\d{1,3}[.)])\s+")
"""What a browser puts before the entry of a list."""

_SENTENCE_END = re.compile(r"[.!…。！।۔](?:\W|\[\d+\])*\Z")
_INNER_END = re.compile(r"[.!?][\"'”’)]* +[^\W\d_a-zß-öø-ÿ]")
_PAUSE = re.compile(r"[.,;:!?。、،؛।]")
"""A long line without any is a cloud of tags."""

LONG_LINE_WORDS, LONG_TEXT_WORDS = 40, 60
"""So many words in one line, with or without the end of a sentence between them, are prose."""

MIN_WIDE_LETTERS = 8
_TEASER = re.compile(
    r"(?:[A-Z0-9‘“'][\w’'.:,-]*\W+(?:[a-z]{1,4}\W+)*){3,}[\w’']*[a-z0-9’”)!?](?:[A-Z][a-z]+|A) [a-z0-9].*"
)
"""A headline in capital letters to which its teaser is glued: `Ferry Firm Wins ContractThe council voted on Monday`."""


def judge(line: str) -> Kind:
    """Return what `line`, which is not blank, is when seen alone."""
    text = _MARKER.sub("", line.strip())
    if len(text) > MAX_FURNITURE_CHARACTERS:
        return Kind.SENTENCE if _PAUSE.search(text) or len(text.split()) < LONG_TEXT_WORDS else Kind.OTHER
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return kind
    return Kind.SENTENCE if _is_sentence(text) else Kind.OTHER


def _is_sentence(text: str) -> bool:
    """Whether `text` has words and ends with a full stop, or is a long question, or long."""
    ends = _SENTENCE_END.search(text[-MAX_END_CHARACTERS:])
    is_long_question = len(text) >= LONG_QUESTION_CHARACTERS and text.rstrip("”\"'»").endswith("?")
    if _TEASER.match(text[:MAX_TEASER_CHARACTERS]):
        return False
    length = len(text.split())
    if (length >= LONG_TEXT_WORDS and _PAUSE.search(text)) or (length >= LONG_LINE_WORDS and holds_sentences(text)):
        return True
    has_words = length > 1 or len(WIDE_LETTER.findall(text)) >= MIN_WIDE_LETTERS
    return has_words and (ends is not None or is_long_question)


def holds_sentences(text: str) -> bool:
    """Whether a sentence ends within `text` and another begins."""
    return _INNER_END.search(text) is not None


_PATTERNS = (
    (Kind.END, END),
    (Kind.SECTION, SECTION),
    (Kind.SIGN_OFF, _SIGN_OFF),
    (Kind.WEAK, WEAK),
    (Kind.FURNITURE, FURNITURE),
    (Kind.FURNITURE, POINTER),
    (Kind.CREDIT, _CREDIT),
    (Kind.CAPTION, _CAPTION),
)

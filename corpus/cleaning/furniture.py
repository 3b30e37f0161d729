"""The tables of what belongs to the page and not to the article, and the judgement of one line by its form.

Every pattern is matched against a whole line, so that a sentence about advertisements, or one that begins with "Share
this", is no furniture.
"""

import re
from enum import Enum, auto

MAX_FURNITURE_CHARACTERS = 500
MAX_END_CHARACTERS = 20
LONG_QUESTION_CHARACTERS = 100


class Kind(Enum):
    """What a line is."""

    SENTENCE = auto()
    """Prose: ends like a sentence."""
    OTHER = auto()
    """Neither: a heading, an entry of a list, a cell, a name, a question."""
    FURNITURE = auto()
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


def _compile(*phrases: str) -> re.Pattern[str]:
    """Compile a table; `…` stands for up to 80 characters within one sentence, and no phrase ends as sentences do."""
    return re.compile(rf"(?:{'|'.join(phrases)})[^\w.!?]*".replace("…", r"[^.!?]{0,80}"), re.IGNORECASE)


_FURNITURE = _compile(
    # the frame of the page
    r"(?:skip|jump) (?:to|next)\b…|aller au contenu|zum inhalt springen|accessibility(?: help| links| statement)?",
    r"(?:more |main |open |close )?menu|navigation|search|back to top|home(?:page)?|(?:live )?tv|(?:watch )?live",
    r"in focus",
    r"(?:sign|log) ?(?:in|up|out)|register|(?:your|my) account|subscribe(?: now| today)?|newsletters?|notifications",
    r"se connecter|s'abonner|anmelden|abonnieren|view in browser|unsubscribe(?: \|…)?|latest (?:videos?|audio)",
    r"https?://\S+|www\.\S+",
    r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?|\d+ ?(?:[hm]|min(?:ute)?s?|hours?|days?)(?: ago)?",
    # consent
    r"(?:we|this (?:web)?site)\b…\buses? cookies\b.*\b(?:experience|browse|consent|settings|policy|preferences)\b.*",
    r"we\b…\bstore\b…\binformation on (?:a|your) device\b.*|by signing up\b…\byou agree\b.*",
    r"privacy notice: newsletters\b.*",
    r"(?:accept|reject|allow)(?: all)?(?: cookies)?|manage (?:preferences|cookies|options)",
    r"cookie (?:settings|policy)",
    # advertising, players
    r"(?:story continues below )?(?:advertise?ments?|advertorial|sponsored(?: content)?|anzeige|publicité|ad)"
    r"(?:\W+(?:scroll to continue|article continues below this ad|continue reading below|story continues below))?\.?",
    r"article continues (?:after|below)…|(?:video|audio) player (?:is )?loading|loading|play video",
    r"content not available…|to view this video please enable javascript.*",
    # sharing, saving, listening
    r"share(?: (?:this|on|via|page|save)\b…)?|(?:share )?reuse this content|\d[\d.,]*k? shares?|partager",
    r"(?:on |follow us on )?(?:facebook|twitter|x|whatsapp|linkedin|reddit|telegram|pinterest|bluesky|instagram)",
    r"tweet(?: this)?|pin it|tweet pin it|e-?mail(?: (?:this|to)\b…)?|copy (?:link|to clipboard)|send|add to my\S+",
    r"(?:\d+ )?print(?: this page)?|save(?: this story)?|bookmark(?: the permalink)?",
    r"… on \w+ \(opens in a new window\)",
    r"(?:(?:share|print|e-?mail|tweet|save)\b[ |·]*){2,}|listen to this (?:article|story)…|listen(?: \d…)?",
    r"(?:estimated )?(?:reading time|temps de lecture|lesezeit)\b.{0,20}",
    r"\d+[ -]min(?:ute)?s?\.?(?: (?:read|lesezeit))",
    # comments and calls to the reader
    r"(?:view|read|see|voir les|load|show)? ?(?:all |more )?(?:comments?|commentaires)(?: ?\d+)?|reply",
    r"report this comment",
    r"summary|live reporting|load more(?: \S+)?|show more…|learn more",
    r"send (?:us )?your (?:feedback|photos|views|stories)…",
    r"(?:do you have|got) a (?:story|tip)\? (?:e-?mail|call|contact|tell|write|send|get in touch)\b.*",
    r"do you have (?:an opinion on the issues).*|get (?:in touch|involved with)\b…(?:@\S+)?",
    r"(?:contact|reach|e-?mail) .{3,60}\S+@\S+.*|(?:click|tap) here\b…|follow (?:us|\S+ \S+) on\b…|follow us",
    r"download (?:the|our)\b…\bapp (?:for|to|now|today|on)\b…\.?|sign up (?:to|for)\b…|enter your e-?mail…",
    r"your e-?mail address",
    r"free (?:daily|weekly) newsletter\b.*|(?:daily|weekly) newsletter…|no spam[,.!] .*",
    r"you (?:can unsubscribe|receive this e-?mail because)\b.*",
    r"donate(?: now)?|support (?:us|our journalism|independent)…|enjoyed this\?(?: support\b.*)?",
    # subscriptions
    r"(?:get |enjoy )unlimited access…|(?:.{0,60}\. )?cancel any ?time(?: (?:during|before)…)?\.?",
    r"already a (?:subscriber|member)\?(?: (?:sign|log) in…)?",
    r"start your free trial(?: today| now)?(?: for (?:just |only )?\S+)?\.?",
    # pointers to other pages
    r"(?:read|see|more|watch|listen|also)(?: (?:more|also|read|related|stor(?:y|ies)|coverage))? ?:…\??",
    r"(?:related|lire aussi|mehr zum thema|don't miss|in pictures) ?:…\??",
    # rights, sources and house rules
    r"this (?:article|story|piece) (?:was )?originally (?:appeared|published)\b.*",
    r"….{0,80} appears in the print edition of\b.*",
    r"this (?:interview|conversation) has been (?:\w+ and |lightly )?(?:condensed|edited) for (?:length|clarity)\b.*",
    r"this (?:web)?site and associated newspapers adhere to the independent press standards\b.*",
    r"(?:copyright ?)?(?:©|\(c\)|copyright)(?: ?copyright)? ?(?:19|20)\d\d\b.*|©…|.{0,60}© ?(?:19|20)\d\d.{0,80}",
    r".{0,80}\ball rights reserved(?:\..*)?",
    r".{0,80} not responsible for (?:the )?content (?:of|from) external (?:web)?sites\b.*",
    r"(?:legal notice|imprint|impressum|datenschutz|terms (?:of (?:use|service)|(?:&|and) conditions)|cookies|advertise"
    r"|privacy(?: (?:policy|& cookies))?|contact(?: us)?|about(?: us)?|careers)(?: ?[|·–-] ?…)?",
    r"(?:topics|tags|filed under|in this article|schlagwörter) ?:…|last updated…|updated…",
)

_SECTION = _compile(
    r"related(?: (?:topics?|articles?|stor(?:y|ies)|content|links?|news|internet links))?|sponsored content",
    r"read more",
    r"(?:more|other|latest|top|today's top|trending|popular|recommended)"
    r" (?:stor(?:y|ies)|articles|news|headlines|posts)"
    r"(?: (?:from|in|on)…)?",
    r"more (?:from|on|in|about) …|explore more…|explore our subscriptions",
    r"(?:most|recently) (?:read|viewed|popular|shared)…",
    r"you (?:may|might) (?:also )?(?:like|be interested in)|(?:read|up|watch) next|keep reading|trending(?: now)?",
    r"recommended(?: for you)?|(?:subscribe|sign up) (?:to|for) (?:our|the) …newsletters?|newsletter|latest \w+ news",
    r"lire aussi|mehr zum thema|in the headlines|elsewhere on …|across the …|recent posts|editor's picks|don't miss",
)

_END = _compile(
    r"comments ?\(?\d*\)?|\d+ comments|\d+ thoughts on .*|join the (?:discussion|conversation)|share what you think",
    r"leave a (?:comment|reply)|(?:subscribe to|to) (?:continue|keep) reading…|(?:keep|continue) reading with …",
    r"this (?:article|story) is (?:for|only available to) subscribers(?: only)?\.?",
)

_AGENCY = (
    r"(?:AFP|AP|APA|ANSA|ANI|dpa|DPA|EFE|EPA|epd|Interfax|KNA|Kyodo|PA|PTI|Reuters|SID|TASS|UPI|Xinhua|Bloomberg|Lusa)"
)
_AGENCIES = rf"{_AGENCY}(?:(?:,| and|/|;) ?{_AGENCY})*"
_INITIALS = r"[a-zäöü]{1,4}(?:[/,] ?[a-zäöü]{1,4})*"
_SIGN_OFF = re.compile(
    rf"\(?{_INITIALS}[ /]\(?{_AGENCIES}\)+|{_INITIALS} \([^()]{{2,60}}\)|\({_AGENCIES}\)|{_AGENCY}(?:/{_AGENCY})+"
    rf"|\(?(?:[Ww]ith (?:reporting|material|inputs?) (?:by|from)|[Aa]vec|[Mm]it [Mm]aterial von) [^.]{{2,80}}\)?"
    rf"|\({_INITIALS}/{_AGENCY}\)|\((?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by .{{3,200}}\)"
)

_PICTURE_WORDS = (
    "image images photo photos picture pictures photograph photographs credit bild foto illustration video".split()
)
_PICTURE = f"(?:{'|'.join(case(word) for word in _PICTURE_WORDS for case in (str.capitalize, str.upper))})"
_CREDIT = re.compile(
    rf"\(?{_PICTURE}(?: credit)?(?: ?[:|]| [Bb]y) .{{2,100}}(?<![.!?])"
    r"|(?:[^.]{2,40}/ ?)?(?:Getty Images|AFP|Reuters|EPA|AP Photo|Shutterstock|Alamy)(?:(?:/| via ).{2,40})?(?<![.!?])"
)
_CAPTION = re.compile(rf".{{8,}}[(\s.]{_PICTURE}(?: credit)? ?[:|] ?.{{2,100}}(?<![.!?])|.{{8,}}© ?.{{2,80}}(?<![.!?])")
_SENTENCE_END = re.compile(r"[.!…]\W*\Z")


def judge(line: str) -> Kind:
    """Return what `line`, which is not blank, is when seen alone."""
    text = line.strip()
    if len(text) > MAX_FURNITURE_CHARACTERS:
        return Kind.SENTENCE
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return kind
    return Kind.SENTENCE if _is_sentence(text) else Kind.OTHER


def _is_sentence(text: str) -> bool:
    """Whether `text` has words and ends with a full stop, or is a long question."""
    ends = _SENTENCE_END.search(text[-MAX_END_CHARACTERS:])
    is_long_question = len(text) >= LONG_QUESTION_CHARACTERS and text.rstrip("”\"'»").endswith("?")
    return len(text.split()) > 1 and (ends is not None or is_long_question)


_PATTERNS = (
    (Kind.END, _END),
    (Kind.SECTION, _SECTION),
    (Kind.SIGN_OFF, _SIGN_OFF),
    (Kind.FURNITURE, _FURNITURE),
    (Kind.CREDIT, _CREDIT),
    (Kind.CAPTION, _CAPTION),
)

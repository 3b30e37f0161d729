"""The news agencies, and those who sign as such, that datelines name."""

import re

WIRES = (
    r"(?:(?:The )?(?:Associated|Canadian|Australian) Press|AP|AFP|Agence France-Presse|(?:Thomson )?Reuters|UPI|dpa|DPA"
    r"|ANSA|EFE|Efe|Xinhua|XINHUA|(?:ITAR-)?TASS|RIA(?: Novosti)?|Interfax|Kyodo|Jiji|Yonhap|Bernama|BERNAMA|ANI|PTI"
    r"|IANS|AAP|ANP|Belga|NTB|Ritzau|Lusa|LUSA|KUNA|WAM|SPA|QNA|SANA|IRNA|Tasnim|Anadolu|Ukrinform|UNIAN|BelTA|Tanjug"
    r"|HINA|BTA|Agerpres|Bloomberg|Press Association|(?:PA|PTI) Media)"
)
"""Pattern of the news agencies that are told from other words wherever they stand."""
_OTHERS = (
    r"CNN|CNNMoney|BBC|NPR|VOA|RFE/RL|Al Jazeera|(?:ABC|CBS|NBC|Fox|FOX|UN|Vatican|BBC|CBC|Sky) News|NewsNation"
    r"|PR ?Newswire|(?i:business ?wire)|ACCESSWIRE|GLOBE NEWSWIRE"
    r"|(?:Tribune|Catholic|Religion|Inter Press) (?:News )?Service"
    r"|[A-Z]\w+\.(?:[Nn]et|[Cc]om|[Oo]rg|[Ii]nfo)"
)
"""Broadcasters, services and web sites."""
_WIRE_INITIALS = r"PA|CP|AA|APP|STT|APA|SDA|ATS|MENA|PAP|CNA|EPA|KNA|SID|epd"
_INITIALS = rf"{_WIRE_INITIALS}|DW|TNS|CNS|RNS|JTA|IPS|[KW][A-Z]{{2,3}}(?:[- ](?:TV|FM|AM|DT))?"
"""Those that are told only in brackets, with the call signs of American stations."""
SIGNED = rf"(?:{WIRES}|{_WIRE_INITIALS})"
"""Pattern of the news agencies that sign below a text."""
_DESK = r"(?: [A-Z][a-z]+){0,2}"
PLAIN_AGENCY = rf"(?:{WIRES}|{_OTHERS}){_DESK}"
"""Pattern of an agency with its desk, such as CNN Business, that needs no brackets."""
_AGENCY = re.compile(rf"(?:{WIRES}|{_OTHERS}|{_INITIALS}){_DESK}")
_CREDIT = re.compile(r"\b(?:photos?|images?|video|file|graphic|illustration)\b", re.IGNORECASE)


def is_agency(name: str) -> bool:
    """Whether this names an agency that is known, and not the source of a picture."""
    return bool(_AGENCY.fullmatch(name)) and not is_credit(name)


def is_credit(name: str) -> bool:
    """Whether this names the source of a picture: AP Photo."""
    return bool(_CREDIT.search(name))

"""Turns claims into yes/no questions and into their denials, where the grammar is plain."""

import re
from random import Random

_AUXILIARY = r"is|was|are|were|has|have|had|can|could|will|would|may|might|must|should|does|did|do"
_BE = re.compile(rf"^(?P<subject>[^,]+?) (?P<verb>{_AUXILIARY})(?P<negation> not)? (?P<rest>.+)$")
_SUBJECT = r"(?:The |A |An )?[A-Z][\w.'\u2019-]*(?: (?:[A-Z(][\w.'\u2019()-]*|of|the|and|in|for|de|\d+))*"
_PAST = re.compile(rf"^(?P<subject>{_SUBJECT}) (?P<verb>[a-z]+) (?P<rest>.+)$")
_NEGATED = re.compile(rf"\b({_AUXILIARY}) (?:not|never) ")
_ENDS = (("ied", "y"), ("eed", "eed"), ("ed", ""))
_SILENT = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxyz](?:[aiou][cdgkmprsvz]|[aou]t)|[lrnv]g|rv|lv|nc|rc|[aeiou]{2}[csvz]|[aeiou]s|[^lr][bcdfgkpt]l|u)$"
)
_IRREGULAR = dict(
    pair.split("/")
    for pair in """won/win lost/lose made/make took/take gave/give said/say told/tell met/meet left/leave became/become
    began/begin went/go got/get found/find held/hold led/lead sold/sell bought/buy built/build sent/send spent/spend
    wrote/write spoke/speak fell/fall rose/rise grew/grow flew/fly drew/draw knew/know saw/see ran/run came/come
    kept/keep brought/bring thought/think taught/teach caught/catch fought/fight sought/seek struck/strike broke/break
    chose/choose drove/drive stood/stand paid/pay put/put cut/cut set/set hit/hit shot/shoot beat/beat played/play
    starred/star died/die tied/tie agreed/agree fled/flee withdrew/withdraw threw/throw wore/wear sang/sing""".split()
)


def ask_whether(claim: str) -> str:
    """Return the yes/no question that a claim answers, or '' where its grammar is not plain.

    Example:
        `ask_whether("Anna Petrova won the vote.")` is "Did Anna Petrova win the vote?".
    """
    claim = claim.rstrip(". ")
    if found := _BE.match(claim):
        if len(found["subject"].split()) > 9:
            return ""
        negation = " not" if found["negation"] else ""
        return f"{found['verb'].capitalize()} {_open(found['subject'])}{negation} {found['rest']}?"
    found = _PAST.match(claim)
    base = find_base(found["verb"]) if found else ""
    return f"Did {_open(found['subject'])} {base} {found['rest']}?" if found and base else ""


def deny(claim: str, random: Random) -> str:
    """Return the claim with a negation more or less, or '' where its grammar is not plain."""
    if _NEGATED.search(claim):
        return _NEGATED.sub(r"\1 ", claim, count=1)
    if found := _BE.match(claim):
        word = "never" if found["verb"] in ("has", "have", "had") and random.random() < 0.3 else "not"
        return f"{found['subject']} {found['verb']} {word} {found['rest']}"
    found = _PAST.match(claim)
    if not found or not (base := find_base(found["verb"])):
        return ""
    if random.random() < 0.3:
        verb = random.choice((f"never {found['verb']}", f"refused to {base}", f"failed to {base}"))
        return f"{found['subject']} {verb} {found['rest']}"
    return f"{found['subject']} did not {base} {found['rest']}"


def find_base(past: str) -> str:
    """Return the base of a verb in the past, or '' for a word that is none.

    Example:
        `find_base("raised")` is "raise", `find_base("stopped")` is "stop".
    """
    if past in _IRREGULAR:
        return _IRREGULAR[past]
    for end, other in _ENDS:
        if past.endswith(end) and len(past) > len(end) + 1:
            stem = past.removesuffix(end) + other
            if other:
                return stem
            if stem[-1] == stem[-2] and stem[-1] not in "lsfz":
                return stem[:-1]
            return f"{stem}e" if _SILENT.search(stem) else stem
    return ""


def _open(subject: str) -> str:
    """Return a subject as it stands within a sentence."""
    first, _, rest = subject.partition(" ")
    is_ordinary = first in ("The", "A", "An", "There", "It", "He", "She", "They", "This", "These", "All", "Some")
    return f"{first.lower()} {rest}" if is_ordinary and rest else (first.lower() if is_ordinary else subject)

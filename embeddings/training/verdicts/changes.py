"""Makes claims wrong: another number, another name, names that change places; and evidence that only reports."""

import re
from collections.abc import Sequence
from random import Random

from embeddings.training.verdicts.judgements import NEITHER, OTHERWISE, REFUTES, SUPPORTS, Target

Changed = tuple[str, Target]
"""A changed claim, or changed evidence, and what is to be said then."""

_NUMBER = re.compile(
    r"\b(?:\d[\d,.]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|dozens|hundreds|thousands|millions)\b"
)
_PLACE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_MONTHS = "January February March April June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'\u2019-]+(?: (?:of |the )?[A-Z][\w'\u2019-]+)*")
_SUBJECT = re.compile(r"^(?:The |A )?(?P<name>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*)(?= [a-z])")
_EVEN = re.compile(r"^[\s,]*(?:and|or|with|met|,)?[\s,]*$")

_SAYING = (
    "Officials said that {}",
    "The ministry confirmed that {}",
    "According to state media, {}",
    "A spokeswoman told reporters that {}",
    "It emerged on Tuesday that {}",
    "The company announced that {}",
    "Police said {}",
)
_DENYING = (
    "The ministry denied that {}",
    "It is not true that {}",
    "Officials rejected reports that {}",
    "A spokesman said it was false that {}",
    "The claim that {} was wrong, the agency said",
)
_ASKING = (
    "Reporters asked whether {}",
    "It is unclear whether {}",
    "Critics fear that {}",
    "It was not known on Friday if {}",
    "The opposition demanded to know whether {}",
    "The plan would work only if {}",
    "Analysts had doubted whether {}",
)
_FRAMES: tuple[tuple[Sequence[str], Target], ...] = ((_SAYING, SUPPORTS), (_DENYING, REFUTES), (_ASKING, NEITHER))


def change_number(claim: str, random: Random) -> Changed | None:
    """Return the claim with one of its numbers, months or weekdays exchanged; None if it has none."""
    found = [*_NUMBER.finditer(claim), *_PLACE.finditer(claim)]
    if not found:
        return None
    old = random.choice(found)
    new = _other_number(old[0], random)
    return (claim[: old.start()] + new + claim[old.end() :], REFUTES) if new != old[0] else None


def change_name(claim: str, evidence: str, names: Sequence[str], random: Random) -> Changed | None:
    """Return the claim with a name of the evidence exchanged for a foreign one; None if there is none.

    Of another subject the evidence says nothing; of the same subject it says something else.
    """
    folded = f"{claim} {evidence}".casefold()
    subject = _SUBJECT.match(claim)
    found = [each.span() for each in _NAME.finditer(claim) if each[0].casefold() in evidence.casefold()]
    if subject and random.random() < 0.35:
        found = [subject.span("name")]
    if not found:
        return None
    start, end = random.choice(found)
    size = len(claim[start:end].split())
    for name in random.choices(names, k=20):
        if name.casefold() not in folded and abs(len(name.split()) - size) <= 1:
            is_subject = bool(subject) and start == subject.start("name")  # type: ignore[union-attr]
            return claim[:start] + name + claim[end:], NEITHER if is_subject else OTHERWISE
    return None


def swap_names(claim: str, evidence: str, random: Random) -> Changed | None:
    """Return the claim with its subject and another name exchanged, if the evidence has both; else None."""
    subject = _SUBJECT.match(claim)
    if not subject or subject["name"] not in evidence:
        return None
    end = subject.end("name")
    others = [each for each in _NAME.finditer(claim, end) if each[0] in evidence]
    others = [each for each in others if not _EVEN.match(claim[end : each.start()])]
    if not others:
        return None
    other, start = random.choice(others), subject.start("name")
    middle = claim[end : other.start()]
    return claim[:start] + other[0] + middle + subject["name"] + claim[other.end() :], (0.0, 0.7, 0.3)


def report(evidence: str, random: Random) -> Changed:
    """Return the evidence within a sentence that says, denies or only asks it; for a claim that it supports."""
    frames, target = random.choice(_FRAMES)
    is_name = bool(_SUBJECT.match(evidence)) and not evidence.startswith(("The ", "A "))
    inner = evidence if is_name else evidence[:1].lower() + evidence[1:]
    return random.choice(frames).format(inner.rstrip(".")) + ".", target


def list_names(text: str) -> list[str]:
    """Return the names within a text that do not begin it."""
    return [each[0] for each in _NAME.finditer(text)]


def _other_number(old: str, random: Random) -> str:
    if old in _MONTHS or old == "May":
        return random.choice([each for each in _MONTHS if each != old])
    if old in _DAYS:
        return random.choice([each for each in _DAYS if each != old])
    if not old[0].isdigit():
        return random.choice([each for each in _WORDS if each != old])
    if re.fullmatch(r"(?:1\d|20)\d\d", old):
        return str(int(old) + random.choice((-30, -11, -5, -3, -2, -1, 1, 2, 3, 6, 10)))
    value = float(old.replace(",", "").rstrip("."))
    if value < 32 and "." not in old:
        return str(random.choice([each for each in range(1, 32) if each != int(value)]))
    scaled = value * random.choice((0.1, 0.5, 0.7, 0.9, 1.1, 1.2, 1.5, 2, 3, 10))
    return f"{scaled:,.1f}" if "." in old else (f"{scaled:,.0f}" if "," in old else f"{scaled:.0f}")
